import { expect, test } from 'vitest';
import { comparisonDocument } from '../../src/release/compare/compare-document.ts';
import { deploymentDocument } from '../../src/release/deployed/deployed-document.ts';
import { releaseMatrix } from './command.ts';
import { datedItem as item, ownFiles } from './own-files.ts';

const files = ownFiles();

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];
const shop = (commit: string) => ({ owner: 'shop', repo: 'acme/shop', commit });
/** Of v1.4.0: cart is missing, the two of shop are from two commits, and a workload of nobody's runs an image of pay's. */
const ITEMS = [
  item('v1.3.0', 'backend#cart', { owner: 'cart' }),
  item('v1.3.0', 'backend#pay', { owner: 'pay', artifact: 'ghcr.io/acme/pay:1.3.0' }),
  item('v1.3.0', 'backend#shop-a', shop(A)),
  item('v1.3.0', 'backend#shop-b', shop(A)),
  item('v1.3.0', 'frontend#web', { owner: 'web' }),
  item('v1.3.0', 'k8s#prod-deployment/pay', { imageRef: 'ghcr.io/acme/pay:1.3.0', replicas: 1, readyReplicas: 1 }),
  item('v1.4.0', 'backend#pay', { owner: 'pay', artifact: 'ghcr.io/acme/pay:1.4.0' }),
  item('v1.4.0', 'backend#shop-a', shop(A)),
  item('v1.4.0', 'backend#shop-b', shop(B)),
  item('v1.4.0', 'frontend#web', { owner: 'web' }),
  item('v1.4.0', 'k8s#prod-deployment/pay', { imageRef: 'ghcr.io/acme/pay:1.4.0', replicas: 2, readyReplicas: 1 }),
];

const run = (...words: string[]) =>
  releaseMatrix([...words, '--from', files.put('items.json', ITEMS), '--now', '2026-11-20T12:00:00Z']);
const ownedBy = (...names: string[]) => names.flatMap((name) => ['--owner', name]);

test.each<[owners: string[], listed: string[], others: string[]]>([
  [['cart'], ['missing-component'], ['sibling-commit-mismatch 1', 'not-ready 1']],
  // The workload says no owner: it is whose image it runs.
  [['pay'], ['not-ready'], ['missing-component 1', 'sibling-commit-mismatch 1']],
  [['shop'], ['sibling-commit-mismatch'], ['missing-component 1', 'not-ready 1']],
  [['cart', ' pay '], ['missing-component', 'not-ready'], ['sibling-commit-mismatch 1']],
])('%j: theirs is listed, the rest is counted, and the release stays blocked', async (owners, listed, others) => {
  const { exitCode, stdout } = await run('check', 'v1.4.0', ...ownedBy(...owners), '--format', 'json');
  const { verdict, completeness, findings, owner } = JSON.parse(stdout);
  expect([exitCode, verdict, completeness.present, completeness.expected]).toEqual([1, 'fail', 5, 6]);
  expect(findings.map(({ code }: { code: string }) => code)).toEqual(listed);
  expect(owner.names).toEqual(owners.map((name) => name.trim()));
  expect(owner.others.map(({ code, count }: { code: string; count: number }) => `${code} ${count}`)).toEqual(others);
});

test('each format tells of what others block where nothing of theirs is found', async () => {
  const of = (format: string) => run('check', 'v1.4.0', '--since', 'v1.3.0', ...ownedBy('web'), '--format', format);
  for (const format of ['text', 'markdown', 'junit', 'slack']) {
    const { exitCode, stdout } = await of(format);
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringMatching(/owner `?web`?: nothing; others: 3 errors, which block/),
    ]);
    // Of a check that found something nobody is told that it passed.
    expect(stdout).not.toContain('name="missing-component"');
  }
  const { stdout } = await of('json');
  expect(JSON.parse(stdout).since).toMatchObject({ new: [], still: [], fixed: [], unknown: [] });
  const { stderr } = await run('check', 'v1.4.0', ...ownedBy('pay'), '--format', `github=${files.path('summary.md')}`);
  expect(stderr).toContain('v1.4.0%3A blocked by');
});

test.each([
  ['text', /owner pay: 1 .*others: .*missing-component \(1\)/],
  // Their name is somebody's text: none of it is rendered.
  ['markdown', /\| owner `pay`: 1 .*others: .*missing-component \(1\)/],
])('of all releases each line says what is theirs, and why it is blocked at all: %s', async (format, line) => {
  const { exitCode, stdout } = await run('check', '--all', ...ownedBy('pay'), '--format', format);
  expect([exitCode, stdout]).toEqual([1, expect.stringMatching(line)]);
});

test('compare tells of their components and findings, and counts the others', async () => {
  const { exitCode, stdout } = await run('compare', 'v1.3.0', 'v1.4.0', ...ownedBy('shop'), '--format', 'json');
  const { components, counts, findings, owner } = comparisonDocument.parse(JSON.parse(stdout));
  expect(exitCode).toBe(0);
  expect(components.map(({ component }) => component)).toEqual(['backend#shop-a', 'backend#shop-b']);
  expect([counts.changed, counts.removed]).toEqual([1, 0]);
  expect(findings?.new.map(({ code }) => code)).toEqual(['sibling-commit-mismatch']);
  expect(owner).toEqual({ names: ['shop'], others: 4 });
  expect((await run('compare', 'v1.3.0', 'v1.4.0', ...ownedBy('shop'))).stdout).toContain(
    'Only what shop owns; components of others: 4\n',
  );
});

test('deployed tells of their workloads', async () => {
  const { stdout } = await run('deployed', ...ownedBy('pay', 'cart'), '--format', 'json');
  const { components, owner } = deploymentDocument.parse(JSON.parse(stdout));
  expect(components.map(({ component }) => component)).toEqual(['k8s#pay']);
  expect(owner).toEqual({ names: ['pay', 'cart'], others: 0 });
  expect(await run('deployed', ...ownedBy('shop'))).toMatchObject({
    exitCode: 3,
    stderr: 'Nothing of shop is known to run. Environments: prod.\n',
  });
});

test.each<[words: string[], said: string]>([
  [['check', 'v1.4.0', '--owner', 'Shop'], '--owner: no fragment names the owner Shop. The nearest are shop, '],
  [['check', '--all', '--owner', 'cartt'], '--owner: no fragment names the owner cartt. The nearest are cart, '],
  [['deployed', '--owner', 'the payers'], '--owner: no fragment names the owner the payers. The nearest are '],
  [['compare', 'prev', 'v1.4.0', '--owner', 'shopp'], 'The nearest are shop, '],
  [['check', 'v1.4.0', '--owner', ' '], 'Expected an owner as fragments name it, such as payments.'],
])('%j is refused', async (words, said) => {
  expect(await run(...words)).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringContaining(said) });
});

test('where no fragment names an owner it says so', async () => {
  const path = files.put('unowned.json', [item('v1.4.0', 'backend#a')]);
  const { exitCode, stderr } = await releaseMatrix(['check', 'v1.4.0', '--owner', 'a', '--from', path]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('no fragment names an owner')]);
});
