import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/context/cli-context.ts';
import { principalOf } from '../../src/cli/evidence/principal.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { putItems } from '../../src/store/write-items.ts';
import { eachDynamo } from '../store/each-dynamo.ts';
import { releaseMatrix } from './command.ts';
import { type RunningTable, runningTable } from './running-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
const RC = 'v1.4.0-rc.1';
const ORDERS = { 'backend#orders': { commit: '9f3c2abd41a0' } };
const WEB = { 'frontend#web': { version: '2.0.0' } };
const ITEMS: Item[] = [
  item('v1.3.0', 'backend#orders', { commit: 'aaaaaaa1', date: '2026-10-01T10:00:00Z' }),
  item('v1.3.0', 'frontend#web', { npmVersion: '1.9.0', date: '2026-10-01T10:00:00Z' }),
  item(RC, 'backend#orders', { commit: '9f3c2abd41a0', date: '2026-11-01T10:00:00Z' }),
  item(RC, 'frontend#web', { npmVersion: '2.0.0', date: '2026-11-01T10:00:00Z' }),
  item(RC, 'k8s#preprod-deployment/orders', { replicas: 1, readyReplicas: 1 }),
];
const POLICY = {
  evidence: [
    { name: 'e2e', stages: ['rc'] },
    { name: 'unit', of: 'backend#*', stages: ['rc'] },
    { name: 'qa', by: 'person', stages: ['rc'] },
  ],
};

function item(release: string, key: string, more: Item = {}): Item {
  return { version: release, 'component#name': key, ...more };
}

afterAll(() => rmSync(folder, { recursive: true }));

eachDynamo('against $name', (dynamo) => {
  let table: RunningTable;
  beforeEach(async () => {
    table = await runningTable(dynamo);
    await put(ITEMS);
  });
  afterEach(() => table.drop());

  const put = (items: readonly Item[], keyNames = DOCUMENTED_KEYS) =>
    putItems(dynamo.client, table.table, items, { keyNames });
  const at = (time: string): Partial<CliContext> => ({ now: () => time });
  const run = (words: readonly string[], more: Partial<CliContext> = at('2026-11-20T12:00:00.000Z')) =>
    releaseMatrix([...words, ...table.words], {}, more);
  const itemAt = async (key: string) => (await table.items()).find((one) => one['component#name'] === key);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const PASSED = file('passed.xml', '<testsuite><testcase/><testcase><skipped/></testcase></testsuite>');
  const FAILED = file('failed.xml', '<testsuite><testcase/><testcase><failure/></testcase></testsuite>');

  describe('attest', () => {
    test('writes the result with what there is of the release, and counts the change', async () => {
      const words = ['--junit', PASSED, '--environment', 'qa', '--link', 'https://ci.example/7', '--note', 'at night'];
      const ran = await run(['attest', RC, 'e2e', ...words]);
      expect(ran).toEqual({
        exitCode: 0,
        stdout: 'published          v1.4.0-rc.1  e2e: pass, 2 tests, 0 failed\n',
        stderr: '',
      });
      expect(await itemAt('evidence#e2e')).toEqual({
        ...item(RC, 'evidence#e2e'),
        result: 'pass',
        covers: { ...ORDERS, ...WEB },
        counts: { tests: 2, failures: 0, errors: 0, skipped: 1 },
        environment: 'qa',
        link: 'https://ci.example/7',
        note: 'at night',
        publishedAt: '2026-11-20T12:00:00.000Z',
        writeId: expect.any(String),
      });
      expect(await table.counters()).toEqual({ [`release#${RC}`]: 1, total: 1 });
    });

    test('of one component', async () => {
      const ran = await run([
        'attest',
        RC,
        'unit',
        '--result',
        'fail',
        '--component',
        'backend#orders',
        '--format',
        'json',
      ]);
      expect([ran.exitCode, JSON.parse(ran.stdout).results]).toEqual([
        0,
        [{ place: 'unit', release: RC, key: 'evidence#unit/backend#orders', outcome: 'published' }],
      ]);
      expect(await itemAt('evidence#unit/backend#orders')).toMatchObject({ result: 'fail', covers: ORDERS });
    });

    test('the same again changes nothing; another result replaces it and keeps what it replaced', async () => {
      await run(['attest', RC, 'e2e', '--junit', PASSED]);
      expect((await run(['attest', RC, 'e2e', '--junit', PASSED], at('2026-11-20T13:00:00.000Z'))).stdout).toMatch(
        /^already published {2}v1\.4\.0-rc\.1 {2}e2e: pass/,
      );
      expect(await table.counters()).toEqual({ [`release#${RC}`]: 1, total: 1 });
      expect((await run(['attest', RC, 'e2e', '--junit', FAILED], at('2026-11-20T14:00:00.000Z'))).stdout).toMatch(
        /^replaced {11}v1\.4\.0-rc\.1 {2}e2e: fail, 2 tests, 1 failed/,
      );
      for (let turn = 0; turn < 12; turn++) {
        await run(['attest', RC, 'e2e', '--result', turn % 2 === 0 ? 'pass' : 'fail', '--note', String(turn)]);
      }
      const stored = await itemAt('evidence#e2e');
      expect(stored).toMatchObject({ result: 'fail', note: '11' });
      const replaced = (stored?.replaced ?? []) as readonly Item[];
      expect(replaced.map(({ result, note }) => [result, note]).slice(0, 2)).toEqual([
        ['pass', '10'],
        ['fail', '9'],
      ]);
      expect(replaced).toHaveLength(10);
    });

    test('covers what there was when the snapshot was written, not what came since', async () => {
      const covers = join(folder, 'covers.json');
      expect(await run(['attest', RC, '--snapshot', covers])).toEqual({
        exitCode: 0,
        stdout: '',
        stderr: `2 components of ${RC} are in ${covers}.\n`,
      });
      expect(JSON.parse(readFileSync(covers, 'utf8'))).toEqual({
        schema: 1,
        release: RC,
        readAt: '2026-11-20T12:00:00.000Z',
        covers: { ...ORDERS, ...WEB },
      });
      await put([item(RC, 'backend#orders', { commit: 'd41a07e4c2b1', date: '2026-11-01T10:00:00Z' })]);
      await run(['attest', RC, 'e2e', '--result', 'pass', '--covers', covers]);
      expect((await itemAt('evidence#e2e'))?.covers).toEqual({ ...ORDERS, ...WEB });
      const policy = file('policy.json', JSON.stringify(POLICY));
      const { stdout } = await run(['evidence', RC, '--policy', policy]);
      expect(stdout.split('\n')).toContain(
        'stale    e2e                     asked             CI passed it at 2026-11-20T12:00:00.000Z, but orders was 9f3c2abd41 when e2e ran, is d41a07e4c2',
      );
      expect(JSON.parse((await run(['attest', RC, '--snapshot', '-'])).stdout).covers['backend#orders']).toEqual({
        commit: 'd41a07e4c2b1',
      });
    });

    test('what is carried over is covered, and what the policy ignores is not', async () => {
      const policy = file(
        'carried.json',
        JSON.stringify({
          patchReleases: 'carried',
          roster: [{ component: 'tooling#*', expectation: 'ignored' }, { component: '*' }],
        }),
      );
      await put([
        item('v1.3.1', 'backend#orders', { commit: 'bbbbbbb1', date: '2026-10-09T10:00:00Z' }),
        item('v1.3.1', 'tooling#lint', { date: '2026-10-09T10:00:00Z' }),
      ]);
      await run(['attest', 'v1.3.1', 'e2e', '--result', 'pass', '--policy', policy]);
      expect((await itemAt('evidence#e2e'))?.covers).toEqual({
        'backend#orders': { commit: 'bbbbbbb1' },
        'frontend#web': { version: '1.9.0' },
      });
    });

    test('a name that the policy does not ask for is taken, and said', async () => {
      await put([item('policy', 'policy#release-matrix', { document: POLICY })]);
      const ran = await run(['attest', RC, 'e3e', '--result', 'pass']);
      expect([ran.exitCode, ran.stderr]).toEqual([0, 'The policy asks for e2e, unit, qa, and not for e3e.\n']);
    });

    const BROKEN = file('broken.json', '{"schema": 1}');
    const OTHER = file('other.json', JSON.stringify({ schema: 1, release: 'v1.3.0', readAt: '', covers: ORDERS }));
    const EMPTY = file('empty.json', JSON.stringify({ schema: 1, release: RC, readAt: '', covers: {} }));
    const WORKLOADS = file(
      'k8s.json',
      JSON.stringify({ schema: 1, release: RC, readAt: '', covers: { 'k8s#a': { version: '1' } } }),
    );
    test.each<[name: string, words: string[], exitCode: number, stderr: RegExp]>([
      ['no result', [RC, 'e2e'], 2, /Expected --result pass, --result fail, or --junit/],
      ['two results', [RC, 'e2e', '--result', 'pass', '--junit', PASSED], 2, /not both/],
      ['no name', [RC, '--result', 'pass'], 2, /Expected a name of what was checked/],
      ['a name that is none', [RC, 'E2E', '--result', 'pass'], 2, /Expected small letters, digits and hyphens/],
      ['no report', [RC, 'e2e', '--junit', join(folder, 'none/*.xml')], 2, /matches no file/],
      [
        'a release of which there is nothing',
        ['v9', 'e2e', '--result', 'pass'],
        3,
        /There is no built component of v9: nothing can have been checked. The newest are v1.4.0-rc.1, v1.3.0/,
      ],
      [
        'a component of which there is none',
        [RC, 'unit', '--result', 'pass', '--component', 'backend#cart'],
        3,
        /There is no backend#cart that was built. There are frontend#web, backend#orders/,
      ],
      [
        'a workload',
        [RC, 'smoke', '--result', 'pass', '--component', 'k8s#orders'],
        3,
        /There is no k8s#orders that was built/,
      ],
      [
        'a script for a link',
        [RC, 'e2e', '--result', 'pass', '--link', 'javascript:alert(1)'],
        2,
        /link is not an https:\/\/ address/,
      ],
      [
        'a note that is too long',
        [RC, 'e2e', '--result', 'pass', '--note', 'x'.repeat(4097)],
        2,
        /note is longer than 4096 characters/,
      ],
      [
        'a file that holds no content',
        [RC, 'e2e', '--result', 'pass', '--covers', BROKEN],
        2,
        /is not what attest --snapshot writes: release/,
      ],
      ['no JSON', [RC, 'e2e', '--result', 'pass', '--covers', PASSED], 2, /is not JSON/],
      [
        'content of another release',
        [RC, 'e2e', '--result', 'pass', '--covers', OTHER],
        2,
        /is of v1\.3\.0, not of v1\.4\.0-rc\.1/,
      ],
      ['no content', [RC, 'e2e', '--result', 'pass', '--covers', EMPTY], 2, /holds no component/],
      [
        'content of workloads',
        [RC, 'e2e', '--result', 'pass', '--covers', WORKLOADS],
        2,
        /is not a component that is built/,
      ],
      [
        'a snapshot with a result',
        [RC, 'e2e', '--result', 'pass', '--snapshot', '-'],
        2,
        /--snapshot only writes what there is/,
      ],
    ])('%s is refused, and nothing is written', async (_, words, exitCode, stderr) => {
      const ran = await run(['attest', ...words]);
      expect([ran.exitCode, ran.stdout]).toEqual([exitCode, '']);
      expect(ran.stderr).toMatch(stderr);
      expect(await table.items()).toHaveLength(ITEMS.length);
      expect(await table.counters()).toEqual({});
    });

    test('of a table that cannot be reached nothing is lost: what would have been written is saved', async () => {
      const covers = file('saved.json', JSON.stringify({ schema: 1, release: RC, readAt: '', covers: ORDERS }));
      const home = process.cwd();
      process.chdir(folder);
      try {
        const words = [
          'attest',
          RC,
          'e2e',
          '--result',
          'pass',
          '--covers',
          covers,
          '--table',
          'Releases',
          '--endpoint',
          'http://127.0.0.1:1',
        ];
        const ran = await releaseMatrix(words);
        expect([ran.exitCode, ran.stdout]).toEqual([3, `not tried          ${RC}  e2e: pass\n`]);
        expect(ran.stderr).toMatch(
          /1 not written; saved as unpublished-evidence\.ndjson\. Continue with: release-matrix import unpub/,
        );
      } finally {
        process.chdir(home);
      }
      const saved = join(folder, 'unpublished-evidence.ndjson');
      expect((await run(['import', saved])).exitCode).toBe(0);
      rmSync(saved);
      expect(await itemAt('evidence#e2e')).toMatchObject({ result: 'pass', covers: ORDERS });
    });
  });

  describe('sign', () => {
    const KEY = `${RC}#qa#emulator/releasematrix`;
    test('writes it under the protected key, by whoever the credentials are of', async () => {
      const ran = await run(['sign', RC, 'qa', '--reason', 'tried it all']);
      expect(ran).toEqual({
        exitCode: 0,
        stdout: `published          ${RC}  qa by emulator/releasematrix: signed\n`,
        stderr: '',
      });
      expect(await itemAt(KEY)).toEqual({
        ...item('release-matrix:sign-offs', KEY),
        result: 'pass',
        covers: { ...ORDERS, ...WEB },
        note: 'tried it all',
        arn: 'emulator:releasematrix',
        publishedAt: '2026-11-20T12:00:00.000Z',
        writeId: expect.any(String),
      });
      expect(await table.counters()).toEqual({ 'release#release-matrix:sign-offs': 1, total: 1 });
      expect((await run(['sign', RC, 'qa', '--reason', 'tried it all'])).stdout).toMatch(/^already published/);
    });

    test('rejects, takes it back, and signs again', async () => {
      const policy = file('qa.json', JSON.stringify({ evidence: [{ name: 'qa', by: 'person', stages: ['rc'] }] }));
      const state = async () =>
        JSON.parse((await run(['evidence', RC, '--policy', policy, '--format', 'json'])).stdout).evidence[0].state;
      expect(await state()).toBe('missing');
      expect((await run(['sign', RC, 'qa', '--reject', '--reason', 'the cart forgets'])).stdout).toMatch(
        /qa by emulator\/releasematrix: rejected/,
      );
      expect(await state()).toBe('failed');
      const check = await run(['check', RC, '--policy', policy]);
      expect([check.exitCode, check.stdout]).toEqual([
        1,
        expect.stringMatching(/error {2}evidence-failed: emulator\/releasematrix rejects v1\.4\.0-rc\.1 \(qa\)/),
      ]);
      expect((await run(['sign', RC, 'qa', '--revoke'], at('2026-11-20T13:00:00.000Z'))).stdout).toMatch(
        /^replaced .*taken back/,
      );
      expect(await itemAt(KEY)).toMatchObject({ result: 'fail', revoked: true, note: 'the cart forgets' });
      expect(await state()).toBe('missing');
      await run(['sign', RC, 'qa'], at('2026-11-20T14:00:00.000Z'));
      expect(await state()).toBe('held');
      expect((await itemAt(KEY))?.replaced).toHaveLength(2);
      expect((await run(['check', RC, '--policy', policy])).exitCode).toBe(0);
    });

    test.each<[name: string, words: string[], exitCode: number, stderr: RegExp]>([
      [
        'what was never signed cannot be taken back',
        [RC, 'qa', '--revoke'],
        2,
        /emulator\/releasematrix has not signed qa of v1\.4\.0-rc\.1/,
      ],
      ['two wishes', [RC, 'qa', '--revoke', '--reject'], 2, /not both/],
      ['an identity by an option', [RC, 'qa', '--by', 'jane'], 2, /unknown option '--by'/],
      ['a release of which there is nothing', ['v9', 'qa'], 3, /There is no built component of v9/],
    ])('%s', async (_, words, exitCode, stderr) => {
      const ran = await run(['sign', ...words]);
      expect(ran.exitCode).toBe(exitCode);
      expect(ran.stderr).toMatch(stderr);
      expect(await table.items()).toHaveLength(ITEMS.length);
    });

    test.each([
      ['arn:aws:sts::111122223333:assumed-role/Release/jane@acme.com', 'Release/jane@acme.com'],
      [
        'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Release_0123456789abcdef/jane',
        'AWSReservedSSO_Release_0123456789abcdef/jane',
      ],
      ['arn:aws-us-gov:iam::111122223333:user/jane', 'user/jane'],
      ['arn:aws:iam::111122223333:user/division/team/jane', 'user/jane'],
      ['arn:aws:sts::111122223333:federated-user/jane', 'federated-user/jane'],
      ['emulator:local', 'emulator/local'],
    ])('%s signs as %s', (arn, principal) => {
      expect(principalOf(arn)).toBe(principal);
    });

    test.each([
      '',
      'jane',
      'arn:aws:iam::111122223333:root',
      'arn:aws:sts::1:assumed-role/Release',
      'arn:aws:sts::1:assumed-role/a/b#c',
      'emulator:a b',
    ])('nobody signs as %j', (arn) => {
      expect(() => principalOf(arn)).toThrow(/expected a user, or the session of a role/);
    });
  });

  describe('evidence', () => {
    const SAID: Item[] = [
      item(RC, 'evidence#e2e', {
        result: 'pass',
        covers: { ...ORDERS, ...WEB },
        publishedAt: '2026-11-02T10:00:00Z',
        link: 'https://ci.example/7',
        note: 'a|b `c` \u001b[31m',
      }),
      item(RC, 'evidence#scan', { result: 'fail', covers: ORDERS, publishedAt: '2026-11-02T10:00:00Z' }),
    ];
    test('is told for people, for a pull request and for programs', async () => {
      await put([...SAID, item('policy', 'policy#release-matrix', { document: POLICY })]);
      const said = async (format: string) => {
        const ran = await run(['evidence', RC, '--format', format]);
        expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
        return ran.stdout;
      };
      expect(await said('text')).toMatchInlineSnapshot(`
        "v1.4.0-rc.1: 1 of 3 asked of a candidate
        held     e2e                     asked             CI passed it at 2026-11-02T10:00:00.000Z (a|b \`c\` ⟨U+001B⟩[31m)
        missing  unit of backend#orders  asked
        missing  qa                      signed by 0 of 1
        failed   scan                    not asked         CI failed it at 2026-11-02T10:00:00.000Z, but web came since
        "
      `);
      expect(await said('markdown')).toMatchInlineSnapshot(`
        "## Evidence of \`v1.4.0-rc.1\`

        1 of 3 asked of a candidate

        |  | what |  | said |
        | --- | --- | --- | --- |
        | held | \`e2e\` | asked | \`\`CI passed it at 2026-11-02T10:00:00.000Z (a⟨U+007C⟩b \`c\` ⟨U+001B⟩[31m)\`\` [report](https://ci.example/7) (\`ci.example\`) |
        | missing | \`unit\` of \`backend#orders\` | asked |  |
        | missing | \`qa\` | signed by 0 of 1 |  |
        | failed | \`scan\` | not asked | \`CI failed it at 2026-11-02T10:00:00.000Z, but web came since\` |
        "
      `);
      expect(JSON.parse(await said('json'))).toMatchObject({
        schema: 1,
        release: RC,
        stage: 'rc',
        evaluatedAs: 'rc',
        evidence: [
          { name: 'e2e', state: 'held', asked: true },
          { name: 'unit', of: 'backend#orders', state: 'missing', said: [] },
          { name: 'qa', byPerson: true, state: 'missing', minimum: 1, have: 0 },
          { name: 'scan', state: 'failed', asked: false },
        ],
      });
    });

    test('of a release of which there is nothing it says so', async () => {
      const ran = await run(['evidence', 'v9']);
      expect([ran.exitCode, ran.stdout]).toEqual([3, '']);
    });

    test('comes through an export and an import with the rest of the table', async () => {
      await put([
        ...SAID,
        item('release-matrix:sign-offs', `${RC}#qa#Release/jane`, {
          result: 'pass',
          covers: ORDERS,
          publishedAt: '2026-11-02T10:00:00Z',
        }),
      ]);
      const exported = join(folder, 'all.ndjson');
      expect((await run(['export', exported])).exitCode).toBe(0);
      const before = await table.items();
      await table.drop();
      table = await runningTable(dynamo);
      expect((await run(['import', exported])).exitCode).toBe(0);
      const bare = (items: readonly Item[]) =>
        items.map(({ writeId: _, publishedAt: __, ...rest }) => JSON.stringify(rest)).sort();
      expect(bare(await table.items())).toEqual(bare(before));
    });
  });

  test('evidence is no component that can be published', async () => {
    const ran = await run(['publish', '--release', RC, '--type', 'evidence', '--component', 'e2e']);
    expect([ran.exitCode, ran.stderr]).toEqual([
      2,
      expect.stringMatching(/is not a type of components: release-matrix attest writes evidence/),
    ]);
  });

  test('in a table whose keys are called otherwise', async () => {
    await table.drop();
    const keys = { release: 'pk', component: 'sk' };
    table = await runningTable(dynamo, keys);
    await put(
      ITEMS.map(({ version: pk = null, 'component#name': sk = null, ...rest }) => ({ pk, sk, ...rest })),
      keys,
    );
    expect((await run(['attest', RC, 'e2e', '--result', 'pass'])).exitCode).toBe(0);
    expect((await run(['sign', RC, 'qa'])).exitCode).toBe(0);
    const written = (await table.items()).flatMap(({ pk, sk }) =>
      String(sk).includes('orders') ? [] : [`${pk} ${sk}`],
    );
    expect(written.sort()).toEqual(
      [
        `release-matrix:sign-offs ${RC}#qa#emulator/releasematrix`,
        `${RC} evidence#e2e`,
        `${RC} frontend#web`,
        'v1.3.0 frontend#web',
      ].sort(),
    );
  });
});
