import { SIGN_OFFS_KEY } from '../release/item/evidence.ts';
import type { Item } from '../release/item/item.ts';
import { parseVersion } from '../release/item/parse-semver.ts';
import { EXPECTED_ENVIRONMENTS, readRelease } from '../release/item/release.ts';
import { CATALOGUE, columnOf, type DemoComponent } from './catalogue.ts';
import { type Chance, chanceOf } from './chance.ts';
import { daysAfter } from './days.ts';
import { Draft } from './draft.ts';
import { evidenceItem } from './evidence.ts';
import { type FragmentContext, fragmentItem, keysOf, workloadItem } from './fragments.ts';
import { type Builds, firstBuilds, nextBuilds } from './history.ts';
import { PLANTED, SET_VERSIONS } from './planted.ts';
import { demoPolicyItem } from './policy.ts';
import { type DemoRelease, NIGHTLY, TIMETABLE } from './timetable.ts';

export interface DemoEstate {
  readonly items: readonly Item[];
  /** What the newest release is made of: where the simulated CI goes on. */
  readonly builds: Builds;
  readonly chance: Chance;
}

/** What the demo estate is called on the screen. */
export const DEMO_ESTATE = 'demo estate';

/**
 * Makes the demo estate: the same for the same time and seed. Ages look alive because all dates are relative to `now`.
 *
 * @param now ISO 8601: the time of seeding
 * @throws RangeError for a `now` that is not a time
 */
export function buildEstate({ now, seed = 'acme' }: { now: string; seed?: string }): DemoEstate {
  const chance = chanceOf(seed);
  const draft = new Draft();
  const contexts = new Map<string, FragmentContext>();
  let builds = firstBuilds(chance);
  for (const release of TIMETABLE) {
    builds = nextBuilds(builds, release.tag, hasCandidate(release.tag), chance, SET_VERSIONS);
    const context = { tag: release.tag, builds, date: dateIn(release, 0, now), chance };
    contexts.set(release.tag, context);
    publish(release, context, now, draft);
  }
  publishNightly({ tag: NIGHTLY.tag, builds, date: dateIn(NIGHTLY, 0, now), chance }, draft);

  const of = (tag: string): FragmentContext => {
    const context = contexts.get(tag);
    if (context === undefined) throw new Error(`The timetable has no release ${tag}.`);
    return context;
  };
  for (const { plant } of Object.values(PLANTED).flat()) plant?.(draft, { now, of });
  withoutStatus(draft);
  draft.put(staleSignOff(draft, now));
  // Of what nobody asks for there may be evidence as well, and it holds.
  for (const [name, tests, hoursAgo] of TESTED) {
    const said = { result: 'pass', counts: { tests, failures: 0, errors: 0, skipped: 0 }, environment: 'preprod' };
    draft.put(evidenceItem(draft, 'v1.6.1-rc.1', name, said, now, hoursAgo));
  }
  // As the publisher marks its writes: by that it is known what was there before, nothing.
  const items = [...draft.items(), demoPolicyItem(now)].map((item, at) => ({ ...item, writeId: `seed-${at}` }));
  return { items, builds, chance };
}

/** No fault: of a workload in dev the status may be unknown, which only informs. */
function withoutStatus(draft: Draft): void {
  const none = { replicas: undefined, readyReplicas: undefined, updatedReplicas: undefined };
  draft.change('v1.7.0-alpha.1', 'k8s#dev-deployment/cart', { ...none, availableReplicas: undefined });
}

/** Signed before the cart was built once more, so that it holds no longer. */
function staleSignOff(draft: Draft, now: string): Item {
  const { covers, publishedAt } = evidenceItem(draft, 'v1.7.0-beta.1', 'qa', {}, now, 29);
  return {
    ...keysOf(SIGN_OFFS_KEY, 'v1.7.0-beta.1#qa#Quality/ada@acme.example'),
    result: 'pass',
    covers: { ...(covers as Item), 'backend#cart-service': { commit: '4be1d0c7a95f' } },
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
}

/** What was tested of the candidate, by how many tests, and how many hours ago. */
const TESTED = [
  ['smoke', 12, 4],
  ['e2e', 214, 3],
] as const;

/** The longest that the fragments of one release take to arrive, hours. */
const ARRIVAL_HOURS = 0.4;
/** After that the release is rolled out, hours. */
const ROLLOUT_HOURS = 0.15;

function publish(release: DemoRelease, context: FragmentContext, now: string, draft: Draft): void {
  const { tag, chance } = context;
  for (const component of CATALOGUE) {
    const column = columnOf(component);
    if (!holds(tag, component, chance)) continue;
    if (component.workload === null) {
      const date = dateIn(release, chance.fraction(`arrival ${column} ${tag}`) * ARRIVAL_HOURS, now);
      draft.put(fragmentItem(component, { ...context, date }));
      continue;
    }
    for (const environment of deployedTo(tag)) {
      const wait = ARRIVAL_HOURS + chance.fraction(`roll-out ${column} ${environment} ${tag}`) * ROLLOUT_HOURS;
      const date = dateIn(release, wait, now);
      const environmentName = spelling(environment, tag);
      draft.put(workloadItem(component, environment, { ...context, date }, { environmentName }));
    }
  }
}

/** What a nightly build leaves behind when it publishes under its branch name. */
function publishNightly(context: FragmentContext, draft: Draft): void {
  for (const component of CATALOGUE) {
    if (component.repo === 'acme/charts' || component.name === 'search-service')
      draft.put(fragmentItem(component, context));
  }
}

/**
 * Whether a release holds a component. Betas, candidates and stable releases hold all there is at the time; an alpha
 * holds a part, but the first two alphas of a line hold everything between them.
 */
function holds(tag: string, component: DemoComponent, chance: Chance): boolean {
  const { line, stage } = readRelease(tag);
  const version = line === null ? null : parseVersion(line);
  if (version === null || version.compare(component.since) < 0) return false;
  if (stage !== 'alpha') return true;
  const number = Number(tag.slice(tag.lastIndexOf('.') + 1));
  const share = Math.floor(chance.fraction(`share ${columnOf(component)} ${line}`) * 2) + 1;
  return share === number || chance.fraction(`also ${columnOf(component)} ${tag}`) < 0.35;
}

/** Where a release was deployed to; a candidate is rehearsed in staging before it goes to its own environment. */
function deployedTo(tag: string): readonly string[] {
  const { stage } = readRelease(tag);
  return stage === 'rc' || stage === 'other' ? ['staging', 'preprod'] : EXPECTED_ENVIRONMENTS[stage];
}

/** In its first year the estate's environments went by longer names; they are folded to the present ones. */
function spelling(environment: string, tag: string): string {
  if (!/^v1\.[01]\./.test(tag)) return environment;
  return environment === 'prod' ? 'production' : environment === 'staging' ? 'stg' : environment;
}

function hasCandidate(tag: string): boolean {
  const { line } = readRelease(tag);
  return TIMETABLE.some((other) => {
    const candidate = readRelease(other.tag);
    return candidate.line === line && candidate.stage === 'rc';
  });
}

function dateIn({ hoursAgo }: DemoRelease, hoursLater: number, now: string): string {
  return daysAfter(now, (hoursLater - hoursAgo) / 24).toISOString();
}
