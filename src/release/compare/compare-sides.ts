import { type AsOf, asOf, pastMoment, sourceOf } from '../deployed/as-of.ts';
import { deploymentsOf } from '../deployed/deployments.ts';
import type { Component } from '../item/component.ts';
import { foldEnvironment } from '../item/environment.ts';
import type { Fragment } from '../item/fragment.ts';
import { compareKeys, readRelease, readReleaseKey } from '../item/release.ts';
import { type Estate, predecessors } from '../matrix/estate.ts';
import type { Policy } from '../policy/policy.ts';
import type { Report, ReportRow } from '../report/report.ts';
import { stagesOf } from '../report/stages.ts';

/** A side of a comparison as it is asked for. */
export type Side =
  | { readonly kind: 'release'; readonly tag: string }
  /** What runs in an environment, or in those of a group; `at`: what ran there at that date or time, as it is written. */
  | { readonly kind: 'environment'; readonly name: string; readonly at: string | null }
  /** The stable release before the other side. */
  | { readonly kind: 'previous' };

/** Why a side cannot be compared, with its sentence. */
export interface SideFault {
  readonly code:
    | 'no-side'
    | 'no-time'
    | 'unknown-release'
    | 'nothing-runs'
    | 'no-stable-before'
    | 'previous-of-nothing';
  /** The side as it was asked for. */
  readonly asked: string;
  readonly message: string;
}

/** A side, and what it holds. */
export interface ResolvedSide {
  /** `v1.4.0`, `@prod` or `@prod{2026-11-15}`. */
  readonly name: string;
  /** The tag; null for an environment. */
  readonly release: string | null;
  /** Its name, or that of a group of environments. */
  readonly environment: string | null;
  /** It is a group of environments, each of which is compared. */
  readonly isGroup: boolean;
  /** The moment that it is of, ISO 8601 in UTC; null: now. */
  readonly at: string | null;
  /** Ids of components that were observed there only later: what was there nobody knows. */
  readonly notKnown: readonly string[];
  /** By column of the report; null where the side neither holds nor expects the component. */
  readonly held: readonly (Held | null)[];
}

/** What a side holds of a component. */
export interface Held {
  /** The release that its fragments belong to; of what is missing, the release that lacks it. */
  readonly release: string;
  /** Empty where it is missing. In the environments' order; of an environment, what was deployed last is last. */
  readonly fragments: readonly Fragment[];
  /** Not tagged again in the release, but inherited from an older one. */
  readonly carried: boolean;
}

export type SideReading = { readonly side: ResolvedSide } | { readonly fault: SideFault };

/**
 * Reads a side: `v1.4.0`, `@prod`, `@prod{2026-11-15}`, or `prev`. What begins with `@` is an environment, and `prev` never a release;
 * no release tag that is SemVer is either. Null where nothing is written.
 */
export function readSide(text: string): Side | null {
  const written = text.trim();
  if (written === '') return null;
  if (written === 'prev') return { kind: 'previous' };
  if (written.startsWith('@')) {
    const [, name = '', at] = /^@([^{]*)(?:\{([^}]*)\})?$/.exec(written) ?? [null, written.slice(1)];
    return { kind: 'environment', name: name.trim(), at: at?.trim() ?? null };
  }
  return { kind: 'release', tag: written };
}

/** A side as it is written, in a URL or on a command line. */
function writeSide(side: Side): string {
  if (side.kind === 'previous') return 'prev';
  return side.kind === 'environment' ? `@${side.name}${side.at === null ? '' : `{${side.at}}`}` : side.tag;
}

/**
 * Finds what a side holds.
 *
 * A release is found by its tag, or by its version where exactly one release has it (`1.4.0` for `v1.4.0`). What a
 * release carries over it holds, as the older release has it.
 *
 * @param estate what the report was made of
 * @param other the other side, which `prev` needs; for an environment, the highest release that runs there counts
 */
export function resolveSide(
  report: Report,
  policy: Policy,
  estate: Estate,
  side: Side | null,
  other: Side | null,
): SideReading {
  if (side === null) return fault('no-side', '', 'Expected a release, @ and an environment, or prev.');
  switch (side.kind) {
    case 'release': {
      const row = findRow(report, side.tag);
      if (row !== undefined) return { side: releaseSide(report, row) };
      return fault('unknown-release', side.tag, `There is no fragment of ${side.tag}.${nearby(report, side.tag)}`);
    }
    case 'environment': {
      const environment = foldEnvironment(side.name, policy.environments);
      const moment = side.at === null ? null : pastMoment(side.at, report.readAt);
      if (moment !== null && typeof moment !== 'string') return fault('no-time', writeSide(side), `${moment.fault}.`);
      const then = moment === null ? null : asOf(sourceOf(estate), policy, moment);
      const found = environmentSide(report, environment, writeSide({ ...side, name: environment }), then);
      if (found !== null) return { side: found };
      const members = membersOf(report, environment);
      if (moment !== null && members.length > 0) {
        const since = then?.notKnown.find((place) => members.includes(place.environment))?.since;
        const first = since === undefined ? '' : ` The first observation there is of ${since}.`;
        return fault(
          'nothing-runs',
          writeSide(side),
          `Nothing is known to have run in ${environment} at ${moment}.${first}`,
        );
      }
      const known = [...new Set([...stagesOf(report), ...report.environments])].map((name) => `@${name}`).join(', ');
      const hint = known === '' ? 'No fragment names an environment.' : `Environments: ${known}.`;
      return fault('nothing-runs', writeSide(side), `Nothing is known to run in ${side.name || '@'}. ${hint}`);
    }
    case 'previous':
      return resolvePrevious(report, policy, estate, other);
  }
}

function fault(code: SideFault['code'], asked: string, message: string): SideReading {
  return { fault: { code, asked, message } };
}

function findRow({ rows }: Report, tag: string): ReportRow | undefined {
  // A release that was only asked for, or of which only unreadable items are known, holds nothing to compare.
  const held = rows.filter(({ fragments }) => fragments > 0);
  const exact = held.find(({ release }) => release.tag === tag);
  if (exact !== undefined) return exact;
  const { version } = readRelease(tag);
  const equal = version === null ? [] : held.filter(({ release }) => release.version === version);
  return equal.length === 1 ? equal[0] : undefined;
}

/** So many tags are told. */
const NEARBY = 3;

/** Tags that may have been meant: those that hold what was typed, else those before and after it, else the newest. */
function nearby({ rows }: Report, asked: string): string {
  const tags = rows.filter(({ fragments }) => fragments > 0).map(({ release }) => release.tag);
  if (tags.length === 0) return ' There are no releases.';
  const text = asked.trim().replace(/^v/i, '').toLowerCase();
  const alike = text === '' ? [] : tags.filter((tag) => tag.toLowerCase().includes(text));
  if (alike.length > 0) return ` Like it: ${alike.slice(0, NEARBY).join(', ')}.`;
  const key = readReleaseKey(asked);
  const lower = tags.findIndex((tag) => {
    const other = readReleaseKey(tag);
    return key !== null && other !== null && compareKeys(other, key) < 0;
  });
  if (lower <= 0) return ` The newest are ${tags.slice(0, NEARBY).join(', ')}.`;
  return ` The nearest are ${tags.slice(lower - 1, lower - 1 + NEARBY).join(', ')}.`;
}

function releaseSide({ rows, components }: Report, { release, cells }: ReportRow): ResolvedSide {
  const held = components.map((_, column): Held | null => {
    const cell = cells[column];
    // Of what is left out, or came under another name, nobody says that it is missing.
    if (cell == null || cell.state === 'left-out' || cell.state === 'renamed') return null;
    if (cell.carriedFrom === null) return { release: release.tag, fragments: cell.entries, carried: false };
    const inherited = rows.find((row) => row.release.tag === cell.carriedFrom)?.cells[column];
    return { release: cell.carriedFrom, fragments: inherited?.entries ?? [], carried: true };
  });
  return { name: release.tag, release: release.tag, environment: null, isGroup: false, at: null, notKnown: [], held };
}

/** The environments that a name means: the one of that name, or those of the group. */
function membersOf({ environments, groups = {} }: Report, name: string): readonly string[] {
  return environments.filter((one) => one === name || (Object.hasOwn(groups, one) && groups[one] === name));
}

/** @param then the moment that is asked about; null: now */
function environmentSide(report: Report, environment: string, name: string, then: AsOf | null): ResolvedSide | null {
  const { environments, rows } = deploymentsOf(then?.report ?? report);
  const members = membersOf(report, environment);
  const places = environments.flatMap((one, place) => (members.includes(one.name) ? [place] : []));
  const found = new Map<Component['id'], Held>();
  for (const { component, cells } of rows) {
    const there = places.flatMap((place) => cells[place] ?? []);
    const last = there.at(-1);
    if (last === undefined) continue;
    const fragments = there.flatMap(({ beside, entry }) => [...beside, entry]);
    found.set(component.id, { release: last.release, fragments, carried: false });
  }
  if (found.size === 0) return null;
  const held = report.components.map(({ id }) => found.get(id) ?? null);
  const notKnown = (then?.notKnown ?? []).flatMap((place) =>
    members.includes(place.environment) ? place.component : [],
  );
  const isGroup = !report.environments.includes(environment);
  return { name, release: null, environment, isGroup, at: then?.at ?? null, notKnown: [...new Set(notKnown)], held };
}

function resolvePrevious(report: Report, policy: Policy, estate: Estate, other: Side | null): SideReading {
  if (other === null || other.kind === 'previous') {
    return fault('previous-of-nothing', 'prev', 'prev is the stable release before the other side: name that one.');
  }
  const reading = resolveSide(report, policy, estate, other, null);
  if ('fault' in reading) return reading;
  const { rows } = report;
  const [before] = predecessors(estate, newestOf(report, reading.side), 1, (row) => (rows[row]?.fragments ?? 0) > 0);
  const stable = rows[before ?? -1];
  if (stable !== undefined) return { side: releaseSide(report, stable) };
  return fault('no-stable-before', 'prev', `There is no stable release before ${reading.side.name}.`);
}

/** The row of a side's release, or of an environment the highest that runs there; -1: none. */
function newestOf({ rows }: Report, { release, held }: ResolvedSide): number {
  const tags = new Set(release === null ? held.flatMap((of) => of?.release ?? []) : [release]);
  return rows.findIndex((row) => tags.has(row.release.tag));
}
