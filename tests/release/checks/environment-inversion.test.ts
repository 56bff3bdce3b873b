import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

/** `v1.4.0 prod` → an entry of the workload `api`. */
const runs = (...places: string[]): Item[] =>
  places.map((place) => {
    const [release = '', environment = ''] = place.split(' ');
    return item(release, `k8s#${environment}-deployment/api`);
  });
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
  [
    'a candidate in staging is below',
    runs('v1.4.0 prod', 'v1.4.0-rc.1 staging'),
    [ahead('prod', 'staging v1.4.0-rc.1')],
  ],
  ['nothing runs in any earlier environment', runs('v1.4.0 prod', 'v1.3.0 prod'), []],
  [
    'every earlier environment that is behind, in order',
    runs('v1.4.0 prod', 'v1.4.0 staging', 'v1.3.0 qa', 'v1.2.0 dev'),
    [ahead('staging', 'dev v1.2.0', 'qa v1.3.0'), ahead('prod', 'dev v1.2.0', 'qa v1.3.0')],
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
    'what is no workload',
    ['v1.4.0', 'v1.3.0'].map((release) =>
      item(release, 'backend#api', { environment: release === 'v1.4.0' ? 'prod' : 'dev' }),
    ),
    [],
  ],
  ['a key that is no SemVer is neither higher nor lower', runs('v1.4.0 prod', 'main staging'), []],
  ['of a key that is no SemVer nothing is said', runs('main prod', 'v1.3.0 staging'), [], { release: 'main' }],
  ['v and no v are one precedence', runs('v1.4.0 prod', '1.4.0 staging'), []],
  ['of the lower release nothing is said', runs('v1.5.0 prod', 'v1.4.0 staging'), []],
])('%s', (_, items, expected, asked) => expect(said('environment-inversion', items, asked)).toEqual(expected));
