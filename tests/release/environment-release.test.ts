import { expect, test } from 'vitest';
import { deploymentsOf, isNotAsReleased } from '../../src/release/deployed/deployments.ts';
import type { Item } from '../../src/release/item/item.ts';
import { type Asked, reportOf } from './checks/said.ts';
import { item } from './items.ts';

const sha256 = (of: string) => `sha256:${Buffer.from(of).toString('hex').padEnd(64, '0')}`;

/** What was seen to run in prod, all of it ready. */
function runs(release: string, name: string, tag = release.slice(1), attributes: Item = {}): Item {
  return item(release, `k8s#prod-deployment/${name}`, {
    imageRef: `acme/${name}:${tag}`,
    replicas: 1,
    readyReplicas: 1,
    ...attributes,
  });
}

const built = (release: string, name: string, digest: string) =>
  item(release, `backend#${name}`, { artifact: `acme/${name}:${release.slice(1)}`, digest: sha256(digest) });

const later = (hour: number) => ({ publishedAt: `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z` });

test.each<[name: string, items: Item[], release: string | null, off: Record<string, string | null>, asked?: Asked]>([
  ['nothing is there', [item('v1.0.0', 'k8s#dev-deployment/a', {})], null, {}],
  ['all of one release', [runs('v1.0.0', 'a'), runs('v1.0.0', 'b')], 'v1.0.0', {}],
  [
    'one was left behind',
    [runs('v1.0.0', 'a'), runs('v1.0.0', 'b'), runs('v1.1.0', 'b'), runs('v1.0.0', 'c'), runs('v1.1.0', 'c')],
    'v1.1.0',
    { a: 'older' },
  ],
  [
    'one is already of the next release, the others are not',
    [...['a', 'b', 'c'].map((name) => runs('v1.0.0', name)), runs('v1.1.0', 'a', '1.1.0', later(9))],
    'v1.0.0',
    { a: 'newer' },
  ],
  [
    'half and half: the newest counts',
    [runs('v1.0.0', 'a'), runs('v1.0.0', 'b'), runs('v1.1.0', 'b', '1.1.0', later(9))],
    'v1.1.0',
    { a: 'older' },
  ],
  [
    'what has no place in the order',
    [runs('v1.0.0', 'a'), runs('v1.0.0', 'b'), runs('nightly', 'c', 'x')],
    'v1.0.0',
    { c: 'apart' },
  ],
  // What runs counts, not under which release it was published.
  [
    'the same version came with an earlier release',
    [
      runs('v1.0.0', 'a', '7.0.0'),
      item('v1.1.0', 'k8s#qa-deployment/a', { imageRef: 'acme/a:7.0.0', replicas: 1, readyReplicas: 1 }),
      runs('v1.1.0', 'b'),
      runs('v1.1.0', 'c'),
    ],
    'v1.1.0',
    {},
  ],
  [
    'the same image came with the candidate',
    [
      built('v1.1.0-rc.1', 'a', 'same'),
      runs('v1.1.0-rc.1', 'a', '1.1.0-rc.1', { digest: sha256('same') }),
      built('v1.1.0', 'a', 'same'),
      runs('v1.1.0', 'b'),
      runs('v1.1.0', 'c'),
    ],
    'v1.1.0',
    {},
  ],
  [
    'another image came with the candidate, under the same tag',
    [
      built('v1.1.0-rc.1', 'a', 'tested'),
      runs('v1.1.0-rc.1', 'a', '1.1.0', { digest: sha256('tested') }),
      built('v1.1.0', 'a', 'built again'),
      runs('v1.1.0', 'b'),
      runs('v1.1.0', 'c'),
    ],
    'v1.1.0',
    { a: 'older' },
  ],
  [
    'the image of the candidate under the stable release',
    [
      built('v1.0.0', 'a', 'stable'),
      runs('v1.0.0', 'a', '1.0.0-rc.2', { digest: sha256('candidate') }),
      runs('v1.0.0', 'b'),
    ],
    'v1.0.0',
    { a: 'other' },
  ],
  [
    'a digest and a tag cannot be compared: nobody says that it is the same',
    [
      runs('v1.0.0', 'a', '', { imageRef: `acme/a@${sha256('one')}` }),
      item('v1.1.0', 'backend#a', { artifact: 'acme/a:1.1.0' }),
      runs('v1.1.0', 'b'),
      runs('v1.1.0', 'c'),
    ],
    'v1.1.0',
    { a: 'older' },
  ],
  [
    'a patch that carries the rest over is what all of it runs',
    [
      ...['a', 'b', 'c'].flatMap((name) => [item('v1.0.0', `backend#${name}`), runs('v1.0.0', name)]),
      item('v1.0.1', 'backend#a'),
      runs('v1.0.1', 'a', '1.0.1', later(9)),
    ],
    'v1.0.1',
    {},
    {
      policy: {
        patchReleases: 'carried',
        roster: ['a', 'b', 'c'].flatMap((name) => [{ component: `backend#${name}` }, { component: `k8s#${name}` }]),
      },
    },
  ],
  // What is wrong there is not as released, though it is of the release.
  [
    'a roll-out that is not finished',
    [runs('v1.0.0', 'a', '1.0.0', { replicas: 2 }), runs('v1.0.0', 'b')],
    'v1.0.0',
    { a: null },
  ],
  [
    'what weighs nothing is as released',
    [runs('v1.0.0', 'a', '1.0.0', { replicas: 2 }), runs('v1.0.0', 'b')],
    'v1.0.0',
    {},
    { policy: { severities: { 'not-ready': 'info' } } },
  ],
  [
    'what is declared counts as well',
    [
      item('v1.0.0', 'docs#guide', { environment: 'prod' }),
      item('v1.1.0', 'infra#net', { environment: 'prod' }),
      runs('v1.1.0', 'a'),
    ],
    'v1.1.0',
    { guide: 'older' },
  ],
])('the release of prod: %s', (_, items, release, off, asked) => {
  const { environments, rows } = deploymentsOf(reportOf(items, asked));
  const place = environments.findIndex(({ name }) => name === 'prod');
  const cells = rows.flatMap(({ component, cells }) => {
    const cell = cells[place];
    return cell != null && isNotAsReleased(cell) ? [[component.name, cell.differs] as const] : [];
  });
  expect([environments[place]?.release ?? null, Object.fromEntries(cells)]).toEqual([release, off]);
});
