import { isBlocking } from '../finding/finding.ts';
import { isCommit, repositoryPath } from '../item/commit-links.ts';
import type { Component } from '../item/component.ts';
import { type Fragment, observedAt } from '../item/fragment.ts';
import { isLessMature, readVersion, withoutV } from '../item/version.ts';
import { sameCommit } from '../matrix/checked-release.ts';
import type { Estate } from '../matrix/estate.ts';
import type { Policy } from '../policy/policy.ts';
import type { GateReport } from '../report/gate.ts';
import type { Report, ReportRow } from '../report/report.ts';
import { groupBy } from '../text/group-by.ts';
import { heldBefore, heldIn, metaText } from './held.ts';
import type { PromotionPlan, PromotionSkipCode, PromotionStep } from './plan-document.ts';
import { linksOf, orderOf } from './schema-order.ts';
import { atStage, fillForm, isGitTag, readTagForm, stageNumber, type WrittenTagForm } from './tag-form.ts';
import { ownAtStage, type Target } from './target.ts';
import { inWaves, waveOf } from './waves.ts';

/** What a promotion is planned from. */
export interface Promotion {
  readonly row: ReportRow;
  readonly target: Target;
  /** What the gate says of the release, evaluated as the stage of the target. */
  readonly gate: Pick<GateReport, 'verdict' | 'unknown' | 'findings'>;
  /** Forms of the tags of which the table says none; the first that matches a component counts. */
  readonly forms: readonly WrittenTagForm[];
  /** What the report was made of. */
  readonly estate: Estate;
}

/** A component that is to be tagged. */
interface Tagged {
  readonly component: Component;
  readonly repo: string;
  readonly tag: string;
  readonly tagFrom: PromotionStep['tagFrom'];
  readonly commit: string;
}

interface Skipped {
  readonly component: string;
  readonly code: PromotionSkipCode;
  readonly words: string;
}

/**
 * What is left to do until a release is another: for each repository the tag to make at the commit that the release has of
 * it, in waves. Nothing is judged here: whether it may be done says the gate.
 */
export function planPromotion(report: Report, policy: Policy, promotion: Promotion): PromotionPlan {
  const { row, target, gate } = promotion;
  const skips: Skipped[] = [];
  const tagged: Tagged[] = [];
  const known = knownTags(report);
  for (const [column, component] of report.components.entries()) {
    const found = lookAt(report, promotion, component, column, known);
    if (found === null) continue;
    if ('code' in found) skips.push(found);
    else tagged.push(found);
  }
  const steps: PromotionStep[] = [];
  for (const group of groupBy(tagged, ({ repo, tag }) => `${repo}\n${tag}`).values()) {
    const step = stepOf(group);
    if ('conflict' in step) skips.push(...step.conflict);
    else steps.push(step.step);
  }
  const laid = lay(report, policy, promotion, steps);
  const columnOf = new Map(report.components.map(({ id }, column) => [id, column]));
  const byColumn = (a: Skipped, b: Skipped) => (columnOf.get(a.component) ?? 0) - (columnOf.get(b.component) ?? 0);
  const conflicts = skips.filter(({ code }) => code === 'other-commit').map(({ component }) => component);
  const done = doneTags(report, target, skips);
  // Where all is done what the candidate lacks stops nothing.
  const held = gate.verdict !== 'pass' && (steps.length > 0 || done === 0);
  return {
    schema: 1,
    kind: 'promotion',
    release: row.release.tag,
    target: target.tag,
    stage: target.stage,
    readAt: report.readAt,
    blocked:
      held || conflicts.length > 0
        ? {
            verdict: gate.verdict,
            unknown: gate.unknown,
            findings: gate.findings.filter(isBlocking).map(({ code, severity, component, environment, message }) => ({
              code,
              severity,
              component,
              environment,
              message,
            })),
            conflicts,
          }
        : null,
    forced: false,
    left: steps.length,
    done,
    ...laid,
    skips: skips.sort(byColumn),
    notes: [...superseded(report, row, target), ...laid.notes, ...abbreviated(steps)],
  };
}

/** A plan as it is told: where it is blocked, and nobody insists, without what is to be done. */
export function told(plan: PromotionPlan, forced: boolean): PromotionPlan {
  if (plan.blocked === null) return plan;
  return forced ? { ...plan, forced } : { ...plan, waves: [] };
}

/** Null: the release has nothing of it. */
function lookAt(
  report: Report,
  { row, target, forms }: Promotion,
  { id, type, name }: Component,
  column: number,
  known: KnownTags,
): Tagged | Skipped | null {
  const cell = row.cells[column];
  if (cell == null) return null;
  const skip = (code: PromotionSkipCode, words: string): Skipped => ({ component: id, code, words });
  if (cell.carriedFrom !== null) return skip('carried', `carried over from ${cell.carriedFrom}, so not tagged again`);
  const fragment = theOne(cell.entries);
  if (fragment === null) return null;
  const commit = commitOf(fragment);
  const there = theOne(report.rows.find(({ release }) => release.tag === target.tag)?.cells[column]?.entries ?? []);
  if (there !== null) {
    const has = there.fields.commit;
    if (type === 'k8s') return skip('already', `${target.tag} has it`);
    if (has === undefined || commit === null) {
      return skip('already', `${target.tag} has it; nothing says whether at the same commit`);
    }
    return sameCommit(has, commit)
      ? skip('already', `${target.tag} has it`)
      : skip('other-commit', `${target.tag} has it at ${short(has)}, ${row.release.tag} at ${short(commit)}`);
  }
  const { repo } = fragment.fields;
  if (repo === undefined) {
    return skip(
      'no-repo',
      type === 'k8s' ? 'rolled out, not tagged: it has no repository' : 'its repository is unknown',
    );
  }
  if (repositoryPath(repo) === null || repo.startsWith('-')) {
    return skip('no-repo', `“${repo}” is not a repository; expected owner/name`);
  }
  if (commit === null) {
    const { commit: written } = fragment.fields;
    const none = type === 'k8s' ? 'rolled out, not tagged: it has no commit' : 'its commit is unknown';
    return skip('no-commit', written === undefined ? none : `“${written}” is not a commit`);
  }
  const now = tagOf(fragment);
  const made = newTag(report, fragment, name, column, target, forms.find(({ matches }) => matches(id))?.form ?? null);
  if (made === null) {
    return skip('no-tag-form', `its tag “${now}” has no version to raise: give the form by --tag-form`);
  }
  const { tag, from } = made;
  if (!isGitTag(tag)) return skip('no-tag-form', `“${tag}” is not a tag that git takes: give the form by --tag-form`);
  if (tag === now) return skip('unchanged', `${tag} is tagged already, and stays: publish it for ${target.tag} again`);
  const taken = known.get(nameOfTag(repo, tag));
  if (taken !== undefined && type !== 'k8s') {
    if (taken.commit === null || !sameCommit(taken.commit, commit)) {
      const at = taken.commit === null ? 'an unknown commit' : short(taken.commit);
      return skip('other-commit', `${repo} has ${tag} at ${at} (${taken.release}), and this is ${short(commit)}`);
    }
    return taken.release === target.tag
      ? skip('tagged', `${repo} has ${tag}, at this commit, and its fragment is still to come`)
      : skip('unchanged', `${repo} has ${tag} at this commit (${taken.release}): publish it for ${target.tag} again`);
  }
  return { component: { id, type, name }, repo, tag, tagFrom: from, commit };
}

/** Of a workload's entries the one that was observed last; else there is one. */
function theOne(entries: readonly Fragment[]): Fragment | null {
  return entries.reduce<Fragment | null>(
    (last, entry) => (last === null || (observedAt(entry) ?? '') > (observedAt(last) ?? '') ? entry : last),
    null,
  );
}

/** The commit of a fragment, as long as it is known; null where there is none, or another word. */
function commitOf({ fields: { commit, buildSha } }: Fragment): string | null {
  if (commit === undefined || !isCommit(commit)) return null;
  const longer = buildSha !== undefined && isCommit(buildSha) && buildSha.length > commit.length;
  return longer && sameCommit(buildSha, commit) ? buildSha : commit;
}

/** The git tag of a fragment: `meta.tag`, which `publish` writes where it is not the release itself. */
function tagOf({ item, release }: Fragment): string {
  return metaText(item, 'tag') ?? release;
}

function newTag(
  report: Report,
  fragment: Fragment,
  name: string,
  column: number,
  target: Target,
  form: string | null,
): { readonly tag: string; readonly from: PromotionStep['tagFrom'] } | null {
  const { release, versionField, ownVersion, item } = fragment;
  const written = metaText(item, 'tag');
  const own = versionField === null || fragment.type === 'k8s' ? null : ownVersion;
  const raised = (version: string): string => {
    // What is no pre-release has come as far as it can.
    if (readVersion(version)?.kind !== 'pre-release') return version;
    const others = report.rows.flatMap(({ cells }) => cells[column]?.entries.map((entry) => entry.ownVersion) ?? []);
    return ownAtStage(version, target.stage, others);
  };
  const read = written === null ? null : readTagForm(written, release, own);
  if (read !== null) {
    const version =
      read.of === 'release' ? atStage(read.version, target.stage, stageNumber(target.tag)) : raised(read.version);
    return { tag: `${read.before}${version}${read.after}`, from: 'fragment' };
  }
  if (form !== null) {
    const version = withoutV(own === null ? target.tag : raised(own));
    return { tag: fillForm(form, { component: name, version, release: target.tag }), from: 'option' };
  }
  return written === null ? { tag: target.tag, from: 'release' } : null;
}

/** The tags of which the table knows, by repository and name. */
type KnownTags = ReadonlyMap<string, { readonly commit: string | null; readonly release: string }>;

function nameOfTag(repo: string, tag: string): string {
  return `${repo}\n${tag}`;
}

function knownTags({ rows }: Report): KnownTags {
  const known = new Map<string, { commit: string | null; release: string }>();
  for (const { cells } of rows) {
    for (const cell of cells) {
      for (const fragment of cell?.entries ?? []) {
        const { repo } = fragment.fields;
        if (repo === undefined || fragment.type === 'k8s') continue;
        const name = nameOfTag(repo, tagOf(fragment));
        if (!known.has(name)) known.set(name, { commit: commitOf(fragment), release: fragment.release });
      }
    }
  }
  return known;
}

/** What was built says at which commit a tag is made; workloads of its repository come with it. */
function stepOf(
  group: readonly Tagged[],
): { readonly step: PromotionStep } | { readonly conflict: readonly Skipped[] } {
  const built = group.filter(({ component }) => component.type !== 'k8s');
  const saying = built.length > 0 ? built : group;
  const commit = saying.reduce((longest, one) => (one.commit.length > longest.length ? one.commit : longest), '');
  const [{ repo, tag, tagFrom }] = group as [Tagged, ...Tagged[]]; // a group is never empty
  const apart = saying.some((one) => !sameCommit(one.commit, commit));
  if (apart) {
    const commits = saying.map(({ component, commit: at }) => `${component.id} ${short(at)}`).join(', ');
    return {
      conflict: group.map(({ component }) => ({
        component: component.id,
        code: 'other-commit',
        words: `${repo} can have ${tag} at one commit only: ${commits}`,
      })),
    };
  }
  const components = group.map(({ component }) => component.id);
  const types = [...new Set(group.map(({ component }) => component.type))];
  return { step: { repo, tag, commit, components, types, tagFrom } };
}

function lay(
  report: Report,
  policy: Policy,
  { row, estate }: Promotion,
  steps: readonly PromotionStep[],
): Pick<PromotionPlan, 'waves' | 'schemas' | 'notes'> {
  const nodes = new Map(steps.flatMap(({ components }, node) => components.map((component) => [component, [node]])));
  const parties = report.components.filter(
    ({ type }, column) => type !== 'kafka' && heldIn(report, row, column).length > 0,
  );
  const schemas = report.components.flatMap(({ type }, column) => {
    const [now] = row.cells[column]?.entries ?? [];
    if (type !== 'kafka' || now === undefined) return [];
    const [before] = heldBefore(estate, row, column);
    const order = before === undefined ? null : orderOf(before, now, parties);
    return order === null ? [] : [order];
  });
  const { links, atOnce } = linksOf(schemas, (component) => nodes.get(component) ?? []);
  const unplaced = new Set<string>();
  const last = policy.waves?.length ?? 0;
  const ranks = steps.map(({ components }) =>
    Math.min(
      ...components.map((component) => {
        const rank = waveOf(policy, component, component.slice(0, component.indexOf('#')));
        if (rank === null) unplaced.add(component);
        return rank ?? last;
      }),
    ),
  );
  const { waves, broken } = inWaves(ranks, links);
  const of = (node: number) => steps[node] as PromotionStep; // a node is a step
  return {
    waves: waves.map((wave) => ({
      types: [...new Set(wave.flatMap((node) => of(node).types))],
      steps: wave.map(of),
    })),
    schemas: schemas.map(({ order }) => order),
    notes: [
      ...(unplaced.size === 0 ? [] : [`In none of the policy’s waves, so in the last: ${[...unplaced].join(', ')}.`]),
      ...atOnce.map(({ component }) => `${component}: its producers and consumers are tagged at once, by one tag.`),
      ...broken.map(
        ({ before, after, schema }) =>
          `${schema} asks for ${of(before).components.join(', ')} before ${of(after).components.join(', ')}: the order is circular, so it is ignored. Coordinate these.`,
      ),
    ],
  };
}

/** Tags of which the target has fragments. */
function doneTags(report: Report, { tag }: Target, skips: readonly Skipped[]): number {
  const row = report.rows.find(({ release }) => release.tag === tag);
  const columns = new Set(skips.filter(({ code }) => code === 'already').map(({ component }) => component));
  return new Set(
    report.components.flatMap(({ id }, column) => {
      const fragment = columns.has(id) ? theOne(row?.cells[column]?.entries ?? []) : null;
      return fragment === null ? [] : [nameOfTag(fragment.fields.repo ?? id, tagOf(fragment))];
    }),
  ).size;
}

/** Whether it is the last of its line: what came after it was made for a reason. */
function superseded({ rows }: Report, { release }: ReportRow, target: Target): string[] {
  const newer = rows
    .slice(
      0,
      Math.max(
        0,
        rows.findIndex((row) => row.release.tag === release.tag),
      ),
    )
    .filter((row) => row.fragments > 0 && row.release.line === release.line && row.release.tag !== target.tag)
    .filter((row) => isLessMature(row.release.weighsAs, target.stage));
  return newer.length === 0
    ? []
    : [`${release.tag} is not the last of its line: ${newer.map((row) => row.release.tag).join(', ')}.`];
}

/** Digits of a commit that is written out: SHA-1, SHA-256. */
const WHOLE: readonly number[] = [40, 64];

function abbreviated(steps: readonly PromotionStep[]): string[] {
  const some = steps
    .filter(({ commit }) => !WHOLE.includes(commit.length))
    .map(({ repo, commit }) => `${repo} ${commit}`);
  if (some.length === 0) return [];
  return [`Abbreviated commits, which git takes and GitHub’s API does not: ${some.join(', ')}. Publish whole ones.`];
}

function short(commit: string): string {
  return isCommit(commit) ? commit.slice(0, 7) : `“${commit}”`;
}
