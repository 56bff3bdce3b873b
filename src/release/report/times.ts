import { SOON_MS } from '../checks/check-release.ts';
import { CLOCK_TOLERANCE_MINUTES } from '../checks/future-date.ts';
import type { PresentCell } from '../matrix/checked-release.ts';
import type { Estate } from '../matrix/estate.ts';
import type { Roster } from '../matrix/roster.ts';
import type { Policy } from '../policy/policy.ts';
import type { Report, ReportRow } from './report.ts';

// Whether time alone changes what is said: everything that looks at the clock says here until when that holds.

/** While a reading is of this time, the same is said; milliseconds since 1970, the end left out. */
export interface Holds {
  readonly from: number;
  readonly until: number;
}

const ALWAYS: Holds = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
const DAY_MS = 24 * 60 * 60_000;
const TOLERANCE_MS = CLOCK_TOLERANCE_MINUTES * 60_000;

export function holdsAt({ from, until }: Holds, time: number): boolean {
  return from <= time && time < until;
}

export function overlap(a: Holds, b: Holds): Holds {
  return { from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) };
}

/** Until the next of some moments at which something else is said. */
function between(moments: readonly number[], time: number): Holds {
  return moments
    .map((moment) => (moment <= time ? { from: moment, until: ALWAYS.until } : { from: ALWAYS.from, until: moment }))
    .reduce(overlap, ALWAYS);
}

/** Until a waiver ends, or is said to end soon. Any may mean any row. */
export function waiversHold({ waivers }: Policy, readAt: number): Holds {
  return between(
    waivers.flatMap(({ endsAt }) => [endsAt - SOON_MS, endsAt + 1]),
    readAt,
  );
}

/**
 * Until a freeze begins or ends, a line is late, or its days are others, which end by the calendar of UTC. Of the report
 * alone: what is said of a row stays.
 */
export function datesOfPolicyHold(
  { freezes, lines }: Policy,
  { due = [] }: Pick<Report, 'due'>,
  readAt: number,
): Holds {
  const told = new Set(due.map(({ line }) => line));
  const midnight = readAt - (readAt % DAY_MS);
  return between(
    [
      ...freezes.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt + 1]),
      ...lines.flatMap(({ line, dueAt }) => (told.has(line) ? [dueAt + 1, midnight, midnight + DAY_MS] : [])),
    ],
    readAt,
  );
}

/** What is dated in the future comes closer by the minute; nothing is from then on that it is not. */
export function datesHold({ readAt }: Estate, updatedAt: string | null, cells: readonly PresentCell[]): Holds {
  let latest = updatedAt;
  for (const { carried, fragments } of cells) {
    if (!carried) continue;
    for (const { fields } of fragments) {
      if (fields.date !== undefined && (latest === null || fields.date > latest)) latest = fields.date;
    }
  }
  if (latest === null) return ALWAYS;
  const from = Date.parse(latest) - TOLERANCE_MS;
  return readAt < from ? { from: readAt, until: readAt + 1 } : { from, until: ALWAYS.until };
}

/** When a release began and of when its fragments are. */
export interface Times {
  /**
   * It is within the grace period: it began when the first of its fragments was published; where no publisher says when,
   * at the earliest date, which may be that of an old commit. One that begins in the future, beyond what clocks differ
   * by, is not: nobody knows how old it is. What the policy ignores does not make it older.
   */
  readonly arriving: boolean;
  /** How long that is so. */
  readonly holds: Holds;
  readonly measured: Pick<ReportRow, 'fragments' | 'startedAt' | 'updatedAt'>;
}

export function timesOf({ matrix, policy, readAt }: Estate, row: number, roster: Roster): Times {
  const ignoresSome = policy.roster.some(({ expectation }) => expectation === 'ignored');
  let published: string | null = null;
  let dated: string | null = null;
  let startedAt: string | null = null;
  let updatedAt: string | null = null;
  let fragments = 0;
  const held = matrix.entries[row] ?? [];
  for (let column = 0; column < held.length; column++) {
    const entry = held[column];
    if (entry == null) continue;
    fragments += entry.length;
    const counts = !ignoresSome || !roster.ignores(matrix.components[column]?.id ?? '');
    // ISO 8601 in UTC with equal precision: text order is time order.
    for (const { publishedAt, fields } of entry) {
      if (counts && publishedAt !== null && (published === null || publishedAt < published)) published = publishedAt;
      const { date } = fields;
      if (date === undefined) continue;
      if (counts && (dated === null || date < dated)) dated = date;
      if (startedAt === null || date < startedAt) startedAt = date;
      if (updatedAt === null || date > updatedAt) updatedAt = date;
    }
  }
  const measured = { startedAt, updatedAt, fragments };
  const first = published ?? dated;
  if (first === null) return { arriving: false, holds: ALWAYS, measured };
  const begunAt = Date.parse(first);
  const period = { from: begunAt - TOLERANCE_MS, until: begunAt + policy.graceMinutes * 60_000 };
  return { arriving: holdsAt(period, readAt), holds: between([period.from, period.until], readAt), measured };
}
