import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { HIDDEN_CHARACTERS } from '../release/hidden-list.ts';
import { LIKE_NOTHING, plantedItems, plantedPolicy, rawIn } from '../release/planted-estate.ts';
import { releaseMatrix } from './command.ts';

// Every character that cannot be seen, or turns the direction, in every field of a fragment and of the policy: whatever is
// printed of it, in whatever format, shows each.

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-hidden-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const [, PLANTED_RELEASE = ''] = plantedItems()
  .map(({ version }) => String(version))
  .filter((version) => version.startsWith('v1.2.0'));
const FORMATS = ['text', 'json', 'markdown', 'junit', 'slack', 'github'] as const;
const COMMANDS: readonly (readonly string[])[] = [
  ...FORMATS.flatMap((format) => [
    ['check', 'v1.1.0', '--format', format],
    ['check', PLANTED_RELEASE, '--format', format],
    ['report', '--all', '--format', format],
  ]),
  ...['text', 'json', 'markdown', 'csv'].flatMap((format) => [
    ['compare', 'v1.0.0', 'v1.1.0', '--format', format],
    ['compare', 'v1.0.0', PLANTED_RELEASE, '--format', format],
    ['deployed', '--format', format],
    ['findings', '--format', format],
  ]),
  ...['text', 'json', 'markdown', 'sh'].map((format) => [
    'plan',
    'v1.1.0',
    '--environment',
    'prod',
    '--format',
    format,
  ]),
  ['manifest', 'v1.1.0', '--format', 'json'],
  ['manifest', 'v1.1.0', '--format', 'yaml'],
  ['manifest', 'v1.1.0', '--format', 'csv'],
  ['manifest', 'v1.1.0', '--format', 'markdown'],
  // What nobody has.
  ['check', `v7${LIKE_NOTHING.join('')}`],
  ['compare', 'v1.0.0', `v7${LIKE_NOTHING.join('')}`],
  ['manifest', `v7${LIKE_NOTHING.join('')}`],
  ['deployed', '--environment', `nowhere${LIKE_NOTHING.join('')}`],
];

describe.each([
  ['a policy', plantedPolicy()],
  ['a broken policy', plantedPolicy(true)],
])('with %s', (_, policy) => {
  test.each(COMMANDS.map((words) => [words.join(' '), words] as const))('%j shows each', async (_name, words) => {
    const from = file('estate.json', [...plantedItems(), policy]);
    const { stdout, stderr } = await releaseMatrix([...words, '--from', from, '--now', '2026-11-20T12:00:00Z']);
    // CSV ends its lines so.
    expect(rawIn((stdout + stderr).replaceAll('\r\n', '\n'), '\n')).toEqual([]);
    expect(stdout + stderr).not.toContain('release-matrix failed');
    expect(stdout.length + stderr.length).toBeGreaterThan(20);
  });
});

test('programs get them back', async () => {
  const from = file('estate.json', plantedItems());
  const manifest = async (format: string) => {
    const { stdout } = await releaseMatrix(['manifest', 'v1.1.0', '--from', from, '--format', format]);
    return format === 'json' ? JSON.parse(stdout) : parse(stdout);
  };
  const json = await manifest('json');
  expect(await manifest('yaml')).toEqual(json);
  const whole = JSON.stringify(json).replaceAll(/\\u([0-9a-f]{4})/g, (__, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  const lost = HIDDEN_CHARACTERS.filter(([, character]) => !whole.includes(character) && character > '\r');
  expect(lost).toEqual([]);
});

test('names that look alike are told apart', async () => {
  const from = file('alike.json', plantedItems());
  const { stdout } = await releaseMatrix(['report', '--all', '--from', from, '--now', '2026-11-20T12:00:00Z']);
  for (const character of LIKE_NOTHING) {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    expect(stdout).toContain(`v1.1.0⟨U+${code}⟩ `);
  }
});

test.each([
  ['publish', ['publish', '--release', 'v1.4.0', '--type', 'backend', '--component', 'a\u202eb']],
  ['publish', ['publish', '--release', 'v1.4.0\u200b', '--type', 'back\u00adend', '--component', 'a']],
  ['publish', ['publish', '--release', 'v1.4.0', '--type', 'backend', '--component', 'a', '--owner', 'b\u3164']],
])('%s refuses %j, and shows what it was', async (_, words) => {
  const { exitCode, stdout, stderr } = await releaseMatrix([
    ...words,
    '--table',
    't',
    '--endpoint',
    'http://127.0.0.1:1',
  ]);
  expect(exitCode).toBe(2);
  expect(rawIn(stdout + stderr, '\n')).toEqual([]);
});
