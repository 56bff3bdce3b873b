import { type ListedCommit, readListedCommit } from '../item/change-list.ts';
import type { Fragment } from '../item/fragment.ts';
import { sameCommit } from '../matrix/checked-release.ts';

/** What the fragments of one component say of its history: each of its commit, and of those since the tag before. */
export interface CommitGraph {
  /** Whether a commit has another in its history; null: the fragments do not say. */
  has(commit: string, change: string): boolean | null;
  /** The commits that one brings since another, newest first; `until` null: from the first on. */
  since(commit: string, until: string | null): CommitsSince;
}

/** @see CommitGraph.since */
export interface CommitsSince {
  readonly commits: readonly ListedCommit[];
  /** All of them are listed. */
  readonly whole: boolean;
}

interface Step {
  readonly commit: string;
  /** The commit of the tag before; null: there is none, or nobody says. */
  readonly base: string | null;
  readonly listed: ReadonlySet<string>;
  readonly commits: readonly ListedCommit[];
  /** All commits between the two are listed. */
  readonly whole: boolean;
  /** All commits from the first on are listed. */
  readonly fromFirst: boolean;
}

/** @param fragments of one component, in any order */
export function commitGraph(fragments: readonly Fragment[]): CommitGraph {
  const nameOf = namesOf(fragments);
  const steps = stepsOf(fragments, nameOf);
  const answers = new Map<string, ReadonlyMap<string, boolean>>();
  const has: CommitGraph['has'] = (commit, change) => {
    const of = nameOf(change);
    const known = answers.get(of) ?? historyOf(steps, of);
    answers.set(of, known);
    return known.get(nameOf(commit)) ?? null;
  };
  const isIn = (until: string | null, commit: string) => until !== null && has(until, commit) === true;
  return {
    has,
    since(commit, until) {
      const found = new Map<string, ListedCommit>();
      const seen = new Set<string>();
      const left = [nameOf(commit)];
      let whole = true;
      for (let at = left.pop(); at !== undefined; at = left.pop()) {
        if (seen.has(at) || isIn(until, at)) continue;
        seen.add(at);
        const here = steps.filter((step) => step.commit === at);
        // Published again as it is, a commit brings nothing since itself: another fragment says what it brought.
        const lists = here.filter(
          ({ base, fromFirst, commits }) => base !== at && (base !== null || fromFirst || commits.length > 0),
        );
        if (lists.length === 0 || lists.every((step) => !step.whole || (step.base === null && !step.fromFirst)))
          whole = false;
        for (const { base, commits } of lists) {
          for (const one of commits) if (!found.has(one.sha) && !isIn(until, one.sha)) found.set(one.sha, one);
          if (base !== null) left.push(base);
        }
      }
      return { commits: [...found.values()], whole };
    },
  };
}

/** Digits of a whole SHA-1. */
const WHOLE = 40;

/** How the commits of one component are named: one that is abbreviated somewhere as where it is longest. */
function namesOf(fragments: readonly Fragment[]): (sha: string) => string {
  const all = fragments.flatMap(({ fields: { commit, changes } }) => [
    ...(commit === undefined ? [] : [commit]),
    ...(changes?.base === undefined ? [] : [changes.base]),
    ...(changes?.commits.flatMap((line) => readListedCommit(line)?.sha ?? []) ?? []),
  ]);
  const byLength = [...new Set(all.map((sha) => sha.toLowerCase()))].sort((a, b) => b.length - a.length);
  const known = new Map<string, string>();
  return (sha) => {
    const written = sha.toLowerCase();
    if (written.length >= WHOLE) return written;
    const name = known.get(written) ?? byLength.find((other) => other.startsWith(written)) ?? written;
    known.set(written, name);
    return name;
  };
}

function stepsOf(fragments: readonly Fragment[], nameOf: (sha: string) => string): Step[] {
  return fragments.flatMap((fragment) => {
    const { commit, changes } = fragment.fields;
    if (commit === undefined) return [];
    const commits = changes?.commits.flatMap((line) => readListedCommit(line) ?? []) ?? [];
    const listed = new Set(commits.map(({ sha }) => nameOf(sha)));
    const whole = changes !== undefined && !changes.cut && changes.shallow !== true;
    // What another client wrote as a list or a text does not say since when.
    const isMap = changes !== undefined && Object.values(fragment.item).some((value) => value === changes);
    const base = changes?.base === undefined ? null : nameOf(changes.base);
    const fromFirst = whole && isMap && changes.since === undefined && base === null;
    return [{ commit: nameOf(commit), base, listed, commits, whole, fromFirst }];
  });
}

/** By commit, whether it has a change in its history, as far as the steps lead. */
function historyOf(steps: readonly Step[], change: string): ReadonlyMap<string, boolean> {
  const has = new Map<string, boolean>([[change, true]]);
  const brings = steps.filter(({ commit, listed }) => commit === change || listed.has(change));
  for (const { commit } of brings) has.set(commit, true);
  for (const { commit, base } of brings) if (base !== null && base !== commit && !has.has(base)) has.set(base, false);
  for (let isOther = true; isOther; ) {
    isOther = false;
    const say = (commit: string, answer: boolean) => {
      if (has.has(commit)) return;
      has.set(commit, answer);
      isOther = true;
    };
    for (const { commit, base, listed, whole, fromFirst } of steps) {
      const [here, below] = [has.get(commit), base === null ? undefined : has.get(base)];
      if (base !== null && below === true) say(commit, true);
      if (base !== null && here === false) say(base, false);
      if (whole && !listed.has(change) && (fromFirst || (base !== commit && below === false))) say(commit, false);
    }
  }
  return has;
}

/** The commits that a component's fragments list, and those that they are of, each once; a listed one with its subject. */
export function commitsOf(
  fragments: readonly Fragment[],
  isMeant: (line: string) => boolean,
  isOwn: (commit: string) => boolean,
): readonly ListedCommit[] {
  const found = new Map<string, ListedCommit>();
  for (const { fields } of fragments) {
    for (const line of fields.changes?.commits ?? []) {
      const commit = isMeant(line) ? readListedCommit(line) : null;
      if (commit !== null && !found.has(commit.sha)) found.set(commit.sha, commit);
    }
  }
  for (const { fields } of fragments) {
    const { commit } = fields;
    if (commit === undefined || !isOwn(commit)) continue;
    if ([...found.keys()].some((sha) => sameCommit(sha, commit))) continue;
    found.set(commit.toLowerCase(), { sha: commit.toLowerCase(), subject: '', refs: [] });
  }
  return [...found.values()];
}
