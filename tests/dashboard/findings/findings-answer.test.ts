import { describe, expect, test } from 'vitest';
import { policyOfDocument } from '../../../src/release/policy/read-policy.ts';
import { answerFindings, type FindingsAsks } from '../../../src/views/findings/findings-answer.ts';
import { BLOCK } from '../../../src/views/findings/list-lines.ts';
import { knownOf } from '../answered.tsx';
import { item, reportOf } from '../report-of.ts';

const WAIVER = { code: 'missing-component', release: 'v1.1.0', reason: 'later', by: 'us', expires: '2026-12-31' };
/** v1.1.0 lacks b, which is waived; an item of it cannot be read. */
const KNOWN = knownOf(
  reportOf(
    [
      item('v1.0.0', 'backend#a'),
      item('v1.0.0', 'kafka#b', { evolutionPolicy: 'FULL' }),
      item('v1.1.0', 'backend#a', { date: '2026-11-01T12:00:00Z' }),
      item('v1.1.0', 'no-hash'),
    ],
    policyOfDocument({ waivers: [WAIVER] }, 'file').policy,
  ),
);
const ASKS: FindingsAsks = {
  filters: { version: '', stage: [], type: [], env: [], q: '', problems: false },
  severity: [],
  code: [],
  waived: 'show',
  group: 'release',
  blocks: [0],
};
const MISSING = {
  code: 'missing-component',
  weight: 'waived',
  title: 'b is missing from v1.1.0',
  why: 'Waived until 2026-12-31 by us: later',
  release: 'v1.1.0',
  component: 'kafka#b',
  environment: null,
};
const INVALID = {
  code: 'invalid-fragment',
  weight: 'error',
  title: expect.stringContaining('v1.1.0'),
  why: expect.any(String),
  release: 'v1.1.0',
  component: null,
  environment: null,
};
const ALL = {
  within: '2 releases, 2 components',
  shown: 2,
  all: 2,
  severities: { error: 2, warning: 0, info: 0 },
  codes: { 'missing-component': 1, 'invalid-fragment': 1 },
  unknown: [{ tag: 'v1.0.0', why: 'nothing says what belongs to it' }],
};
const NONE = { error: 0, warning: 0, info: 0, waived: 0 };
const OF_RELEASE = {
  id: 'v1.1.0',
  of: { kind: 'release', release: 'v1.1.0' },
  counts: { ...NONE, error: 1, waived: 1 },
  size: 2,
};

describe('the answer', () => {
  test.each<[string, Partial<FindingsAsks>, object]>([
    ['all', {}, { ...ALL, groups: [OF_RELEASE], blocks: [{ block: 0, findings: [INVALID, MISSING] }] }],
    ['no block', { blocks: [] }, { ...ALL, groups: [OF_RELEASE], blocks: [] }],
    ['a block that is not there', { blocks: [1] }, { ...ALL, groups: [OF_RELEASE], blocks: [] }],
    [
      'by component, without what is waived',
      { group: 'component', waived: 'hide' },
      {
        ...ALL,
        shown: 1,
        groups: [{ id: '', of: { kind: 'component', component: null }, counts: { ...NONE, error: 1 }, size: 1 }],
        blocks: [{ block: 0, findings: [INVALID] }],
      },
    ],
    [
      'what the bar leaves',
      { group: 'code', filters: { ...ASKS.filters, type: ['kafka'] } },
      {
        ...ALL,
        within: '2 releases, 1 of 2 components',
        shown: 1,
        severities: { error: 1, warning: 0, info: 0 },
        codes: { 'missing-component': 1 },
        groups: [
          {
            id: 'missing-component',
            of: { kind: 'code', code: 'missing-component' },
            counts: { ...NONE, waived: 1 },
            size: 1,
          },
        ],
        blocks: [{ block: 0, findings: [MISSING] }],
      },
    ],
  ])('%s', (_, asks, expected) => {
    const answer = answerFindings(KNOWN, { ...ASKS, ...asks });
    expect(answer).toEqual(expected);
    expect(structuredClone(answer)).toEqual(answer);
  });

  test('holds the findings of the blocks that were asked for, and no others', () => {
    const count = 3 * BLOCK + 1;
    const many = reportOf([
      ...Array.from({ length: count }, (_, place) => item('v1.0.0', `backend#c${String(place).padStart(6, '0')}`)),
      item('v1.0.0', 'backend#kept'),
      item('v1.1.0', 'backend#kept', { date: '2026-11-01T12:00:00Z' }),
    ]);
    const { shown, blocks } = answerFindings(knownOf(many), { ...ASKS, blocks: [1, 3] });
    expect(shown).toBe(count);
    expect(blocks.map(({ block, findings }) => [block, findings.length, findings[0]?.component])).toEqual([
      [1, BLOCK, `backend#c${String(BLOCK).padStart(6, '0')}`],
      [3, 1, `backend#c${String(3 * BLOCK).padStart(6, '0')}`],
    ]);
  });
});
