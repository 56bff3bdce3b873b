/** A release of the demo estate, with the hours before the seeding at which its first fragment arrived. */
export interface DemoRelease {
  /** HASH key: `v1.4.0-rc.1`. */
  readonly tag: string;
  readonly hoursAgo: number;
}

const DAY = 24;

/**
 * Ascending by SemVer. Patch lines run beside the next minor line, as they do: v1.6.1-rc.1 is younger than
 * v1.7.0-alpha.2. `v1.4.2-rc10` lacks its dot, `nightly` is no version at all; the hotfix v1.4.3 is among the planted.
 *
 * What is under way keeps the environments in order (no later environment runs a newer release than an earlier one):
 * 1.8.0 alphas in dev, a 1.7.0 beta in qa, a 1.6.1 candidate in staging and preprod, 1.6.0 in prod.
 */
export const TIMETABLE: readonly DemoRelease[] = [
  { tag: 'v1.0.0-rc.1', hoursAgo: 214 * DAY },
  { tag: 'v1.0.0', hoursAgo: 211 * DAY },
  { tag: 'v1.1.0-beta.1', hoursAgo: 190 * DAY },
  { tag: 'v1.1.0-rc.1', hoursAgo: 183 * DAY },
  { tag: 'v1.1.0', hoursAgo: 180 * DAY },
  { tag: 'v1.1.1', hoursAgo: 171 * DAY },
  { tag: 'v1.2.0-alpha.1', hoursAgo: 166 * DAY },
  { tag: 'v1.2.0-beta.1', hoursAgo: 158 * DAY },
  { tag: 'v1.2.0-rc.1', hoursAgo: 151 * DAY },
  { tag: 'v1.2.0', hoursAgo: 148 * DAY },
  { tag: 'v1.3.0-alpha.1', hoursAgo: 139 * DAY },
  { tag: 'v1.3.0-beta.1', hoursAgo: 131 * DAY },
  { tag: 'v1.3.0-rc.1', hoursAgo: 125 * DAY },
  { tag: 'v1.3.0', hoursAgo: 121 * DAY },
  { tag: 'v1.3.1', hoursAgo: 112 * DAY },
  { tag: 'v1.4.0-alpha.1', hoursAgo: 108 * DAY },
  { tag: 'v1.4.0-beta.1', hoursAgo: 98 * DAY },
  { tag: 'v1.4.0-rc.1', hoursAgo: 91 * DAY },
  { tag: 'v1.4.0-rc.2', hoursAgo: 89 * DAY },
  { tag: 'v1.4.0', hoursAgo: 86 * DAY },
  { tag: 'v1.4.1-beta.1', hoursAgo: 77 * DAY },
  { tag: 'v1.4.1', hoursAgo: 75 * DAY },
  { tag: 'v1.4.2-rc10', hoursAgo: 62 * DAY },
  { tag: 'v1.4.2', hoursAgo: 60 * DAY },
  { tag: 'v1.5.0-alpha.1', hoursAgo: 71 * DAY },
  { tag: 'v1.5.0-beta.1', hoursAgo: 57 * DAY },
  { tag: 'v1.5.0-rc.1', hoursAgo: 50 * DAY },
  { tag: 'v1.5.0', hoursAgo: 47 * DAY },
  { tag: 'v1.5.1-rc.1', hoursAgo: 36 * DAY },
  { tag: 'v1.5.1', hoursAgo: 34 * DAY },
  { tag: 'v1.6.0-alpha.1', hoursAgo: 31 * DAY },
  { tag: 'v1.6.0-alpha.2', hoursAgo: 27 * DAY },
  { tag: 'v1.6.0-beta.1', hoursAgo: 21 * DAY },
  { tag: 'v1.6.0-rc.1', hoursAgo: 9 * DAY },
  { tag: 'v1.6.0-rc.2', hoursAgo: 4 * DAY },
  { tag: 'v1.6.0', hoursAgo: 26 },
  { tag: 'v1.6.1-rc.1', hoursAgo: 5 },
  { tag: 'v1.7.0-alpha.1', hoursAgo: 12 * DAY },
  { tag: 'v1.7.0-alpha.2', hoursAgo: 6 * DAY },
  { tag: 'v1.7.0-beta.1', hoursAgo: 31 },
  { tag: 'v1.8.0-alpha.1', hoursAgo: 20 },
  { tag: 'v1.8.0-alpha.2', hoursAgo: 0.6 },
];

/** The release key that is not a version: what a nightly build pushed by mistake. */
export const NIGHTLY: DemoRelease = { tag: 'nightly', hoursAgo: 7 };
