import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notesDocument } from '../../src/release/history/notes-document.ts';
import { item } from '../release/items.ts';
import { releaseMatrix } from './command.ts';

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];
const ITEMS = [
  item('v1.3.0', 'backend#orders', { repo: 'acme/orders', commit: A, changes: { commits: [`${A} first`] } }),
  item('v1.4.0', 'backend#orders', {
    repo: 'acme/orders',
    commit: B,
    changes: { commits: [`${B} feat: pay by invoice (#7)\t#7`], since: 'v1.3.0', base: A },
  }),
];
let folder = '';
let from = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-notes-'));
  from = join(folder, 'items.json');
  writeFileSync(from, JSON.stringify(ITEMS));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('Markdown, and JSON as the published document', async () => {
  expect(await releaseMatrix(['notes', 'v1.4.0', '--from', from])).toEqual({
    exitCode: 0,
    stdout: [
      '## `v1.4.0`',
      '1 change since `v1.3.0`, in 1 component of 1 repository.',
      '### Features',
      `- pay by invoice (\`#7\`, [bbbbbbb](https://github.com/acme/orders/commit/${B}) (\`github.com\`); \`backend#orders\`)`,
      '<sub>read 2026-11-20T12:00:00.000Z</sub>\n',
    ].join('\n\n'),
    stderr: '',
  });
  const { stdout } = await releaseMatrix(['notes', '1.4.0', '--since', 'prev', '--format', 'json', '--from', from]);
  expect(notesDocument.parse(JSON.parse(stdout))).toMatchObject({
    release: 'v1.4.0',
    since: 'v1.3.0',
    changes: [{ refs: ['#7'] }],
  });
});

test.each([
  ['v9.9.9', []],
  ['v1.4.0', ['--since', 'v9.9.9']],
])('%s %j: nobody knows it, with 3', async (release, words) => {
  expect(await releaseMatrix(['notes', release, ...words, '--from', from])).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: 'There is no fragment of v9.9.9. The newest are v1.4.0, v1.3.0.\n',
  });
});
