import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { item } from '../release/items.ts';
import { releaseMatrix } from './command.ts';
import { eachTable } from './each-table.ts';

const BROKEN = { componentVersion: '1.0.0', artifact: 'acme/x:0.9.0' };
const WAIVE = ['waive', 'version-mismatch', '--release', 'v1.4.0', '--until', '2026-12-31', '--reason', 'known'];
const DIGEST = /sha256:[0-9a-f]{16}/;

let folder = '';
const fileOf = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-policy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('check, of a file alone', () => {
  test('a good one has its digest, however it is written', async () => {
    const said = await Promise.all(
      ['{"graceMinutes":7,"patchReleases":"carried"}', '{ "patchReleases": "carried",\n "graceMinutes": 7 }'].map(
        (text, at) => releaseMatrix(['policy', 'check', fileOf(`good-${at}.json`, text)]),
      ),
    );
    expect(said.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const digests = said.map(({ stdout }) => DIGEST.exec(stdout)?.[0]);
    expect(digests[0]).toMatch(DIGEST);
    expect(digests[1]).toBe(digests[0]);
  });

  test('each fault of a broken one is told with its path', async () => {
    const file = fileOf('broken.json', { graceMinutes: -1, waivers: [{ code: 'no-such', release: 'v1' }] });
    const { exitCode, stdout, stderr } = await releaseMatrix(['policy', 'check', file]);
    expect([exitCode, stdout]).toEqual([2, '']);
    for (const path of ['graceMinutes', 'waivers[0].code', 'waivers[0].reason', 'waivers[0].expires']) {
      expect(stderr).toContain(`  ${path}: `);
    }
  });

  test.each([
    ['no JSON', '{ "graceMinutes": ', /is not JSON/],
    ['a file that is not there', null, /nowhere\.json/],
  ])('%s', async (_, text, words) => {
    const file = text === null ? join(folder, 'nowhere.json') : fileOf('text.json', text);
    const { exitCode, stderr } = await releaseMatrix(['policy', 'check', file]);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(words)]);
  });
});

eachTable((table, dynamo) => {
  const policy = (...words: string[]) => releaseMatrix(['policy', ...words, ...table.words]);
  const shown = async () => JSON.parse((await policy('show')).stdout);
  const digest = async () => DIGEST.exec((await policy('show')).stderr)?.[0] ?? 'none';
  const putItem = (of: object) => dynamo.client.send(new PutCommand({ TableName: table.table, Item: of }));

  test('what is put is shown, in force, and kept when it is replaced', async () => {
    expect(await policy('show')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'The table holds no policy: the defaults hold (digest none).\n',
    });
    const file = fileOf('grace.json', { graceMinutes: 7 });
    expect(await policy('put', file)).toEqual({
      exitCode: 0,
      stdout: `${file} is the policy, by emulator:releasematrix.\n`,
      stderr: '',
    });
    expect(await shown()).toEqual({ graceMinutes: 7 });
    const first = await digest();
    expect((await policy('put', file)).stdout).toBe(`${file} is the policy already.\n`);
    await policy('put', fileOf('grace.json', { graceMinutes: 8 }));
    expect(await shown()).toEqual({ graceMinutes: 8 });
    expect(JSON.parse((await policy('show', '--version', first)).stdout)).toEqual({ graceMinutes: 7 });
    const { policy: now, replaced } = JSON.parse((await policy('show', '--format', 'json')).stdout);
    expect(now).toMatchObject({ document: { graceMinutes: 8 }, publishedBy: 'emulator:releasematrix' });
    expect(replaced).toEqual([{ ...now, digest: first, document: { graceMinutes: 7 } }]);
    const { exitCode, stderr } = await policy('show', '--version', 'sha256:0');
    expect([exitCode, stderr.split('\n').length]).toEqual([3, 4]);
  });

  test('a broken document is not put, and the one that is there stays', async () => {
    await policy('put', fileOf('grace.json', { graceMinutes: 7 }));
    const said = await policy('put', fileOf('bad.json', { graceMinutes: 'seven' }));
    expect([said.exitCode, said.stderr]).toEqual([2, expect.stringContaining('  graceMinutes: ')]);
    expect(await shown()).toEqual({ graceMinutes: 7 });
  });

  test('--if-unchanged: only where nobody was faster, else it is said who was, and when', async () => {
    const [seven, eight] = [7, 8].map((graceMinutes) => fileOf(`grace-${graceMinutes}.json`, { graceMinutes }));
    expect((await policy('put', seven ?? '', '--if-unchanged', 'sha256:0')).exitCode).toBe(4);
    expect((await policy('put', seven ?? '', '--if-unchanged', 'none')).exitCode).toBe(0);
    const known = await digest();
    await policy(...WAIVE);
    const refused = await policy('put', eight ?? '', '--if-unchanged', known);
    expect([refused.exitCode, refused.stdout]).toEqual([4, '']);
    expect(refused.stderr).toMatch(
      /^The policy has changed: expected \S+, found sha256:\w+, 2026-11-20T12:00:00\.000Z, emulator:releasematrix\.$/m,
    );
    expect(await shown()).toMatchObject({ graceMinutes: 7, waivers: [{ code: 'version-mismatch' }] });
    expect((await policy('put', eight ?? '', '--if-unchanged', await digest())).exitCode).toBe(0);
    expect(await shown()).toEqual({ graceMinutes: 8 });
  });

  test('a waiver unblocks a release, and is renewed in its place', async () => {
    for (const one of [item('v1.3.0', 'backend#api'), item('v1.4.0', 'backend#api', BROKEN)]) await putItem(one);
    const check = () => releaseMatrix(['check', 'v1.4.0', ...table.words]);
    expect((await check()).exitCode).toBe(1);
    expect(await policy(...WAIVE, '--component', 'backend#api')).toEqual({
      exitCode: 0,
      stdout: 'version-mismatch is waived for backend#api in v1.4.0 until 2026-12-31, by emulator:releasematrix.\n',
      stderr: '',
    });
    expect((await check()).exitCode).toBe(0);
    const renewed = WAIVE.map((word) => (word === '2026-12-31' ? '2027-01-31' : word));
    await policy(...renewed, '--component', 'backend#api', '--by', 'release-managers');
    expect((await shown()).waivers).toEqual([
      {
        code: 'version-mismatch',
        component: 'backend#api',
        release: 'v1.4.0',
        reason: 'known',
        by: 'release-managers',
        expires: '2027-01-31',
      },
    ]);
    expect((await policy(...renewed, '--component', 'backend#api', '--by', 'release-managers')).stdout).toContain(
      ' already.',
    );
  });

  test('what is withdrawn fails, of today where no day is said', async () => {
    await putItem(item('v1.4.0', 'backend#api'));
    expect((await policy('withdraw', '--release', 'v1.4.0', '--reason', 'deletes drafts')).stdout).toBe(
      'v1.4.0 is withdrawn, by emulator:releasematrix.\n',
    );
    expect(await shown()).toEqual({
      withdrawn: [{ release: 'v1.4.0', reason: 'deletes drafts', by: 'emulator:releasematrix', date: '2026-11-20' }],
    });
    expect((await releaseMatrix(['check', 'v1.4.0', ...table.words])).stdout).toContain('withdrawn-release');
    const more = ['--component', 'infra#old', '--releases', '>=1.5', '--reason', 'r', '--date', '2026-10-01'];
    expect((await policy('withdraw', ...more)).exitCode).toBe(0);
    expect((await shown()).withdrawn.length).toBe(2);
  });

  test.each<[name: string, words: string[], faults: RegExp]>([
    ['a code that is none', ['waive', 'not-redy', ...WAIVE.slice(2)], /^<code>: /],
    ['a day that is none', WAIVE.with(5, 'soon'), /^--until: is not a date/],
    ['a day that is over', WAIVE.with(5, '2026-11-19'), /^--until: expected a day or time to come/],
    ['no reason', WAIVE.slice(0, -2), /--reason/],
    ['nothing to withdraw', ['withdraw', '--reason', 'r'], /^The options: expected exactly one/],
    ['two at once', ['withdraw', '--release', 'v1', '--environment', 'qa', '--reason', 'r'], /exactly one/],
    [
      'no range',
      ['withdraw', '--component', '*', '--releases', 'soon', '--reason', 'r'],
      /^--releases: is not a SemVer/,
    ],
  ])('%s is refused, and nothing is written', async (_, words, faults) => {
    const said = await policy(...words);
    expect([said.exitCode, said.stdout, said.stderr]).toEqual([2, '', expect.stringMatching(faults)]);
    expect(await table.items()).toEqual([]);
  });

  test('a policy item that is broken is not added to', async () => {
    await putItem({ version: 'policy', 'component#name': 'policy#release-matrix', document: '{ "graceMinutes": -1 }' });
    const said = await policy(...WAIVE);
    expect([said.exitCode, said.stderr]).toEqual([2, expect.stringMatching(/graceMinutes: [\s\S]*policy put/)]);
    expect((await policy('put', fileOf('good.json', {}))).exitCode).toBe(0);
    expect(JSON.parse((await policy('show', '--format', 'json')).stdout).replaced[0].document).toEqual({
      graceMinutes: -1,
    });
  });

  test('of ten waivers and five withdrawals at once none is lost', async () => {
    const said = await Promise.all([
      ...Array.from({ length: 10 }, (_, each) => policy(...WAIVE.with(3, `v1.4.${each}`))),
      ...Array.from({ length: 5 }, (_, each) => policy('withdraw', '--release', `v2.0.${each}`, '--reason', 'r')),
    ]);
    expect(said.map(({ exitCode }) => exitCode)).toEqual(said.map(() => 0));
    const { waivers, withdrawn } = await shown();
    expect([waivers.length, withdrawn.length]).toEqual([10, 5]);
  });

  test('of ten puts at once on one document one is taken, and nine are refused', async () => {
    await policy('put', fileOf('base.json', { graceMinutes: 1 }));
    const known = await digest();
    const said = await Promise.all(
      Array.from({ length: 10 }, (_, each) =>
        policy('put', fileOf(`of-${each}.json`, { graceMinutes: 10 + each }), '--if-unchanged', known),
      ),
    );
    expect(said.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, ...new Array<number>(9).fill(4)]);
  });

  test('a dashboard that goes by a file is told of', async () => {
    const words = ['policy', ...WAIVE, ...table.words];
    const { stderr } = await releaseMatrix(words, { RELEASE_POLICY: 'policy.json' });
    expect(stderr).toBe(
      'RELEASE_POLICY names policy.json: a dashboard of that setting goes by the file, not by the table.\n',
    );
  });

  test('diff says which verdicts would change, and ends with 1 where some would', async () => {
    for (const one of [
      item('v1.2.0', 'backend#api'),
      item('v1.3.0', 'backend#api'),
      item('v1.4.0', 'backend#api', BROKEN),
    ]) {
      await putItem(one);
    }
    await policy('put', fileOf('grace.json', { graceMinutes: 7 }));
    const same = fileOf('same.json', { graceMinutes: 8 });
    expect(await policy('diff', same)).toEqual({
      exitCode: 0,
      stdout: '0 of 3 verdicts would change.\n',
      stderr: '',
    });
    const other = fileOf('other.json', { severities: { 'version-mismatch': 'warning' } });
    expect(await policy('diff', other)).toEqual({
      exitCode: 1,
      stdout: [
        'v1.4.0: fail → pass',
        '  version-mismatch backend#api: error → warning',
        '1 of 3 verdicts would change.',
        '',
      ].join('\n'),
      stderr: '',
    });
    const { changed } = JSON.parse((await policy('diff', other, '--format', 'json')).stdout);
    expect(changed).toMatchObject([{ release: 'v1.4.0', before: 'fail', after: 'pass', findings: [{}] }]);
    await policy('put', other);
    const milder = fileOf('milder.json', { severities: { 'version-mismatch': 'info' } });
    expect(await policy('diff', milder)).toEqual({
      exitCode: 0,
      stdout: '0 of 3 verdicts would change; 1 of the others would have other findings.\n',
      stderr: '',
    });
  });

  test('an open dashboard is told where publishers count', async () => {
    await releaseMatrix(['publish', '--release', 'v1.4.0', '--type', 'backend', '--component', 'api', ...table.words]);
    const before = await table.counters();
    await policy(...WAIVE);
    const now = await table.counters();
    expect([Number(now.total) - Number(before.total), now['release#policy']]).toEqual([1, 1]);
  });
});
