import type { ListedCommit } from '../item/change-list.ts';
import { commitLink } from '../item/commit-links.ts';
import type { Fragment } from '../item/fragment.ts';
import { compareText } from '../item/release.ts';
import { sameCommit } from '../matrix/checked-release.ts';
import { type Estate, predecessors } from '../matrix/estate.ts';
import type { Policy } from '../policy/policy.ts';
import type { Report, ReportRow } from '../report/report.ts';
import { basisOf, rowNamed } from '../report/since.ts';
import { type CommitGraph, commitGraph } from './commit-graph.ts';
import { CHANGE_KINDS, type ChangeKind, type NotedChange, type Notes } from './notes-document.ts';

/** Of which release there is no fragment. */
export type NotesReading = { readonly notes: Notes } | { readonly unknown: string };

/**
 * One release note over all repositories: what a release brings since another, each change once. The candidates of its
 * line in between are passed through.
 *
 * @param estate what the report was made of
 * @param since a release, `prev` for the basis (of a candidate the one before it); null: the last stable release before
 */
export function notesOf(
  report: Report,
  estate: Estate,
  policy: Policy,
  tag: string,
  since: string | null,
): NotesReading {
  const at = rowNamed(estate, tag);
  if (at === null) return { unknown: tag };
  const isHeld = (row: number) => (report.rows[row]?.fragments ?? 0) > 0;
  const before =
    since === null
      ? (predecessors(estate, at, 1, isHeld)[0] ?? null)
      : since === 'prev'
        ? basisOf(estate, at)
        : rowNamed(estate, since);
  if (before === null && since !== null && since !== 'prev') return { unknown: since };
  const [row, basis] = [report.rows[at], before === null ? null : (report.rows[before] ?? null)];
  if (row === undefined) return { unknown: tag };
  const all: ComponentChange[] = [];
  const unknown: Notes['unknown'][number][] = [];
  report.components.forEach(({ id, type }, column) => {
    if (type === 'k8s') return;
    const now = heldOf(report, row, column);
    if (now === null) return;
    const found = changesOf(report, column, now, before === null ? null : lastHeld(report, before, column));
    if (found.why !== null) unknown.push({ component: id, why: found.why });
    const { repo = null, owner = null } = now.fields;
    for (const commit of found.commits) all.push({ component: id, repo, owner, commit });
  });
  const [merges, told] = [all.filter(isMerge), all.filter((of) => !isMerge(of))];
  return {
    notes: {
      schema: 1,
      readAt: report.readAt,
      release: row.release.tag,
      since: basis?.release.tag ?? null,
      changes: grouped(told, policy).sort(inOrder),
      merges: new Set(merges.map(({ repo, commit }) => `${repo} ${commit.sha}`)).size,
      unknown,
    },
  };
}

/** A commit that a component brings. */
interface ComponentChange {
  readonly component: string;
  readonly repo: string | null;
  readonly owner: string | null;
  readonly commit: ListedCommit;
}

/** What a release holds or carries over of a component; null for nothing. */
function heldOf({ rows }: Report, { cells }: ReportRow, column: number): Fragment | null {
  const cell = cells[column];
  if (cell == null) return null;
  const held =
    cell.carriedFrom === null ? cell : rows.find(({ release }) => release.tag === cell.carriedFrom)?.cells[column];
  return held?.entries.at(-1) ?? null;
}

/** What a release has of a component, or the newest before it: a candidate may be of a part. */
function lastHeld(report: Report, from: number, column: number): Fragment | null {
  for (const row of report.rows.slice(from)) {
    const held = heldOf(report, row, column);
    if (held !== null) return held;
  }
  return null;
}

const graphs = new WeakMap<Report, Map<number, CommitGraph>>();

function graphOf(report: Report, column: number): CommitGraph {
  const known = graphs.get(report) ?? new Map<number, CommitGraph>();
  graphs.set(report, known);
  const graph = known.get(column) ?? commitGraph(report.rows.flatMap(({ cells }) => cells[column]?.entries ?? []));
  known.set(column, graph);
  return graph;
}

function changesOf(
  report: Report,
  column: number,
  now: Fragment,
  then: Fragment | null,
): { readonly commits: readonly ListedCommit[]; readonly why: string | null } {
  const [commit, before] = [now.fields.commit, then?.fields.commit];
  if (commit === undefined) return { commits: [], why: 'its fragment says no commit' };
  if (before !== undefined && sameCommit(commit, before)) return { commits: [], why: null };
  const { commits, whole } = graphOf(report, column).since(commit, before ?? null);
  if (then !== null && before === undefined) return { commits, why: `${then.release} says no commit of it` };
  if (whole) return { commits, why: null };
  return { commits, why: commits.length === 0 ? 'no changes are listed' : 'not all changes are listed' };
}

/** A merge of a branch, which no pull request names: what it brings is listed beside it. */
function isMerge({ commit: { subject, refs } }: ComponentChange): boolean {
  return (
    /^Merge (?:branch|remote-tracking branch|tag|commit) /.test(subject) && !refs.some((ref) => /^[#!]\d+$/.test(ref))
  );
}

/** The commits of one pull request are one change, and so is a commit that several components of a repository bring. */
function grouped(all: readonly ComponentChange[], { links }: Policy): NotedChange[] {
  const groups = new Map<string, ComponentChange[]>();
  for (const of of all) {
    const request = of.commit.refs.find((ref) => /^[#!]\d+$/.test(ref));
    const key = JSON.stringify([of.repo, request ?? of.commit.sha]);
    const group = groups.get(key);
    if (group) group.push(of);
    else groups.set(key, [of]);
  }
  return [...groups.values()].flatMap((group): NotedChange[] => {
    const [first] = group;
    if (first === undefined) return [];
    // The newest is the merge, or all of what was squashed.
    const { commit, repo } = first;
    const distinct = (texts: readonly (string | null)[]) => [...new Set(texts.flatMap((text) => text ?? []))];
    return [
      {
        ...readSubject(commit.subject),
        repo,
        commits: distinct(group.map((of) => of.commit.sha)),
        refs: distinct(group.flatMap((of) => of.commit.refs)),
        components: distinct(group.map((of) => of.component)),
        owners: distinct(group.map((of) => of.owner)).sort(compareText),
        link: commitLink(links.commit, repo ?? undefined, commit.sha),
      },
    ];
  });
}

const KIND_OF: Readonly<Record<string, ChangeKind>> = {
  feat: 'feature',
  feature: 'feature',
  fix: 'fix',
  bugfix: 'fix',
  hotfix: 'fix',
  perf: 'performance',
  revert: 'revert',
};

/** `feat(cart)!: refuse an empty one (#12)`. Source: https://www.conventionalcommits.org/en/v1.0.0/ */
function readSubject(subject: string): Pick<NotedChange, 'kind' | 'scope' | 'title'> {
  const [, word = '', scope, breaking, rest] = /^([A-Za-z]+)(?:\(([^()]*)\))?(!)?: +(.+)$/.exec(subject) ?? [];
  const title = (rest ?? subject).replace(/\s*\([#!]\d{1,10}\)\s*$/, '');
  const named = Object.hasOwn(KIND_OF, word.toLowerCase()) ? KIND_OF[word.toLowerCase()] : undefined;
  const kind = breaking !== undefined ? 'breaking' : (named ?? (/^Revert "/.test(subject) ? 'revert' : 'other'));
  return { kind, scope: scope || null, title: title || subject };
}

/** By kind, then by owner, those of nobody last. */
function inOrder(a: NotedChange, b: NotedChange): number {
  const kind = CHANGE_KINDS.indexOf(a.kind) - CHANGE_KINDS.indexOf(b.kind);
  const [ownerA, ownerB] = [a.owners[0], b.owners[0]];
  if (kind !== 0 || ownerA === ownerB) return kind;
  if (ownerA === undefined || ownerB === undefined) return ownerA === undefined ? 1 : -1;
  return compareText(a.owners.join(), b.owners.join());
}
