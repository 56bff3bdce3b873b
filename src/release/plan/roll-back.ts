import { deploymentsOf } from '../deployed/deployments.ts';
import type { Component } from '../item/component.ts';
import type { Fragment } from '../item/fragment.ts';
import { parseImage } from '../item/image.ts';
import { digestOf } from '../matrix/classify-change.ts';
import { ownerFinder } from '../matrix/image-owner.ts';
import { isChanged } from '../matrix/pairs.ts';
import type { Policy } from '../policy/policy.ts';
import type { Report, ReportRow } from '../report/report.ts';
import { heldIn, metaText } from './held.ts';
import type { RollBackPlan, RollBackSkipCode, RollBackStep, SchemaOrder } from './plan-document.ts';
import { linksOf, type OrderedSchema, orderOf } from './schema-order.ts';
import { inWaves, waveOf } from './waves.ts';

interface Skipped {
  readonly component: string;
  readonly code: RollBackSkipCode;
  readonly words: string;
}

/** A workload that is to run another image. */
interface Step {
  readonly step: RollBackStep;
  /** What it runs: its place in the waves is that component's. */
  readonly owner: Component;
}

/**
 * What is left to do until an environment runs a release again: of each workload the image that runs and the image to run,
 * in the order of a promotion turned round, and what cannot go back.
 *
 * @param environment its folded name
 * @returns null where nothing is known to run there
 */
export function planRollBack(report: Report, policy: Policy, row: ReportRow, environment: string): RollBackPlan | null {
  const { environments, rows } = deploymentsOf(report);
  const place = environments.findIndex(({ name }) => name === environment);
  const running = rows.flatMap(({ component, kind, cells }) => {
    const cell = kind === 'running' ? cells[place] : null;
    return cell == null ? [] : [{ component, entries: [cell.entry, ...cell.beside] }];
  });
  if (running.length === 0) return null;
  const { tag } = row.release;
  const columns = new Map(report.components.map(({ id }, column) => [id, column]));
  const held = (id: string) => heldIn(report, row, columns.get(id) ?? -1);
  const ownerOf = ownerFinder(
    report.components.flatMap(({ id, type }) =>
      type === 'backend' || type === 'frontend' ? held(id).slice(0, 1) : [],
    ),
  );
  const skips: Skipped[] = [];
  const steps: Step[] = [];
  const owners = new Set<string>();
  for (const { component, entries } of running) {
    for (const entry of entries) {
      const image = entry.fields.imageRef === undefined ? null : parseImage(entry.fields.imageRef);
      const owner = image === null ? undefined : ownerOf(image, entry);
      if (owner !== undefined) owners.add(owner.component);
      const found = lookAt(entry, held(component.id), owner, environment, tag);
      if ('code' in found) skips.push({ component: component.id, ...found });
      else
        steps.push({ step: found, owner: report.components[columns.get(owner?.component ?? '') ?? -1] ?? component });
    }
  }
  const newest = environments[place]?.newest ?? null;
  const now = report.rows.find(({ release }) => release.tag === newest);
  const parties = report.components.filter(({ id, type }) => type !== 'kafka' && held(id).length > 0);
  const schemas: OrderedSchema[] = [];
  for (const [column, { id, type }] of report.components.entries()) {
    if (type === 'k8s' || owners.has(id) || now === undefined) continue;
    const [from, to] = [heldIn(report, now, column), held(id)];
    const [before, after] = [to[0], from[0]];
    if (before === undefined || after === undefined || !isChanged(to, from)) continue;
    // A schema went forward from what the release has: that is what is to be undone.
    const ordered = type === 'kafka' ? orderOf(before, after, parties) : null;
    if (ordered !== null) {
      schemas.push(ordered);
      const between = versionsBetween(report, column, now, row);
      skips.push({ component: id, code: 'schema', words: schemaWords(ordered.order, tag, between) });
    } else {
      const versions =
        after.ownVersion === before.ownVersion
          ? `another build of ${before.ownVersion}`
          : `from ${after.ownVersion} to ${before.ownVersion}`;
      const words = `${versions}, by its own pipeline`;
      skips.push({ component: id, code: 'own-pipeline', words });
    }
  }
  const laid = lay(policy, steps, schemas);
  return {
    schema: 1,
    kind: 'roll-back',
    release: tag,
    environment,
    newest,
    readAt: report.readAt,
    left: steps.length,
    done: skips.filter(({ code }) => code === 'already').length,
    waves: laid.waves,
    skips: skips.sort((a, b) => (columns.get(a.component) ?? 0) - (columns.get(b.component) ?? 0)),
    schemas: schemas.map(({ order }) => order),
    notes: [
      ...(row.withdrawn === undefined ? [] : [`${tag} is withdrawn: ${row.withdrawn.reason}`]),
      ...(schemas.length === 0 ? [] : ['A rollback reverses each order.']),
      ...laid.notes,
    ],
  };
}

/** @param held what the release to go back to has of the workload, in all environments */
function lookAt(
  entry: Fragment,
  held: readonly Fragment[],
  owner: Fragment | undefined,
  environment: string,
  tag: string,
): RollBackStep | Pick<Skipped, 'code' | 'words'> {
  if (entry.kind === 'job') return { code: 'job', words: 'a job has run, and is not run again' };
  const ofKind = held.filter(({ kind }) => kind === entry.kind);
  if (ofKind.length === 0) {
    return { code: 'not-part', words: `${tag} does not have it: it stays as it is (${entry.release})` };
  }
  const there = ofKind.find(({ environments }) => environments.includes(environment));
  const said = [
    { from: 'environment' as const, of: there, image: imageOf(there) },
    { from: 'artifact' as const, of: owner, image: artifactOf(owner) },
    ...ofKind.map((of) => ({ from: 'other-environment' as const, of, image: imageOf(of) })),
  ].find(({ image }) => image !== null);
  if (said?.of === undefined || said.image === null) {
    return { code: 'no-image', words: `nothing says which image ${tag} has of it` };
  }
  const image = said.image;
  if (isSameImage(entry, image)) return { code: 'already', words: `runs ${image}` };
  return {
    component: entry.component,
    name: entry.name,
    workloadKind: entry.kind,
    namespace: metaText(entry.item, 'namespace'),
    runs: { release: entry.release, image: entry.fields.imageRef ?? null },
    image,
    imageOf: said.of.release,
    imageFrom: said.from,
  };
}

function imageOf(entry: Fragment | undefined): string | null {
  const { imageRef } = entry?.fields ?? {};
  return imageRef === undefined || parseImage(imageRef) === null ? null : imageRef;
}

/** What was built, by its digest where that is known. */
function artifactOf(owner: Fragment | undefined): string | null {
  const { artifact, digest } = owner?.fields ?? {};
  const image = artifact === undefined ? null : parseImage(artifact);
  if (image === null || (image.tag === null && image.digest === null && digest === undefined)) return null;
  const tagged = `${image.repository}${image.tag === null ? '' : `:${image.tag}`}`;
  const known = image.digest ?? digest;
  return known === undefined ? tagged : `${tagged}@${known}`;
}

function isSameImage(entry: Fragment, image: string): boolean {
  const [runs, wanted] = [digestOf(entry)?.toLowerCase(), parseImage(image)?.digest?.toLowerCase()];
  if (runs !== undefined && wanted !== undefined) return runs === wanted;
  return entry.fields.imageRef === image;
}

/** How many versions of a schema the releases from one to another have. */
function versionsBetween({ rows }: Report, column: number, from: ReportRow, to: ReportRow): number {
  const [first, last] = [rows.indexOf(from), rows.indexOf(to)].sort((a, b) => a - b);
  const versions = rows
    .slice(first, (last ?? 0) + 1)
    .flatMap(({ cells }) => cells[column]?.entries.map(({ ownVersion }) => ownVersion) ?? []);
  return new Set(versions).size;
}

/** Whether those that go back read what was written since. */
function schemaWords({ rule, policy, from, to }: SchemaOrder, tag: string, versions: number): string {
  const what = `${to} stays: events of it are in the topic`;
  switch (rule) {
    case 'any-order':
    case 'producers-first':
      return versions > 2 && !policy?.endsWith('_TRANSITIVE')
        ? `${what}. ${policy} is only promised from one version to the next, and ${versions - 1} lie between: check whether ${from} can read ${to}`
        : `${what}. ${policy} promises that the consumers of ${tag} can read them`;
    case 'consumers-first':
      return `${what}. ${policy} does not promise that the consumers of ${tag}, which know ${from}, can read them`;
    case 'coordinate':
    case 'unknown':
      return `${what}. Nothing promises that the consumers of ${tag}, which know ${from}, can read them`;
  }
}

function lay(
  policy: Policy,
  steps: readonly Step[],
  schemas: readonly OrderedSchema[],
): Pick<RollBackPlan, 'waves' | 'notes'> {
  const { links } = linksOf(schemas, (component) =>
    steps.flatMap(({ step, owner }, node) => (step.component === component || owner.id === component ? [node] : [])),
  );
  const last = policy.waves?.length ?? 0;
  const ranks = steps.map(({ step, owner }) => {
    return waveOf(policy, owner.id, owner.type) ?? waveOf(policy, step.component, 'k8s') ?? last;
  });
  const { waves, broken } = inWaves(ranks, links);
  const of = (node: number) => steps[node] as Step; // a node is a step
  return {
    waves: waves.toReversed().map((wave) => ({
      types: [...new Set(wave.map((node) => of(node).owner.type))],
      steps: wave.map((node) => of(node).step),
    })),
    notes: broken.map(
      ({ before, after, schema }) =>
        `${schema} asks for ${of(after).step.component} back before ${of(before).step.component}: the order is circular, so it is ignored. Coordinate these.`,
    ),
  };
}
