import { expect, test } from 'vitest';
import { type FaultCode, ReadFault } from '../../src/contract/read-fault.ts';
import { afterWhole, type Detection } from '../../src/live/change-detection.ts';
import { isOverdue, type LiveInput, liveStatus, pauseAfterPoll, type Reading } from '../../src/live/poll-status.ts';
import { policySummary, type TableSummary } from '../../src/live/table-data.ts';
import { DEFAULTS_IN_FORCE } from '../../src/release/policy/policy-item.ts';

const table: TableSummary = {
  fragments: 0,
  rejected: 0,
  readAt: '2026-11-22T12:00:00.000Z',
  policy: policySummary(DEFAULTS_IN_FORCE),
  keyNames: { release: 'version', component: 'component#name' },
  keysFrom: 'table',
  readUnits: 1,
  tookMs: 100,
  incomplete: null,
  access: null,
  detection: null,
};
/** The last reading of the whole table took three seconds. */
const SLOW: Detection = afterWhole(
  null,
  { pollIntervalMs: 5_000, readUnitsPerHour: null },
  {
    counted: 0,
    counters: null,
    countersAtWhole: null,
    denied: { getItem: false, query: false },
    full: { startedAt: 0, readUnits: 5_678, tookMs: 3_000 },
  },
);
const ENDED = Date.parse(table.readAt);
const good: Reading = {
  table,
  fault: null,
  wholeFault: null,
  slowMs: null,
  failures: 0,
  startedAt: ENDED - 100,
  endedAt: ENDED,
  pauseMs: 4_900,
};
const failed = (code: FaultCode, before: TableSummary | null = table): Reading => ({
  ...good,
  table: before,
  fault: new ReadFault(code, 'It failed.'),
  failures: 1,
});
const input: LiveInput = {
  reading: good,
  paused: false,
  online: true,
  callsAws: true,
  pollIntervalMs: 5_000,
  now: ENDED + 3_000,
};

test.each<[string, Partial<LiveInput>, { word: string; reason: string | null }]>([
  ['a good reading', {}, { word: 'Live', reason: null }],
  ['before the first one', { reading: null }, { word: 'Loading', reason: null }],
  ['after two polls', { now: ENDED + 10_100 }, { word: 'Live', reason: null }],
  ['later than two polls', { now: ENDED + 10_101 }, { word: 'Stale', reason: 'no reading for more than two polls' }],
  [
    'while the whole of a large table is read again, which takes its time',
    { reading: { ...good, table: { ...table, detection: SLOW } }, now: ENDED + 13_000 },
    { word: 'Live', reason: null },
  ],
  [
    'later than that',
    { reading: { ...good, table: { ...table, detection: SLOW } }, now: ENDED + 13_001 },
    { word: 'Stale', reason: 'no reading for more than two polls' },
  ],
  ['slow answers', { reading: { ...good, slowMs: 3_210 } }, { word: 'Live', reason: 'slow: 3 s an answer' }],
  [
    'slow answers, for which the polls are further apart',
    { reading: { ...good, slowMs: 3_210, pauseMs: 12_000 }, now: ENDED + 23_000 },
    { word: 'Live', reason: 'slow: 3 s an answer' },
  ],
  ['a failed try', { reading: failed('throttled') }, { word: 'Stale', reason: null }],
  [
    'changes are read, and the whole table is not',
    { reading: { ...good, wholeFault: new ReadFault('throttled', 'It failed.') } },
    { word: 'Stale', reason: null },
  ],
  ['a failed first try', { reading: failed('access-denied', null) }, { word: 'Stale', reason: null }],
  [
    'the local server is gone',
    { reading: failed('local-server-stopped') },
    { word: 'Offline', reason: 'local server stopped' },
  ],
  [
    'the local server is gone, whatever the network',
    { reading: failed('local-server-stopped'), callsAws: false, online: false },
    { word: 'Offline', reason: 'local server stopped' },
  ],
  ['no network, AWS', { online: false }, { word: 'Offline', reason: 'this machine has no network' }],
  ['no network, a table on this machine', { online: false, callsAws: false }, { word: 'Live', reason: null }],
  ['paused wins', { paused: true, online: false, reading: failed('throttled') }, { word: 'Paused', reason: null }],
])('%s', (_, change, status) => {
  expect(liveStatus({ ...input, ...change })).toEqual(status);
});

test.each([
  [ENDED + 4_899, false],
  [ENDED + 4_900, true],
  [ENDED + 7_200_000, true],
])('at %d a reading is overdue: %j', (now, overdue) => {
  expect(isOverdue(good, now)).toBe(overdue);
});

test('F3: in an outage, who comes back to the tab does not wait for the back-off', () => {
  const outage: Reading = { ...failed('service-failing'), pauseMs: 60_000 };
  expect([4_999, 5_000].map((ms) => isOverdue(outage, ENDED + ms))).toEqual([false, true]);
});

test.each([
  ['within the interval', 1_200, 3_800],
  ['longer than the interval', 7_000, 1_000],
])('after a reading of a small table %s there is always a pause, else the polls would end', (_, spent, pause) => {
  expect(pauseAfterPoll(5_000, spent)).toBe(pause);
});
