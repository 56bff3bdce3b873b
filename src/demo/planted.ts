import type { FindingCode } from '../release/finding/finding.ts';
import type { Item } from '../release/item/item.ts';
import { CATALOGUE, columnOf, type DemoComponent } from './catalogue.ts';
import { daysAfter } from './days.ts';
import type { Draft } from './draft.ts';
import { evidenceItem } from './evidence.ts';
import { type FragmentContext, fragmentItem, keysOf } from './fragments.ts';
import type { Build, SetVersions } from './history.ts';
import { TIMETABLE } from './timetable.ts';

/** Where a fault of the demo estate shows, and what is meant to have happened. */
export interface Planted {
  readonly release: string;
  /** `<type>#<name>` of the column; absent where it is about the release as a whole or about an unreadable item. */
  readonly component?: string;
  readonly environment?: string;
  readonly why: string;
  /** Makes it so. Absent where the fault follows from another one, or from the timetable, as `why` says. */
  readonly plant?: (draft: Draft, context: PlantContext) => void;
}

/** What planting needs to know of the estate. */
export interface PlantContext {
  /** ISO 8601: the time of seeding. */
  readonly now: string;
  /** The makings of a release's fragments. */
  readonly of: (tag: string) => FragmentContext;
}

/** Versions that must not be drawn, so that the faults below are there and nothing regresses after them. */
export const SET_VERSIONS: SetVersions = new Map([
  [
    'v1.6.0-rc.1',
    new Map([
      ['frontend#feature-checkout', '2.9.0-beta.1'],
      ['kafka#order.placed', '4.0.0'],
    ]),
  ],
  ['v1.6.0-rc.2', new Map([['frontend#feature-checkout', '2.9.0-beta.1']])],
  ['v1.6.1-rc.1', new Map([['frontend#feature-checkout', '2.9.0']])],
]);

/** What the hotfix v1.4.3 is of. */
const HOTFIXED = ['backend#pricing-engine', 'backend#cart-service'] as const;

/** The makings of the hotfix: those of the release it fixes, but for what it fixes. */
function hotfixOf({ builds, chance }: FragmentContext, now: string): FragmentContext {
  const tag = 'v1.4.3';
  const fixed = HOTFIXED.map((column): [string, Build] => [
    column,
    {
      version: null,
      commit: chance.hex(`hotfix ${column}`, 40),
      digest: `sha256:${chance.hex(`hotfix built ${column}`, 64)}`,
      changedIn: tag,
    },
  ]);
  return { tag, builds: new Map([...builds, ...fixed]), date: daysAfter(now, -14).toISOString(), chance };
}

function componentOf(column: string): DemoComponent {
  const component = CATALOGUE.find((candidate) => columnOf(candidate) === column);
  if (component === undefined) throw new Error(`No component of the catalogue is called ${column}.`);
  return component;
}

const BREAKING = 'The major version went from 3 to 4 under the policy BACKWARD.';
const PRE_RELEASE_PACKAGE = 'The package was never published without -beta.1.';
const WEAKENED = 'The policy went from FULL to BACKWARD.';

/**
 * The plan: all errors and warnings of the demo estate, and nothing else. The candidates of v1.4.0 are clean, two
 * components hold v1.4.0 itself back; v1.6.0, the newest stable release, has a believable handful of problems. Of the
 * hotfix v1.4.3 nobody has said whether it is whole. Informative findings also occur where a release in progress holds
 * a part of the estate only (alphas). `frozen` is told where a gate is asked for an environment, and in no report.
 */
export const PLANTED: Readonly<Record<Exclude<FindingCode, 'frozen'>, readonly [Planted, ...Planted[]]>> = {
  'missing-component': [
    {
      release: 'v1.6.0',
      component: 'backend#payment-service',
      why: 'Its pipeline failed after the deployment, before it published the fragment.',
      plant: (draft) => draft.remove('v1.6.0', 'backend#payment-service'),
    },
    {
      release: 'v1.4.0',
      component: 'backend#media-service',
      why: 'Its tag was forgotten on the day of the release; v1.4.1 has it again.',
      plant: (draft) => draft.remove('v1.4.0', 'backend#media-service'),
    },
    {
      release: 'v1.6.0-rc.1',
      component: 'infra#tf-network',
      why: 'Nobody tagged the repository for this candidate.',
      plant: (draft) => draft.remove('v1.6.0-rc.1', 'infra#tf-network'),
    },
  ],
  'partial-release': [
    {
      release: 'v1.4.3',
      why: 'A fix of prices and the cart for those who stay on the line. The policy has no roster for it yet.',
      plant: (draft, { of, now }) => {
        const hotfix = hotfixOf(of('v1.4.2'), now);
        for (const column of HOTFIXED) draft.put(fragmentItem(componentOf(column), hotfix));
      },
    },
  ],
  'unexpected-component': [
    {
      release: 'v1.6.0',
      component: 'docs#runbook',
      why: 'The documentation’s pipeline publishes too, and the policy knows no such type.',
      plant: (draft, { of }) => {
        const { date } = of('v1.6.0');
        draft.put({ ...keysOf('v1.6.0', 'docs#runbook'), repo: 'acme/runbook', date, publishedAt: date });
      },
    },
  ],
  'invalid-fragment': [
    {
      release: 'v1.6.0-beta.1',
      component: 'frontend#feature-support',
      why: '`links` is text instead of a map.',
      plant: (draft) => draft.change('v1.6.0-beta.1', 'frontend#feature-support', { links: 'see the wiki' }),
    },
    {
      release: 'v1.2.0-rc.1',
      component: 'backend#search-service',
      why: '`date` is a word instead of a time.',
      plant: (draft) => draft.change('v1.2.0-rc.1', 'backend#search-service', { date: 'yesterday' }),
    },
    {
      release: 'v1.7.0-beta.1',
      why: 'The key `analytics-dashboard` has no type and no #.',
      plant: (draft) => draft.put({ ...keysOf('v1.7.0-beta.1', 'analytics-dashboard'), npmVersion: '0.1.0' }),
    },
    {
      release: 'v1.3.0-rc.1',
      why: 'The type before the # is empty: a variable was not set.',
      plant: (draft) => draft.put({ ...keysOf('v1.3.0-rc.1', '#search-service'), artifact: 'search-service' }),
    },
    {
      release: 'v1.7.0-alpha.2',
      why: 'The name after the # is empty.',
      plant: (draft) => draft.put({ ...keysOf('v1.7.0-alpha.2', 'frontend#'), npmVersion: '1.0.0' }),
    },
  ],
  'invalid-version': [
    {
      release: 'nightly',
      why: 'A nightly build was published under its branch name.',
    },
    {
      release: 'v1.4.2-rc10',
      why: 'The tag lacks the dot before 10. It is a candidate all the same, and this only informs.',
    },
  ],
  'immature-version': [
    {
      release: 'v1.6.0',
      component: 'frontend#feature-checkout',
      why: PRE_RELEASE_PACKAGE,
    },
    { release: 'v1.6.0-rc.1', component: 'frontend#feature-checkout', why: PRE_RELEASE_PACKAGE },
    { release: 'v1.6.0-rc.2', component: 'frontend#feature-checkout', why: PRE_RELEASE_PACKAGE },
    {
      release: 'v1.6.0',
      component: 'k8s#orders',
      environment: 'prod',
      why: 'Production still runs the candidate’s image; see image-mismatch.',
    },
  ],
  'version-regressed': [
    {
      release: 'v1.3.0',
      component: 'infra#helm-auth',
      why: 'The chart was released from an old branch.',
      plant: (draft) => draft.change('v1.3.0', 'infra#helm-auth', { chartVersion: '0.6.4' }),
    },
  ],
  'version-mismatch': [
    {
      release: 'v1.5.0',
      component: 'backend#shipping-service',
      why: 'The fragment names the candidate’s image.',
      plant: (draft) =>
        draft.change('v1.5.0', 'backend#shipping-service', { artifact: 'ghcr.io/acme/shipping-service:1.5.0-rc.1' }),
    },
  ],
  'sibling-commit-mismatch': [
    {
      release: 'v1.6.0-beta.1',
      component: 'infra#helm-auth',
      why: '`helm-payment` was tagged on another commit of the one repository of charts.',
      plant: (draft, { of }) =>
        draft.change('v1.6.0-beta.1', 'infra#helm-payment', {
          commit: of('v1.6.0-beta.1').chance.hex('a commit beside the others', 40),
        }),
    },
  ],
  'rebuilt-after-rc': [
    {
      release: 'v1.5.1',
      component: 'backend#inventory-service',
      why: 'A last fix went in between the candidate and the release.',
      plant: (draft, { of }) => {
        const { chance } = of('v1.5.1');
        draft.change('v1.5.1', 'backend#inventory-service', {
          commit: chance.hex('a commit after the candidate', 40),
          digest: `sha256:${chance.hex('built after the candidate', 64)}`,
        });
      },
    },
    {
      release: 'v1.3.0',
      component: 'infra#helm-auth',
      why: 'The candidate had the newer chart; see version-regressed.',
    },
  ],
  'stage-skipped': [
    {
      release: 'v1.4.1',
      why: 'The line 1.4.1 went from beta straight to stable.',
    },
  ],
  'image-mismatch': [
    {
      release: 'v1.6.0',
      component: 'k8s#orders',
      environment: 'prod',
      why: 'Production still runs the candidate’s image.',
      plant: (draft, { of }) =>
        draft.change('v1.6.0', 'k8s#prod-deployment/orders', {
          imageRef: 'ghcr.io/acme/order-service:1.6.0-rc.2',
          digest: `sha256:${of('v1.6.0').chance.hex('image of an earlier candidate', 64)}`,
        }),
    },
  ],
  'not-ready': [
    {
      release: 'v1.4.0',
      component: 'k8s#cart',
      environment: 'prod',
      why: 'One replica never came up, until v1.4.1 took its place.',
      plant: (draft) => draft.change('v1.4.0', 'k8s#prod-deployment/cart', { readyReplicas: 2, availableReplicas: 2 }),
    },
    {
      release: 'v1.6.0',
      component: 'k8s#catalog',
      environment: 'prod',
      why: 'Two of three pods do not become ready.',
      plant: (draft) =>
        draft.change('v1.6.0', 'k8s#prod-deployment/catalog', { readyReplicas: 1, availableReplicas: 1 }),
    },
    {
      release: 'v1.6.1-rc.1',
      component: 'k8s#api',
      environment: 'preprod',
      why: 'The controller has not yet seen the new specification.',
      plant: (draft, { now }) => {
        const [release, key] = ['v1.6.1-rc.1', 'k8s#preprod-deployment/api'];
        draft.change(release, key, { generation: 41, observedGeneration: 41 });
        const { version: _, 'component#name': __, ...before } = draft.get(release, key);
        const publishedAt = daysAfter(now, -4.1 / 24).toISOString();
        const replaced = [{ ...before, writeId: 'seed', replacedAt: publishedAt }];
        draft.change(release, key, { generation: 42, publishedAt, replaced });
      },
    },
  ],
  'readiness-unknown': [
    {
      release: 'v1.5.1',
      component: 'k8s#worker',
      environment: 'prod',
      why: 'The fragment was published without its status.',
      plant: (draft) =>
        draft.change('v1.5.1', 'k8s#prod-deployment/worker', {
          replicas: undefined,
          readyReplicas: undefined,
          updatedReplicas: undefined,
          availableReplicas: undefined,
        }),
    },
  ],
  'scaled-to-zero': [
    {
      release: 'v1.5.0',
      component: 'k8s#fraud-scoring',
      environment: 'prod',
      why: 'Switched off during an incident. Waived until five days after the seeding.',
      plant: (draft) =>
        draft.change('v1.5.0', 'k8s#prod-deployment/fraud-scoring', {
          replicas: 0,
          readyReplicas: 0,
          updatedReplicas: 0,
          availableReplicas: 0,
        }),
    },
  ],
  'environment-split': [
    {
      release: 'v1.5.0-rc.1',
      component: 'k8s#edge-proxy',
      why: 'Staging was updated to a newer proxy by hand.',
      plant: (draft) =>
        draft.change('v1.5.0-rc.1', 'k8s#staging-daemonset/edge-proxy', {
          imageRef: 'docker.io/envoyproxy/envoy:v1.33.0',
        }),
    },
  ],
  'partial-environment': [
    {
      release: 'v1.6.1-rc.1',
      environment: 'preprod',
      why: 'The ledger did not come up, and was rolled back to what ran there before v1.6.0.',
      plant: (draft, { now }) => {
        const key = 'k8s#preprod-statefulset/ledger';
        draft.remove('v1.6.1-rc.1', key);
        const { publishedAt: firstPublishedAt } = draft.get('v1.5.1-rc.1', key);
        draft.change('v1.5.1-rc.1', key, { publishedAt: daysAfter(now, -4.2 / 24).toISOString(), firstPublishedAt });
      },
    },
  ],
  'environment-inversion': [
    {
      release: 'v1.6.0',
      component: 'k8s#ledger',
      environment: 'prod',
      why: 'As the ledger was rolled back in preprod, production is ahead of it; see partial-environment.',
    },
  ],
  'schema-policy-missing': [
    {
      release: 'v1.3.0',
      component: 'kafka#notification.sent',
      why: 'The registry did not answer when the fragment was made.',
      plant: (draft) => draft.change('v1.3.0', 'kafka#notification.sent', { evolution_policy: undefined }),
    },
  ],
  'schema-policy-weakened': [
    {
      release: 'v1.5.0',
      component: 'kafka#payment.captured',
      why: WEAKENED,
      plant: (draft) => {
        // The catalogue knows today's policy; what came before was stricter.
        for (const { tag } of TIMETABLE.slice(
          0,
          TIMETABLE.findIndex((release) => release.tag === 'v1.5.0-rc.1'),
        )) {
          const key = 'kafka#payment.captured';
          if (draft.has(tag, key)) draft.change(tag, key, { evolution_policy: 'FULL' });
        }
      },
    },
    { release: 'v1.5.0-rc.1', component: 'kafka#payment.captured', why: WEAKENED },
  ],
  'schema-breaking': [
    { release: 'v1.6.0', component: 'kafka#order.placed', why: BREAKING },
    { release: 'v1.6.0-rc.1', component: 'kafka#order.placed', why: BREAKING },
    { release: 'v1.6.0-rc.2', component: 'kafka#order.placed', why: BREAKING },
  ],
  'chart-app-mismatch': [
    {
      release: 'v1.5.1',
      component: 'infra#helm-order',
      why: 'The chart was not updated to the service it installs.',
      plant: (draft) => draft.change('v1.5.1', 'infra#helm-order', { appVersion: '1.5.0' }),
    },
  ],
  'near-duplicate-name': [
    {
      release: 'v1.7.0-alpha.2',
      component: 'kafka#order.placed',
      why: 'The pipeline of the schema moved, and wrote the name in its own way.',
      plant: (draft) => {
        const key = 'kafka#order.placed';
        draft.put({ ...draft.get('v1.7.0-alpha.2', key), ...keysOf('v1.7.0-alpha.2', 'kafka#order_placed') });
        draft.remove('v1.7.0-alpha.2', key);
      },
    },
    {
      release: 'v1.7.0-beta.1',
      component: 'kafka#order.placed',
      why: 'A second pipeline publishes the schema as `order_placed`.',
      plant: (draft) => {
        const original = draft.get('v1.7.0-beta.1', 'kafka#order.placed');
        draft.put({ ...original, ...keysOf('v1.7.0-beta.1', 'kafka#order_placed') });
      },
    },
  ],
  'withdrawn-release': [{ release: 'v1.2.0-alpha.1', why: 'Its migration deletes rows; the policy withdraws it.' }],
  'evidence-missing': [{ release: 'v1.7.0-beta.1', why: 'The policy asks for `regression`, and no job runs it yet.' }],
  'evidence-failed': [
    {
      release: 'v1.7.0-beta.1',
      why: 'The tests from end to end failed in qa.',
      plant: (draft, { now }) => {
        const counts = { tests: 214, failures: 3, errors: 0, skipped: 6 };
        draft.put(evidenceItem(draft, 'v1.7.0-beta.1', 'e2e', { result: 'fail', counts }, now, 28));
      },
    },
  ],
  'evidence-stale': [
    {
      release: 'v1.7.0-beta.1',
      why: 'The cart was built once more after the smoke test.',
      plant: (draft, { now }) => {
        const smoke = evidenceItem(draft, 'v1.7.0-beta.1', 'smoke', { result: 'pass' }, now, 29);
        const before = { 'backend#cart-service': { commit: '4be1d0c7a95f' } };
        draft.put({ ...smoke, covers: { ...(smoke.covers as Item), ...before } });
      },
    },
  ],
  'future-date': [
    {
      release: 'v1.7.0-beta.1',
      component: 'backend#media-service',
      why: 'The build machine’s clock is a month ahead.',
      plant: (draft, { now }) =>
        draft.change('v1.7.0-beta.1', 'backend#media-service', { date: daysAfter(now, 30).toISOString() }),
    },
  ],
  'waiver-expired': [
    {
      release: 'v1.5.1',
      component: 'k8s#worker',
      environment: 'prod',
      why: 'The waiver of its readiness-unknown ran out nine days before the seeding.',
    },
  ],
};
