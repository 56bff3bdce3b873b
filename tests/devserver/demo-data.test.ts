import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRealData, WrongData } from '../../src/demo/real-data.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';

const BACKSTAGE = [
  { release: '1.0.0', date: '2024-01-02T03:04:05+00:00', packages: {} },
  {
    release: '1.1.0-next.0',
    date: '2024-02-03T03:04:05+02:00',
    packages: { '@acme/plugin-search': '0.3.0', '@acme/plugin-search-backend': '0.4.0-next.0' },
  },
];
const FLUX = [
  {
    release: 'v0.1.0-alpha.1',
    date: '2024-02-03T03:04:05+03:00',
    commit: '0123456789abcdef0123456789abcdef01234567',
    components: { 'source-controller': 'v0.0.7' },
  },
];

describe('published releases of other projects', () => {
  it('reads Backstage: packages with backend in their name are backends', () => {
    expect(readRealData(JSON.stringify(BACKSTAGE))).toEqual({
      project: 'Backstage',
      releases: 2,
      empty: ['1.0.0'],
      items: [
        {
          version: 'v1.1.0-next.0',
          'component#name': 'frontend#@acme/plugin-search',
          npmVersion: '0.3.0',
          date: '2024-02-03T03:04:05+02:00',
        },
        {
          version: 'v1.1.0-next.0',
          'component#name': 'backend#@acme/plugin-search-backend',
          npmVersion: '0.4.0-next.0',
          date: '2024-02-03T03:04:05+02:00',
        },
      ],
    });
  });

  it('reads Flux: each controller as a backend and as what runs in production', () => {
    expect(readRealData(JSON.stringify(FLUX))).toEqual({
      project: 'Flux',
      releases: 1,
      empty: [],
      items: [
        {
          version: 'v0.1.0-alpha.1',
          'component#name': 'backend#source-controller',
          componentVersion: 'v0.0.7',
          artifact: 'ghcr.io/fluxcd/source-controller:v0.0.7',
          commit: '0123456789abcdef0123456789abcdef01234567',
          date: '2024-02-03T03:04:05+03:00',
        },
        {
          version: 'v0.1.0-alpha.1',
          'component#name': 'k8s#prod-deployment/source-controller',
          imageRef: 'ghcr.io/fluxcd/source-controller:v0.0.7',
          replicas: 1,
          readyReplicas: 1,
          date: '2024-02-03T03:04:05+03:00',
        },
      ],
    });
  });

  it('keeps the time of a date with an offset', () => {
    const { items } = readRealData(JSON.stringify(FLUX));
    const { fragments } = readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
    expect(fragments.map(({ fields }) => fields.date)).toEqual([
      '2024-02-03T00:04:05.000Z',
      '2024-02-03T00:04:05.000Z',
    ]);
  });

  const list =
    'Expected a JSON list of Backstage releases {"release", "date", "packages": {name: version}} ' +
    'or of Flux releases {"release", "date", "commit", "components": {name: version}}';

  it.each([
    ['an object', '{"releases": []}', `${list}; received an object with releases.`],
    ['a text', '"v1"', `${list}; received "v1".`],
    ['an empty list', '[]', `${list}; the list begins with nothing.`],
    ['a list of texts', '["v1"]', `${list}; the list begins with "v1".`],
    ['other objects', '[{"tag": "v1"}]', `${list}; the list begins with an object with tag.`],
    [
      'a version that is a number',
      JSON.stringify([...BACKSTAGE, { release: '1.2.0', date: '2024-01-02', packages: { '@acme/cli': 3 } }]),
      'The file looks like Backstage releases, but is wrong at [2].packages["@acme/cli"]: ' +
        'Invalid input: expected string, received number.',
    ],
    [
      'a date that is none, and no commit',
      JSON.stringify([{ release: 'v1.0.0', date: 'soon', components: {} }]),
      'The file looks like Flux releases, but is wrong at [0].date: expected an ISO 8601 time; ' +
        '[0].commit: Invalid input: expected string, received undefined.',
    ],
    [
      'a wrong release after a right one, many times',
      JSON.stringify([BACKSTAGE[0], {}, {}]),
      'The file looks like Backstage releases, but is wrong at [1].release: Invalid input: expected string, ' +
        'received undefined; [1].date: Invalid input: expected string, received undefined; ' +
        '[1].packages: Invalid input: expected record, received undefined; and 3 more.',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => readRealData(text)).toThrow(new WrongData(message));
  });

  it('refuses what is not JSON, with the parser’s reason', () => {
    expect(() => readRealData('release,date\n')).toThrow(/^Expected a JSON list .*; the file is not JSON: .+\.$/);
  });
});

/** Four megabytes, so it lies beside a checkout, not in it; that of Flux is in the fixtures. */
const BACKSTAGE_FILE = resolve(import.meta.dirname, '../../../shared/data/backstage-releases.json');
const FLUX_FILE = resolve(import.meta.dirname, '../fixtures/flux-releases.json');

describe('the real files', () => {
  it.skipIf(!existsSync(BACKSTAGE_FILE))('reads 87,882 packages of Backstage, where they are at hand', () => {
    const { items, releases } = readRealData(readFileSync(BACKSTAGE_FILE, 'utf8'));
    const { fragments, rejected } = readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
    expect([items.length, releases, fragments.length, rejected.length]).toEqual([87_882, 555, 87_882, 0]);
    expect(fragments.filter(({ fields, faults }) => fields.date === undefined || faults.length > 0)).toEqual([]);
  });

  it('reads every controller of Flux twice', () => {
    const { items, releases } = readRealData(readFileSync(FLUX_FILE, 'utf8'));
    const { fragments, rejected } = readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
    const types = fragments.map(({ type }) => type);
    expect([releases, rejected.length]).toEqual([214, 0]);
    expect(types.filter((type) => type === 'k8s').length).toBe(types.filter((type) => type === 'backend').length);
    // An image's tag is the version, so that both columns say the same.
    expect(fragments.filter(({ ownVersion }) => !/^v\d+\.\d+\.\d+/.test(ownVersion))).toEqual([]);
  });
});
