import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { COMMIT, DIGEST, read, readTexts, SAMPLES, testSamples } from './samples.ts';

describe('goreleaser reads dist', () => {
  testSamples('goreleaser', [
    {
      form: 'older',
      sample: 'goreleaser-1',
      drafts: [
        {
          fields: {
            component: 'presidium',
            componentVersion: '1.0.0-rfv.237',
            commit: '8bd11a75bf65417c47ffa4ed1c32b61c68d1aee0',
          },
          tag: 'v1.0.0-rfv.237',
          unconfirmed: { commit: '8bd11a75bf65417c47ffa4ed1c32b61c68d1aee0', date: '2022-06-15T14:37:41.926322+02:00' },
        },
      ],
    },
    {
      form: 'older',
      sample: 'goreleaser-1-image',
      drafts: [
        {
          fields: {
            component: 'kontrol',
            componentVersion: '2.3.0',
            commit: COMMIT,
            artifact: 'ghcr.io/frantjc/kontrol:latest',
          },
          tag: 'v2.3.0',
          unconfirmed: { commit: COMMIT, date: '2022-11-19T10:11:12.123456789+01:00' },
        },
      ],
    },
    {
      form: 'newer',
      sample: 'goreleaser-2',
      drafts: [
        {
          fields: {
            component: 'ledger',
            componentVersion: '2.3.0',
            digest: DIGEST,
            commit: COMMIT,
            artifact: 'ghcr.io/acme/ledger:2.3.0',
          },
          tag: 'v2.3.0',
          unconfirmed: { commit: COMMIT, date: '2026-11-19T10:11:12.123456789Z' },
        },
      ],
    },
    {
      form: 'newer',
      sample: 'goreleaser-metadata-only',
      drafts: [
        {
          fields: {
            component: 'engine',
            componentVersion: '1.368.0',
            commit: '399ed0964e1d0958a106f797ea6e1f5e87e3d95c',
          },
          tag: 'v1.368.0',
          unconfirmed: { commit: '399ed0964e1d0958a106f797ea6e1f5e87e3d95c', date: '2026-09-25T10:25:33.568528232Z' },
        },
      ],
    },
    { sample: 'goreleaser-snapshot', refused: /^expected a release, received the snapshot 1\.1\.0-SNAPSHOT-85d261a/ },
    {
      sample: 'goreleaser-snapshot-bare',
      refused: /^expected a release, received the snapshot 1\.0\.1 after v1\.0\.0$/,
    },
    { sample: '../npm/npm-12-pack.json', refused: /there is no metadata\.json/ },
  ]);
});

const file = (folder: string, name: string) => readFileSync(`${SAMPLES}goreleaser/${folder}/${name}`, 'utf8');
/** `toJSON(steps.goreleaser.outputs)`: each file is a text. */
const outputs = (folder: string) => ({
  artifacts: file(folder, 'artifacts.json'),
  metadata: file(folder, 'metadata.json'),
});

describe('goreleaser reads the outputs of its action as it reads dist', () => {
  test.each(['goreleaser-1', 'goreleaser-1-image', 'goreleaser-2', 'goreleaser-metadata-only'])('%s', (folder) => {
    const ofFolder = read('goreleaser', `${SAMPLES}goreleaser/${folder}`);
    const { artifacts, metadata } = outputs(folder);
    expect(readTexts('goreleaser', [{ artifacts, metadata }])).toEqual(ofFolder);
    const [about, list] = [metadata, artifacts].map((text) => JSON.parse(text));
    expect(readTexts('goreleaser', [about, list])).toEqual(ofFolder);
    expect(readTexts('goreleaser', [list, about])).toEqual(ofFolder);
  });

  test('metadata alone: no image is known', () => {
    const { metadata } = outputs('goreleaser-2');
    expect(readTexts('goreleaser', [{ metadata }]).notices).toEqual([
      'There is no artifacts.json, so no image is known.',
    ]);
  });

  test.each([
    [
      'a snapshot',
      { metadata: file('goreleaser-snapshot', 'metadata.json') },
      /^expected a release, received the snapshot/,
    ],
    ['artifacts alone', JSON.parse(file('goreleaser-2', 'artifacts.json')), /there is no metadata\.json$/],
    ['outputs of another action', { published: 'true' }, /there is no metadata\.json$/],
  ])('%s is refused', (_, document, words) => {
    expect(() => readTexts('goreleaser', [document])).toThrow(words);
  });
});

describe('from the outputs to a verdict', () => {
  const table = publishedTable();

  test('published and judged', async () => {
    const words = ['--from', 'goreleaser', '--json', JSON.stringify(outputs('goreleaser-2'))];
    await table.publish('v2.2.0', ...words);
    const said = await table.publish('v2.3.0', ...words);
    expect([said.exitCode, said.stdout]).toEqual([0, 'published          v2.3.0  backend#ledger\n']);
    expect(await table.check('v2.3.0')).toMatchObject({ exitCode: 0, verdict: 'pass' });
  });
});
