import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OwnTable, ownTable } from '../cli/running-table.ts';
import { COMMIT, canBeAnybody, jobContainer, noJobContainer } from './job-container.ts';
import { builtAction } from './step-runner.ts';

const reason = noJobContainer();
if (reason !== null) process.stderr.write(`Not run: the action in the container of a job. ${reason}\n`);

/** A push of a tag, which brings along what a checkout would tell. */
const PUSH = { head_commit: { id: COMMIT, timestamp: '2026-11-20T11:00:00+01:00' } };
const ITEMS = ['v1.3.0', 'v1.4.0'].flatMap((version) =>
  ['backend#auth', 'frontend#shell'].map((component) => ({ version, 'component#name': component })),
);
/** Hosted runners own their folders by 1001, which `options: --user 1001` makes the user of the job. */
const USERS = [{ user: 0 }, ...(canBeAnybody() ? [{ user: 1001 }] : [])];

describe.skipIf(reason !== null)('in the container of a job', () => {
  let built: ReturnType<typeof builtAction>;
  let table: OwnTable;
  beforeAll(async () => {
    built = builtAction();
    table = await ownTable();
  });
  afterAll(async () => {
    await table.close();
    built.remove();
  });

  describe.each(USERS)('as user $user', ({ user }) => {
    let container: ReturnType<typeof jobContainer>;
    beforeAll(() => {
      container = jobContainer(built.folder, user);
    });
    afterAll(() => container.remove());

    /** What stands in the table, by a session of AWS that an action before has exported. */
    const there = (inputs: Readonly<Record<string, string>>) =>
      container.run({ table: table.table, endpoint: table.origin, ...inputs }, PUSH, {
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'a-secret',
        AWS_SESSION_TOKEN: 'a-token',
      });

    test('there is nothing but the runner’s Node, which nobody can change', async () => {
      const tried = await container.evaluate(`
        import { spawnSync } from 'node:child_process';
        import { existsSync, readdirSync, writeFileSync } from 'node:fs';
        const programs = ['node', 'sh', 'git', 'cat'].filter((name) => spawnSync(name).error?.code !== 'ENOENT');
        const folders = ['/bin', '/usr/bin', '/etc', '/etc/ssl/certs', '/tmp', '/root'].filter((path) => existsSync(path));
        let written = 'written';
        try { writeFileSync(process.execPath, ''); } catch ({ code }) { written = code; }
        console.log(JSON.stringify({ programs, folders, written, node: process.execPath, top: readdirSync('/').sort(), user: process.getuid() }));
      `);
      expect(tried).toMatchObject({ status: 0, stderr: '' });
      const { top, written, ...rest } = JSON.parse(tried.stdout);
      expect(rest).toEqual({ programs: [], folders: [], node: '/__e/node24/bin/node', user });
      expect(written).toMatch(/^(?:EROFS|EACCES|ETXTBSY)$/);
      expect(top.filter((name: string) => !/^(?:usr|lib\d*)$/.test(name))).toEqual([
        '__e',
        '__w',
        'dev',
        'github',
        'proc',
      ]);
    });

    test.each([
      { items: ITEMS, more: {}, status: 0, verdict: 'pass' },
      { items: ITEMS.slice(1), more: { release: 'v1.3.0' }, status: 3, verdict: 'unknown' },
      { items: ITEMS.slice(0, -1), more: { format: 'text\ngithub\njunit=verdict.xml' }, status: 1, verdict: 'fail' },
    ])('it gates what a file of the workspace holds: $verdict', async ({ items, more, status, verdict }) => {
      container.write('items.json', JSON.stringify(items));
      const ran = await container.run({ command: 'check', release: 'v1.4.0', from: 'items.json', ...more }, PUSH, {});
      expect([ran.status, ran.outputs.verdict, ran.outputs['exit-code']]).toEqual([status, verdict, String(status)]);
      expect(JSON.parse(ran.outputs.json ?? '')).toMatchObject({ verdict });
      // Where the steps after it can read it.
      expect(ran.outputs.report).toMatch(/^\/__w\/_temp\/release-matrix-\w+\/report\.txt$/);
      expect(container.exists(ran.outputs.report ?? '')).toBe(true);
      if (verdict === 'fail') {
        expect(ran.summary).toMatch(/^## ❌ FAIL `v1\.4\.0`/);
        expect(container.exists('/__w/shop/shop/verdict.xml')).toBe(true);
      }
    });

    test('it publishes with what the event tells, and gates', async () => {
      const component = `api-${user}`;
      const before = {
        release: 'v1.3.0',
        type: 'backend',
        component,
        ...{ commit: COMMIT, date: '2026-11-01T00:00:00Z' },
      };
      expect(await there({ command: 'publish', ...before })).toMatchObject({ status: 0, stderr: '' });
      const ran = await there({ command: 'publish', type: 'backend', component, owner: 'payments' });
      expect(ran).toMatchObject({
        status: 0,
        stdout: `published          v1.4.0  backend#${component}\n`,
        stderr: '',
        outputs: { 'exit-code': '0', verdict: '' },
      });
      expect(JSON.parse(ran.outputs.fragments ?? '')).toMatchObject([{ release: 'v1.4.0', outcome: 'published' }]);
      expect(await table.items()).toContainEqual(
        expect.objectContaining({
          version: 'v1.4.0',
          'component#name': `backend#${component}`,
          commit: COMMIT,
          date: '2026-11-20T10:00:00.000Z',
          repo: 'acme/shop',
          owner: 'payments',
        }),
      );
      // Long after the last of it, when nothing is on its way any more.
      const now = new Date(Date.now() + 3 * 24 * 3_600_000).toISOString();
      const gated = await there({ command: 'check', release: 'v1.4.0', now });
      expect(gated).toMatchObject({ status: 0, stderr: '', outputs: { verdict: 'pass', unknown: '[]' } });
    });

    test('without AWS’s credentials it says so, and could not tell', async () => {
      const ran = await container.run({ command: 'check', release: 'v1.4.0', region: 'eu-central-1' }, PUSH, {
        // Nobody answers for the machine: the SDK asks no further.
        AWS_EC2_METADATA_DISABLED: 'true',
      });
      expect(ran).toMatchObject({ status: 3, stdout: '', outputs: { verdict: 'unknown', 'exit-code': '3' } });
      expect(ran.stderr).toMatch(/credentials/i);
    });
  });
});
