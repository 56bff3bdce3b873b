import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItem } from '../../src/release/item/fragment.ts';
import { fragmentInput, itemOfInput, keyOfInput, readFragmentInput } from '../../src/release/item/fragment-input.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';

const LEAST = { release: 'v1.4.0', type: 'backend', component: 'auth-service' };
const strict = { anyRelease: false };

test('the published JSON Schema is the one the code reads by: else run `node scripts/write-schemas.mjs`', () => {
  const published = readFileSync(new URL('../../schema/fragment.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(z.toJSONSchema(fragmentInput, { io: 'input' }));
});

test('a whole fragment becomes an item that the reader reads without a fault', () => {
  const reading = readFragmentInput(
    {
      ...LEAST,
      component: '  auth-se\u0301rvice ',
      commit: '9F3C2AB',
      date: '2026-11-20T13:00:00+01:00',
      artifact: 'ghcr.io/acme/auth-service:1.4.0',
      digest: `sha256:${'ab'.repeat(32)}`,
      links: { notes: 'https://github.com/acme/auth/releases/tag/v1.4.0' },
      environments: ['qa', 'prod'],
      readyReplicas: 0,
      meta: { tag: 'auth@1.4.0' },
    },
    strict,
  );
  if (!('input' in reading)) throw new Error(reading.faults.join('\n'));
  const item = itemOfInput(reading.input, DOCUMENTED_KEYS);
  expect(item).toEqual({
    version: 'v1.4.0',
    'component#name': 'backend#auth-sérvice',
    commit: '9f3c2ab',
    date: '2026-11-20T12:00:00.000Z',
    artifact: 'ghcr.io/acme/auth-service:1.4.0',
    digest: `sha256:${'ab'.repeat(32)}`,
    links: { notes: 'https://github.com/acme/auth/releases/tag/v1.4.0' },
    environments: ['qa', 'prod'],
    readyReplicas: 0,
    meta: { tag: 'auth@1.4.0' },
  });
  const read = readItem(item, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
  expect('fragment' in read && read.fragment.faults).toEqual([]);
});

test.each<[Record<string, unknown>, string]>([
  [{ component: 'ui' }, 'backend#ui'],
  [{ component: '@acme/ui' }, 'backend#@acme/ui'],
  [{ type: 'k8s', component: 'prod-deployment/api' }, 'k8s#prod-deployment/api'],
  [{ type: 'k8s', component: 'api', kind: 'statefulset', environment: 'prod' }, 'k8s#prod-statefulset/api'],
])('%j has the key %s', (more, key) => {
  const reading = readFragmentInput({ ...LEAST, ...more }, strict);
  expect('input' in reading ? keyOfInput(reading.input) : reading.faults).toBe(key);
});

describe('what is refused, and the words', () => {
  test.each<[Record<string, unknown>, RegExp]>([
    // Names: C2.
    [{ component: '' }, /^component is empty/],
    [{ component: ' ' }, /^component is empty/],
    [{ component: 'x'.repeat(300) }, /^component is longer than 200 characters/],
    [{ component: '../x' }, /^component is not a name/],
    [{ component: 'a//b' }, /^component is not a name/],
    [{ component: 'x#y' }, /^component is not a name: expected no white space, no #/],
    [{ component: 'x\u202ey' }, /^component holds a control character/],
    [{ type: 'Back End' }, /^type is not a type/],
    [{ type: 'a#b' }, /^type is not a type/],
    [{ type: undefined }, /^type is missing$/],
    // Releases: C4, C5 and the stages that sort wrongly.
    [{ release: 'v1.10' }, /^release is not a release tag/],
    [{ release: '2026.04.02' }, /^release is not a release tag/],
    [{ release: 'v1.4.0-rc10' }, /^release sorts wrongly .*write v1\.4\.0-rc\.10, received/],
    [{ release: 'v1.4.0-RC.1' }, /^release sorts wrongly .*lower case/],
    [{ release: 'v1.4.0\nx' }, /^release holds a control character/],
    [{ release: 'v1.4.0\ud800' }, /^release holds a control character/],
    [{ release: `v1.4.0-${'x'.repeat(10_000)}` }, /^release is longer than 255/],
    [{ release: 1.1 }, /^release is not a string, received 1\.1/],
    // Values.
    [{ commit: 'main' }, /^commit is not a commit/],
    [{ repo: 'acme' }, /^repo is not a repository/],
    [{ date: 'yesterday' }, /^date is not a time/],
    [{ date: '2026-11-20T12:00:00' }, /^date is not a time: expected ISO 8601 with a zone/],
    [{ digest: 'sha256:123' }, /^digest is not a digest/],
    [{ imageRef: 'Not An Image' }, /^imageRef is not an image reference/],
    [{ artifact: 'javascript:alert(1)' }, /^artifact is an address that a browser would run/],
    [{ links: { x: 'javascript:alert(1)' } }, /^links\.x is not an https:\/\/ address/],
    [{ links: { x: 'https://github.com@evil.example/' } }, /^links\.x is not an https:\/\/ address/],
    [JSON.parse('{"links":{"__proto__":"https://a.example"}}'), /reserved name|links/],
    [{ meta: { constructor: 'x' } }, /^meta has a reserved name/],
    [{ meta: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 'v'])) }, /^meta holds more than 50/],
    [{ readyReplicas: -1 }, /^readyReplicas is less than 0/],
    [{ readyReplicas: 1.5 }, /^readyReplicas is no/],
    [{ evolutionPolicy: 'backward' }, /^evolutionPolicy is not an evolution policy/],
    [{ kind: 'deployment' }, /^kind is for the type k8s alone/],
    [{ type: 'k8s', kind: 'deployment' }, /^environment is missing/],
    [{ colour: 'red', shape: 'round' }, /^colour, shape: no such field$/],
  ])('%j', (more, words) => {
    const reading = readFragmentInput({ ...LEAST, ...more }, strict);
    expect('faults' in reading ? reading.faults : []).toEqual([expect.stringMatching(words)]);
  });
  test.each([null, 1, 'x', [], undefined])('%j instead of a fragment', (value) => {
    const reading = readFragmentInput(value, strict);
    expect('faults' in reading && reading.faults[0]).toMatch(/^expected a fragment \(a JSON object\), received/);
  });
});

test.each([
  ['v1.10', true],
  ['release 2026-04', true],
  ['policy', false],
  ['release-matrix:changes', false],
  ['', false],
])('with any release allowed, %j: %s', (release, allowed) => {
  expect('input' in readFragmentInput({ ...LEAST, release }, { anyRelease: true })).toBe(allowed);
});
