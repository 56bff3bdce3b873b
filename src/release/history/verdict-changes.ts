import type { Fragment } from '../item/fragment.ts';
import { changeMatrix } from '../matrix/change-matrix.ts';
import type { EvidenceByRelease } from '../matrix/estate.ts';
import { placesOf } from '../matrix/matrix.ts';
import { type JudgedRow, judgeRow } from '../report/judge-row.ts';
import { changedSurvey } from '../report/make-report.ts';
import { type Reached, type RowReach, reachOf } from '../report/reach.ts';
import type { Survey } from '../report/survey.ts';
import { type Holds, holdsAt, overlap, timesOf, waiversHold } from '../report/times.ts';
import type { Steps } from '../text/steps.ts';
import { ALWAYS, NEVER } from './past-of.ts';
import { foldVerdicts, type VerdictChange, type VerdictStep } from './verdict-folding.ts';
import { type KnownFrom, type Moment, pastsOf, type VerdictSources } from './verdict-pasts.ts';

/** Changes without a minute between them are one, for ten minutes at most: a run of a pipeline, a roll-out. */
const APART_MS = 60_000;
const TOGETHER_MS = 10 * 60_000;
/** What comes of a release without ten minutes between is one, for an hour at most: it arrives, or is rolled out. */
const ARRIVING_APART_MS = 10 * 60_000;
const ARRIVING_TOGETHER_MS = 60 * 60_000;

/**
 * So much is done at most, in cells that are looked at: about a third of a second, in steps. Of a large table, in which a
 * change costs more, the latest changes are told.
 */
const MOST_WORK = 20_000;
/** A state of the table costs a look at each release, at what it runs. */
const STEP_PER_RELEASE = 2;

/**
 * How the verdicts on some releases became what they are, by what the table still says of its past: of each change both
 * sides are the verdict on the very state of then, or it is not told. So it goes back, for each release, until it was
 * not there, or until something on which its verdict rests was written without keeping what was there before: an item of
 * another client, one without a time, one that can not be read, the policy. From then on its verdict is known, and not
 * since when. What was deleted leaves no trace in the table; what somebody saw go counts.
 *
 * What time alone changes is told as well: a component that was still to come is missing when the grace period ends.
 *
 * @param tags of the releases
 * @param since how far back to look, ISO 8601 in UTC; empty: as far as is known
 * @returns the latest first
 */
export function* verdictSteps(
  sources: VerdictSources,
  tags: ReadonlySet<string>,
  since: string,
): Steps<VerdictChange[]> {
  const { survey } = sources;
  const { graceMinutes } = survey.estate.policy;
  // Of a part of a table that suffices to judge a release as it is now, nobody knows whether it suffices for then.
  if (survey.judged !== undefined) return [];
  const { moments, knownFrom } = pastsOf(sources, tags, since);
  yield;
  const walks = new Map<string, Walk>();
  for (const tag of tags) walks.set(tag, new Walk(tag, knownFrom.get(tag) ?? UNKNOWN));
  let now = survey;
  let left = MOST_WORK;
  for (const group of groupsOf(moments, new Set([...knownFrom.values()].map(({ at }) => at)))) {
    const [from, to] = [group.at(-1)?.at ?? '', group[0]?.at ?? ''];
    for (const walk of walks.values()) {
      if (walk.ended || to > walk.knownFrom.at) continue;
      left -= walk.end(now, since);
      yield;
    }
    const touched = new Set(group.flatMap(({ affects }) => affects));
    const affected = [...walks.values()].filter((walk) => touched.has(walk.tag) && !walk.ended);
    for (const walk of affected) {
      left -= walk.backTo(now, to);
      yield;
    }
    const { survey: then, reached } = stepBack(now, group, from, walks);
    left -= STEP_PER_RELEASE * now.estate.matrix.releases.length;
    yield;
    for (const walk of affected) {
      left -= walk.stepBack(then, reached, from, to);
      yield;
    }
    now = then;
    if (left < 0 || [...walks.values()].every(({ ended }) => ended)) break;
  }
  for (const walk of walks.values()) {
    if (left < 0) break;
    left -= walk.end(now, since);
    yield;
  }
  const changes = [...walks.values()].flatMap(({ steps }) => foldVerdicts(steps.toReversed(), graceMinutes * 60_000));
  return changes.sort((a, b) => (a.to < b.to ? 1 : a.to > b.to ? -1 : 0));
}

const UNKNOWN: KnownFrom = { at: NEVER, own: true };

/** What is said of a release in some state of the table, and for which times. */
interface Standing {
  readonly judged: JudgedRow;
  readonly holds: Holds;
}

/** The way of one release back through the states of the table. */
class Walk {
  /** The latest first. */
  readonly steps: VerdictStep[] = [];
  /** Nothing before is known, or there is nothing before. */
  ended = false;
  /** What is said in the state that has been reached, at a time. */
  last: { readonly standing: Standing; readonly at: number } | null = null;
  readonly tag: string;
  readonly knownFrom: KnownFrom;

  constructor(tag: string, knownFrom: KnownFrom) {
    this.tag = tag;
    this.knownFrom = knownFrom;
    this.ended = knownFrom.at === NEVER;
  }

  /** Goes back in time, in a state that stays. @returns the work */
  backTo(survey: Survey, at: string): number {
    const { matrix, readAt, policy } = survey.estate;
    const cells = matrix.components.length;
    const [time, known] = [Date.parse(at), this.last?.standing];
    const until = this.last?.at ?? readAt;
    const row = placesOf(matrix.releases).get(this.tag);
    const first = row === undefined ? null : standingAt(survey, row, time, known);
    if (row === undefined || first === null) {
      this.ended = true;
      return 0;
    }
    if (known !== undefined && first === known) {
      this.last = { standing: first, at: time };
      return 0;
    }
    let work = cells;
    const found: VerdictStep[] = [];
    let [standing, there] = [first, time];
    while (!holdsAt(standing.holds, until)) {
      const { holds } = timesOf({ ...survey.estate, readAt: there }, row, survey.rosters.of(row));
      const next = Math.min(holds.until, waiversHold(policy, there).until);
      if (next > until) break;
      there = next;
      const since = standingAt(survey, row, there);
      work += cells;
      found.push(stepOf(standing, since, there, there));
      standing = since;
    }
    // What changes by the minute, as what is dated in the future does: somewhere between.
    if (known !== undefined && !holdsAt(standing.holds, until)) found.push(stepOf(standing, known, there + 1, until));
    this.steps.push(...found.toReversed());
    this.last = { standing: first, at: time };
    return work;
  }

  /** Goes back to the state before something happened. @returns the work */
  stepBack(then: Survey, reached: Reached | null, from: string, to: string): number {
    const { matrix } = then.estate;
    const after = this.last?.standing;
    if (this.ended || after === undefined) return 0;
    const time = Date.parse(from) - 1;
    const row = placesOf(matrix.releases).get(this.tag);
    const reach = row === undefined ? null : reached?.get(row);
    const isReached = reached === null || row === undefined || reached.has(row);
    const before = row === undefined ? null : standingAt(then, row, time, isReached ? undefined : after, after, reach);
    if (before === null || before.judged.row.fragments === 0) {
      this.steps.push(stepOf(null, after, Date.parse(from), Date.parse(to)));
      this.ended = true;
      return 0;
    }
    if (before.judged.row !== after.judged.row) {
      this.steps.push(stepOf(before, after, Date.parse(from), Date.parse(to)));
    }
    this.last = { standing: before, at: time };
    return before === after ? 0 : matrix.components.length / (reach == null ? 1 : 4);
  }

  /** Goes back as far as is known. @returns the work */
  end(survey: Survey, since: string): number {
    const { at, own } = this.knownFrom;
    if (this.ended) return 0;
    this.ended = true;
    if (at === ALWAYS || at < since) return 0;
    const [time, work] = [Date.parse(at), this.backTo(survey, at)];
    const { last } = this;
    if (own && last !== null && last.at === time && last.standing.judged.row.fragments > 0) {
      this.steps.push({ ...stepOf(null, last.standing, time, time), before: 'not-known' });
    }
    return work;
  }
}

function stepOf(before: Standing | null, after: Standing, from: number, to: number): VerdictStep {
  const time = (ms: number) => new Date(ms).toISOString();
  return { before: before?.judged.row ?? null, after: after.judged.row, from: time(from), to: time(to) };
}

/**
 * @param known what is said of the same state, at some time
 * @param like what is said of a state that differs from it in what `reach` says; null: in anything
 */
function standingAt(
  { estate, rosters }: Survey,
  row: number,
  time: number,
  known?: Standing,
  like?: Standing,
  reach?: RowReach | null,
): Standing {
  if (known !== undefined && holdsAt(known.holds, time)) return known;
  const before =
    like !== undefined && holdsAt(like.holds, time) ? { judged: like.judged, reach: reach ?? null } : undefined;
  const judged = judgeRow({ estate: { ...estate, readAt: time }, rosters }, row, {}, before);
  return { judged, holds: overlap(judged.holds, waiversHold(estate.policy, time)) };
}

// Back in time

/**
 * @param moments the latest first
 * @param apart times that none of them goes across
 */
function* groupsOf(moments: readonly Moment[], apart: ReadonlySet<string>): Generator<readonly Moment[]> {
  const bounds = [...apart].sort();
  let group: Moment[] = [];
  let isArrival = true;
  for (const moment of moments) {
    const [first, last] = [group[0], group.at(-1)];
    if (first !== undefined && last !== undefined) {
      const joins = isArrival && isNew(moment) && moment.release === first.release;
      const [most, gap] = joins ? [ARRIVING_TOGETHER_MS, ARRIVING_APART_MS] : [TOGETHER_MS, APART_MS];
      const time = Date.parse(moment.at);
      const isFar = Date.parse(last.at) - time > gap || Date.parse(first.at) - time > most;
      if (isFar || bounds.some((at) => moment.at <= at && at < last.at)) {
        yield group;
        group = [];
      }
    }
    isArrival = isNew(moment) && (group.length === 0 || (isArrival && moment.release === group[0]?.release));
    group.push(moment);
  }
  if (group.length > 0) yield group;
}

function isNew({ change }: Moment): boolean {
  return change.of === 'fragment' && change.was === null;
}

interface Step {
  readonly survey: Survey;
  /** What else may be said of which row than after; null: anything, of any. */
  readonly reached: Reached | null;
}

/** The state before some moments, the latest first, which are all that happened since. */
function stepBack(after: Survey, moments: readonly Moment[], at: string, walks: ReadonlyMap<string, Walk>): Step {
  const { matrix, policy, evidence } = after.estate;
  // A component that nobody has yet keeps its column: that says nothing of any release.
  const columns = matrix.components.map(({ id }) => id);
  const { rejected } = matrix;
  const changed = changeMatrix(matrix, fragmentsBefore(moments), rejected, rejected, columns, policy.stages);
  if (changed === null) throw new Error('No column of a matrix can go while all of them are named.');
  const rows = placesOf(matrix.releases);
  const wasWhole = (tag: string) => after.rosters.isWhole(rows.get(tag) ?? -1);
  const survey = changedSurvey(after, changed, at, evidenceBefore(evidence, moments), wasWhole);
  const { estate, rosters } = survey;
  if (rosters !== after.rosters) return { survey, reached: null };
  const cellBefore = (row: number, column: number) =>
    walks.get(matrix.releases[row]?.tag ?? '')?.last?.standing.judged.row.cells[column] ?? null;
  const evidenceOf = new Set(moments.flatMap(({ change }) => (change.of === 'evidence' ? [change.is.release] : [])));
  const basesBefore = new Map<string, never>(); // asked of what is taught otherwise alone
  const reached = reachOf({ before: after.estate, now: estate, changed, cellBefore, basesBefore, rosters, evidenceOf });
  return { survey, reached };
}

function fragmentsBefore(moments: readonly Moment[]): { readonly come: Fragment[]; readonly gone: Fragment[] } {
  // By key the content after the moments, and the one before them.
  const both = new Map<string, { readonly is: Fragment; was: Fragment | null }>();
  for (const { change } of moments) {
    if (change.of !== 'fragment') continue;
    const known = both.get(change.is.id);
    if (known === undefined) both.set(change.is.id, { is: change.is, was: change.was });
    else known.was = change.was;
  }
  const all = [...both.values()];
  return { gone: all.map(({ is }) => is), come: all.flatMap(({ was }) => was ?? []) };
}

function evidenceBefore(evidence: EvidenceByRelease, moments: readonly Moment[]): EvidenceByRelease {
  const before = new Map(evidence);
  for (const { change } of moments) {
    if (change.of !== 'evidence') continue;
    const { is, was } = change;
    const others = (before.get(is.release) ?? []).filter((one) => one !== is);
    before.set(is.release, was === null ? others : [...others, was]);
  }
  return before;
}
