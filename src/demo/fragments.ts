import type { Item } from '../release/item/item.ts';
import { DOCUMENTED_KEYS } from '../release/item/item.ts';
import { readRelease } from '../release/item/release.ts';
import { withoutV } from '../release/item/version.ts';
import { CATALOGUE, columnOf, type DemoComponent, type Workload } from './catalogue.ts';
import type { Chance } from './chance.ts';
import { changelogOf, changesOf } from './changelog.ts';
import type { Build, Builds } from './history.ts';

/** What a fragment is made of besides the component itself. */
export interface FragmentContext {
  /** HASH key: `v1.4.0-rc.1`. */
  readonly tag: string;
  readonly builds: Builds;
  /** ISO 8601. */
  readonly date: string;
  readonly chance: Chance;
}

/**
 * The fragment that a component's CI publishes for a release.
 *
 * @throws Error for a Kubernetes component, which has an entry per environment instead (`workloadItem`), and for one
 *   that the builds do not hold
 */
export function fragmentItem(component: DemoComponent, context: FragmentContext): Item {
  const { type, name, repo, owner } = component;
  const build = buildOf(component, context.builds);
  const keys = keysOf(context.tag, columnOf(component));
  const changed = build.changedIn === context.tag;
  return {
    ...keys,
    repo,
    owner,
    commit: build.commit,
    date: context.date,
    publishedAt: context.date,
    ...(changed
      ? {
          changelog: changelogOf(component, context.tag, context.chance),
          changes: { commits: changesOf(component, context.tag, build.commit, context.chance) },
        }
      : {}),
    links: {
      source: `https://github.com/${repo}/tree/${build.commit.slice(0, 12)}`,
      pipeline: `https://ci.acme.example/${repo}/runs/${pipelineRun(name, context)}`,
    },
    ...ownFields(component, build, context.tag),
    ...(type === 'backend' ? { digest: build.digest } : {}),
  };
}

function ownFields(component: DemoComponent, build: Build, tag: string): Item {
  const { type, name, events } = component;
  const own = build.version ?? withoutV(tag);
  switch (type) {
    case 'frontend':
      return { npmVersion: own, buildSha: build.digest.slice(7, 47), artifact: `@acme/${name}@${own}` };
    case 'backend':
      return { artifact: `ghcr.io/acme/${name}:${own}` };
    case 'kafka':
      // The schemas' pipeline is written in Python and spells its attributes so; the reader folds the names.
      return {
        schema_version: own,
        evolution_policy: events?.policy ?? 'BACKWARD',
        producers: events?.producers ?? [],
        consumers: events?.consumers ?? [],
      };
    case 'infra':
      return {
        chartVersion: own,
        valuesHash: `sha256:${build.digest.slice(7)}`,
        ...(chartedService(name) === null ? {} : { appVersion: withoutV(tag) }),
      };
    case 'k8s':
      throw new Error(`${columnOf(component)} has an entry per environment.`);
  }
}

/** The service that a chart installs: `helm-auth` → auth-service. Platform charts and Terraform install none. */
function chartedService(chart: string): string | null {
  const stem = chart.replace(/^(helm|tf)-/, '');
  const names = [stem, `${stem}-service`];
  return CATALOGUE.find(({ type, name }) => type === 'backend' && names.includes(name))?.name ?? null;
}

/** How far a roll-out has come: how many of the desired replicas are updated and ready. */
export interface Rollout {
  readonly updated: number;
  readonly ready: number;
}

/** How many replicas a workload wants in an environment: all in production, half of them (rounded up) elsewhere. */
export function desiredReplicas({ replicas }: Workload, environment: string): number {
  return environment === 'prod' ? replicas : Math.ceil(replicas / 2);
}

/**
 * The entry of a Kubernetes workload for a release in one environment.
 *
 * @param environmentName as the key spells it: `prod`, or `production` in the estate's early days
 * @param rollout how far it has come; absent: finished
 * @throws Error for a component that is not a workload
 */
export function workloadItem(
  component: DemoComponent,
  environment: string,
  context: FragmentContext,
  { environmentName = environment, rollout }: { environmentName?: string; rollout?: Rollout } = {},
): Item {
  const { name, repo, owner, workload } = component;
  if (workload === null) throw new Error(`${columnOf(component)} is not a workload.`);
  const { tag, chance } = context;
  const image = imageOf(workload, context);
  const replicas = desiredReplicas(workload, environment);
  const generation = 2 + Math.floor(chance.fraction(`generation ${name} ${environment} ${tag}`) * 40);
  const ready = rollout?.ready ?? replicas;
  return {
    ...keysOf(tag, `k8s#${environmentName}-${workload.kind}/${name}`),
    repo,
    owner,
    date: context.date,
    publishedAt: context.date,
    imageRef: `${workload.image}:${image.tag}`,
    // Nobody resolves the digest of an alpha; from beta on images are pinned.
    ...(image.digest === null || readRelease(tag).stage === 'alpha' ? {} : { digest: image.digest }),
    deploymentHash: chance.hex(`deployment ${name} ${environment} ${tag}`, 10),
    replicas,
    updatedReplicas: rollout?.updated ?? replicas,
    readyReplicas: ready,
    availableReplicas: ready,
    generation,
    observedGeneration: generation,
    links: {
      cluster: `https://argo.acme.example/applications/${environment}-${name}`,
      logs: `https://logs.acme.example/${environment}/${name}`,
    },
  };
}

function imageOf({ runs }: Workload, { tag, builds }: FragmentContext): { tag: string; digest: string | null } {
  if (runs === null) {
    // Somebody else's image, pinned per minor line.
    const minor = Number(/^v\d+\.(\d+)\./.exec(tag)?.[1] ?? 0);
    return { tag: `v1.${26 + minor}.2`, digest: null };
  }
  const component = CATALOGUE.find(({ type, name }) => type !== 'k8s' && name === runs);
  if (component === undefined) throw new Error(`No component of the catalogue is called ${runs}.`);
  const build = buildOf(component, builds);
  return { tag: build.version ?? withoutV(tag), digest: build.digest };
}

function buildOf(component: DemoComponent, builds: Builds): Build {
  const build = builds.get(columnOf(component));
  if (build === undefined) throw new Error(`There is no build of ${columnOf(component)}.`);
  return build;
}

/** The two key attributes of the documented table. */
export function keysOf(release: string, key: string): Item {
  return { [DOCUMENTED_KEYS.release]: release, [DOCUMENTED_KEYS.component]: key };
}

function pipelineRun(name: string, { tag, chance }: FragmentContext): number {
  return 1000 + Math.floor(chance.fraction(`run ${name} ${tag}`) * 90_000);
}
