import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PageStart } from '../../../src/contract/local-server.ts';
import { ReadFault } from '../../../src/contract/read-fault.ts';
import { LiveState, type ShownFrom } from '../../../src/dashboard/header/LiveState.tsx';
import { type LiveReading, NO_PLACES } from '../../../src/dashboard/state/live-reading.ts';
import { afterWhole } from '../../../src/live/change-detection.ts';
import type { Reading } from '../../../src/live/poll-status.ts';
import { policySummary } from '../../../src/live/table-data.ts';
import { watched } from '../../../src/live/watched.ts';
import { DEFAULTS_IN_FORCE } from '../../../src/release/policy/policy-item.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const START: PageStart = {
  source: { kind: 'embedded', data: 'demo estate', simulatedCi: true },
  table: 'ReleaseFragments',
  region: 'us-east-1',
  keyNames: null,
  policy: null,
  pollIntervalMs: 5_000,
  readUnitsPerHour: 40_000,
};
const GOOD: Reading = {
  table: {
    fragments: 0,
    rejected: 0,
    readAt: '2026-11-22T12:00:00.000Z',
    policy: policySummary(DEFAULTS_IN_FORCE),
    keyNames: { release: 'version', component: 'component#name' },
    keysFrom: 'table',
    readUnits: 0.5,
    tookMs: 100,
    incomplete: null,
    access: null,
    detection: afterWhole(null, START, {
      counted: 0,
      counters: null,
      countersAtWhole: null,
      denied: { getItem: false, query: false },
      full: { startedAt: NOW - 100, readUnits: 0.5, tookMs: 100 },
    }),
  },
  fault: null,
  wholeFault: null,
  slowMs: null,
  failures: 0,
  startedAt: NOW - 100,
  endedAt: NOW,
  pauseMs: 4_900,
};

function show(reading: Reading | null, paused = false, shownFrom: ShownFrom | null = null, start = START) {
  const live: LiveReading = {
    reading,
    goesOn: true,
    news: NO_PLACES,
    paused,
    setPaused: () => {},
    readNow: () => {},
    seen: () => {},
    allSeen: () => {},
  };
  render(<LiveState shownFrom={shownFrom} start={start} watch={{ latest: watched(reading) }} live={live} />);
}

/** What a screen reader is told: the text without what is hidden from it. */
function announced(): string {
  const copy = screen.getByRole('status').cloneNode(true) as HTMLElement;
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
  return copy.textContent;
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

test('what a free table costs is not said here', () => {
  show(GOOD, false, null, { ...START, readUnitsPerHour: null });
  expect(screen.getByRole('status')).toHaveTextContent(/^Liveupdated just now$/);
});

test('the age moves every second, and a screen reader hears of the word alone', () => {
  show(GOOD);
  pass(3_000);
  expect(screen.getByRole('status')).toHaveTextContent('Liveupdated 3 s ago · 360 read units/h');
  expect(announced()).toBe('Live');
  pass(1_000);
  expect(screen.getByRole('status')).toHaveTextContent('updated 4 s ago');
  expect(announced()).toBe('Live');
});

test('without a new reading it goes stale by itself', () => {
  show(GOOD);
  pass(12_000);
  expect(announced()).toBe('Staleno reading for more than two polls');
});

test.each<[string, Reading | null, boolean, string]>([
  ['nothing yet', null, false, 'Loading'],
  [
    'a fault: its cause and the next try',
    { ...GOOD, fault: new ReadFault('throttled', 'Too much.'), failures: 1, pauseMs: 9_000 },
    false,
    'StaleTable is throttledupdated 3 s ago · next try in 6 s',
  ],
  [
    'the try is due',
    { ...GOOD, fault: new ReadFault('throttled', 'Too much.'), failures: 1, pauseMs: 3_000 },
    false,
    'StaleTable is throttledupdated 3 s ago · trying now',
  ],
  [
    'a fault before any data',
    { ...GOOD, table: null, fault: new ReadFault('access-denied', 'No.'), failures: 1, pauseMs: 63_000 },
    false,
    'StaleAccess deniednext try in 1 min',
  ],
  [
    'changes are read, and the whole table is not',
    { ...GOOD, wholeFault: new ReadFault('throttled', 'Too much.') },
    false,
    'Staleonly changes are read: Table is throttledupdated 3 s ago · 360 read units/h',
  ],
  ['slow answers', { ...GOOD, slowMs: 3_000 }, false, 'Liveslow: 3 s an answerupdated 3 s ago · 360 read units/h'],
  ['paused', GOOD, true, 'Pausedupdated 3 s ago · 360 read units/h'],
  [
    'an endpoint that does not count',
    { ...GOOD, table: GOOD.table && { ...GOOD.table, readUnits: null } },
    false,
    'Liveupdated 3 s ago · read units not counted',
  ],
])('%s', (_, reading, paused, text) => {
  show(reading, paused);
  pass(3_000);
  expect(screen.getByRole('status')).toHaveTextContent(text, { normalizeWhitespace: true });
});

test('what is shown is said where it is not the table as it was read last', () => {
  show(null, false, 'part');
  expect(announced()).toBe('Loadingstill reading: not all is shown yet');
  cleanup();
  show(GOOD, false, 'earlier visit');
  expect(announced()).toBe('Loadingshown is an earlier visit');
  cleanup();
  // The table has been read, but of it nothing is drawn yet.
  show(GOOD, false, 'nothing');
  expect(announced()).toBe('Loading');
});
