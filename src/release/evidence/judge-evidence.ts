import type { EvidenceDifference } from '../finding/finding.ts';
import type { Content, Evidence, TestCounts } from '../item/evidence.ts';
import { compareText, weighedStage } from '../item/release.ts';
import type { CheckedRelease } from '../matrix/checked-release.ts';
import { candidatesOf } from '../matrix/estate.ts';
import { missingOf } from '../matrix/roster.ts';
import { contentsOf, sameContent } from './content.ts';

/**
 * What is known of one check of a release, or of one of its components. Plain data.
 *
 * - `failed`: somebody says that it failed, or rejects it;
 * - `held`: as many as are asked for say that it passed, of the very content that there is;
 * - `stale`: what is there was said of other content;
 * - `missing`: nobody has said anything, or too few.
 */
export interface EvidenceLine {
  /** `e2e`. */
  readonly name: string;
  /** The component that it is of; null: the release as a whole. */
  readonly of: string | null;
  /** The policy asks for it at the stage that the release is judged as. */
  readonly asked: boolean;
  /** Only persons count. */
  readonly byPerson: boolean;
  /** How many must say so, and how many do. */
  readonly minimum: number;
  readonly have: number;
  readonly state: 'held' | 'missing' | 'stale' | 'failed';
  /** Of each who said something, what counts; newest first. */
  readonly said: readonly EvidenceSaid[];
}

/** What CI or a person said of a check. */
export interface EvidenceSaid {
  readonly result: Evidence['result'];
  /** The release of which it was said: this one, a candidate of its line, or one from which a component is carried over. */
  readonly release: string;
  /** Who signed; null: CI. */
  readonly by: string | null;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly run: string | null;
  readonly link: string | null;
  readonly note: string | null;
  readonly counts: TestCounts | null;
  readonly environment: string | null;
  /** Where it was said of other content than there is; empty: it holds. */
  readonly differences: readonly EvidenceDifference[];
}

const NO_LINES: readonly EvidenceLine[] = [];
const judged = new WeakMap<CheckedRelease, readonly EvidenceLine[]>();

/** All evidence that a release has, or should have: what the policy asks for first, in its order; worked out once. */
export function evidenceOf(checked: CheckedRelease): readonly EvidenceLine[] {
  const { evidence, policy } = checked.estate;
  if (evidence.size === 0 && policy.evidence.length === 0) return NO_LINES;
  const known = judged.get(checked) ?? judgeEvidence(checked);
  judged.set(checked, known);
  return known;
}

/** What is asked for, or only found, of one subject. */
interface Subject {
  readonly name: string;
  readonly of: string | null;
  /** How many persons are asked for; null: no person in particular. */
  persons: number | null;
  /** Somebody is asked for, whoever it is. */
  anybody: boolean;
}

function judgeEvidence(checked: CheckedRelease): readonly EvidenceLine[] {
  const contents = new Map(contentsOf(checked.cells).map(({ component, content }) => [component, content]));
  const found = evidenceBySubject(checked);
  const subjects = new Map<string, Subject>();
  const subjectOf = (name: string, of: string | null): Subject => {
    const key = keyOf(name, of);
    const subject = subjects.get(key) ?? { name, of, persons: null, anybody: false };
    subjects.set(key, subject);
    return subject;
  };
  const stage = weighedStage(checked.evaluatedAs, checked.release);
  for (const { name, matches, byPerson, minimum, stages, appliesTo } of checked.estate.policy.evidence) {
    if (!stages.includes(stage) || !appliesTo(checked.release)) continue;
    for (const of of matches === null ? [null] : [...contents.keys()].filter(matches)) {
      const subject = subjectOf(name, of);
      if (byPerson) subject.persons = Math.max(subject.persons ?? 0, minimum);
      else subject.anybody = true;
    }
  }
  for (const key of [...found.keys()].sort(compareText)) {
    const first = found.get(key)?.[0];
    if (first !== undefined) subjectOf(first.name, first.component);
  }
  return [...subjects].flatMap(([key, subject]) => {
    const all = (found.get(key) ?? []).map((evidence) => ({
      evidence,
      differences: changedContent(evidence, contents, checked),
    }));
    return linesOf(subject, all, checked.release.tag);
  });
}

/**
 * The evidence that may say something of a release: its own, and that of others by which its content may have been
 * checked. A stable release inherits from the candidates of its line, and one that is judged as stable from the others,
 * as it would be then; a component that is carried over brings along its own.
 */
function evidenceBySubject({ estate, row, release, evaluatedAs, roster }: CheckedRelease): Map<string, Evidence[]> {
  const bySubject = new Map<string, Evidence[]>();
  const add = (evidence: Evidence): void => {
    const key = keyOf(evidence.name, evidence.component);
    const known = bySubject.get(key);
    if (known) known.push(evidence);
    else bySubject.set(key, [evidence]);
  };
  const of = (tag: string | undefined) => estate.evidence.get(tag ?? '') ?? [];
  for (const own of of(release.tag)) add(own);
  if (release.stage === 'stable' || evaluatedAs === 'stable') {
    for (const candidate of candidatesOf(estate, row)) of(estate.matrix.releases[candidate]?.tag).forEach(add);
  }
  for (const { inheritedFrom, component } of roster.absent) {
    if (inheritedFrom === null) continue;
    const tag = estate.matrix.releases[inheritedFrom]?.tag;
    for (const evidence of of(tag)) if (evidence.component === component) add(evidence);
  }
  return bySubject;
}

/** Names hold no #, so that no two subjects have one key. */
function keyOf(name: string, of: string | null): string {
  return of === null ? name : `${name}#${of}`;
}

/** Where the content that was checked is other than what a release has now. */
function changedContent(
  { component: of, covers }: Evidence,
  contents: ReadonlyMap<string, Content>,
  { roster, notYet, arriving }: CheckedRelease,
): EvidenceDifference[] {
  const covered = new Map(covers.map(({ component, content }) => [component, content]));
  const differences: EvidenceDifference[] = [];
  const asked = of === null ? contents : new Map(contents.has(of) ? [[of, contents.get(of) as Content]] : []);
  for (const [component, is] of asked) {
    const was = covered.get(component) ?? null;
    if (was === null || !sameContent(was, is)) differences.push({ component, was, is });
  }
  const awaited = new Set(arriving ? missingOf(roster).map((expected) => expected.component) : []);
  for (const [component, was] of covered) {
    if (contents.has(component)) continue;
    // What is not looked at, not asked for yet, or still on its way has not gone.
    if (roster.ignores(component) || notYet.has(component.slice(0, component.indexOf('#')))) continue;
    if (awaited.has(component)) continue;
    differences.push({ component, was, is: null });
  }
  return differences;
}

interface Found {
  readonly evidence: Evidence;
  readonly differences: readonly EvidenceDifference[];
}

function linesOf({ name, of, persons, anybody }: Subject, found: readonly Found[], tag: string): EvidenceLine[] {
  const lineOf = (among: readonly Found[], asked: boolean, minimum: number | null): EvidenceLine => {
    const counting = countingOf(among, tag);
    const passes = counting.filter(
      ({ evidence, differences }) => evidence.result === 'pass' && differences.length === 0,
    );
    const have =
      minimum === null ? Math.min(passes.length, 1) : new Set(passes.map(({ evidence }) => personOf(evidence))).size;
    return {
      name,
      of,
      asked,
      byPerson: minimum !== null,
      minimum: minimum ?? 1,
      have,
      state: counting.some(({ evidence }) => evidence.result === 'fail')
        ? 'failed'
        : have >= (minimum ?? 1)
          ? 'held'
          : counting.length > passes.length
            ? 'stale'
            : 'missing',
      said: counting.map(saidBy),
    };
  };
  const lines: EvidenceLine[] = [];
  const ofPersons = found.filter(({ evidence }) => evidence.principal !== null);
  if (persons !== null) lines.push(lineOf(ofPersons, true, persons));
  if (anybody) return [...lines, lineOf(found, true, null)];
  const others = persons === null ? found : found.filter(({ evidence }) => evidence.principal === null);
  const unasked = lineOf(others, false, null);
  return unasked.said.length === 0 ? lines : [...lines, unasked];
}

/**
 * What counts of what was said, newest first. Of each who says something it is the newest of what holds for this
 * content, and of what was said of this very release to its disadvantage, whatever its content was then. Where there is
 * none, it is the newest pass of other content: it is told what has changed since.
 */
function countingOf(found: readonly Found[], tag: string): Found[] {
  const counting = new Map<string | null, Found>();
  const stale = new Map<string | null, Found>();
  const newestFirst = found.toSorted(
    ({ evidence: a }, { evidence: b }) =>
      compareText(b.publishedAt, a.publishedAt) ||
      Number(b.result === 'fail') - Number(a.result === 'fail') ||
      compareText(a.id, b.id),
  );
  for (const one of newestFirst) {
    const { principal, result, release, revoked } = one.evidence;
    const counts = revoked || one.differences.length === 0 || (result === 'fail' && release === tag);
    if (counts && !counting.has(principal)) counting.set(principal, one);
    if (!counts && result === 'pass' && !stale.has(principal)) stale.set(principal, one);
  }
  const kept = newestFirst.filter((one) => {
    const { principal } = one.evidence;
    return (counting.get(principal) ?? stale.get(principal)) === one;
  });
  return kept.filter(({ evidence }) => !evidence.revoked);
}

/**
 * Who a principal is. One who signs by two roles is one person, as long as the session is called alike: what follows the
 * last slash, which for an IAM user is the name.
 */
function personOf({ principal }: Evidence): string {
  return (principal ?? '').slice((principal ?? '').lastIndexOf('/') + 1).toLowerCase();
}

function saidBy({ evidence, differences }: Found): EvidenceSaid {
  const { result, release, principal, publishedAt, run, link, note, counts, environment } = evidence;
  return { result, release, by: principal, at: publishedAt, run, link, note, counts, environment, differences };
}
