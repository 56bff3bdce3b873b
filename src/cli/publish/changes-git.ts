import { MAX_CHANGES, MAX_SUBJECT_CHARACTERS } from '../../limits/limits.ts';
import { type ChangeList, type ListedCommit, listedCommitLine, requestOf } from '../../release/item/change-list.ts';
import { compareKeys, compareText, readReleaseKey } from '../../release/item/release.ts';
import { SHOWN_IN_LINE } from '../../release/text/hidden-characters.ts';
import type { CliContext } from '../context/cli-context.ts';
import { readTag, type VersionScheme } from '../context/tag-pattern.ts';
import { commitOfTag } from './ci-facts-git.ts';

/** Of what the commits are looked for. */
export interface ChangesOf {
  /** The commit that is published. */
  readonly commit: string;
  /** The git tag that it was released by; null: none is known. */
  readonly tag: string | null;
  /** The component's name. */
  readonly component: string;
}

/** How tags are written, and what a ticket is called. */
export interface ChangeTerms {
  readonly tagPattern: string | null;
  readonly scheme: VersionScheme;
  readonly tickets: RegExp;
}

export interface ChangesReading {
  /** Null: they are not known. */
  readonly changes: ChangeList | null;
  /** Why they are not, or not all of them; null: nothing is to be said. */
  readonly notice: string | null;
}

/** Where nothing else is said: a key of Jira, Linear, YouTrack. */
export const DEFAULT_TICKET_PATTERN = '\\b(?!(?:AES|CVE|ISO|RFC|SHA|UTF)-)[A-Z][A-Z0-9]{1,15}-[1-9][0-9]{0,9}\\b';

/** What is looked at of a message for what it refers to, characters. */
const MOST_LOOKED_AT = 4_000;
/** References of one commit, and characters of each: a message may be a changelog of its own. */
const MOST_REFS = 10;
const MOST_REF_CHARACTERS = 40;

/**
 * Reads the commits since the last tag of the same component from the checkout. What is asked of git again is answered
 * from memory: in a monorepo many components are published from one commit.
 */
export function changesReader(git: CliContext['git'], terms: ChangeTerms): (of: ChangesOf) => Promise<ChangesReading> {
  const answers = new Map<string, Promise<string | null>>();
  const ask: CliContext['git'] = (words) => {
    const key = words.join('\0');
    const known = answers.get(key) ?? git(words);
    answers.set(key, known);
    return known;
  };
  return (of) => readChanges(ask, terms, of);
}

async function readChanges(git: CliContext['git'], terms: ChangeTerms, of: ChangesOf): Promise<ChangesReading> {
  const isShallow = await git(['rev-parse', '--is-shallow-repository']);
  // No checkout, no git, or one of before 2018.
  if (isShallow !== 'true' && isShallow !== 'false') return { changes: null, notice: null };
  const commit = /^[0-9a-f]{7,64}$/i.test(of.commit)
    ? await git(['rev-parse', '--verify', '--quiet', `${of.commit}^{commit}`])
    : null;
  if (!commit) return unknown(`the checkout does not have ${of.commit}`);
  const before = await tagBefore(git, terms, of, commit);
  if ('fault' in before) return unknown(before.fault);
  const { since } = before;
  const base = since === null ? null : await commitOfTag(git, since);
  if (since !== null && base === null) return unknown(`git does not say where the tag ${since} leads`);

  const range = base === null ? commit : `${base}..${commit}`;
  const printed = await git([...LOG, '-n', String(MAX_CHANGES + 1), range, '--']);
  if (printed === null) return unknown('git did not list the commits');
  const commits = commitsOf(printed);
  const count =
    commits.length <= MAX_CHANGES ? commits.length : Number(await git(['rev-list', '--count', range, '--']));
  const cut = Number.isSafeInteger(count) ? Math.max(0, count - MAX_CHANGES) : 1;
  // Where the history of a shallow checkout ends, a commit has no parents.
  const shallow = isShallow === 'true' && commits.some(({ parents }) => parents.length === 0);
  return {
    changes: {
      commits: linesOf(commits, terms.tickets).slice(0, MAX_CHANGES),
      ...(since === null ? {} : { since }),
      ...(base === null ? {} : { base }),
      ...(cut === 0 ? {} : { cut }),
      ...(shallow ? { shallow } : {}),
    },
    notice: shallow
      ? 'the checkout is shallow, so that older changes are not known; check out the whole history (fetch-depth: 0)'
      : null,
  };
}

function unknown(why: string): ChangesReading {
  return { changes: null, notice: `changes are not listed, as ${why}` };
}

/** The highest lower tag of the same component that is in the history of a commit; null: there is none. */
async function tagBefore(
  git: CliContext['git'],
  { tagPattern, scheme }: ChangeTerms,
  { tag, component }: ChangesOf,
  commit: string,
): Promise<{ readonly since: string | null } | { readonly fault: string }> {
  const own = tag === null ? null : readTag(tag, tagPattern, scheme);
  if (own !== null && 'fault' in own) return { fault: `the tag ${tag} ${own.fault}` };
  const listed = await git(['for-each-ref', `--merged=${commit}`, '--format=%(refname:strip=2)', 'refs/tags']);
  if (listed === null) return { fault: 'git did not list the tags' };
  const tags = listed.split('\n').flatMap((name) => {
    const read = name === '' || name === tag ? null : readTag(name, tagPattern, scheme);
    const key = read === null || 'fault' in read ? null : readReleaseKey(read.version);
    return read === null || 'fault' in read || key === null ? [] : [{ name, component: read.component, key }];
  });
  const ofName = (named: string | null) => tags.filter((one) => one.component === named);
  const named = ofName(component);
  const alike = own !== null ? ofName(own.component) : named.length > 0 ? named : ofName(null);
  const below = own === null ? null : readReleaseKey(own.version);
  const lower = below === null ? alike : alike.filter(({ key }) => compareKeys(key, below) < 0);
  const [last] = lower.toSorted((a, b) => compareKeys(b.key, a.key) || compareText(a.name, b.name));
  return { since: last?.name ?? null };
}

/** A message holds no NUL, whatever else it holds. */
const LOG = ['log', '--no-color', '--no-show-signature', '--no-notes', '--format=%H%x00%P%x00%s%x00%b%x00'];

interface Logged {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly body: string;
}

function commitsOf(printed: string): Logged[] {
  const parts = printed.split('\0');
  const commits: Logged[] = [];
  for (let at = 0; at + 3 < parts.length; at += 4) {
    const [sha = '', parents = '', subject = '', body = ''] = parts.slice(at, at + 4);
    commits.push({ sha: sha.trim(), parents: parents.split(' ').filter(Boolean), subject, body });
  }
  return commits;
}

/** A line for each commit. What a merge brings refers to what the merge refers to. */
function linesOf(commits: readonly Logged[], tickets: RegExp): string[] {
  const requests = requestsOf(commits);
  return commits.map((commit) => {
    const { sha, body } = commit;
    const found = `${commit.subject}\n${body}`.slice(0, MOST_LOOKED_AT).match(new RegExp(tickets.source, 'gu')) ?? [];
    const refs = [requests.get(sha) ?? null, ...found]
      .flatMap((ref) => (ref === null ? [] : [plain(ref).replaceAll(' ', '')]))
      .filter((ref) => ref !== '' && ref.length <= MOST_REF_CHARACTERS);
    const listed: ListedCommit = { sha, subject: subjectOf(commit), refs: [...new Set(refs)].slice(0, MOST_REFS) };
    return listedCommitLine(listed);
  });
}

/** By commit the pull or merge request that it came with: its own, else that of the merge which brought it. */
function requestsOf(commits: readonly Logged[]): ReadonlyMap<string, string> {
  const parentsOf = new Map(commits.map(({ sha, parents }) => [sha, parents]));
  const reached = (from: readonly string[]) => {
    const all = new Set<string>();
    const left = from.filter((sha) => parentsOf.has(sha));
    for (let sha = left.pop(); sha !== undefined; sha = left.pop()) {
      if (all.has(sha)) continue;
      all.add(sha);
      left.push(...(parentsOf.get(sha) ?? []).filter((parent) => parentsOf.has(parent)));
    }
    return all;
  };
  const requests = new Map<string, string>();
  // Oldest first: what was merged into a branch is of its own request before it is of the branch's.
  for (const commit of commits.toReversed()) {
    const request = requestOf(commit.subject) ?? GITLAB.exec(commit.body)?.[1];
    if (request === undefined) continue;
    requests.set(commit.sha, request);
    const [first, ...merged] = commit.parents;
    if (first === undefined || merged.length === 0) continue;
    const before = reached([first]);
    for (const sha of reached(merged)) if (!before.has(sha) && !requests.has(sha)) requests.set(sha, request);
  }
  return requests;
}

const GITLAB = /^See merge request \S*(!\d{1,10})\s*$/m;
const MERGE = /^(?:Merge pull request #\d+ from |Merge branch ')/;

/** Of a merge that a forge made, the title of what was merged, which is the first line of its body. */
function subjectOf({ subject, body, parents }: Logged): string {
  const title = parents.length > 1 && MERGE.test(subject) ? (body.trim().split('\n')[0] ?? '') : '';
  const text = plain(title !== '' && !GITLAB.test(title) ? title : subject);
  const characters = [...text];
  return characters.length <= MAX_SUBJECT_CHARACTERS
    ? text
    : `${characters.slice(0, MAX_SUBJECT_CHARACTERS - 1).join('')}…`;
}

const HIDDEN = new RegExp(SHOWN_IN_LINE, 'gu');

/** On one line, without what cannot be seen. */
function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').replace(HIDDEN, '').trim();
}
