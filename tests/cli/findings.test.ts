import { expect, test } from 'vitest';
import { findingsDocument } from '../../src/release/report/findings-document.ts';
import { releaseMatrix } from './command.ts';
import { datedItem as item, ownFiles } from './own-files.ts';

const files = ownFiles();

/**
 * Nothing says what belongs to v1.2.0; v1.3.0 is past and lacks cart; v1.4.0 has a workload that is not ready, and one at
 * 0, which is waived; nothing is found in v1.5.0-alpha.1, and one item says no release.
 */
const ITEMS = [
  item('v1.2.0', 'backend#cart', { owner: 'shop' }),
  item('v1.2.0', 'backend#pay', { owner: 'pay' }),
  item('v1.3.0', 'backend#pay', { owner: 'pay' }),
  item('v1.4.0', 'backend#pay', { owner: 'money' }),
  item('v1.4.0', 'k8s#prod-deployment/pay', { replicas: 2, readyReplicas: 1, owner: 'money' }),
  item('v1.4.0', 'k8s#dev-deployment/mail', { replicas: 0, owner: 'post' }),
  item('v1.5.0-alpha.1', 'backend#pay', { owner: 'money' }),
  { some: 'thing' },
];
const POLICY = {
  waivers: [{ code: 'scaled-to-zero', release: 'v1.4.0', reason: 'no | @mail', by: 'ann', expires: '2026-12-31' }],
};

const ask = (items: readonly object[], ...words: string[]) =>
  releaseMatrix([
    ...['findings', '--from', files.put('items.json', items), '--policy', files.put('policy.json', POLICY)],
    ...['--now', '2026-11-20T12:00:00Z', ...words],
  ]);
const run = (...words: string[]) => ask(ITEMS, ...words);

test('as text: a line for each under its release, the worst first, then of what nothing can be said', async () => {
  expect(await run()).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: [
      'v1.4.0',
      'error   not-ready          money  pay in prod: 1 of 2 ready',
      'waived  scaled-to-zero     post   mail in dev is scaled to zero',
      '',
      'v1.3.0',
      'error   missing-component  shop   cart is missing from v1.3.0',
      '',
      '2 errors, 1 waived in 2 of 4 releases',
      'Unknown (nothing says what belongs to it): v1.2.0',
      '1 item of no known release cannot be read',
      'read 2026-11-20T12:00:00.000Z',
      '',
    ].join('\n'),
  });
});

test('as Markdown: a table for each release, what somebody wrote in code', async () => {
  expect((await run('--format', 'markdown')).stdout.split('\n\n')).toEqual([
    '### `v1.4.0`',
    [
      '| severity | code | owner | finding | what to do |',
      '| --- | --- | --- | --- | --- |',
      '| error | not-ready | `money` | pay in prod: 1 of 2 ready | Look at the roll-out of pay; publish again once it is finished. |',
      '| waived | scaled-to-zero | `post` | mail in dev is scaled to zero | Waived until `2026-12-31` by ann: no `⟨U+007C⟩` `@mail` |',
    ].join('\n'),
    '### `v1.3.0`',
    [
      '| severity | code | owner | finding | what to do |',
      '| --- | --- | --- | --- | --- |',
      '| error | missing-component | `shop` | cart is missing from `v1.3.0` | Publish the fragment of cart for `v1.3.0`, or look into its pipeline. |',
    ].join('\n'),
    '2 errors, 1 waived in 2 of 4 releases.',
    'Unknown (nothing says what belongs to it): `v1.2.0`.',
    '1 item of no known release cannot be read.',
    'Read 2026-11-20T12:00:00.000Z.\n',
  ]);
});

test('as CSV: a line for each, and for what nothing can be said of', async () => {
  expect((await run('--format', 'csv')).stdout.split('\r\n')).toEqual([
    '"code","severity","release","component","owner","environment","finding","why","what to do","waived"',
    '"not-ready","error","v1.4.0","k8s#pay","money","prod","pay in prod: 1 of 2 ready","1 of 2 replicas are ready.","Look at the roll-out of pay; publish again once it is finished.",""',
    `"scaled-to-zero","warning","v1.4.0","k8s#mail","post","dev","mail in dev is scaled to zero","Its desired count is 0: nothing of it runs.","Scale it up, or waive it where nothing should run.","until 2026-12-31 by ann: no | '@mail"`,
    '"missing-component","error","v1.3.0","backend#cart","shop","","cart is missing from v1.3.0","The stable releases before have it (v1.2.0); last seen in v1.2.0.","Publish the fragment of cart for v1.3.0, or look into its pipeline.",""',
    '"","unknown","v1.2.0","","","","cannot be told","nothing says what belongs to it","",""',
    '"","unknown","","","","","1 item of no known release cannot be read","","",""',
    '',
  ]);
});

test('as JSON it is the published document', async () => {
  const { findings, ...document } = findingsDocument.parse(JSON.parse((await run('--format', 'json')).stdout));
  expect(document).toEqual({
    schema: 1,
    readAt: '2026-11-20T12:00:00.000Z',
    releases: 4,
    unknown: [{ release: 'v1.2.0', reasons: ['no-roster'], why: 'nothing says what belongs to it' }],
    unreadable: 1,
  });
  expect(findings.map(({ code }) => code)).toEqual(['not-ready', 'scaled-to-zero', 'missing-component']);
  expect(findings[0]).toEqual({
    code: 'not-ready',
    severity: 'error',
    release: 'v1.4.0',
    component: 'k8s#pay',
    environment: 'prod',
    details: { desired: 2, ready: 1, waitsFor: 'readiness', updated: null, available: null },
    waived: null,
    message: 'pay in prod: 1 of 2 ready',
    owner: 'money',
    why: '1 of 2 replicas are ready.',
    whatToDo: 'Look at the roll-out of pay; publish again once it is finished.',
  });
});

const EVERYTHING = { current: false, owner: [], severity: [], code: [], waived: 'show' };
test.each<[words: string, found: string[], only: object, said: string]>([
  ['--owner shop', ['missing-component'], { owner: ['shop'], others: 2 }, 'Only what shop owns. Other findings: 2'],
  [
    '--owner shop --owner post --owner shop',
    ['scaled-to-zero', 'missing-component'],
    { owner: ['shop', 'post'], others: 1 },
    'Only what shop, post own. Other findings: 1',
  ],
  // It is money's now.
  ['--owner pay', [], { owner: ['pay'], others: 3 }, 'Only what pay owns. Other findings: 3'],
  [
    '--current',
    ['not-ready', 'scaled-to-zero'],
    { current: true, others: 1 },
    'Only current releases. Other findings: 1',
  ],
  [
    '--severity warning --severity info',
    ['scaled-to-zero'],
    { severity: ['warning', 'info'], others: 2 },
    'Only warnings, notes. Other findings: 2',
  ],
  ['--code not-ready', ['not-ready'], { code: ['not-ready'], others: 2 }, 'Only not-ready. Other findings: 2'],
  [
    '--current --waived hide',
    ['not-ready'],
    { current: true, waived: 'hide', others: 2 },
    'Only current releases; not waived. Other findings: 2',
  ],
  ['--waived only', ['scaled-to-zero'], { waived: 'only', others: 2 }, 'Only waived. Other findings: 2'],
])('%s: a part says what it is of, and never that all is well', async (words, found, only, said) => {
  const { stdout } = await run(...words.split(' '), '--format', 'json');
  const document = findingsDocument.parse(JSON.parse(stdout));
  expect([document.findings.map(({ code }) => code), document.only, document.unreadable]).toEqual([
    found,
    { ...EVERYTHING, ...only },
    1,
  ]);
  // Whether v1.2.0 is whole nobody knows; it is past.
  expect(document.unknown.map(({ release }) => release)).toEqual(words.includes('--current') ? [] : ['v1.2.0']);
  expect((await run(...words.split(' '))).stdout.split('\n')).toContain(said);
});

test('where nothing is found it says in how many releases, and of which nothing can be said', async () => {
  const items = ITEMS.slice(0, 2);
  expect((await ask(items)).stdout).toBe(
    [
      'No findings in 1 release',
      'Unknown (nothing says what belongs to it): v1.2.0',
      'read 2026-11-20T12:00:00.000Z',
      '',
    ].join('\n'),
  );
  expect((await ask(items, '--format', 'markdown')).stdout).toMatch(/^No findings in 1 release\.\n\nUnknown /);
});

test.each<[items: readonly object[], words: string[], exitCode: number, stderr: string]>([
  [[], [], 3, 'There are no releases.\n'],
  [ITEMS, ['--owner', 'shopp'], 2, '--owner: no fragment names the owner shopp. The nearest are shop, '],
  [ITEMS, ['--severity', 'note'], 2, 'Allowed choices are error, warning, info.'],
  [ITEMS, ['--code', 'missing'], 2, 'Allowed choices are missing-component, '],
])('what nobody can tell ends with its code: %j %j', async (items, words, exitCode, stderr) => {
  expect(await ask(items, ...words)).toEqual({ exitCode, stdout: '', stderr: expect.stringContaining(stderr) });
});
