import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { item } from '../release/items.ts';
import { releaseMatrix } from './command.ts';

const WAIVER = {
  code: 'frozen',
  release: 'v1.4.0',
  environment: 'prod',
  reason: 'Agreed with the shop',
  by: 'jane',
  expires: '2026-12-31',
};
const POLICY = {
  freezes: [{ environment: 'prod', from: '2026-12-20', to: '2027-01-02', reason: 'Christmas trade' }],
  lines: { '1.4': { due: '2026-12-23', manager: 'jane' } },
  withdrawn: [{ environment: 'uat', reason: 'its tests run in qa', by: 'jane', date: '2026-09-30' }],
};

let folder = '';
const fileOf = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-environment-'));
  fileOf('items.json', [
    item('v1.3.0', 'backend#api'),
    item('v1.4.0', 'backend#api'),
    item('v1.4.0', 'k8s#canary-deployment/api', { replicas: 1, readyReplicas: 1 }),
  ]);
  fileOf('policy.json', POLICY);
  fileOf('waived.json', { ...POLICY, waivers: [WAIVER] });
});
afterAll(() => rmSync(folder, { recursive: true }));

const check = (policy: string, now: string, ...words: string[]) =>
  releaseMatrix(
    ['check', 'v1.4.0', '--from', join(folder, 'items.json'), '--policy', join(folder, policy), '--now', now].concat(
      words,
    ),
  );

test.each<[name: string, policy: string, now: string, words: string[], exitCode: number, findings: string[]]>([
  [
    'during a freeze it blocks',
    'policy.json',
    '2026-12-24T12:00:00Z',
    ['--environment', 'production'],
    1,
    ['frozen prod'],
  ],
  ['before it, it does not', 'policy.json', '2026-12-19T12:00:00Z', ['--environment', 'prod'], 0, []],
  ['nor for another environment', 'policy.json', '2026-12-24T12:00:00Z', ['--environment', 'qa'], 0, []],
  ['nor for one that only the table knows', 'policy.json', '2026-12-24T12:00:00Z', ['--environment', 'canary'], 0, []],
  ['nor where nobody asks', 'policy.json', '2026-12-24T12:00:00Z', [], 0, []],
  [
    'nor where it is waived',
    'waived.json',
    '2026-12-24T12:00:00Z',
    ['--environment', 'prod'],
    0,
    ['frozen prod waived'],
  ],
])('%s', async (_, policy, now, words, exitCode, findings) => {
  const said = await check(policy, now, ...words, '--format', 'json');
  const document = JSON.parse(said.stdout);
  const found = document.findings.map(({ code, environment, waived }: Record<string, unknown>) =>
    [code, environment, ...(waived === null ? [] : ['waived'])].join(' '),
  );
  expect([said.exitCode, found, document.environment]).toEqual([
    exitCode,
    findings,
    words[1] === undefined ? undefined : words[1].slice(0, 6).replace('produc', 'prod'),
  ]);
});

test('as text, with how the line stands to its day', async () => {
  const { stdout } = await check('policy.json', '2026-12-24T12:00:00Z', '--environment', 'prod');
  // The stable release is there and nothing but the freeze blocks it: its line is due no more.
  expect(stdout.split('\n').slice(0, 6)).toEqual([
    'FAIL  v1.4.0 (stable): 1 error',
    'complete: 1 of 1 (roster inferred)',
    'before the roll-out to prod',
    '',
    'error  frozen: prod is frozen until 2027-01-02',
    '  Christmas trade. The freeze began 2026-12-20.',
  ]);
});

test('all releases at once', async () => {
  const words = ['check', '--all', '--from', join(folder, 'items.json'), '--policy', join(folder, 'policy.json')];
  const said = await releaseMatrix([...words, '--now', '2026-12-24T12:00:00Z', '--environment', 'prod']);
  expect(said.exitCode).toBe(1);
  expect(said.stdout).toMatch(/FAIL +v1\.4\.0 +stable +1 of 1 +1 error +frozen \(1\)/);
});

test.each([
  ['a slip of the pen', 'prdo', /expected one of dev, qa, staging, preprod, prod, canary, received prdo/],
  ['one that is withdrawn', 'UAT', /uat is withdrawn since 2026-09-30: its tests run in qa \(jane\)/],
])('%s is refused', async (_, name, words) => {
  const said = await check('policy.json', '2026-12-24T12:00:00Z', '--environment', name);
  expect([said.exitCode, said.stdout]).toEqual([2, '']);
  expect(said.stderr).toMatch(words);
});

test('deployed marks what is withdrawn, and says which environments are hidden', async () => {
  const items = fileOf('running.json', [
    item('v1.4.0', 'k8s#prod-deployment/api', { replicas: 1, readyReplicas: 1 }),
    item('v1.4.0', 'k8s#uat-deployment/api', { replicas: 1, readyReplicas: 1 }),
  ]);
  const release = { release: 'v1.4.0', reason: 'deletes drafts', by: 'jane', date: '2026-11-18' };
  const policy = fileOf('gone.json', { withdrawn: [...POLICY.withdrawn, release] });
  const deployed = async (format: string) =>
    (await releaseMatrix(['deployed', '--from', items, '--policy', policy, '--format', format])).stdout;
  expect(await deployed('text')).toBe(
    [
      'component  prod',
      'k8s#api    1.4.0 1/1, withdrawn',
      '',
      'Hidden, as withdrawn: uat (2026-09-30, jane: its tests run in qa)',
      'read 2026-11-20T12:00:00.000Z',
      '',
    ].join('\n'),
  );
  expect(await deployed('markdown')).toContain('Hidden, as withdrawn: `uat (2026-09-30, jane: its tests run in qa)`');
  expect(JSON.parse(await deployed('json'))).toMatchObject({
    environments: [{ name: 'prod' }],
    components: [{ environments: { prod: { marks: ['withdrawn'], behindStable: null } } }],
    withdrawn: [{ name: 'uat', reason: 'its tests run in qa', by: 'jane', date: '2026-09-30' }],
  });
});

test('a line that is late says so in every format that people read', async () => {
  const items = fileOf('candidate.json', [
    item('v1.3.0', 'backend#api'),
    item('v1.3.0', 'backend#web'),
    item('v1.4.0-rc.1', 'backend#api'),
  ]);
  const words = [
    'check',
    'v1.4.0-rc.1',
    '--from',
    items,
    '--policy',
    join(folder, 'policy.json'),
    '--now',
    '2026-12-26T12:00:00Z',
  ];
  for (const [format, line] of [
    ['text', 'line 1.4.0: 3 days late, 1 not ready (2026-12-23, jane)'],
    ['markdown', 'line 1.4.0: 3 days late, 1 not ready (2026-12-23, `jane`)'],
    ['slack', 'line 1.4.0: 3 days late, 1 not ready (2026-12-23, `jane`)'],
  ] as const) {
    expect((await releaseMatrix([...words, '--format', format])).stdout).toContain(line);
  }
  const { due } = JSON.parse((await releaseMatrix([...words, '--format', 'json'])).stdout);
  expect(due).toEqual({
    line: '1.4.0',
    due: '2026-12-23',
    manager: 'jane',
    link: null,
    late: true,
    days: 3,
    notReady: 1,
  });
});
