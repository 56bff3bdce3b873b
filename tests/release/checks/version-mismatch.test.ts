import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item.ts';
import { item } from '../items.ts';
import { type Said, said } from './said.ts';

const backend = (artifact: string, more: Item = {}): Item[] => [item('v1.4.0', 'backend#api', { artifact, ...more })];
const apart = (artifact: string, tag: string, version = '1.4.0'): Said<'version-mismatch'>[] => [
  ['error', 'backend#api', null, { version, artifact, tag }],
];

test.each<[name: string, items: Item[], expected: Said<'version-mismatch'>[]]>([
  ['the tag of the release', backend('ghcr.io/acme/api:1.4.0'), []],
  ['v before the tag', backend('ghcr.io/acme/api:v1.4.0'), []],
  ['v before the version', backend('acme/api:1.4.0', { componentVersion: 'v1.4.0' }), []],
  ['another tag', backend('ghcr.io/acme/api:1.3.0'), apart('ghcr.io/acme/api:1.3.0', '1.3.0')],
  ['the candidate’s tag', backend('acme/api:1.4.0-rc.2'), apart('acme/api:1.4.0-rc.2', '1.4.0-rc.2')],
  ['a tag that is no version', backend('acme/api:latest'), apart('acme/api:latest', 'latest')],
  [
    'the release’s tag, the component versioned apart',
    backend('acme/api:1.4.0', { componentVersion: '2.0.0' }),
    apart('acme/api:1.4.0', '1.4.0', '2.0.0'),
  ],
  ['its own version', backend('acme/api:2.0.0', { componentVersion: '2.0.0' }), []],
  ['the npm version of a Node service', backend('acme/api:2.0.0', { npmVersion: '2.0.0' }), []],
  ['+ is written _ in tags', backend('acme/api:1.4.0_sha.5', { componentVersion: '1.4.0+sha.5' }), []],
  ['+ is written - in tags', backend('acme/api:1.4.0-sha.5', { componentVersion: '1.4.0+sha.5' }), []],
  [
    'the build is part of the version',
    backend('acme/api:1.4.0', { componentVersion: '1.4.0+sha.5' }),
    apart('acme/api:1.4.0', '1.4.0', '1.4.0+sha.5'),
  ],
  [
    'a tag before a digest',
    backend(`acme/api:1.3.0@sha256:${'a'.repeat(64)}`),
    apart(`acme/api:1.3.0@sha256:${'a'.repeat(64)}`, '1.3.0'),
  ],
  ['a digest alone', backend(`acme/api@sha256:${'a'.repeat(64)}`), []],
  ['a port is no tag', backend('localhost:5000/api'), []],
  ['a port and a tag', backend('localhost:5000/api:1.4.0'), []],
  ['no tag', backend('ghcr.io/acme/api'), []],
  ['a URL', backend('https://files.example/api-1.3.0.tgz'), []],
  ['a package', backend('@acme/api@1.3.0'), []],
  ['a package URL', backend('pkg:npm/%40acme/api@1.3.0'), []],
  ['coordinates of Maven', backend('com.acme:api:1.3.0'), []],
  ['no artifact', [item('v1.4.0', 'backend#api')], []],
  ['what is no backend', [item('v1.4.0', 'frontend#api', { artifact: 'acme/api:1.3.0' })], []],
])('%s', (_, items, expected) => expect(said('version-mismatch', items)).toEqual(expected));
