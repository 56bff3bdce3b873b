import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { read, readTexts, SAMPLES } from './samples.ts';

const file = (folder: string, name: string) => readFileSync(`${SAMPLES}${folder}/${name}`, 'utf8');
/** `toJSON(steps.goreleaser.outputs)`: each file is a text. */
const outputs = (folder: string) => ({
  artifacts: file(folder, 'artifacts.json'),
  metadata: file(folder, 'metadata.json'),
});

describe('goreleaser reads the outputs of its action as it reads dist', () => {
  test.each(['goreleaser-1', 'goreleaser-1-image', 'goreleaser-2', 'goreleaser-metadata-only'])('%s', (folder) => {
    const ofFolder = read('goreleaser', `${SAMPLES}${folder}`);
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
