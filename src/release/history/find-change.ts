import { type DeploymentCell, deploymentsOf } from '../deployed/deployments.ts';
import { readListedCommit } from '../item/change-list.ts';
import type { Component } from '../item/component.ts';
import type { Fragment } from '../item/fragment.ts';
import { findHolders } from '../item/holders.ts';
import { parseImage } from '../item/image.ts';
import { readRelease } from '../item/release.ts';
import { sameVersion } from '../item/version.ts';
import { imageDifference, ownerFinder } from '../matrix/image-owner.ts';
import type { Report, ReportRow } from '../report/report.ts';
import type { ChangeQuery } from './change-query.ts';
import { commitGraph, commitsOf } from './commit-graph.ts';
import type { FoundChange, FoundCommit, FoundComponent } from './find-document.ts';
import { fragmentsOf, isOfRepository, meantColumns, withImage } from './meant-components.ts';

/** Whether something has the change, and why not or why that is unknown. */
type Has = Pick<FoundComponent['releases'][number], 'has' | 'why'>;
type LookUp = (fragment: Fragment) => Has;

const YES: Has = { has: 'yes', why: null };

/**
 * Says in which releases a change is and where it runs, component by component. What a release carries over it has as
 * the older release does. A release has a commit where its fragment lists it, or where that follows from fragment to
 * fragment, each of which names the commit of the tag before.
 *
 * @param asked as it was written
 */
export function findChange(report: Report, asked: string, query: ChangeQuery): FoundChange {
  const byColumn = report.components.map((_, column) => fragmentsOf(report, column));
  const columns = meantColumns(report, query);
  // What says no repository may be of the one that is meant.
  const isMeant = (of: readonly Fragment[], column: number) =>
    columns?.has(column) !== false || of.every(({ fields }) => fields.repo === undefined);
  const commits = new Map<string, FoundCommit>();
  const components = report.components.flatMap((component, column): FoundComponent[] => {
    if (columns !== null && !columns.has(column)) return [];
    const fragments = byColumn[column] ?? [];
    const meant = meantCommits(query, fragments);
    const lookUp = lookUpOf(query, fragments, meant);
    if (lookUp === null) return [];
    const repo = fragments.find(({ fields }) => fields.repo !== undefined)?.fields.repo ?? null;
    for (const one of meant) {
      const key = `${repo} ${one.sha}`;
      if ((commits.get(key)?.subject ?? '') === '') commits.set(key, { repo, ...one });
    }
    const releases = releasesWith(report, column, lookUp);
    const { id, type, name } = component;
    const of = { component: id, type, name, repo, commits: meant.map(({ sha }) => sha) };
    const first = releases[0]?.release ?? null;
    return [{ ...of, first, releases, environments: environmentsWith(report, component, column, lookUp) }];
  });
  return {
    schema: 1,
    readAt: report.readAt,
    asked,
    kind: query.kind,
    commits: [...commits.values()],
    components,
    unseen: unseen(report, isListed(query) ? byColumn.map((of, column) => (isMeant(of, column) ? of : [])) : []),
  };
}

/** The commits of a component that are meant. */
function meantCommits(query: ChangeQuery, fragments: readonly Fragment[]) {
  const none = () => false;
  switch (query.kind) {
    case 'commit': {
      const { hex } = query;
      const isIt = (sha: string) => sha.startsWith(hex) || hex.startsWith(sha);
      const shaOf = (line: string) => line.slice(0, Math.max(0, line.search(/[^0-9a-f]|$/i))).toLowerCase();
      const isLine = (line: string) => isIt(shaOf(line)) && shaOf(line).length >= 7;
      return commitsOf(fragments, isLine, (commit) => isIt(commit.toLowerCase()));
    }
    case 'request': {
      const { ref, repo } = query;
      const ofRepo = repo === null ? fragments : fragments.filter((fragment) => isOfRepository(fragment, repo));
      return commitsOf(ofRepo, (line) => line.includes(ref), none).filter(({ refs }) => refs.includes(ref));
    }
    case 'ticket': {
      const ref = query.ref.toUpperCase();
      const inSubject = new RegExp(`(?<![\\p{L}\\p{N}])${ref.replaceAll('.', '\\.')}(?![\\p{L}\\p{N}])`, 'iu');
      return commitsOf(fragments, (line) => line.toUpperCase().includes(ref), none).filter(
        ({ refs, subject }) => refs.some((one) => one.toUpperCase() === ref) || inSubject.test(subject),
      );
    }
    default:
      return [];
  }
}

/** How to tell whether a fragment of a component has the change; null: none of them does. */
function lookUpOf(
  query: ChangeQuery,
  fragments: readonly Fragment[],
  meant: readonly { readonly sha: string }[],
): LookUp | null {
  const held = heldBy(query, fragments);
  if (held !== null) {
    const holders = new Set(held);
    if (holders.size === 0) return null;
    return (fragment) => (holders.has(fragment.id) ? YES : { has: 'no', why: `it holds ${fragment.ownVersion}` });
  }
  if (meant.length === 0) return query.kind === 'commit' ? lookUpByBuild(fragments, query.hex) : null;
  const graph = commitGraph(fragments);
  return (fragment) => {
    const { commit, changes } = fragment.fields;
    const listed = new Set(changes?.commits.flatMap((line) => readListedCommit(line)?.sha ?? []));
    const answers = meant.map(({ sha }) => listed.has(sha) || (commit === undefined ? null : graph.has(commit, sha)));
    if (answers.every((answer) => answer === true)) return YES;
    if (answers.includes(true)) {
      const count = answers.filter((answer) => answer === true).length;
      return { has: 'part', why: `it has ${count} of ${answers.length} commits` };
    }
    if (commit === undefined) return { has: 'unknown', why: 'its fragment says no commit' };
    if (answers.every((answer) => answer === false)) {
      return { has: 'no', why: `it is at ${commit.slice(0, 7)}, which does not have it` };
    }
    return { has: 'unknown', why: `it is at ${commit.slice(0, 7)}, and ${whyUnknown(changes)}` };
  };
}

/** The ids of the fragments that are or hold what is looked for; null: it is a change, which need be in no field of its own. */
function heldBy(query: ChangeQuery, fragments: readonly Fragment[]): readonly string[] | null {
  switch (query.kind) {
    case 'digest': {
      const { hex, image } = query;
      const holders = holdersOf(fragments, hex);
      if (holders.length > 0 || image === undefined) return holders;
      // Where nobody says a digest, the tag beside it is all there is.
      const tagged = withImage(fragments, image) ?? [];
      return idsOf(
        tagged.filter(
          ({ fields: { digest, artifact, imageRef } }) => !digest && !(artifact ?? imageRef)?.includes('@'),
        ),
      );
    }
    case 'image':
      return idsOf(withImage(fragments, query) ?? (query.tag === null ? fragments : withVersion(fragments, query.tag)));
    case 'component':
      return idsOf(withVersion(fragments, query.version));
    case 'version': {
      const { version, repo } = query;
      const found = withVersion(fragments, version);
      // A repository is tagged as the release, whatever its component's own version.
      return idsOf(
        found.length > 0 || repo === undefined ? found : fragments.filter(({ release }) => release === version),
      );
    }
    default:
      return null;
  }
}

function idsOf(fragments: readonly Fragment[]): string[] {
  return fragments.map(({ id }) => id);
}

function whyUnknown(changes: Fragment['fields']['changes']): string {
  if (changes === undefined) return 'its fragment lists no changes';
  if (changes.shallow === true) return 'its list of changes is of a shallow checkout';
  return changes.cut ? 'its list of changes is cut' : 'no fragment is of the tag before';
}

/** A frontend may say what its bundle was built from, and no commit; a version that `git describe` made names one. */
function lookUpByBuild(fragments: readonly Fragment[], hex: string): LookUp | null {
  const described = fragments.filter(({ ownVersion }) => ownVersion.toLowerCase().includes(`-g${hex}`));
  const holders = new Set([...holdersOf(fragments, hex, false), ...idsOf(described)]);
  if (holders.size === 0) return null;
  return (fragment) => (holders.has(fragment.id) ? YES : { has: 'unknown', why: 'its fragment does not say' });
}

function holdersOf(fragments: readonly Fragment[], hex: string, isDigest = true): string[] {
  return findHolders(fragments, { hex, isDigest }).map(({ fragment }) => fragment);
}

/** Those of a release are all of that version, which says nothing of one of them: only what says its own counts. */
function withVersion(fragments: readonly Fragment[], version: string): Fragment[] {
  const { version: ofRelease } = readRelease(version);
  return fragments.filter(({ versionField, ownVersion, release }) => {
    const isOwn = versionField !== null && sameVersion(ownVersion, version);
    return isOwn || (versionField === null && ofRelease !== null && readRelease(release).version === ofRelease);
  });
}

/** From the first release that has it on, the lowest first. */
function releasesWith(report: Report, column: number, lookUp: LookUp): FoundComponent['releases'] {
  const said = report.rows.flatMap((row) => {
    const of = hasRow(report, row, column, lookUp);
    return of === null ? [] : [{ release: row.release.tag, stage: row.release.stage, ...of }];
  });
  const first = said.findLastIndex(({ has }) => has === 'yes' || has === 'part');
  return said.slice(0, first + 1).reverse();
}

/** Whether a release has it; null: the component is no part of it. */
function hasRow(report: Report, row: ReportRow, column: number, lookUp: LookUp): Has | null {
  const cell = row.cells[column];
  if (cell == null || cell.state === 'renamed' || cell.state === 'left-out') return null;
  if (cell.state === 'missing') return { has: 'no', why: 'it is missing there' };
  if (cell.state === 'arriving') return { has: 'no', why: 'it is not published there yet' };
  const held = cell.carriedFrom === null ? cell.entries : heldIn(report, cell.carriedFrom, column);
  const said = held.map(lookUp);
  const best = (['yes', 'part', 'unknown', 'no'] as const).flatMap((has) => said.find((of) => of.has === has) ?? []);
  const [of] = best;
  if (of === undefined) return null;
  return of.why === null || cell.carriedFrom === null
    ? of
    : { ...of, why: `carried over from ${cell.carriedFrom}: ${of.why}` };
}

function heldIn({ rows }: Report, tag: string, column: number): readonly Fragment[] {
  return rows.find(({ release }) => release.tag === tag)?.cells[column]?.entries ?? [];
}

/** Where the component runs: by its own entries, or by those of the workloads that run its image. */
function environmentsWith(
  report: Report,
  component: Component,
  column: number,
  lookUp: LookUp,
): FoundComponent['environments'] {
  const { environments, rows } = deploymentsOf(report);
  return environments.flatMap(({ name }, place) => {
    const said = rows.flatMap(({ component: deployed, cells }) => {
      const cell = cells[place];
      if (cell == null) return [];
      const of = deployed.id === component.id ? lookUp(cell.entry) : hasImage(report, component, column, cell, lookUp);
      return of === null ? [] : [{ environment: name, release: cell.release, version: cell.version, ...of }];
    });
    // A workload that is behind counts: the change is not all over the place yet.
    const worst = (['no', 'unknown', 'part', 'yes'] as const).flatMap((has) => said.find((of) => of.has === has) ?? []);
    return worst.slice(0, 1);
  });
}

/** Whether the image of a workload has it; null: it is no image of the component. */
function hasImage(
  report: Report,
  component: Component,
  column: number,
  { entry, release }: DeploymentCell,
  lookUp: LookUp,
): Has | null {
  const image = parseImage(entry.fields.imageRef ?? '');
  if (image === null || entry.type !== 'k8s') return null;
  const row = report.rows.find((of) => of.release.tag === release);
  const published = row === undefined ? [] : publishedIn(report, row);
  const all = published.length > 0 ? published : fragmentsOf(report, column);
  const owner = ownerFinder(all)(image, entry);
  if (owner?.component !== component.id) return null;
  if (imageDifference(entry, image, owner) === null) return lookUp(owner);
  // Another image than the release's: perhaps one of another release.
  const other = fragmentsOf(report, column).find((fragment) => imageDifference(entry, image, fragment) === null);
  return other === undefined ? { has: 'unknown', why: 'it runs an image that no release holds' } : lookUp(other);
}

/** What a release holds and carries over of what images are made of. */
function publishedIn(report: Report, { cells }: ReportRow): Fragment[] {
  return cells.flatMap((cell, column) => {
    const { type } = report.components[column] ?? {};
    if (cell === null || (type !== 'backend' && type !== 'frontend')) return [];
    return cell.carriedFrom === null ? [...cell.entries] : [...heldIn(report, cell.carriedFrom, column)];
  });
}

/** What is no field of its own is looked for in the lists of changes. */
function isListed({ kind }: ChangeQuery): boolean {
  return kind === 'commit' || kind === 'request' || kind === 'ticket';
}

/** Workloads are not built, and list none. */
function unseen({ components }: Report, byColumn: readonly (readonly Fragment[])[]): FoundChange['unseen'] {
  const some = (is: (fields: Fragment['fields']) => boolean) =>
    components.flatMap(({ id, type }, column) =>
      type !== 'k8s' && byColumn[column]?.some(({ fields }) => is(fields)) ? [id] : [],
    );
  return {
    without: some(({ changes }) => changes === undefined),
    cut: some(({ changes }) => Boolean(changes?.cut)),
    shallow: some(({ changes }) => changes?.shallow === true),
  };
}
