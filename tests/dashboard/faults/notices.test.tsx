import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { PageStart, TableSource } from '../../../src/contract/local-server.ts';
import { Notices } from '../../../src/dashboard/faults/Notices.tsx';
import { NO_PLACES } from '../../../src/dashboard/state/live-reading.ts';
import { policySummary, type TableAccess, type TableSummary } from '../../../src/live/table-data.ts';
import { DEFAULTS_IN_FORCE } from '../../../src/release/policy/policy-item.ts';
import type { OnlyChanges } from '../../../src/release/report/only-changes.ts';

const GOOD: TableSummary = {
  fragments: 0,
  rejected: 0,
  readAt: '2026-11-22T12:00:00.000Z',
  policy: policySummary(DEFAULTS_IN_FORCE),
  keyNames: { release: 'version', component: 'component#name' },
  keysFrom: 'table',
  readUnits: 1,
  tookMs: 1,
  incomplete: null,
  access: null,
  detection: null,
};
const AWS: TableSource = {
  kind: 'aws',
  profile: 'release-readonly',
  endpoint: 'https://dynamodb.eu-west-1.amazonaws.com',
};
const access = (change: Partial<TableAccess>): TableAccess => ({
  profile: 'release-readonly',
  scope: 'session',
  clockOffsetMs: 0,
  ...change,
});
function show(change: Partial<TableSummary>, source: TableSource = AWS, onlyChanges: OnlyChanges | null = null) {
  const start: PageStart = {
    source,
    table: 'T',
    region: 'eu-west-1',
    keyNames: null,
    policy: null,
    pollIntervalMs: 5_000,
    readUnitsPerHour: null,
  };
  const table = { ...GOOD, ...change };
  const reading = {
    table,
    fault: null,
    wholeFault: null,
    slowMs: null,
    failures: 0,
    startedAt: 0,
    endedAt: 0,
    pauseMs: 5_000,
  };
  const nothing = () => {};
  const live = {
    reading,
    goesOn: true,
    news: NO_PLACES,
    paused: false,
    setPaused: nothing,
    readNow: nothing,
    seen: nothing,
    allSeen: nothing,
  };
  render(<Notices earlier={null} start={start} live={live} onlyChanges={onlyChanges} />);
  return screen.getByRole('region', { name: 'Notices about the data' });
}

test.each<[string, Partial<TableSummary>, string | null]>([
  ['all is well', { access: access({}) }, null],
  [
    'incomplete',
    { incomplete: 'The rest was not read.' },
    'This is not the whole table. The rest was not read. What looks missing may be there.',
  ],
  [
    'wide credentials',
    { access: access({ scope: 'profile' }) },
    'The page holds short-lived credentials with all rights of profile release-readonly.',
  ],
  ['guessed keys', { keysFrom: 'settings' }, 'version and component#name are taken from the settings'],
  ['a clock two hours ahead', { access: access({ clockOffsetMs: -7_200_000 }) }, 'clock is 2 h ahead'],
  ['a clock that is behind', { access: access({ clockOffsetMs: 600_000 }) }, 'clock is 10 min behind'],
  ['a clock that is a day behind', { access: access({ clockOffsetMs: 86_400_000 }) }, 'clock is 24 h behind'],
  ['a clock that is half a minute off', { access: access({ clockOffsetMs: 31_000 }) }, 'clock is 31 s behind'],
  ['a clock that is a little off', { access: access({ clockOffsetMs: -29_000 }) }, null],
])('%s', (_, change, text) => {
  const notices = show(change);
  if (text === null) expect(notices).toBeEmptyDOMElement();
  else expect(notices).toHaveTextContent(text);
});

test('keys of the environment have no profile to name', () => {
  const notices = show({ access: access({ scope: 'profile' }) }, { ...AWS, profile: null });
  expect(notices).toHaveTextContent('all rights of environment keys');
});

test('a notice about rights can be put away; what is wrong with the data cannot', async () => {
  const notices = show({ access: access({ scope: 'profile' }), incomplete: 'Cut.' });
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss this notice' }));
  expect(notices).not.toHaveTextContent('all rights');
  expect(notices).toHaveTextContent('This is not the whole table.');
  expect(screen.queryByRole('button', { name: 'Dismiss this notice' })).toBeNull();
});

test('that a table seems to hold only what changed is said with the policy to copy, and can be put away', async () => {
  const notices = show({}, AWS, { releases: 6, lacking: 4, patches: true });
  expect(notices).toHaveTextContent('4 of 6 patches lack more than half');
  expect(notices).toHaveTextContent('{ "patchReleases": "carried" }');
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss this notice' }));
  expect(notices).toBeEmptyDOMElement();
});
