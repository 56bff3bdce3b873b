import { describe, expect, test } from 'vitest';
import type { Severity } from '../../../src/release/finding/finding.ts';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const backend = (artifact: string, more: Item = {}): Item[] => [item('v1.4.0', 'backend#api', { artifact, ...more })];
const apart = (artifact: string, tag: string, version = '1.4.0'): Said<'version-mismatch'>[] => [
  ['error', 'backend#api', null, { version, artifact, tag }],
];

test.each<[name: string, items: Item[], expected: Said<'version-mismatch'>[], asked?: Asked]>([
  ['the tag of the release', backend('ghcr.io/acme/api:1.4.0'), []],
  ['v before the tag', backend('ghcr.io/acme/api:v1.4.0'), []],
  ['v before the version', backend('acme/api:1.4.0', { componentVersion: 'v1.4.0' }), []],
  ['another tag', backend('ghcr.io/acme/api:1.3.0'), apart('ghcr.io/acme/api:1.3.0', '1.3.0')],
  ['the candidate’s tag', backend('acme/api:1.4.0-rc.2'), apart('acme/api:1.4.0-rc.2', '1.4.0-rc.2')],
  // A moving tag is immature, not mismatched; what is not a version says nothing.
  ['a tag that moves', backend('acme/api:latest'), []],
  ['a tag that moves, of another version', backend('acme/api:1.3.x-head'), []],
  ['a tag that is not a version', backend('acme/api:Hoxton.SR12'), []],
  // Equal numbers where neither is a pre-release.
  ['a variant', backend('acme/api:1.4.0-alpine'), []],
  ['fewer numbers', backend('acme/api:1.4'), []],
  ['a variant of another version', backend('acme/api:1.3.0-alpine'), apart('acme/api:1.3.0-alpine', '1.3.0-alpine')],
  // A pre-release with more behind a -.
  ['a variant of the candidate', backend('acme/api:1.4.0-rc.1-alpine', { componentVersion: '1.4.0-rc.1' }), []],
  [
    'a variant of another candidate',
    backend('acme/api:1.4.0-rc.10-alpine', { componentVersion: '1.4.0-rc.1' }),
    apart('acme/api:1.4.0-rc.10-alpine', '1.4.0-rc.10-alpine', '1.4.0-rc.1'),
  ],
  // The fragment's own commit.
  ...['9f3c2ab', 'sha-9f3c2ab4', 'git-9f3c2ab', 'g9f3c2ab', 'commit-9f3c2ab', '1.4.0-9f3c2ab'].map(
    (tag): [string, Item[], Said<'version-mismatch'>[]] => [
      `its commit, as ${tag}`,
      backend(`acme/api:${tag}`, { commit: '9f3c2ab4d5e6' }),
      [],
    ],
  ),
  [
    'its commit behind another version',
    backend('acme/api:1.3.0-9f3c2ab', { commit: '9f3c2ab4d5e6' }),
    apart('acme/api:1.3.0-9f3c2ab', '1.3.0-9f3c2ab'),
  ],
  [
    'the release’s tag, the component versioned apart',
    backend('acme/api:1.4.0', { componentVersion: '2.0.0' }),
    apart('acme/api:1.4.0', '1.4.0', '2.0.0'),
  ],
  ['its own version', backend('acme/api:2.0.0', { componentVersion: '2.0.0' }), []],
  ['the npm version of a Node service', backend('acme/api:2.0.0', { npmVersion: '2.0.0' }), []],
  ['+ is written _ in tags', backend('acme/api:1.4.0_sha.5', { componentVersion: '1.4.0+sha.5' }), []],
  ['+ is written - in tags', backend('acme/api:1.4.0-sha.5', { componentVersion: '1.4.0+sha.5' }), []],
  ['without the build', backend('acme/api:1.4.0', { componentVersion: '1.4.0+sha.5' }), []],
  [
    'a tag before a digest',
    backend(`acme/api:1.3.0@sha256:${'a'.repeat(64)}`),
    apart(`acme/api:1.3.0@sha256:${'a'.repeat(64)}`, '1.3.0'),
  ],
  ['a digest alone', backend(`acme/api@sha256:${'a'.repeat(64)}`), []],
  ['a port is not a tag', backend('localhost:5000/api'), []],
  ['a port and a tag', backend('localhost:5000/api:1.4.0'), []],
  ['no tag', backend('ghcr.io/acme/api'), []],
  ['behind docker://', backend('docker://acme/api:1.3.0'), apart('docker://acme/api:1.3.0', '1.3.0')],
  ['a URL', backend('https://files.example/api-1.3.0.tgz'), []],
  ['a package', backend('@acme/api@1.3.0'), []],
  ['a package URL', backend('pkg:npm/%40acme/api@1.3.0'), []],
  ['coordinates of Maven', backend('com.acme:api:1.3.0'), []],
  [
    'one that is carried over',
    [
      item('v1.4.0', 'backend#web'),
      item('v1.3.0', 'backend#api', { componentVersion: '2.0.0', artifact: 'acme/api:1.9.0' }),
    ],
    apart('acme/api:1.9.0', '1.9.0', '2.0.0'),
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  ['no artifact', [item('v1.4.0', 'backend#api')], []],
  ['what is no backend', [item('v1.4.0', 'frontend#api', { artifact: 'acme/api:1.3.0' })], []],
])('%s', (_, items, expected, asked) => expect(said('version-mismatch', items, asked)).toEqual(expected));

describe('a component that has always had the release’s version, and was left at an earlier one', () => {
  /** `v1.3.0 1.3.0` → the component with that version; `v1.3.0` → with none. */
  const api = (...lines: string[]): Item[] =>
    lines.map((line) => {
      const [release = '', componentVersion] = line.split(' ');
      return item(release, 'frontend#api', componentVersion === undefined ? {} : { componentVersion });
    });
  const left = (version: string, leftAt: string, severity: Severity = 'warning'): Said<'version-mismatch'>[] => [
    [severity, 'frontend#api', null, { version, leftAt }],
  ];
  const ALWAYS = api('v1.3.0 1.3.0', 'v1.2.0 1.2.0', 'v1.1.0 1.1.0');

  test.each<[name: string, items: Item[], expected: Said<'version-mismatch'>[], asked?: Asked]>([
    ['at the one before', [...ALWAYS, ...api('v1.4.0 1.3.0')], left('1.3.0', 'v1.3.0')],
    ['at an earlier one of the three', [...ALWAYS, ...api('v1.4.0 v1.1.0')], left('v1.1.0', 'v1.1.0')],
    ['at one of long before', [...ALWAYS, ...api('v1.0.0 1.0.0', 'v1.4.0 1.0.0')], []],
    ['at its own', [...ALWAYS, ...api('v1.4.0 1.4.0')], []],
    ['at none: the release’s stands for it', [...ALWAYS, ...api('v1.4.0')], []],
    ['at one that is not a release’s', [...ALWAYS, ...api('v1.4.0 1.3.5')], []],
    ['two before are no habit', [...api('v1.3.0 1.3.0', 'v1.2.0 1.2.0', 'v1.4.0 1.3.0')], []],
    ['one of the three had another', api('v1.4.0 1.3.0', 'v1.3.0 1.3.0', 'v1.2.0 1.1.9', 'v1.1.0 1.1.0'), []],
    ['one of the three said none', api('v1.4.0 1.3.0', 'v1.3.0 1.3.0', 'v1.2.0', 'v1.1.0 1.1.0'), []],
    [
      'those that lack it do not count',
      [...ALWAYS, item('v1.3.5', 'backend#x'), ...api('v1.4.0 1.3.0')],
      left('1.3.0', 'v1.3.0'),
    ],
    ['in a patch it may stay', [...ALWAYS, ...api('v1.3.1 1.3.0')], [], { release: 'v1.3.1' }],
    [
      'in a build of a release it may stay',
      [...ALWAYS, ...api('v1.3.0+build.5 1.2.0')],
      [],
      { release: 'v1.3.0+build.5' },
    ],
    ['in a candidate it may stay', [...ALWAYS, ...api('v1.4.0-rc.1 1.3.0')], [], { release: 'v1.4.0-rc.1' }],
    [
      'what is carried over was left on purpose',
      [...ALWAYS, item('v1.4.0', 'backend#x')],
      [],
      { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
    ],
    [
      'whatever the policy says of the code',
      [...ALWAYS, ...api('v1.4.0 1.3.0')],
      left('1.3.0', 'v1.3.0'),
      { policy: { severities: { 'version-mismatch': 'error' } } },
    ],
    [
      'a workload runs what it runs',
      ['v1.4.0', 'v1.3.0', 'v1.2.0', 'v1.1.0'].map((release) =>
        item(release, 'k8s#api', { componentVersion: release === 'v1.4.0' ? '1.3.0' : release }),
      ),
      [],
    ],
    [
      'the tag of its image goes first',
      ['v1.4.0', 'v1.3.0', 'v1.2.0', 'v1.1.0'].map((release) =>
        item(release, 'backend#api', {
          componentVersion: release === 'v1.4.0' ? 'v1.3.0' : release,
          artifact: `acme/api:${release}`,
        }),
      ),
      [['error', 'backend#api', null, { version: 'v1.3.0', artifact: 'acme/api:v1.4.0', tag: 'v1.4.0' }]],
    ],
  ])('%s', (_, items, expected, asked) => expect(said('version-mismatch', items, asked)).toEqual(expected));
});
