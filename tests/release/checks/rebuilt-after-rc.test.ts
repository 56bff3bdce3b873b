import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const built = (release: string, commit: string, key = 'backend#api'): Item => item(release, key, { commit });
const rebuilt = (rcCommit: string, commit: string, rc = 'v1.4.0-rc.2'): Said<'rebuilt-after-rc'> => [
  'warning',
  'backend#api',
  null,
  { rc, rcCommit, commit },
];

test.each<[name: string, items: Item[], expected: Said<'rebuilt-after-rc'>[], asked?: Asked]>([
  ['another commit', [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.2', 'bbb222')], [rebuilt('bbb222', 'aaa111')]],
  ['the same commit', [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.2', 'aaa111')], []],
  ['a short commit begins the long one', [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.2', 'aaa111fff')], []],
  ['in other letters', [built('v1.4.0', 'AAA111'), built('v1.4.0-rc.2', 'aaa111')], []],
  [
    'the newest candidate counts, by number',
    [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.10', 'bbb222'), built('v1.4.0-rc.9', 'aaa111')],
    [rebuilt('bbb222', 'aaa111', 'v1.4.0-rc.10')],
  ],
  [
    'the newest candidate does not have it',
    [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.2', 'x', 'backend#web'), built('v1.4.0-rc.1', 'bbb222')],
    [],
  ],
  ['candidates of another line', [built('v1.4.0', 'aaa111'), built('v1.4.1-rc.1', 'bbb222')], []],
  ['betas', [built('v1.4.0', 'aaa111'), built('v1.4.0-beta.1', 'bbb222')], []],
  ['rc10 without a dot is no candidate', [built('v1.4.0', 'aaa111'), built('v1.4.0-rc10', 'bbb222')], []],
  ['no commit', [item('v1.4.0', 'backend#api'), built('v1.4.0-rc.2', 'bbb222')], []],
  ['no commit in the candidate', [built('v1.4.0', 'aaa111'), item('v1.4.0-rc.2', 'backend#api')], []],
  [
    'a candidate is not compared with a lower one',
    [built('v1.4.0-rc.2', 'aaa111'), built('v1.4.0-rc.1', 'bbb222')],
    [],
    { release: 'v1.4.0-rc.2' },
  ],
  [
    'workloads are compared by their keys, and said once',
    ['prod-deployment', 'qa-deployment', 'qa-statefulset'].flatMap((place) => [
      built('v1.4.0', place === 'prod-deployment' ? 'aaa111' : 'ccc333', `k8s#${place}/api`),
      built('v1.4.0-rc.2', 'aaa111', `k8s#${place}/api`),
    ]),
    [['warning', 'k8s#api', null, { rc: 'v1.4.0-rc.2', rcCommit: 'aaa111', commit: 'ccc333' }]],
  ],
])('%s', (_, items, expected, asked) => expect(said('rebuilt-after-rc', items, asked)).toEqual(expected));
