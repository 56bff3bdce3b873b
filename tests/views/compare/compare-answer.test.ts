import { expect, test } from 'vitest';
import {
  answerCompare,
  answerComparedChangelogs,
  type CompareAsks,
  type Compared,
} from '../../../src/views/compare/compare-answer.ts';
import { answerExport } from '../../../src/views/export/export-answer.ts';
import { WHOLE_VIEW } from '../../dashboard/whole-view.ts';
import { policyOf } from '../../release/items.ts';
import { item, READ_AT, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../known-of.ts';

const SHA = { a: 'a'.repeat(40), b: 'b'.repeat(40) };
const KNOWN = knownOf(
  reportOf([
    item('v1.0.0', 'backend#api', { componentVersion: '1.0.0', repo: 'acme/api', commit: SHA.a }),
    item('v1.1.0', 'backend#api', {
      componentVersion: '1.1.0',
      repo: 'acme/api',
      commit: SHA.b,
      changelog: '- faster',
    }),
    item('v1.0.0', 'backend#down', { componentVersion: '2.0.0' }),
    item('v1.1.0', 'backend#down', { componentVersion: '1.9.0' }),
    item('v1.0.0', 'backend#gone', { componentVersion: '1.0.0' }),
    item('v1.1.0', 'frontend#come', { componentVersion: '0.1.0' }),
    item('v1.0.0', 'kafka#topic', { schemaVersion: '4.0.0' }),
    item('v1.1.0', 'kafka#topic', { schemaVersion: '4.0.0' }),
    item('v1.1.0', 'k8s#prod-deployment/web', { replicas: 1, readyReplicas: 1, imageRef: 'web:1.1.0' }),
  ]),
);

const ASKS: CompareAsks = {
  a: 'v1.0.0',
  b: 'v1.1.0',
  type: [],
  owner: [],
  q: '',
  first: 300,
  whole: [],
  folded: ['unchanged'],
  step: null,
};

/** As it arrives at the page. */
const answer = (asks: Partial<CompareAsks> = {}) => structuredClone(answerCompare(KNOWN, { ...ASKS, ...asks }));

function compared(asks: Partial<CompareAsks> = {}): Compared {
  const answered = answer(asks);
  if ('faults' in answered) throw new Error(answered.faults.map(({ message }) => message).join(' '));
  return answered.compared;
}

test('holds what is drawn of a comparison, and no more', () => {
  const line = {
    step: null,
    expected: false,
    differences: [],
    compareLink: null,
    owner: null,
    says: '',
    lastSeen: null,
    changelogs: 0,
  };
  const side = (release: string, version: string) => ({ release, version, carried: false, commit: null });
  const version = (from: string, to: string) => ({ field: 'componentVersion', environment: null, from, to });
  expect(answer()).toStrictEqual({
    compared: {
      from: { name: 'v1.0.0', release: 'v1.0.0', stage: 'stable', environment: null },
      to: { name: 'v1.1.0', release: 'v1.1.0', stage: 'stable', environment: null },
      counts: { missing: 1, gone: 0, new: 2, changed: 2, rebuilt: 0, 'not-yet': 0, unchanged: 1 },
      same: false,
      hidden: 0,
      findings: 'fixed 0, still 1 (since v1.0.0), new 2',
      classes: [
        {
          of: 'missing',
          steps: [],
          types: [{ type: 'backend', count: 1 }],
          lines: [
            {
              ...line,
              component: 'backend#gone',
              type: 'backend',
              name: 'gone',
              expected: true,
              lastSeen: 'v1.0.0',
              from: side('v1.0.0', '1.0.0'),
              to: null,
            },
          ],
        },
        {
          of: 'new',
          steps: [],
          types: [
            { type: 'frontend', count: 1 },
            { type: 'k8s', count: 1 },
          ],
          lines: [
            {
              ...line,
              component: 'frontend#come',
              type: 'frontend',
              name: 'come',
              from: null,
              to: side('v1.1.0', '0.1.0'),
            },
            { ...line, component: 'k8s#web', type: 'k8s', name: 'web', from: null, to: side('v1.1.0', '1.1.0') },
          ],
        },
        {
          of: 'changed',
          steps: [
            { step: 'downgrade', count: 1 },
            { step: 'minor', count: 1 },
          ],
          types: [],
          lines: [
            {
              ...line,
              component: 'backend#down',
              type: 'backend',
              name: 'down',
              step: 'downgrade',
              from: side('v1.0.0', '2.0.0'),
              to: side('v1.1.0', '1.9.0'),
              differences: [version('2.0.0', '1.9.0')],
            },
            {
              ...line,
              component: 'backend#api',
              type: 'backend',
              name: 'api',
              step: 'minor',
              from: { ...side('v1.0.0', '1.0.0'), commit: SHA.a },
              to: { ...side('v1.1.0', '1.1.0'), commit: SHA.b },
              says: 'faster',
              differences: [version('1.0.0', '1.1.0'), { field: 'commit', environment: null, from: SHA.a, to: SHA.b }],
              compareLink: `https://github.com/acme/api/compare/${SHA.a}...${SHA.b}`,
              changelogs: 1,
            },
          ],
        },
        { of: 'unchanged', steps: [], types: [{ type: 'kafka', count: 1 }], lines: [] },
      ],
      leftOut: [],
      notKnown: null,
    },
  });
});

test.each<[Partial<CompareAsks>, Record<string, string[]>]>([
  [{ first: 1 }, { new: ['come'], missing: ['gone'], changed: ['down'], unchanged: [] }],
  [
    { first: 1, whole: ['new'] },
    { new: ['come', 'web'], missing: ['gone'], changed: ['down'], unchanged: [] },
  ],
  [{ folded: [] }, { new: ['come', 'web'], missing: ['gone'], changed: ['down', 'api'], unchanged: ['topic'] }],
  [{ type: ['backend'] }, { missing: ['gone'], changed: ['down', 'api'] }],
  [
    { step: 'minor', folded: ['missing', 'new', 'unchanged'] },
    { missing: [], new: [], changed: ['api'], unchanged: [] },
  ],
  [
    { step: 'major', type: ['backend'] },
    { missing: ['gone'], changed: [] },
  ],
  [{ q: 'nothing-is-called-so' }, {}],
])('%j lists %j', (asks, listed) => {
  const { classes } = compared(asks);
  expect(Object.fromEntries(classes.map(({ of, lines }) => [of, lines.map(({ name }) => name)]))).toEqual(listed);
});

test.each<[Partial<CompareAsks>, Partial<Compared>]>([
  [{ q: 'gone' }, { hidden: 5, same: false }],
  // The filters leave what is the same, which is no word on the rest.
  [{ type: ['kafka'] }, { hidden: 5, same: false }],
  [{ b: 'v1.0.0' }, { hidden: 0, same: true }],
  [{ b: '@prod' }, { leftOut: ['backend#api', 'backend#down', 'backend#gone', 'kafka#topic'] }],
])('%j: %j', (asks, told) => {
  expect(compared(asks)).toMatchObject(told);
});

test('lists what is not there yet after all that differs, and says nothing of where it was last', () => {
  const policy = policyOf({ roster: [{ component: 'backend#late' }, { component: 'backend#api' }] });
  const items = [
    item('v1.0.0', 'backend#late', { componentVersion: '1.0.0' }),
    item('v1.0.0', 'backend#api', { componentVersion: '1.0.0' }),
    item('v1.0.0', 'docs#gone', { componentVersion: '1.0.0' }),
    item('v1.0.0', 'kafka#same', { componentVersion: '1.0.0' }),
    item('v1.1.0-alpha.1', 'backend#api', { componentVersion: '1.1.0', date: '2026-11-22T11:50:00Z' }),
    item('v1.1.0-alpha.1', 'docs#new', { componentVersion: '1.0.0' }),
    item('v1.1.0-alpha.1', 'kafka#same', { componentVersion: '1.0.0' }),
  ];
  const known = knownOf(reportOf(items, policy), { policy });
  const answered = answerCompare(known, { ...ASKS, b: 'v1.1.0-alpha.1' });
  const listed =
    'compared' in answered &&
    answered.compared.classes.map(({ of, lines }) => [of, lines.map(({ name, lastSeen }) => [name, lastSeen])]);
  expect(listed).toEqual([
    ['gone', [['gone', null]]],
    ['new', [['new', null]]],
    ['changed', [['api', null]]],
    ['not-yet', [['late', null]]],
    ['unchanged', []],
  ]);
});

test('says what is wrong with a side', () => {
  expect(answer({ a: 'v9.9.9', b: '@nowhere' })).toEqual({
    faults: [
      { code: 'unknown-release', asked: 'v9.9.9', message: expect.stringContaining('There is no fragment of v9.9.9.') },
      { code: 'nothing-runs', asked: '@nowhere', message: expect.stringContaining('Environments: @prod.') },
    ],
  });
});

test.each([
  ['v1.0.0', 'backend#api', [{ releases: ['v1.1.0'], text: '- faster' }]],
  ['v1.0.0', 'backend#down', []],
  ['v1.0.0', 'backend#nobody-knows', []],
  ['v9.9.9', 'backend#api', []],
])('between %s and v1.1.0 the changelogs of %s are %j', (a, component, changelogs) => {
  expect(structuredClone(answerComparedChangelogs(KNOWN, { a, b: 'v1.1.0', component }))).toEqual(changelogs);
});

test('is Markdown that says what the filters hide; nothing where a side is not there', () => {
  const markdown = ({ b = ASKS.b, q = '' }: { b?: string; q?: string }) => {
    const of = { view: 'compare', a: ASKS.a, b } as const;
    return answerExport(KNOWN, { format: 'Markdown', filters: { ...WHOLE_VIEW, q }, of })?.text;
  };
  expect(markdown({ q: 'gone' })?.split('\n')).toEqual([
    '## `v1.0.0` → `v1.1.0`',
    '',
    `0 new, 1 removed, 0 changed, 0 rebuilt from the same commit, 0 unchanged. Read ${READ_AT}.`,
    '',
    '### Removed',
    '',
    '- `backend#gone` `1.0.0` → missing',
    '',
    '### Findings',
    '',
    'fixed 0, still 0, new 1.',
    '',
    '- new: `missing-component`: gone is missing from `v1.1.0`',
    '',
    'The filters hide 5 components of this comparison.',
    '',
  ]);
  expect(markdown({})).not.toContain('The filters hide');
  expect(markdown({ b: 'v9.9.9' })).toBeUndefined();
});
