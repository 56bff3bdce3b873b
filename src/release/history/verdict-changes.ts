import { type Finding, findingName, isBlocking } from '../finding/finding.ts';
import { type Evidence, isEvidenceKey, readEvidence } from '../item/evidence.ts';
import { readTime } from '../item/fields.ts';
import { type Fragment, observedAt, type RejectedItem, readItem } from '../item/fragment.ts';
import { isUnreadable, type KeyNames } from '../item/item.ts';
import type { Release } from '../item/release.ts';
import { changeMatrix } from '../matrix/change-matrix.ts';
import type { Estate, EvidenceByRelease } from '../matrix/estate.ts';
import { placesOf } from '../matrix/matrix.ts';
import type { WrittenPolicy } from '../policy/policy-item.ts';
import { type JudgedRow, judgeRow } from '../report/judge-row.ts';
import { changedSurvey } from '../report/make-report.ts';
import { type Reached, type RowReach, reachOf } from '../report/reach.ts';
import type { Completeness, ReportRow } from '../report/report.ts';
import type { Survey } from '../report/survey.ts';
import { type Holds, holdsAt, overlap, waiversHold } from '../report/times.ts';
import type { Verdict } from '../report/verdict.ts';
import { groupBy } from '../text/group-by.ts';
import type { ChangeEvent } from './changes.ts';
import { ALWAYS, NEVER, type Past, pastOf } from './past-of.ts';

/** What came to the table, or changed in it, and made the verdict on a release another. */
export interface VerdictChange {
  /** Tag. */
  readonly release: string;
  /** When the first and the last of what made it so happened, ISO 8601 in UTC. */
  readonly from: string;
  readonly to: string;
  readonly before: Verdict['result'];
  readonly after: Verdict['result'];
  readonly cause: VerdictCause;
}

/** A finding that blocks since then, or does no more, with how many there are besides; or why a verdict is unknown, or was. */
export type VerdictCause =
  | { readonly kind: 'blocks' | 'settled'; readonly finding: Finding; readonly others: number }
  | { readonly kind: 'open' | 'told'; readonly verdict: Verdict; readonly completeness: Completeness };

/** What is known of a table. */
export interface VerdictSources {
  /** Of the state now. */
  readonly survey: Survey;
  readonly fragments: readonly Fragment[];
  readonly evidence: readonly Evidence[];
  readonly rejected: readonly RejectedItem[];
  /** The documents of the policy, the newest first, as far as the table holds them. */
  readonly policies: readonly WrittenPolicy[];
  readonly keys: KeyNames;
  /** What somebody saw come, change and go. */
  readonly seen: readonly ChangeEvent[];
}

/** Changes without a minute between them are one, for ten minutes at most: a run of a pipeline, a roll-out. */
const APART_MS = 60_000;
const TOGETHER_MS = 10 * 60_000;

/**
 * How the verdicts on some releases became what they are, by what the table still says of its past: of each change both
 * sides are the verdict on the very state of then, or it is not told. So it goes back, for each release, until something
 * on which its verdict rests was written without keeping what was there before: an item of another client, one without a
 * time, one that can not be read, the policy. What was deleted leaves no trace in the table; what somebody saw go counts.
 *
 * What time alone changes is not told: nothing happened in the table then.
 *
 * @param tags of the releases
 * @param since how far back to look, ISO 8601 in UTC; empty: as far as is known
 * @returns the latest first
 */
export function verdictChanges(sources: VerdictSources, tags: ReadonlySet<string>, since: string): VerdictChange[] {
  const { survey } = sources;
  // Of a part of a table that suffices to judge a release as it is now, nobody knows whether it suffices for then.
  if (survey.judged !== undefined) return [];
  const { moments, knownFrom } = pastsOf(sources, relationsIn(survey.estate, tags), since);
  const changes: VerdictChange[] = [];
  const standings = new Map<string, Standing>();
  let now = survey;
  let left = MOST_WORK;
  for (const group of groupsOf(moments)) {
    const [from, to] = [group.at(-1)?.at ?? '', group[0]?.at ?? ''];
    const touched = new Set(group.flatMap(({ affects }) => affects));
    const affected = [...touched].filter((tag) => from > (knownFrom.get(tag) ?? NEVER));
    const { survey: then, reached } = stepBack(now, group, from, standings);
    left -= workOf(now.estate, affected.length, reached !== null);
    if (left < 0) break;
    for (const tag of affected) {
      const after = standingAt(now, tag, to, standings.get(tag));
      const before = beforeOf(tag, after, then, reached, from);
      if (before === null || after === null) continue;
      standings.set(tag, before);
      const change = changeOf(before, after, from, to, () => standingAt(then, tag, to));
      if (change !== null) changes.push(change);
    }
    now = then;
  }
  return changes;
}

/**
 * So much is done at most, in cells that are looked at: about 50 ms, in which a small table is gone through to its
 * beginning. Of a large one the latest changes are told.
 */
const MOST_WORK = 5_000;

/** A state costs a look at each row; a verdict by each check at each component, or where little has changed at a few. */
function workOf({ matrix: { releases, components } }: Estate, verdicts: number, isLittle: boolean): number {
  return releases.length / 2 + verdicts * (isLittle ? components.length / 4 : components.length);
}

function beforeOf(
  tag: string,
  after: Standing | null,
  then: Survey,
  reached: Reached | null,
  at: string,
): Standing | null {
  if (reached === null || after === null) return standingAt(then, tag, at);
  const reach = reached.get(placesOf(then.estate.matrix.releases).get(tag) ?? -1);
  // Nothing of it is reached: the same is said.
  return standingAt(then, tag, at, reach === undefined ? after : undefined, reach ? { after, reach } : null);
}

/** What is said of a release in some state of the table, and for which times. */
interface Standing {
  readonly judged: JudgedRow;
  readonly holds: Holds;
}

/**
 * @param known what is said of the same state, at some time
 * @param like what is said of a state that differs from it, and in what; null: in anything, or there is none
 * @returns null: the release is not there
 */
function standingAt(
  { estate: { readAt: _, ...estate }, rosters }: Survey,
  tag: string,
  at: string,
  known?: Standing,
  like: { readonly after: Standing; readonly reach: RowReach } | null = null,
): Standing | null {
  const time = Date.parse(at);
  if (known !== undefined && holdsAt(known.holds, time)) return known;
  const row = placesOf(estate.matrix.releases).get(tag);
  if (row === undefined) return null;
  const isLike = like !== null && holdsAt(like.after.holds, time);
  const before = isLike ? { judged: like.after.judged, reach: like.reach } : undefined;
  const judged = judgeRow({ estate: { ...estate, readAt: time }, rosters }, row, {}, before);
  return { judged, holds: overlap(judged.holds, waiversHold(estate.policy, time)) };
}

/** @param beforeThen what was said of the state before, had it been later */
function changeOf(
  { judged: { row: before }, holds }: Standing,
  { judged: { row: after } }: Standing,
  from: string,
  to: string,
  beforeThen: () => Standing | null,
): VerdictChange | null {
  const [then, now] = [before.verdict.result, after.verdict.result];
  // A release that was not there had no verdict.
  if (then === now || before.fragments === 0) return null;
  // Time alone may have done it.
  if (!holdsAt(holds, Date.parse(to)) && beforeThen()?.judged.row.verdict.result !== then) return null;
  return { release: before.release.tag, from, to, before: then, after: now, cause: causeOf(before, after) };
}

function causeOf(before: ReportRow, after: ReportRow): VerdictCause {
  const [then, now] = [before.findings.filter(isBlocking), after.findings.filter(isBlocking)];
  const without = (all: readonly Finding[], others: readonly Finding[]) => {
    const names = new Set(others.map(findingName));
    return all.filter((finding) => !names.has(findingName(finding)));
  };
  const [came, went] = [without(now, then), without(then, now)];
  if (came[0] !== undefined) return { kind: 'blocks', finding: came[0], others: came.length - 1 };
  const { verdict, completeness } = after;
  if (verdict.result === 'unknown') return { kind: 'open', verdict, completeness };
  if (went[0] !== undefined) return { kind: 'settled', finding: went[0], others: went.length - 1 };
  return { kind: 'told', verdict: before.verdict, completeness: before.completeness };
}

// What a verdict rests on. More than any check asks of, so that nothing of it is missed.

/** On which items the verdicts on some releases may rest. */
interface Relations {
  readonly tags: ReadonlySet<string>;
  /** By tag: the releases whose verdicts rest on it as on themselves, of its line, of its version. */
  readonly near: ReadonlyMap<string, readonly string[]>;
  /** By tag: near ones, and those above a stable release. */
  readonly all: ReadonlyMap<string, readonly string[]>;
  /** Those that have workloads: what runs elsewhere of them, and what else ran there, is asked too. */
  readonly withWorkloads: readonly string[];
}

function relationsIn({ matrix, policy }: Estate, tags: ReadonlySet<string>): Relations {
  const { releases, components, entries } = matrix;
  const carries = policy.patchesCarry || policy.roster.some(({ expectation }) => expectation === 'carried');
  const asked = releases.flatMap((release, row) => (tags.has(release.tag) ? [{ release, row }] : []));
  const isNear = (a: Release, b: Release) =>
    a.tag === b.tag || (a.line !== null && a.line === b.line) || (a.version !== null && a.version === b.version);
  const near = new Map<string, string[]>();
  const all = new Map<string, string[]>();
  for (const [row, release] of releases.entries()) {
    const close = asked.filter((one) => isNear(one.release, release));
    near.set(
      release.tag,
      close.map((one) => one.release.tag),
    );
    const above = asked.filter((one) => close.includes(one) || (release.stage === 'stable' && one.row < row));
    all.set(
      release.tag,
      above.map((one) => one.release.tag),
    );
  }
  const hasWorkload = (row: number) =>
    carries || entries[row]?.some((cell, column) => cell !== null && components[column]?.type === 'k8s') === true;
  return {
    ...{ tags, near, all },
    withWorkloads: asked.flatMap(({ release, row }) => (hasWorkload(row) ? [release.tag] : [])),
  };
}

/** One key that held something else before. */
interface Moment {
  readonly at: string;
  /** Tags of the releases whose verdicts may be others since. */
  readonly affects: readonly string[];
  readonly change:
    | { readonly of: 'fragment'; readonly is: Fragment; readonly was: Fragment | null }
    | { readonly of: 'evidence'; readonly is: Evidence; readonly was: Evidence | null };
}

interface Pasts {
  /** The latest first. */
  readonly moments: readonly Moment[];
  /** By tag, from when on all is known on which the verdict rests. */
  readonly knownFrom: ReadonlyMap<string, string>;
}

function pastsOf(sources: VerdictSources, relations: Relations, since: string): Pasts {
  const { fragments, evidence, keys, survey } = sources;
  const { tags, all, withWorkloads } = relations;
  const names = survey.estate.policy.environments;
  const knownFrom = new Map([...tags].map((tag) => [tag, ALWAYS]));
  const unknownBefore = (of: readonly string[], at: string) => {
    if (at === ALWAYS) return;
    for (const tag of of) if ((knownFrom.get(tag) ?? ALWAYS) < at) knownFrom.set(tag, at);
  };
  const moments: Moment[] = [];
  const add = <T>(
    { contents }: Past<T>,
    affects: readonly string[],
    of: (is: T, was: T | null) => Moment['change'],
    from: string,
  ) => {
    for (const [at, { content, since: came }] of contents.entries()) {
      const was = contents[at + 1]?.content ?? null;
      if (came < since || (was === null && from !== ALWAYS)) break;
      moments.push({ at: came, affects, change: of(content, was) });
    }
  };
  unknownBefore([...tags], unknownToAll(sources));
  unknownOfRejected(sources, relations, unknownBefore);
  const doubts = doubtsIn(sources);
  const ofAll = new Map([...all].map(([tag, of]) => [tag, [...new Set([...of, ...withWorkloads])]]));
  // By release, of what is built and of what runs: told once for all of it.
  const built = new Map<string, string>();
  const running = new Map<string, string>();
  for (const fragment of fragments) {
    const { type, release, key } = fragment;
    const isWorkload = type === 'k8s';
    const affects = (isWorkload ? ofAll : all).get(release) ?? NOBODY;
    if (affects.length === 0) continue;
    let from = knownFromOfPlain(fragment, since);
    if (from === null) {
      const past = pastOf(fragment, (item) => {
        const read = readItem({ ...item, [keys.release]: release, [keys.component]: key }, keys, names);
        return 'fragment' in read && !read.fragment.retired ? read.fragment : null;
      });
      from = past.knownFrom;
      // Of what is withdrawn the matrix says only that it is there.
      if (fragment.retired) from = past.contents[0]?.since ?? NEVER;
      else add(past, affects, (is, was) => ({ of: 'fragment', is, was }), past.knownFrom);
    }
    if (doubts.size > 0) from = later(from, doubts.get(fragment.id) ?? ALWAYS);
    if (from === ALWAYS) continue;
    const known = isWorkload ? running : built;
    known.set(release, later(known.get(release) ?? ALWAYS, from));
  }
  for (const [release, from] of built) unknownBefore(all.get(release) ?? NOBODY, from);
  for (const [release, from] of running) unknownBefore(ofAll.get(release) ?? NOBODY, from);
  for (const each of evidence) {
    const affects = all.get(each.release) ?? [];
    const [hash, key] = [each.item[keys.release], each.item[keys.component]];
    if (affects.length === 0 || typeof hash !== 'string' || typeof key !== 'string') continue;
    const past = pastOf(each, (item) => {
      const read = readEvidence(each.id, hash, key, item);
      return 'evidence' in read ? read.evidence : null;
    });
    unknownBefore(affects, past.knownFrom);
    add(past, affects, (is, was) => ({ of: 'evidence', is, was }), past.knownFrom);
  }
  return { moments: counting(moments, knownFrom), knownFrom };
}

const NOBODY: readonly string[] = [];

/** What `pastOf` would say of nearly all: items that keep nothing, and came before it is asked; null: of another. */
function knownFromOfPlain({ item, publishedAt, retired }: Fragment, since: string): string | null {
  if (item.replaced !== undefined || item.firstPublishedAt !== undefined || retired) return null;
  if (publishedAt === null) return NEVER;
  if (typeof item.writeId !== 'string') return publishedAt;
  return publishedAt < since ? ALWAYS : null;
}

/** Those that a verdict of a known state may have changed at, and what lies between. */
function counting(moments: readonly Moment[], knownFrom: ReadonlyMap<string, string>): Moment[] {
  return moments
    .filter(({ at, affects }) => affects.some((tag) => at > (knownFrom.get(tag) ?? NEVER)))
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** Before that nothing is known of any: the policy was another, or something was there that is gone. */
function unknownToAll({ policies: [newest], rejected, seen }: VerdictSources): string {
  const written = newest === undefined ? ALWAYS : (newest.publishedAt ?? NEVER);
  const gone = seen.filter(({ kind }) => kind === 'vanished').map(({ at }) => at);
  const lost = rejected.some(({ item }) => isUnreadable(item)) ? NEVER : ALWAYS;
  return [written, lost, ...gone].reduce(later);
}

/** An item that cannot be read blocks its release, and nobody knows since when. */
function unknownOfRejected(
  { rejected }: VerdictSources,
  { near, all }: Relations,
  unknownBefore: (of: readonly string[], at: string) => void,
): void {
  for (const { release, key } of rejected) {
    if (release === null) continue;
    const isEvidence = key !== null && isEvidenceKey(release, key);
    unknownBefore((isEvidence ? all : near).get(release) ?? [], NEVER);
  }
}

/** Since when an item is known to be as it is, where it looks as if that were known for longer: by `Fragment#id`. */
function doubtsIn({ fragments, survey, seen }: VerdictSources): ReadonlyMap<string, string> {
  const doubts = new Map<string, string>();
  // Somebody saw it change, and it keeps fewer contents than that.
  const changes = groupBy(seen, ({ kind, fragment, fields, attributes }) =>
    kind === 'changed' && (fields.length > 0 || attributes.count > 0) ? fragment : null,
  );
  const again = fragments.filter(({ item }) => item.firstPublishedAt !== undefined);
  if (changes.size === 0 && again.length === 0) return doubts;
  for (const { id, item } of fragments) {
    const of = changes.get(id) ?? [];
    const kept = Array.isArray(item.replaced) ? item.replaced.length : 0;
    if (of.length > kept) doubts.set(id, of.map(({ at }) => at).reduce(later));
  }
  if (again.length === 0) return doubts;
  // When what was observed again was seen before that is not kept. It is of account where something else was seen to run in
  // its place meanwhile, and where nothing but it says when its release began.
  const ignoresSome = survey.estate.policy.roster.some(({ expectation }) => expectation === 'ignored');
  const began = new Map<string, string>();
  for (const { release, publishedAt, item } of fragments) {
    if (publishedAt === null || item.firstPublishedAt !== undefined) continue;
    const known = began.get(release);
    if (known === undefined || publishedAt < known) began.set(release, publishedAt);
  }
  const placesIn = ({ component, environments }: Fragment) => environments.map((name) => `${component}\n${name}`);
  const inPlace = new Map<string, Fragment[]>();
  for (const fragment of fragments) {
    if (fragment.type !== 'k8s') continue;
    for (const place of placesIn(fragment)) {
      const known = inPlace.get(place);
      if (known === undefined) inPlace.set(place, [fragment]);
      else known.push(fragment);
    }
  }
  for (const fragment of again) {
    const { id, release, publishedAt, item } = fragment;
    const first = readTime(item.firstPublishedAt ?? null) ?? ALWAYS;
    const start = began.get(release);
    const isRivalled = placesIn(fragment).some((place) =>
      inPlace.get(place)?.some((other) => other !== fragment && (observedAt(other) ?? NEVER) > first),
    );
    if (ignoresSome || isRivalled || start === undefined || start > first) {
      doubts.set(id, later(doubts.get(id) ?? ALWAYS, publishedAt ?? NEVER));
    }
  }
  return doubts;
}

// Back in time

/** @param moments the latest first */
function* groupsOf(moments: readonly Moment[]): Generator<readonly Moment[]> {
  let group: Moment[] = [];
  let [first, last] = [0, 0];
  for (const moment of moments) {
    const time = Date.parse(moment.at);
    if (group.length > 0 && (last - time > APART_MS || first - time > TOGETHER_MS)) {
      yield group;
      group = [];
    }
    if (group.length === 0) first = time;
    last = time;
    group.push(moment);
  }
  if (group.length > 0) yield group;
}

interface Step {
  readonly survey: Survey;
  /** What else may be said of which row than after; null: anything, of any. */
  readonly reached: Reached | null;
}

/** The state before some moments, the latest first, which are all that happened since. */
function stepBack(
  after: Survey,
  moments: readonly Moment[],
  at: string,
  standings: ReadonlyMap<string, Standing>,
): Step {
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
    standings.get(matrix.releases[row]?.tag ?? '')?.judged.row.cells[column] ?? null;
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
