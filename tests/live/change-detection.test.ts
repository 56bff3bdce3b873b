import { describe, expect, test } from 'vitest';
import {
  afterLook,
  afterWhole,
  announcedBy,
  type Candidate,
  type Detection,
  nextPoll,
  type PollInput,
} from '../../src/live/change-detection.ts';
import { allowanceAt, type ReadLimits, unitsPerHour, wholeEveryMs } from '../../src/live/read-budget.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-22T12:00:00Z');
const FREE: ReadLimits = { pollIntervalMs: 5_000, readUnitsPerHour: null };
const PAID: ReadLimits = { pollIntervalMs: 5_000, readUnitsPerHour: 40_000 };

/** A table of 100,000 fragments, read as a whole just now. */
const LARGE: Detection = afterWhole(null, PAID, {
  counted: 0,
  counters: null,
  countersAtWhole: null,
  denied: { getItem: false, query: false },
  full: { startedAt: NOW, readUnits: 5_678, tookMs: 4_000 },
});
const COUNTED: Detection = { ...LARGE, counted: 7, counters: new Map([['v1.0.0', 7]]) };
const full = (readUnits: number, tookMs = 100) => ({ startedAt: NOW, readUnits, tookMs });

test.each<[string, Pick<Detection, 'full' | 'counted'>, ReadLimits, number, number]>([
  ['a small table that costs nothing: at each poll', { full: full(60), counted: 0 }, FREE, 1_000, 5_000],
  ['the same, counted', { full: full(60), counted: 9 }, FREE, 1_000, 5_000],
  ['a slow machine with a small table', { full: full(60, 3_000), counted: 0 }, FREE, 5_000, 5_000],
  ['a large one that costs nothing: not on its own heels', { full: full(5_678, 4_000), counted: 0 }, FREE, 1e5, 40_000],
  ['a small table in AWS: at each poll', { full: full(30), counted: 0 }, PAID, 500, 5_000],
  ['the same, counted: as often as a tenth of the budget pays for', { full: full(30), counted: 9 }, PAID, 500, 27_000],
  ['20,000 fragments in AWS: by two thirds of the budget', { full: full(1_131), counted: 0 }, PAID, 2e4, 152_685],
  ['the same, counted: every five minutes', { full: full(1_131), counted: 9 }, PAID, 2e4, 300_000],
  ['100,000 fragments in AWS', { full: full(5_678), counted: 0 }, PAID, 1e5, 766_530],
  ['the same, counted: five minutes would be too dear', { full: full(5_678), counted: 9 }, PAID, 1e5, 766_530],
  ['the counter is not known', { full: full(1_131), counted: null }, PAID, 2e4, 152_685],
])('the whole table is read again: %s', (_, detection, limits, fragments, everyMs) => {
  expect(wholeEveryMs(detection, limits, fragments)).toBeCloseTo(everyMs, 0);
});

describe('what a poll reads', () => {
  const candidate = (release: string, more: Partial<Candidate> = {}): Candidate => ({
    release,
    readUnits: 10,
    chosen: false,
    ...more,
  });
  const input: PollInput = {
    detection: LARGE,
    limits: PAID,
    fragments: 100_000,
    wholeAsked: false,
    retryWholeAt: null,
    candidates: () => [candidate('v3'), candidate('v2'), candidate('v1')],
    now: NOW + 5_000,
  };
  const whole = { reads: 'whole' } as const;
  const changes = { reads: 'changes', total: false, policy: false, releases: [] } as const;
  test.each<[string, Partial<PollInput>, ReturnType<typeof nextPoll>]>([
    ['the first', { detection: null }, whole],
    ['a person asked for all of it', { wholeAsked: true }, whole],
    ['nobody counts: what is shown', {}, { ...changes, releases: ['v3', 'v2', 'v1'] }],
    ['the counter alone', { detection: COUNTED }, { ...changes, total: true }],
    ['it is due', { detection: COUNTED, now: NOW + 13 * MINUTE }, whole],
    ['half a poll before it is due', { detection: COUNTED, now: NOW + 764_100 }, whole],
    ['not yet', { detection: COUNTED, now: NOW + 764_000 }, { ...changes, total: true, policy: true }],
    ['a clock that was put back', { detection: COUNTED, now: NOW - MINUTE }, whole],
    [
      'due, but the one that failed is not paid for yet',
      { detection: COUNTED, now: NOW + 13 * MINUTE, retryWholeAt: NOW + 14 * MINUTE },
      { ...changes, total: true, policy: true },
    ],
    [
      'asked for, although the one that failed is not paid for',
      { wholeAsked: true, retryWholeAt: NOW + 14 * MINUTE },
      whole,
    ],
    [
      'once a minute whether somebody began to count',
      { now: NOW + MINUTE },
      { ...changes, total: true, policy: true, releases: ['v3', 'v2', 'v1'] },
    ],
    ['once a minute the policy', { detection: COUNTED, now: NOW + MINUTE }, { ...changes, total: true, policy: true }],
    ['no right to GetItem', { detection: denied({ getItem: true }) }, { ...changes, releases: ['v3', 'v2', 'v1'] }],
    ['no right to Query', { detection: denied({ query: true }) }, changes],
    [
      'no right to Query, counted',
      { detection: { ...denied({ query: true }), counted: 7 } },
      { ...changes, total: true },
    ],
    [
      'the counter began anew',
      { detection: { ...COUNTED, counted: null } },
      { ...changes, releases: ['v3', 'v2', 'v1'] },
    ],
    [
      'longest waited, first read',
      {
        detection: {
          ...LARGE,
          releasesReadAt: new Map([
            ['v3', NOW + 2],
            ['v2', NOW + 1],
          ]),
        },
      },
      { ...changes, releases: ['v1', 'v2', 'v3'] },
    ],
    [
      'an open release waits a fifth as long',
      {
        detection: {
          ...LARGE,
          releasesReadAt: new Map([
            ['v3', NOW],
            ['v2', NOW + 3_500],
            ['v1', NOW],
          ]),
        },
        candidates: () => [candidate('v3'), candidate('v2', { chosen: true }), candidate('v1')],
      },
      { ...changes, releases: ['v2', 'v3', 'v1'] },
    ],
    [
      'no more than there is allowance for',
      { detection: { ...LARGE, allowance: 5 } },
      { ...changes, releases: ['v3', 'v2'] },
    ],
    ['no allowance', { detection: { ...LARGE, allowance: -20 } }, changes],
    [
      'not more than eight at once',
      { limits: FREE, candidates: () => '0123456789'.split('').map((each) => candidate(each)) },
      { ...changes, releases: '01234567'.split('') },
    ],
  ])('%s', (_, change, poll) => {
    expect(nextPoll({ ...input, ...change })).toEqual(poll);
  });
});

function denied(more: Partial<Detection['denied']>): Detection {
  return { ...LARGE, denied: { getItem: false, query: false, ...more } };
}

const total = (count: number, ...last: string[]) => ({ count, last });
const seven = total(7, 'v1.0.0');
test.each<[string, Parameters<typeof announcedBy>, ReturnType<typeof announcedBy>]>([
  ['as it stood', [seven, COUNTED], { says: 'nothing' }],
  ['one more', [total(8, 'v1.1.0', 'v1.0.0'), COUNTED], { says: 'releases', releases: ['v1.1.0'] }],
  ['two of one release', [total(9, 'v2', 'v2', 'v1'), COUNTED], { says: 'releases', releases: ['v2'] }],
  ['more than it names', [total(10, 'v2', 'v2'), COUNTED], { says: 'many' }],
  ['the same, no counters to compare with', [total(10, 'v2'), { ...COUNTED, counters: null }], { says: 'unsure' }],
  ['less: it began anew', [total(3, 'v2', 'v1', 'v1'), COUNTED], { says: 'unsure' }],
  ['gone', [total(0), COUNTED], { says: 'unsure' }],
  ['the first that anybody counted', [total(1, 'v1.0.0'), LARGE], { says: 'releases', releases: ['v1.0.0'] }],
  ['not known up to where', [seven, { ...COUNTED, counted: null }], { says: 'unsure' }],
])('the counter says: %s', (_, [now, known], announced) => {
  expect(announcedBy(now, known)).toEqual(announced);
});

describe('the allowance for polls', () => {
  const poll = { reads: 'changes', total: true, policy: false, releases: [] } as const;
  const spend = (readUnits: number | null) =>
    afterLook(COUNTED, PAID, { poll, now: NOW + 5_000, readUnits, releases: [], change: {} }).allowance;
  const MOST = 40_000 / 12;

  test.each([
    ['five minutes of the budget are there at first', allowanceAt(LARGE, PAID, NOW), MOST],
    ['and no more, however long nothing is read', allowanceAt(LARGE, PAID, NOW + 60 * MINUTE), MOST],
    ['a third of the budget flows in', allowanceAt({ ...LARGE, allowance: 0 }, PAID, NOW + 6 * MINUTE), 40_000 / 30],
    ['what a poll cost is taken off', spend(100), MOST - 100],
    ['announced changes can overdraw it', spend(4_000), MOST - 4_000],
    ['what is not counted costs nothing', spend(null), MOST],
    ['there is no limit where nothing costs anything', allowanceAt(LARGE, FREE, NOW), Number.POSITIVE_INFINITY],
  ])('%s', (_, allowance, expected) => {
    expect(allowance).toBeCloseTo(expected, 6);
  });
});

test('read units an hour: the whole readings, and what the polls between cost lately', () => {
  const whole = (5_678 * 60 * MINUTE) / 766_530;
  expect(unitsPerHour(COUNTED, PAID, 100_000)).toBeCloseTo(whole + 360, 0);
  const looks = { readUnits: 6, ms: MINUTE };
  expect(unitsPerHour({ ...COUNTED, looks }, PAID, 100_000)).toBeCloseTo(whole + 360, 0);
  expect(unitsPerHour({ ...LARGE, looks: { readUnits: 200, ms: MINUTE } }, PAID, 1e5)).toBeCloseTo(whole + 12_000, 0);
  // What had been saved up was spent.
  expect(unitsPerHour({ ...LARGE, looks: { readUnits: 600, ms: MINUTE } }, PAID, 1e5)).toBeCloseTo(40_000, 0);
  expect(unitsPerHour({ ...LARGE, full: full(60), looks }, FREE, 1_000)).toBeCloseTo(60 * 720, 0);
});
