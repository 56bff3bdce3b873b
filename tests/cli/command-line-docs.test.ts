import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { optionOfField, PLAIN_FIELDS } from '../../src/cli/publish/publish-options.ts';
import { originOf, startDynalite } from '../store/tables.ts';
import { releaseMatrix } from './command.ts';
import { examplesOf } from './documented-examples.ts';

const DOCUMENT = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8');
const PUBLISHING = readFileSync(new URL('../../docs/publishing.md', import.meta.url), 'utf8');
/** Files that the examples write; here into a folder of the test's. */
const WRITTEN = ['report.json', 'summary.md', 'backup.ndjson'];

/** Where nobody watches a progress bar is a line for each tenth, which the documentation leaves out. */
const PROGRESS = /^\w+ \d+% \(\d+\/\d+\)\n/gm;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('each example of the documentation, one after the other, says what is written there', async () => {
  const dynamo = await startDynalite();
  const webhook = createServer((_, response) => response.end('ok'));
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const endpoint = await dynamo.client.config.endpoint?.();
  const environment = {
    DYNAMODB_ENDPOINT: `http://${endpoint?.hostname}:${endpoint?.port}`,
    RELEASE_MATRIX_WEBHOOK: originOf(webhook),
  };
  const examples = examplesOf(DOCUMENT);
  const said = [];
  for (const { words } of examples) {
    const here = words.map((word) => {
      const name = WRITTEN.find((file) => word === file || word.endsWith(`=${file}`));
      return name === undefined ? word : word.replace(name, join(folder, name));
    });
    const { exitCode, stdout, stderr } = await releaseMatrix(here, environment);
    said.push({ words, output: `${stdout}${stderr}`.replaceAll(`${folder}/`, '').replace(PROGRESS, ''), exitCode });
  }
  await dynamo.close();
  webhook.closeAllConnections();
  await new Promise((resolve) => webhook.close(resolve));
  expect(examples.length).toBeGreaterThan(15);
  expect(said).toEqual(examples);
}, 60_000);

const helpOf = async (...words: string[]) => (await releaseMatrix([...words, '--help'])).stdout;

/** What the documentation says of a command: its own section, what that refers to, and the options of a table. */
function textOf(name: string): string {
  const section = (heading: RegExp) => DOCUMENT.split(/^(?=## )/m).find((part) => heading.test(part)) ?? '';
  const table = section(/^## Which table/);
  const reading = table.indexOf('`check`, `report`');
  const takesMore = table.slice(reading).split('\n')[0]?.includes(`\`${name}\``) === true;
  return [
    section(new RegExp(`^## (?!Which).*\\b${name}\\b`)),
    takesMore ? table : table.slice(0, reading),
    name === 'report' ? section(/^## check/) : '',
    // Each field that docs/table.md lists is an option.
    name === 'publish' ? [PUBLISHING, ...PLAIN_FIELDS.map(optionOfField)].join('\n') : '',
  ].join('\n');
}

test('every command and every option is in the documentation', async () => {
  const commandsIn = (help: string) => [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? '');
  const commands = commandsIn(await helpOf()).filter((name) => name !== 'help');
  expect(commands.sort()).toEqual(
    [
      'publish',
      'check',
      'report',
      'compare',
      'manifest',
      'deployed',
      'findings',
      'find',
      'notes',
      'plan',
      'notify',
      'import',
      'export',
      'table',
      'policy',
      'attest',
      'sign',
      'evidence',
    ].sort(),
  );
  for (const name of commands) {
    const below: Record<string, string[]> = {
      table: ['create', 'describe'],
      policy: ['show', 'check', 'put', 'diff', 'waive', 'withdraw'],
    };
    const sub = below[name] ?? [''];
    for (const second of sub) {
      const help = await helpOf(...[name, second].filter((word) => word !== ''));
      const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option ?? '');
      if (second !== 'check') expect(options.length).toBeGreaterThan(3);
      const told = textOf(name);
      const missing = options.filter((option) => option !== '--help' && !new RegExp(`${option}(?![\\w-])`).test(told));
      expect([name, missing]).toEqual([name, []]);
    }
    expect([name, DOCUMENT.includes(`release-matrix ${name}`)]).toEqual([name, true]);
  }
  expect(PUBLISHING).toContain('release-matrix publish');
});

test('every exit code is in the documentation', async () => {
  const { EXIT } = await import('../../src/cli/context/exit-codes.ts');
  const table = DOCUMENT.slice(DOCUMENT.indexOf('## Exit codes'), DOCUMENT.indexOf('## Which table'));
  const documented = [...table.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, codes]) =>
    (codes ?? '').split(', ').map(Number),
  );
  expect(documented.sort()).toEqual(Object.values(EXIT).sort());
});
