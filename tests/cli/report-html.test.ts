import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ONE_FILE_ID, type OneFile, readOneFile } from '../../src/contract/one-file.ts';
import { packItems, unpackItems } from '../../src/live/packed-items.ts';
import { releaseMatrix } from './command.ts';

const NOW = '2026-11-20T12:00:00.000Z';
const ESTATE = 'docs/examples/estate.ndjson';
/** As it is built, without its program. */
const PAGE = `<head><script type="application/json" id="${ONE_FILE_ID}"></script></head><body><script>program</script></body>`;

const folder = mkdtempSync(join(tmpdir(), 'release-matrix-html-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (words: readonly string[], page = () => PAGE) => releaseMatrix(words, {}, { filePage: page });
const report = (words: readonly string[], from = ESTATE) => run(['report', ...words, '--from', from, '--now', NOW]);

function dataIn(html: string): OneFile {
  const block = html.slice(html.indexOf('>', html.indexOf(ONE_FILE_ID)) + 1, html.indexOf('</script>'));
  return readOneFile(block);
}

describe('report --format html', () => {
  test('one release: what it is held against comes along, and the file opens on it', async () => {
    const file = join(folder, 'v1.4.0.html');
    const { exitCode, stdout } = await report(['v1.4.0', '--format', `html=${file}`, '--format', 'text']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('v1.4.0');
    const html = readFileSync(file, 'utf8');
    expect(html.endsWith('</head><body><script>program</script></body>')).toBe(true);
    const data = dataIn(html);
    expect(data).toMatchObject({
      schema: 1,
      table: null,
      region: null,
      keyNames: { release: 'version', component: 'component#name' },
      readAt: NOW,
      address: '?view=release&release=v1.4.0',
    });
    const items = await unpackItems(data.items);
    expect(items.filter(({ version }) => version === 'v1.4.0').length).toBeGreaterThan(1);
  });

  test('--all holds every item, the policy as it is written, and no bookkeeping', async () => {
    const document = { graceMinutes: 5 };
    const fragments = [1, 2].map((at) => ({ version: `v1.${at}.0`, 'component#name': 'backend#api' }));
    const from = join(folder, 'items.json');
    const own = [
      { version: 'policy', 'component#name': 'policy#release-matrix', document },
      { version: 'release-matrix:changes', 'component#name': 'total' },
    ];
    writeFileSync(from, JSON.stringify([...fragments, ...own]));
    const { stdout } = await report(['--all', '--format', 'html'], from);
    const data = dataIn(stdout);
    expect(data).toMatchObject({ asked: null, judged: null, address: '', policy: { source: 'table', document } });
    expect(await unpackItems(data.items)).toEqual(fragments);
    const policy = join(folder, 'policy.json');
    writeFileSync(policy, JSON.stringify(document));
    const { stdout: other } = await report(['--all', '--format', 'html', '--policy', policy], from);
    expect(dataIn(other).policy).toEqual({ source: 'file', document });
  });

  test.each([
    [
      'a release that is not there',
      ['v9.9.9', '--format', 'html'],
      3,
      /no fragment of v9\.9\.9, and so nothing to show/,
    ],
    ['another stage', ['v1.4.0', '--as', 'rc', '--format', 'html'], 2, /cannot take --as into account\. Leave it out/],
    [
      'a part of it',
      ['v1.4.0', '--only', 'backend#api', '--not-yet', 'k8s', '--format', 'html'],
      2,
      /--not-yet, --only/,
    ],
    [
      'a folder that is not there',
      ['v1.4.0', '--format', `html=${join(folder, 'no/x.html')}`],
      2,
      /x\.html cannot be written: ENOENT/,
    ],
    [
      'two on standard output',
      ['v1.4.0', '--format', 'html', '--format', 'text'],
      2,
      /only one can go to standard output/,
    ],
  ])('%s is refused, in words', async (_, words, exitCode, says) => {
    const json = join(folder, 'beside.json');
    rmSync(json, { force: true });
    const ended = await report([...words.slice(0, -2), '--format', `json=${json}`, ...words.slice(-2)]);
    expect(ended).toMatchObject({ exitCode, stdout: '' });
    expect(ended.stderr).toMatch(says);
  });

  test('a program without the page says where it is', async () => {
    const { exitCode, stderr } = await releaseMatrix(
      ['report', 'v1.4.0', '--from', ESTATE, '--format', 'html'],
      {},
      { filePage: (await import('../../src/cli/process.ts')).noFilePage },
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^--format html: the page is not in this program, but in the package: npx release-matrix report/,
    );
  });
});

describe('the file', () => {
  test('items come out as they went in, however many', async () => {
    const items = Array.from({ length: 20_000 }, (_, at) => ({
      version: `v${at}`,
      text: `ä\ud800\u0000${Math.sin(at)}`,
    }));
    expect(await unpackItems(await packItems(items))).toEqual(items);
    await expect(unpackItems((await packItems(items)).slice(0, 1000))).rejects.toThrow();
  });
});
