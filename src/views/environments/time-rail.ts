import type { AsOf, Observation } from '../../release/deployed/as-of.ts';
import { countWords } from '../../release/text/count-words.ts';

/** A time at which something was rolled out. */
export interface Moment {
  /** When the last of it was observed, ISO 8601 in UTC. */
  readonly at: string;
  /** "v1.6.0 in prod, 12 components". */
  readonly words: string;
}

/** The time over which something is known of what ran where. */
export interface TimeRail {
  /** The oldest first; the newest ones where there are more than can be told apart. */
  readonly moments: readonly Moment[];
  /** The moment that is shown; null: now. */
  readonly pinned: PinnedMoment | null;
}

export interface PinnedMoment {
  readonly at: string;
  /** Of how many places nothing had been observed by then, and something was later. */
  readonly notKnown: number;
  /** How many fragments do not say when they were observed. */
  readonly undated: number;
}

/** Of one roll-out are observations of one release in one environment with no more than this between them. */
const PAUSE_MS = 60 * 60_000;
/** More could not be told apart on a screen. */
const MOST_MOMENTS = 300;

/** The roll-outs among all that was observed. @param observations the earliest first */
export function momentsOf(observations: readonly Observation[]): readonly Moment[] {
  const open = new Map<string, { at: string; components: Set<string>; release: string; environment: string }>();
  const done: { at: string; components: Set<string>; release: string; environment: string }[] = [];
  for (const { environment, release, component, at } of observations) {
    const place = `${environment}\n${release}`;
    const last = open.get(place);
    if (last !== undefined && Date.parse(at) - Date.parse(last.at) <= PAUSE_MS) {
      last.at = at;
      last.components.add(component);
      continue;
    }
    const next = { at, components: new Set([component]), release, environment };
    open.set(place, next);
    done.push(next);
  }
  return done
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .slice(-MOST_MOMENTS)
    .map(({ at, components: { size }, release, environment }) => ({
      at,
      words: `${release} in ${environment}, ${size === 1 ? '1 component' : `${size} components`}`,
    }));
}

/** @param environments those that are looked at; none: all */
export function pinnedMoment({ at, notKnown, undated }: AsOf, environments: readonly string[]): PinnedMoment {
  const isLookedAt = ({ environment }: { environment: string }) =>
    environments.length === 0 || environments.includes(environment);
  return { at, notKnown: notKnown.filter(isLookedAt).length, undated };
}

/**
 * What cannot be known for a moment.
 *
 * @returns `short`, "3 places not known, 2 fragments undated", and the same as sentences; null: nothing
 */
export function unknownThen({ notKnown, undated }: PinnedMoment): { short: string; whole: string } | null {
  const [places, fragments] = [countWords(notKnown, 'place'), countWords(undated, 'fragment')];
  const said = [
    notKnown > 0 && { short: `${places} not known`, whole: `Of ${places} something was observed only later.` },
    undated > 0 && {
      short: `${fragments} undated`,
      whole: `Of ${fragments} nothing says when it was observed: left out.`,
    },
  ].filter((one) => one !== false);
  if (said.length === 0) return null;
  return { short: said.map(({ short }) => short).join(', '), whole: said.map(({ whole }) => whole).join(' ') };
}
