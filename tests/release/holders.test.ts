import { expect, test } from 'vitest';
import type { Fragment } from '../../src/release/item/fragment.ts';
import { findHolders, readPastedHex } from '../../src/release/item/holders.ts';
import { fragment } from './items.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const D1 = `89abcdef${'1'.repeat(56)}`;
const D2 = `89abcdef${'2'.repeat(56)}`;

const fragments = [
  fragment('v1.0.0', 'backend#whole', { commit: SHA.toUpperCase(), digest: `sha256:${D1}` }),
  fragment('v1.1.0', 'backend#short', { commit: SHA.slice(0, 7) }),
  fragment('v1.1.0', 'frontend#shell', { buildSha: SHA, artifact: `@acme/shell@sha256:${D2}` }),
  fragment('v1.1.0', 'k8s#prod-deployment/api', { imageRef: `ghcr.io/acme/api:1.1.0@sha256:${D1}` }),
  fragment('v1.1.0', 'backend#other', {
    commit: 'main',
    digest: 'latest',
    artifact: '@acme/x@1.2.0',
    buildSha: '12345',
  }),
  fragment('v1.1.0', 'backend#likeDigest', { commit: D1.slice(0, 40) }),
];

test.each<[pasted: string, expected: string[] | null]>([
  [SHA, ['commit v1.0.0 backend#whole', 'commit v1.1.0 backend#short', 'buildSha v1.1.0 frontend#shell']],
  [
    ` ${SHA.slice(0, 7).toUpperCase()}\n`,
    ['commit v1.0.0 backend#whole', 'commit v1.1.0 backend#short', 'buildSha v1.1.0 frontend#shell'],
  ],
  [`${SHA.slice(0, 12)}0`, ['commit v1.1.0 backend#short']],
  [D1, ['digest v1.0.0 backend#whole', 'imageRef v1.1.0 k8s#api in prod', 'commit v1.1.0 backend#likeDigest']],
  [`sha256:${D1}`, ['digest v1.0.0 backend#whole', 'imageRef v1.1.0 k8s#api in prod']],
  [`SHA256:${D1.slice(0, 12)}`, ['digest v1.0.0 backend#whole', 'imageRef v1.1.0 k8s#api in prod']],
  [`ghcr.io/acme/api:1.1.0@sha256:${D2}`, ['artifact v1.1.0 frontend#shell']],
  [
    '89abcdef',
    [
      'digest v1.0.0 backend#whole',
      'imageRef v1.1.0 k8s#api in prod',
      'artifact v1.1.0 frontend#shell',
      'commit v1.1.0 backend#likeDigest',
    ],
  ],
  ['fffffff', []],
  ['0123456', ['commit v1.0.0 backend#whole', 'commit v1.1.0 backend#short', 'buildSha v1.1.0 frontend#shell']],
  ['012345', null],
  ['', null],
  ['main', null],
  ['v1.1.0', null],
  ['sha256:', null],
  ['sha256:xyz0123', null],
  ['md5:0123456789', null],
  [`${SHA} ${SHA}`, null],
  ['0'.repeat(129), null],
])('“%s” is held by', (pasted, expected) => {
  const hex = readPastedHex(pasted);
  const holders = hex === null ? null : findHolders(fragments, hex);
  const said = holders?.map(
    ({ field, release, component, environments }) =>
      `${field} ${release} ${component}${environments.length === 0 ? '' : ` in ${environments.join(', ')}`}`,
  );
  expect(said === undefined ? null : [...said].sort()).toEqual(expected === null ? null : [...expected].sort());
});

test('a holder says where it is, and names its fragment', () => {
  expect(findHolders(fragments, { hex: D1, isDigest: true }).at(-1)).toEqual({
    release: 'v1.1.0',
    component: 'k8s#api',
    environments: ['prod'],
    field: 'imageRef',
    hex: D1,
    fragment: 'v1.1.0\nk8s#prod-deployment/api',
  });
});

test('a commit is found among 100,000 fragments', () => {
  const hexOf = (of: number) => (of * 2654435761).toString(16).padStart(16, '0').slice(-16);
  const [model] = fragments;
  if (model === undefined) throw new Error('there are fragments');
  const many: Fragment[] = Array.from({ length: 100_000 }, (_, of) => ({
    ...model,
    id: `v1.0.0\nbackend#${of}`,
    fields: { commit: hexOf(of).repeat(2), digest: `sha256:${hexOf(of + 100_000).repeat(4)}` },
  }));
  for (const of of [0, 1900, 99_999]) {
    const found = findHolders(many, { hex: hexOf(of).repeat(2), isDigest: false });
    expect(found.map(({ fragment: id }) => id)).toEqual([`v1.0.0\nbackend#${of}`]);
  }
});
