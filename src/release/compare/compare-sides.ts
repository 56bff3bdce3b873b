import { deploymentsOf } from '../deployed/deployments.ts';
import type { Component } from '../item/component.ts';
import { foldEnvironment } from '../item/environment.ts';
import type { Fragment } from '../item/fragment.ts';
import { compareKeys, readRelease, readReleaseKey } from '../item/release.ts';
import type { Policy } from '../policy/policy.ts';
import type { Report, ReportRow } from '../report/report.ts';

/** A side of a comparison as it is asked for. */
export type Side =
  | { readonly kind: 'release'; readonly tag: string }
  /** What runs in an environment. */
  | { readonly kind: 'environment'; readonly name: string }
  /** The stable release before the other side. */
  | { readonly kind: 'previous' };

/** Why a side cannot be compared, with its sentence. */
export interface SideFault {
  readonly code: 'no-side' | 'unknown-release' | 'nothing-runs' | 'no-stable-before' | 'previous-of-nothing';
  /** The side as it was asked for. */
  readonly asked: string;
  readonly message: string;
}

/** A side, and what it holds. */
export interface ResolvedSide {
  /** `v1.4.0` or `@prod`. */
  readonly name: string;
  /** The tag; null for an environment. */
  readonly release: string | null;
  readonly environment: string | null;
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
 * Reads a side: `v1.4.0`, `@prod`, or `prev`. What begins with `@` is an environment, and `prev` never a release;
 * no release tag that is SemVer is either. Null where nothing is written.
 */
export function readSide(text: string): Side | null {
  const written = text.trim();
  if (written === '') return null;
  if (written === 'prev') return { kind: 'previous' };
  if (written.startsWith('@')) return { kind: 'environment', name: written.slice(1).trim() };
  return { kind: 'release', tag: written };
}

/** A side as it is written, in a URL or on a command line. */
function writeSide(side: Side): string {
  return side.kind === 'previous' ? 'prev' : side.kind === 'environment' ? `@${side.name}` : side.tag;
}

/**
 * Finds what a side holds.
 *
 * A release is found by its tag, or by its version where exactly one release has it (`1.4.0` for `v1.4.0`). What a
 * release carries over it holds, as the older release has it.
 *
 * @param other the other side, which `prev` needs; for an environment, the highest release that runs there counts
 */
export function resolveSide(report: Report, policy: Policy, side: Side | null, other: Side | null): SideReading {
  if (side === null) return fault('no-side', '', 'Expected a release, @ and an environment, or prev.');
  switch (side.kind) {
    case 'release': {
      const row = findRow(report, side.tag);
      if (row !== undefined) return { side: releaseSide(report, row) };
      return fault('unknown-release', side.tag, `There is no fragment of ${side.tag}.${nearby(report, side.tag)}`);
    }
    case 'environment': {
      const found = environmentSide(report, foldEnvironment(side.name, policy.environments));
      if (found !== null) return { side: found };
      const known = report.environments.map((name) => `@${name}`).join(', ');
      const hint = known === '' ? 'No fragment names an environment.' : `Environments: ${known}.`;
      return fault('nothing-runs', writeSide(side), `Nothing is known to run in ${side.name || '@'}. ${hint}`);
    }
    case 'previous':
      return resolvePrevious(report, policy, other);
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
  if (tags.length === 0) return ' There is no release at all.';
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
  return { name: release.tag, release: release.tag, environment: null, held };
}

function environmentSide(report: Report, environment: string): ResolvedSide | null {
  const { environments, rows } = deploymentsOf(report);
  const place = environments.findIndex(({ name }) => name === environment);
  const found = new Map<Component['id'], Held>();
  for (const { component, cells } of rows) {
    const cell = cells[place];
    if (cell == null) continue;
    found.set(component.id, { release: cell.release, fragments: [...cell.beside, cell.entry], carried: false });
  }
  if (found.size === 0) return null;
  const held = report.components.map(({ id }) => found.get(id) ?? null);
  return { name: `@${environment}`, release: null, environment, held };
}

function resolvePrevious(report: Report, policy: Policy, other: Side | null): SideReading {
  if (other === null || other.kind === 'previous') {
    return fault('previous-of-nothing', 'prev', 'prev is the stable release before the other side: name that one.');
  }
  const reading = resolveSide(report, policy, other, null);
  if ('fault' in reading) return reading;
  const stable = stableBefore(report, newestOf(report, reading.side));
  if (stable !== null) return { side: releaseSide(report, stable) };
  return fault('no-stable-before', 'prev', `There is no stable release before ${reading.side.name}.`);
}

/** The release of a side, or of an environment the highest that runs there. */
function newestOf({ rows }: Report, { release, held }: ResolvedSide): ReportRow | undefined {
  const tags = new Set(release === null ? held.flatMap((of) => of?.release ?? []) : [release]);
  return rows.find((row) => tags.has(row.release.tag));
}

function stableBefore({ rows }: Report, before: ReportRow | undefined): ReportRow | null {
  const key = before === undefined ? null : readReleaseKey(before.release.tag);
  if (key === null) return null;
  return (
    rows.find(({ release: { stage, tag }, fragments, withdrawn }) => {
      const counts = stage === 'stable' && fragments > 0 && withdrawn === undefined;
      const other = counts ? readReleaseKey(tag) : null;
      return other !== null && compareKeys(other, key) < 0;
    }) ?? null
  );
}
