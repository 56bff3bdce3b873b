import { expect, test } from 'vitest';
import { releaseMatrix } from './command.ts';
import { datedItem as item, ownFiles } from './own-files.ts';

const { put: file } = ownFiles();

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];

/** The verdict, its reasons, how much is there, and the findings of the parts of v1.4.1 that are asked for. */
async function ask(
  items: readonly object[],
  only: readonly string[],
  more: readonly string[] = [],
  policy: object = {},
) {
  const files = ['--from', file('items.json', items), '--policy', file('policy.json', policy)];
  const words = ['check', 'v1.4.1', ...only.flatMap((one) => ['--only', one]), '--format', 'json', ...more, ...files];
  const { exitCode, stdout, stderr } = await releaseMatrix([...words, '--now', '2026-11-20T12:00:00Z']);
  const { verdict, unknown, completeness, findings, only: said } = JSON.parse(stdout);
  expect(said).toEqual(only);
  return {
    exitCode,
    said: [verdict, ...unknown, `${completeness.present}/${completeness.expected}`, ...completeness.missing].join(' '),
    findings: findings.map(({ code }: { code: string }) => code),
    stderr: stderr.split('\n').filter((line) => line.includes('lacks')),
  };
}

const STABLE = ['backend#a', 'backend#b', 'infra#helm-a'].map((key) =>
  item('v1.4.0', key, { repo: 'acme/x', commit: A }),
);

test('a part passes by itself, whatever the rest of the release lacks', async () => {
  const items = [...STABLE, item('v1.4.1', 'backend#a', { repo: 'acme/x', commit: B })];
  expect(await ask(items, ['backend#a'])).toEqual({ exitCode: 0, said: 'pass 1/1', findings: [], stderr: [] });
});

test('what is not there is waited for, whoever expects it and at whatever stage, and is never a pass', async () => {
  const items = [...STABLE, item('v1.4.1', 'backend#a')];
  expect(await ask(items, ['backend#a', 'lambda#new'], ['--wait', '1m', '--as', 'alpha'])).toEqual({
    exitCode: 3,
    said: 'unknown no-fragments 1/2 lambda#new',
    findings: [],
    stderr: ['v1.4.1 still lacks lambda#new; waiting for up to 1m'],
  });
});

test('what the policy carries over is not there for that', async () => {
  const items = [...STABLE, item('v1.4.1', 'backend#a')];
  const { said } = await ask(items, ['backend#b'], [], { patchReleases: 'carried' });
  expect(said).toBe('unknown no-fragments 0/1 backend#b');
});

test('nothing older stands in for what is still to come', async () => {
  // The chart is of the new service, of which the release would else have the old one.
  const items = [
    ...STABLE.map((one) => ({ ...one, componentVersion: '1.4.0' })),
    item('v1.4.1', 'infra#helm-a', { appVersion: '1.4.1' }),
  ];
  const whole = await releaseMatrix([
    ...['check', 'v1.4.1', '--from', file('items.json', items)],
    ...['--policy', file('policy.json', { patchReleases: 'carried' })],
  ]);
  expect([whole.exitCode, whole.stdout.includes('chart-app-mismatch')]).toEqual([1, true]);
  const part = await ask(items, ['infra#helm-a'], [], { patchReleases: 'carried' });
  expect([part.exitCode, part.findings]).toEqual([0, []]);
});

test('what is found of a part blocks it, also where it is told of another first; what is found of others does not', async () => {
  const items = [
    ...STABLE,
    item('v1.4.1', 'backend#a', { repo: 'acme/x', commit: A, componentVersion: '1.4.1' }),
    item('v1.4.1', 'backend#b', { repo: 'acme/x', commit: B, componentVersion: '1.4.1-rc.1' }),
    item('v1.4.1', 'infra#helm-a'),
  ];
  const of = async (id: string) => (await ask(items, [id])).findings;
  expect([await of('backend#a'), await of('backend#b'), await of('infra#helm-a')]).toEqual([
    ['sibling-commit-mismatch'],
    ['immature-version', 'sibling-commit-mismatch'],
    [],
  ]);
});

test('a withdrawn release has no part that passes', async () => {
  const withdrawn = [{ release: 'v1.4.1', reason: 'Loses data', by: 'rm', date: '2026-11-18' }];
  const items = [...STABLE, item('v1.4.1', 'backend#a')];
  expect(await ask(items, ['backend#a'], [], { withdrawn })).toMatchObject({
    exitCode: 1,
    findings: ['withdrawn-release'],
  });
});

test.each<[words: string[], said: string]>([
  [['check', '--all', '--only', 'backend#a'], '--only is for one release, not for --all.'],
  [
    ['check', 'v1.4.1', '--only', 'api'],
    "error: option '--only <component>' argument 'api' is invalid. Expected <type>#<name>, such as backend#api.",
  ],
])('%j is refused', async (words, said) => {
  expect(await releaseMatrix(words)).toEqual({ exitCode: 2, stdout: '', stderr: `${said}\n` });
});
