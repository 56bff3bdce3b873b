import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

/** `v1.4.0 prod` → an entry of the workload `api`. */
const runs = (...places: string[]): Item[] =>
  places.map((place) => {
    const [release = '', environment = ''] = place.split(' ');
    return item(release, `k8s#${environment}-deployment/api`);
  });
/** An entry that was published on a day. */
const at = (release: string, environment: string, publishedAt: string) =>
  item(release, `k8s#${environment}-deployment/api`, { publishedAt });
const webIn = (environment: string, ...releases: string[]) =>
  releases.map((release) => item(release, `k8s#${environment}-deployment/web`));
const GROUPS = { groups: { staging: ['staging-eu', 'staging-us'], prod: ['prod-eu', 'prod-us'] } };
const ahead = (environment: string, ...earlier: string[]): Said<'environment-inversion'> => [
  'warning',
  'k8s#api',
  environment,
  {
    earlier: earlier.map((place) => {
      const [name = '', value = ''] = place.split(' ');
      return { environment: name, value };
    }),
  },
];

test.each<[name: string, items: Item[], expected: Said<'environment-inversion'>[], asked?: Asked]>([
  ['prod ahead of staging', runs('v1.4.0 prod', 'v1.3.0 staging'), [ahead('prod', 'staging v1.3.0')]],
  ['staging ahead of prod', runs('v1.4.0 staging', 'v1.3.0 prod'), []],
  ['both at it', runs('v1.4.0 staging', 'v1.4.0 prod', 'v1.3.0 staging'), []],
  ['staging beyond it', runs('v1.4.0 prod', 'v1.5.0-rc.1 staging', 'v1.3.0 staging'), []],
  ['a candidate of its own line in staging', runs('v1.4.0 prod', 'v1.4.0-rc.1 staging'), []],
  ['pre-releases of one line', runs('v1.4.0-rc.1 prod', 'v1.4.0-beta.1 staging'), [], { release: 'v1.4.0-rc.1' }],
  [
    'a candidate of an earlier line in staging',
    runs('v1.4.0 prod', 'v1.3.0-rc.1 staging'),
    [ahead('prod', 'staging v1.3.0-rc.1')],
  ],
  [
    'a patch is a line',
    runs('v1.4.1 prod', 'v1.4.0 staging'),
    [ahead('prod', 'staging v1.4.0')],
    { release: 'v1.4.1' },
  ],
  ['a fourth number is none', runs('1.4.0.2 prod', '1.4.0.1 staging'), [], { release: '1.4.0.2' }],
  ['nothing runs in any earlier environment', runs('v1.4.0 prod', 'v1.3.0 prod'), []],
  [
    'every earlier environment that is behind, in order',
    runs('v1.4.0 prod', 'v1.4.0 staging', 'v1.3.0 qa', 'v1.2.0 dev'),
    [ahead('staging', 'dev v1.2.0', 'qa v1.3.0'), ahead('prod', 'dev v1.2.0', 'qa v1.3.0')],
  ],
  // A group of environments is one.
  [
    'one of the earlier group has it',
    runs('v1.4.0 prod', 'v1.4.0 staging-us', 'v1.3.0 staging-eu'),
    [],
    { policy: GROUPS },
  ],
  [
    'none of the earlier group has it: by the best of them',
    runs('v1.4.0 prod', 'v1.3.0 staging-us', 'v1.2.0 staging-eu'),
    [ahead('prod', 'staging v1.3.0')],
    { policy: GROUPS },
  ],
  [
    'several of the later group are ahead: said of the first',
    runs('v1.4.0 prod-us', 'v1.4.0 prod-eu', 'v1.3.0 staging'),
    [ahead('prod-eu', 'staging v1.3.0')],
    { policy: GROUPS },
  ],
  ['within a group nothing is ahead', runs('v1.4.0 prod-us', 'v1.3.0 prod-eu'), [], { policy: GROUPS }],
  [
    'what the group of the policy does not name has no place in the order',
    runs('v1.4.0 prod-asia', 'v1.3.0 staging'),
    [],
    { policy: GROUPS },
  ],
  // By what runs where.
  [
    'staging was rolled back',
    [...runs('v1.4.0 prod'), at('v1.4.0', 'staging', '2026-11-01'), at('v1.3.0', 'staging', '2026-11-02')],
    [ahead('prod', 'staging v1.3.0')],
  ],
  [
    'prod was rolled back',
    [at('v1.4.0', 'prod', '2026-11-01'), at('v1.3.0', 'prod', '2026-11-02'), ...runs('v1.3.0 staging')],
    [],
  ],
  [
    'a date counts where nobody says when it was published',
    [
      ...runs('v1.4.0 prod'),
      at('v1.4.0', 'staging', '2026-11-01'),
      item('v1.3.0', 'k8s#staging-deployment/api', { date: '2026-11-02' }),
    ],
    [ahead('prod', 'staging v1.3.0')],
  ],
  [
    'an entry without a time loses to one that has one',
    [...runs('v1.4.0 prod', 'v1.4.0 staging'), at('v1.3.0', 'staging', '2026-11-01')],
    [ahead('prod', 'staging v1.3.0')],
  ],
  [
    'of equal times the higher release runs',
    [...runs('v1.4.0 prod'), at('v1.4.0', 'staging', '2026-11-01'), at('v1.3.0', 'staging', '2026-11-01')],
    [],
  ],
  [
    'two keys of one place are one entry',
    [
      ...runs('v1.4.0 prod'),
      item('v1.4.0', 'k8s#staging-deployment/api', { publishedAt: '2026-11-02' }),
      item('v1.3.0', 'k8s#stg-deployment/api', { publishedAt: '2026-11-01' }),
    ],
    [],
  ],
  // An environment that the workload has left does not count.
  [
    'none of the last three releases of staging has it',
    [...runs('v1.4.0 prod', 'v1.0.0 staging'), ...webIn('staging', 'v1.1.0', 'v1.2.0', 'v1.3.0')],
    [],
  ],
  [
    'one of the last three has it',
    [...runs('v1.4.0 prod', 'v1.0.0 staging'), ...webIn('staging', 'v1.2.0', 'v1.3.0')],
    [ahead('prod', 'staging v1.0.0')],
  ],
  [
    'those of other environments do not count',
    [...runs('v1.4.0 prod', 'v1.0.0 staging'), ...webIn('qa', 'v1.1.0', 'v1.2.0', 'v1.3.0')],
    [ahead('prod', 'staging v1.0.0')],
  ],
  ['only the newest of an environment counts', runs('v1.5.0 prod', 'v1.4.0 prod', 'v1.3.0 staging'), []],
  ['an environment outside the order has no earlier ones', runs('v1.4.0 sandbox', 'v1.3.0 staging'), []],
  ['nor later ones', runs('v1.4.0 prod', 'v1.3.0 sandbox'), []],
  [
    'the order is the policy’s',
    runs('v1.4.0 sandbox', 'v1.3.0 prod'),
    [ahead('sandbox', 'prod v1.3.0')],
    { policy: { environments: { order: ['prod', 'sandbox'] } } },
  ],
  [
    'an entry that names several environments',
    [item('v1.4.0', 'k8s#deployment/api', { environments: ['prod', 'staging'] }), ...runs('v1.3.0 qa')],
    [ahead('staging', 'qa v1.3.0'), ahead('prod', 'qa v1.3.0')],
  ],
  ['another workload', [...runs('v1.4.0 prod'), item('v1.3.0', 'k8s#staging-deployment/web')], []],
  [
    'a statefulset and a deployment of one name are one workload',
    [...runs('v1.4.0 prod'), item('v1.3.0', 'k8s#staging-statefulset/api')],
    [ahead('prod', 'staging v1.3.0')],
  ],
  [
    'what is not a workload',
    ['v1.4.0', 'v1.3.0'].map((release) =>
      item(release, 'backend#api', { environment: release === 'v1.4.0' ? 'prod' : 'dev' }),
    ),
    [],
  ],
  ['a key without number order is neither higher nor lower', runs('v1.4.0 prod', 'main staging'), []],
  ['of a key without number order nothing is said', runs('main prod', 'v1.3.0 staging'), [], { release: 'main' }],
  ['v and no v are one precedence', runs('v1.4.0 prod', '1.4.0 staging'), []],
  ['of the lower release nothing is said', runs('v1.5.0 prod', 'v1.4.0 staging'), []],
])('%s', (_, items, expected, asked) => expect(said('environment-inversion', items, asked)).toEqual(expected));
