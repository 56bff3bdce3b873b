import { describe, expect, test } from 'vitest';
import { policyOfDocument } from '../../../src/release/policy/read-policy.ts';
import { answerFindings, type FindingsAsks } from '../../../src/views/findings/findings-answer.ts';
import { BLOCK } from '../../../src/views/findings/list-lines.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../known-of.ts';

const WAIVER = { code: 'missing-component', release: 'v1.1.0', reason: 'later', by: 'us', expires: '2026-12-31' };
/** v1.1.0 lacks b, which is waived; an item of it cannot be read. */
const KNOWN = knownOf(
  reportOf(
    [
      item('v1.0.0', 'backend#a'),
      item('v1.0.0', 'kafka#b', { evolutionPolicy: 'FULL', owner: 'events' }),
      item('v1.1.0', 'backend#a', { date: '2026-11-01T12:00:00Z' }),
      item('v1.1.0', 'no-hash'),
    ],
    policyOfDocument({ waivers: [WAIVER] }, 'file').policy,
  ),
);
const ASKS: FindingsAsks = {
  filters: { stage: [], type: [], owner: [], env: [], q: '', problems: false },
  severity: [],
  code: [],
  waived: 'show',
  group: 'release',
  past: false,
  blocks: [0],
};
const NOWHERE = { releases: [], more: 0 };
const MISSING = {
  code: 'missing-component',
  weight: 'waived',
  what: 'b is missing',
  why: 'Waived until 2026-12-31 by us: later',
  release: 'v1.1.0',
  component: 'kafka#b',
  environment: null,
  owner: 'events',
  since: '2026-11-01T12:00:00.000Z',
  also: NOWHERE,
};
const INVALID = {
  code: 'invalid-fragment',
  weight: 'error',
  what: 'an item cannot be read',
  why: expect.any(String),
  release: 'v1.1.0',
  component: null,
  environment: null,
  owner: null,
  since: '2026-11-01T12:00:00.000Z',
  also: NOWHERE,
};
const NONE = { error: 0, warning: 0, info: 0, waived: 0 };
/** v1.0.0 is past, and nothing is found in it. */
const ALL = {
  within: '2 releases, 2 components',
  shown: 2,
  all: 2,
  current: { releases: 2, counts: { ...NONE, error: 1, waived: 1 } },
  past: null,
  severities: { error: 2, warning: 0, info: 0 },
  codes: { 'missing-component': 1, 'invalid-fragment': 1 },
  waived: 1,
  unknown: [{ release: 'v1.0.0', reasons: ['no-roster'], why: 'nothing says what belongs to it' }],
};
const OF_RELEASE = {
  id: 'v1.1.0',
  of: { kind: 'release', release: 'v1.1.0' },
  counts: { ...NONE, error: 1, waived: 1 },
  size: 2,
  notes: 1,
  noteCodes: [{ code: 'missing-component', count: 1 }],
  past: false,
};
const INVALID_ALONE = { counts: { ...NONE, error: 1 }, size: 1, notes: 0, noteCodes: [], past: false };

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
        current: { releases: 2, counts: { ...NONE, error: 1 } },
        groups: [{ id: '', of: { kind: 'component', component: null }, ...INVALID_ALONE }],
        blocks: [{ block: 0, findings: [{ ...INVALID, what: 'An item of v1.1.0 cannot be read' }] }],
      },
    ],
    [
      'by owner',
      { group: 'owner' },
      {
        ...ALL,
        groups: [
          { id: '', of: { kind: 'owner', owner: null }, ...INVALID_ALONE },
          {
            ...OF_RELEASE,
            id: 'events',
            of: { kind: 'owner', owner: 'events' },
            counts: { ...NONE, waived: 1 },
            size: 1,
          },
        ],
        blocks: [
          {
            block: 0,
            findings: [
              { ...INVALID, what: 'An item of v1.1.0 cannot be read' },
              { ...MISSING, what: 'b is missing from v1.1.0' },
            ],
          },
        ],
      },
    ],
    [
      'what the bar leaves; what is asked for as waived is no note',
      { group: 'code', waived: 'only', filters: { ...ASKS.filters, type: ['kafka'] } },
      {
        ...ALL,
        within: '2 releases, 1 of 2 components',
        shown: 1,
        current: { releases: 2, counts: { ...NONE, waived: 1 } },
        severities: { error: 1, warning: 0, info: 0 },
        codes: { 'missing-component': 1 },
        groups: [
          {
            id: 'missing-component',
            of: { kind: 'code', code: 'missing-component' },
            counts: { ...NONE, waived: 1 },
            size: 1,
            notes: 0,
            noteCodes: [],
            past: false,
          },
        ],
        blocks: [{ block: 0, findings: [{ ...MISSING, what: 'b is missing from v1.1.0' }] }],
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

describe('current and past releases', () => {
  /** b is missing from each after the first; v1.2.0 is the newest stable one. */
  const known = knownOf(
    reportOf(
      [
        item('v1.0.0', 'backend#a', { date: '2026-01-01T12:00:00Z' }),
        item('v1.0.0', 'backend#b', { date: '2026-01-01T12:00:00Z' }),
        item('v1.1.0', 'backend#a', { date: '2026-02-01T12:00:00Z' }),
        item('v1.2.0-rc.1', 'backend#a', { date: '2026-03-01T12:00:00Z' }),
        item('v1.2.0', 'backend#a', { date: '2026-03-02T12:00:00Z' }),
        item('v1.3.0-rc.1', 'backend#a', { date: '2026-04-01T12:00:00Z' }),
      ],
      policyOfDocument({ roster: [{ component: 'backend#a' }, { component: 'backend#b' }] }, 'file').policy,
    ),
  );
  const asked = (asks: Partial<FindingsAsks>) => {
    const { current, past, groups, blocks, unknown } = answerFindings(known, { ...ASKS, ...asks });
    return {
      current: current.releases,
      past: past === null ? null : [past.releases, past.counts.error],
      groups: groups.map(({ id, past: isPast }) => (isPast ? `past ${id}` : id)),
      also: blocks.flatMap(({ findings }) => findings.map(({ also: { releases } }) => releases.join(', '))),
      unknown: unknown.map(({ release }) => release),
    };
  };

  test.each<[string, Partial<FindingsAsks>, object]>([
    [
      'what is past is counted',
      {},
      {
        current: 2,
        past: [2, 2],
        groups: ['v1.3.0-rc.1', 'v1.2.0'],
        also: ['v1.2.0, v1.2.0-rc.1, v1.1.0', 'v1.3.0-rc.1, rc.1, v1.1.0'],
        unknown: [],
      },
    ],
    [
      'and listed after the others',
      { past: true, blocks: [] },
      {
        current: 2,
        past: [2, 2],
        groups: ['v1.3.0-rc.1', 'v1.2.0', 'past v1.2.0-rc.1', 'past v1.1.0'],
        also: [],
        unknown: [],
      },
    ],
    [
      'groups of another kind are told apart, too',
      { group: 'code', past: true, blocks: [] },
      { current: 2, past: [2, 2], groups: ['missing-component', 'past missing-component'], also: [], unknown: [] },
    ],
    [
      'where the filters leave none but past ones, they are what is listed',
      { filters: { ...ASKS.filters, q: '1.1.0' }, blocks: [] },
      { current: 1, past: null, groups: ['v1.1.0'], also: [], unknown: [] },
    ],
  ])('%s', (_, asks, expected) => {
    expect(asked(asks)).toEqual(expected);
  });
});
