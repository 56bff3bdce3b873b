import { SIGN_OFFS_KEY } from '../release/item/evidence.ts';
import type { Item } from '../release/item/item.ts';
import { readRelease } from '../release/item/release.ts';
import { CATALOGUE, columnOf, type DemoComponent } from './catalogue.ts';
import type { Chance } from './chance.ts';
import { desiredReplicas, fragmentItem, keysOf, type Rollout, workloadItem } from './fragments.ts';
import { type Build, type Builds, nextBuilds } from './history.ts';

/** One thing that a CI or a cluster does. */
export interface CiStep {
  /** In words, for a log. */
  readonly says: string;
  /** What is written. @param date ISO 8601: when it happens */
  readonly puts: (date: string) => readonly Item[];
  /** Releases of which every item is deleted, what was signed of them too; only ones that this script has published. */
  readonly retires: readonly string[];
}

/** A release under way. */
interface Train {
  readonly tag: string;
  readonly builds: Builds;
  readonly chance: Chance;
}

/** Where each stage of a release train is rolled out, one environment after the other. */
const ROLLED_OUT_TO: Readonly<Record<string, readonly string[]>> = {
  alpha: ['dev'],
  beta: ['dev', 'qa', 'staging'],
  rc: ['dev', 'qa', 'staging', 'preprod'],
};

/**
 * An endless script of pre-releases that follow the demo estate, one after the other: fragments arrive a few at a time,
 * workloads are rolled out environment by environment with rising replicas, an alpha is rebuilt after a fix. It goes
 * through every environment in turn, so that none gets ahead of an earlier one, and what is tested there is attested; a
 * candidate that has passed is signed, as persons would. None of them is stable: whoever looks at the demo finds the
 * newest stable release as it was seeded, and never a part of one that is just arriving. The same estate gives the same
 * script.
 *
 * @param keep how many of its own releases stay in the table; before a further one begins, the oldest is retired
 */
export function* ciScript(estate: { builds: Builds; chance: Chance }, keep = 8): Generator<CiStep, never> {
  const { chance } = estate;
  const published: string[] = [];
  let builds = estate.builds;
  for (const tag of upcomingTags()) {
    const oldest = published.length >= keep ? published.shift() : undefined;
    if (oldest !== undefined) yield { says: `${oldest} is retired`, puts: () => [], retires: [oldest] };
    published.push(tag);
    builds = nextBuilds(builds, tag, false, chance);
    const train = { tag, builds, chance };
    yield* arrivals(train);
    for (const environment of ROLLED_OUT_TO[readRelease(tag).stage] ?? []) {
      yield* rollout(train, environment);
      const name = CHECKED_IN[environment];
      if (name !== undefined) yield attested(train, environment, name);
      const signature = readRelease(tag).stage === 'rc' ? SIGNED_AFTER[environment] : undefined;
      if (signature !== undefined) yield signed(train, signature);
    }
    if (readRelease(tag).stage === 'alpha') {
      const fixed = fixedService(train);
      builds = new Map([...builds, [columnOf(fixed.component), fixed.build]]);
      yield* rebuild({ ...train, builds }, fixed.component);
    }
  }
  throw new Error('The tags never end.');
}

/** The tags that come after the newest of the timetable, which is v1.8.0-alpha.2. */
function* upcomingTags(): Generator<string> {
  yield* ['v1.8.0-alpha.3', 'v1.8.0-beta.1', 'v1.8.0-rc.1'];
  for (let minor = 9; ; minor++) {
    for (const stage of ['alpha.1', 'alpha.2', 'beta.1', 'rc.1']) yield `v1.${minor}.0-${stage}`;
  }
}

/** The fragments of a release arrive, two to five in a step, in no particular order. */
function* arrivals({ tag, builds, chance }: Train): Generator<CiStep> {
  const isAlpha = readRelease(tag).stage === 'alpha';
  const waiting = CATALOGUE.filter(({ workload }) => workload === null)
    .filter((component) => !isAlpha || chance.fraction(`in ${columnOf(component)} ${tag}`) < 0.6)
    .map((component) => ({ component, turn: chance.fraction(`turn ${columnOf(component)} ${tag}`) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ component }) => component);
  while (waiting.length > 0) {
    const batch = waiting.splice(0, 2 + Math.floor(chance.fraction(`batch ${waiting.length} ${tag}`) * 4));
    yield {
      says: `${tag}: ${batch.map(columnOf).join(', ')} published`,
      puts: (date) => batch.map((component) => fragmentItem(component, { tag, builds, date, chance })),
      retires: [],
    };
  }
}

/** All workloads of an environment are replaced: first none of the new pods is ready, then some, then all. */
function* rollout({ tag, builds, chance }: Train, environment: string): Generator<CiStep> {
  const workloads = CATALOGUE.flatMap((component) =>
    component.workload === null ? [] : [{ component, desired: desiredReplicas(component.workload, environment) }],
  );
  const phases: { word: string; reached: (desired: number) => Rollout }[] = [
    { word: 'starts', reached: (desired) => ({ updated: Math.ceil(desired / 2), ready: 0 }) },
    { word: 'goes on', reached: (desired) => ({ updated: desired, ready: Math.ceil(desired / 2) }) },
    { word: 'is finished', reached: (desired) => ({ updated: desired, ready: desired }) },
  ];
  for (const { word, reached } of phases) {
    yield {
      says: `${tag}: the roll-out to ${environment} ${word}`,
      puts: (date) =>
        workloads.map(({ component, desired }) =>
          workloadItem(component, environment, { tag, builds, date, chance }, { rollout: reached(desired) }),
        ),
      retires: [],
    };
  }
}

/** What a job checks of a release once it runs in an environment. */
const CHECKED_IN: Readonly<Record<string, string>> = { qa: 'smoke', staging: 'e2e' };

/** Every component that is built, by its commit. */
function coverOf(builds: Builds): Item {
  return Object.fromEntries(
    CATALOGUE.flatMap((component) => {
      const build = component.workload === null ? builds.get(columnOf(component)) : undefined;
      return build === undefined ? [] : [[columnOf(component), { commit: build.commit }]];
    }),
  );
}

/** A job says that a check passed, of every component as it was built. */
function attested({ tag, builds }: Train, environment: string, name: string): CiStep {
  const said = { result: 'pass', covers: coverOf(builds), environment };
  return {
    says: `${tag}: ${name} passed in ${environment}`,
    puts: (date) => [{ ...keysOf(tag, `evidence#${name}`), ...said, publishedAt: date }],
    retires: [],
  };
}

/** What is signed of a candidate once it has passed in an environment, and by whom: a role's session. */
const SIGNED_AFTER: Readonly<Record<string, { readonly name: string; readonly by: string }>> = {
  staging: { name: 'qa', by: 'Quality/ada@acme.example' },
  preprod: { name: 'release-manager', by: 'ReleaseManager/jo@acme.example' },
};

/** A person signs. Of the stable release it holds as well: that is made of the same. */
function signed({ tag, builds }: Train, { name, by }: { readonly name: string; readonly by: string }): CiStep {
  return {
    says: `${tag}: ${by} signed ${name}`,
    puts: (date) => [
      { ...keysOf(SIGN_OFFS_KEY, `${tag}#${name}#${by}`), result: 'pass', covers: coverOf(builds), publishedAt: date },
    ],
    retires: [],
  };
}

/** A service with a workload, and what it is made of after a fix. */
function fixedService({ tag, builds, chance }: Train): { component: DemoComponent; build: Build } {
  const services = CATALOGUE.filter(
    ({ type, name }) => type === 'backend' && CATALOGUE.some(({ workload }) => workload?.runs === name),
  );
  const component = chance.pick(`fixed ${tag}`, services);
  const column = columnOf(component);
  const before = builds.get(column);
  return {
    component,
    build: {
      version: before?.version ?? null,
      commit: chance.hex(`fix ${column} ${tag}`, 40),
      digest: `sha256:${chance.hex(`fixed ${column} ${tag}`, 64)}`,
      changedIn: tag,
    },
  };
}

/** The fragment is published anew under the same tag, and its workload restarted with the new image. */
function* rebuild({ tag, builds, chance }: Train, component: DemoComponent): Generator<CiStep> {
  const workload = CATALOGUE.find((other) => other.workload?.runs === component.name);
  yield {
    says: `${tag}: ${columnOf(component)} is built again after a fix`,
    puts: (date) => {
      const context = { tag, builds, date, chance };
      return [
        fragmentItem(component, context),
        ...(workload === undefined
          ? []
          : [workloadItem(workload, 'dev', context, { rollout: { updated: 1, ready: 0 } })]),
      ];
    },
    retires: [],
  };
  if (workload === undefined) return;
  yield {
    says: `${tag}: ${columnOf(workload)} runs the new image in dev`,
    puts: (date) => [workloadItem(workload, 'dev', { tag, builds, date, chance })],
    retires: [],
  };
}
