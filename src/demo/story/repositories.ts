import { createHash } from 'node:crypto';
import { withoutV } from '../../release/item/version.ts';

/** One run of a repository's pipeline: a tag was pushed, what it names was built, and now it is published. */
export interface Job {
  /** `owner/name`, as GITHUB_REPOSITORY says it. */
  readonly repository: string;
  /** The words of `release-matrix publish`. */
  readonly words: readonly string[];
  /** What the release tool left in the working directory, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The repository's own tag, where it is not the release's. */
  readonly tag?: string;
}

/** What a release is built from. */
export interface Train {
  /** `v1.4.0-rc.1`. */
  readonly release: string;
  /** Names the sources: two releases of one are the same commits and digests, as a stable and its last candidate are. */
  readonly sources: string;
  /** Version of orders, where its pipeline did not build that of the release. */
  readonly ordersVersion?: string;
  /** Workloads whose pods are not up yet. */
  readonly starting?: readonly string[];
  /** Where it is rolled out; absent: wherever its stage is. */
  readonly environments?: readonly string[];
}

/** The simulated repositories, each with the release tool of its language. */
export const REPOSITORIES = {
  'acme/web': ({ release }) => {
    const version = `3.${minorOf(release)}.0${stageOf(release)}`;
    const packages = JSON.stringify([{ name: '@acme/shell', version }]);
    return [
      { words: ['--from', 'changesets', '--json', packages, '--type', 'frontend'], tag: `@acme/shell@${version}` },
    ];
  },
  'acme/auth-service': (train) => {
    const version = withoutV(train.release);
    const image = `ghcr.io/acme/auth-service:${version}`;
    const facts = {
      project_name: 'auth-service',
      tag: train.release,
      version,
      commit: commitOf('auth-service', train),
    };
    const made = {
      name: image,
      path: image,
      type: 'Docker Manifest',
      extra: { Digest: digestOf('auth-service', train) },
    };
    return [
      {
        words: ['--from', 'goreleaser'],
        files: { 'dist/metadata.json': JSON.stringify(facts), 'dist/artifacts.json': JSON.stringify([made]) },
      },
    ];
  },
  'acme/orders': (train) => {
    const version = train.ordersVersion ?? withoutV(train.release);
    const image = `ghcr.io/acme/orders:${version}@${digestOf('orders', train)}`;
    return [{ words: ['--type', 'backend', '--component', 'orders', '--version', version, '--image', image] }];
  },
  'acme/ledger': ({ release }) => {
    const version = `0.${minorOf(release) + 5}.0${stageOf(release)}`;
    const released = JSON.stringify([{ package_name: 'ledger', version, tag: `v${version}`, prs: [] }]);
    return [{ words: ['--from', 'release-plz', '--json', released], tag: `v${version}` }];
  },
  'acme/scoring': (train) => {
    // As Python writes it: 1.4.0rc1.
    const version = withoutV(train.release).replace(/-(a|b|rc)[a-z]*\.(\d+)$/, '$1$2');
    const image = `ghcr.io/acme/scoring@${digestOf('scoring', train)}`;
    const component = ['--type', 'backend', '--component', 'scoring', '--image', image];
    return [{ words: [...component, '--version', version, '--version-scheme', 'pep440'] }];
  },
  'acme/event-schemas': (train) => {
    const { release } = train;
    const registered = { subject: 'user.created-value', version: minorOf(release), id: 40 + minorOf(release) };
    const answers = [registered, { compatibilityLevel: 'BACKWARD' }].map((one) => JSON.stringify(one)).join('\n');
    const version = `2.${minorOf(release)}.0${stageOf(release)}`;
    const source = sourceOf('acme/event-schemas', train);
    return [{ words: ['--from', 'schema-registry', '--json', answers, '--schema-version', version, ...source] }];
  },
  'acme/charts': (train) => {
    const { release } = train;
    const version = `5.${minorOf(release)}.0${stageOf(release)}`;
    const metadata = { name: 'helm-auth', chart: 'auth', version, appVersion: withoutV(release), status: 'deployed' };
    return [{ words: ['--from', 'helm', '--json', JSON.stringify(metadata), ...sourceOf('acme/charts', train)] }];
  },
  'acme/deployments': (train) =>
    (train.environments ?? environmentsUpTo(train.release)).map((environment) => ({
      words: ['--from', 'kube', '--environment', environment, '--replace', '--json', JSON.stringify(workloads(train))],
    })),
} as const satisfies Record<string, (train: Train) => readonly Omit<Job, 'repository'>[]>;

export type Repository = keyof typeof REPOSITORIES;
export const ALL = Object.keys(REPOSITORIES).filter((name): name is Repository => name in REPOSITORIES);

/** The pipelines that run for a release. */
export function jobsOf(repositories: readonly Repository[], train: Train): Job[] {
  return repositories.flatMap((repository) =>
    REPOSITORIES[repository](train).map((job: Omit<Job, 'repository'>) => ({
      ...job,
      repository,
      words: ['publish', '--release', train.release, ...job.words],
    })),
  );
}

/** The tag that sets a job off. */
export function tagOf({ tag }: Job, { release }: Train): string {
  return tag ?? release;
}

/** The commit that a repository's tag is on. */
export function commitOf(repository: string, { sources }: Pick<Train, 'sources'>): string {
  return createHash('sha1')
    .update(`${repository.replace('acme/', '')} ${sources}`)
    .digest('hex');
}

/** What is observed says not from which commit it is: whoever publishes it does. */
function sourceOf(repository: string, train: Train): string[] {
  return ['--repo', repository, '--commit', commitOf(repository, train)];
}

function digestOf(image: string, { sources }: Train): string {
  return `sha256:${createHash('sha256').update(`${image} ${sources}`).digest('hex')}`;
}

function minorOf(release: string): number {
  return Number(/^v\d+\.(\d+)/.exec(release)?.[1] ?? 0);
}

/** `-rc.1`, or nothing. */
function stageOf(release: string): string {
  return /-.*$/.exec(release)?.[0] ?? '';
}

/** Whatever goes on runs in the earlier environments as well, so that none gets ahead of one before it. */
function environmentsUpTo(release: string): readonly string[] {
  const stage = stageOf(release);
  if (stage === '') return ['qa', 'preprod', 'prod'];
  return stage.startsWith('-rc') ? ['qa', 'preprod'] : ['qa'];
}

/** What `kubectl get deployments -o json` prints. */
function workloads(train: Train): object {
  const replicas = 2;
  const items = ['auth-service', 'orders'].map((name) => {
    const version = name === 'orders' ? (train.ordersVersion ?? train.release) : train.release;
    const image = `ghcr.io/acme/${name}:${withoutV(version)}@${digestOf(name, train)}`;
    // Kubernetes leaves out a counter that is 0.
    const ready = train.starting?.includes(name) ? {} : { readyReplicas: replicas, availableReplicas: replicas };
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, generation: 1 },
      spec: { replicas, template: { spec: { containers: [{ name, image }] } } },
      status: { observedGeneration: 1, replicas, updatedReplicas: replicas, ...ready },
    };
  });
  return { apiVersion: 'v1', kind: 'List', items };
}
