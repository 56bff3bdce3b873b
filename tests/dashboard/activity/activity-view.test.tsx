import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { expect, test, vi } from 'vitest';
import { ActivityView, type ActivityViewProps } from '../../../src/dashboard/activity/ActivityView.tsx';
import { addressOf, useViewState, type ViewState } from '../../../src/dashboard/state/view-state.ts';
import type { Activity } from '../../../src/views/activity/activity.ts';
import { countUnseen } from '../../../src/views/activity/event-groups.ts';
import { Answered, knownOf } from '../answered.tsx';
import { item, reportOf } from '../report-of.ts';
import { event } from './event.ts';

const REPORT = reportOf([item('v1.0.0', 'backend#a'), item('v1.1.0', 'backend#a'), item('v1.1.0', 'frontend#b')]);

const ACTIVITY: Activity = {
  events: [
    event('v1.0.0', 'backend#a'),
    event('v0.1.0', 'backend#gone', { kind: 'vanished', from: '0.1.0', to: null }),
    event('v1.1.0', 'backend#a', {
      kind: 'changed',
      change: 'changed',
      fields: [{ field: 'commit', from: 'one', to: null }],
      attributes: { names: ['team'], count: 3 },
      retagged: true,
    }),
    event('v1.1.0', 'frontend#b', {
      kind: 'changed',
      change: 'unchanged',
      fields: [{ field: 'readyReplicas', from: '1', to: '2' }],
      readinessOnly: true,
    }),
    event('v1.1.0', 'frontend#b', { kind: 'changed', change: 'unchanged', readinessOnly: true }),
  ],
  letGo: 7,
  seen: 8,
  readAt: '2026-11-22T12:00:00.000Z',
  visitFrom: 8,
  watchedFrom: 9,
  lastVisitAt: '2026-11-22T11:00:00.000Z',
  trouble: null,
  releasesNotKept: 2,
};

function View({ unseen, ...spies }: Omit<ActivityViewProps, 'view'>) {
  const [view] = useViewState();
  return <ActivityView view={view} unseen={unseen} {...spies} />;
}

async function open(activity: Activity | null, filters: Partial<ViewState> = {}) {
  const spies = { onAllSeen: vi.fn(), change: vi.fn(), onGo: vi.fn() };
  render(
    <NuqsTestingAdapter searchParams={addressOf(filters)} hasMemory>
      <Answered known={knownOf(REPORT, { activity })}>
        <View unseen={activity === null ? 0 : countUnseen(activity)} {...spies} />
      </Answered>
    </NuqsTestingAdapter>,
  );
  await screen.findByText(activity === null ? /^Loading/ : /^[\d,]+ changes?$/);
  return { user: userEvent.setup(), ...spies };
}

const lines = (stretch: RegExp) =>
  within(screen.getByRole('region', { name: stretch }))
    .queryAllByRole('listitem')
    .map(({ textContent }) => textContent);

test('tells three stretches; what is re-tagged is called out, readiness is folded', async () => {
  const { user } = await open(ACTIVITY);
  expect(lines(/^While you watch$/)).toEqual([
    expect.stringMatching(/Changed, unseen.*a.*v1\.1\.0.*re-tagged.*Commitone → to {2}none.*Also team and 2 more/),
    expect.stringMatching(/Updated, unseen.*frontend b.*1 → to {2}2/),
    expect.stringMatching(/Updated, unseen.*frontend b.*observed again/),
  ]);
  expect(screen.getByRole('list', { name: /^Changes of readiness at/ })).not.toBeVisible();
  expect(lines(/^Since your last visit, 22 Nov/)).toEqual([expect.stringMatching(/Vanished, unseen.*gone.*0\.1\.0/)]);
  expect(lines(/^Earlier$/)).toEqual([expect.not.stringContaining('unseen')]);
  await user.click(screen.getByText('1 change of readiness, 1 observed again'));
  expect(screen.getByRole('list', { name: /^Changes of readiness at/ })).toBeVisible();
  expect(screen.getByText('5 changes').parentElement).toHaveTextContent('5 changes, 2 unseen');
  expect(screen.getByText(/Only the newest 5,000 changes are kept/)).toHaveTextContent('2 oldest releases');
});

test('leads to the cell, where there still is one', async () => {
  const { user, onGo } = await open(ACTIVITY);
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(links).not.toContainEqual(expect.stringContaining('gone'));
  await user.click(within(screen.getByRole('region', { name: 'Earlier' })).getByRole('link'));
  expect(onGo.mock.calls).toEqual([['v1.0.0', 'backend#a']]);
});

test('marks all as seen', async () => {
  const { user, onAllSeen } = await open(ACTIVITY);
  await user.click(screen.getByRole('button', { name: 'Mark all as seen' }));
  expect(onAllSeen).toHaveBeenCalledOnce();
});

test('the filters leave less, and it says so', async () => {
  const { user, change } = await open(ACTIVITY, { q: 'b', type: ['frontend'] });
  expect(screen.getByText('3 changes').parentElement).toHaveTextContent('2 hidden by filters');
  await user.click(screen.getByRole('button', { name: 'Show all changes' }));
  expect(change.mock.calls).toEqual([[{ version: null, stage: null, type: null, env: null, q: null, problems: null }]]);
});

test.each<[string, Activity | null, string]>([
  ['before the first reading', null, 'Loading the history of this table…'],
  [
    'at the first visit',
    { ...ACTIVITY, events: [], letGo: 0, seen: 0, visitFrom: 0, watchedFrom: 0, lastVisitAt: null },
    'This is the first visit to this table in this browser.',
  ],
  [
    'where nothing changed',
    { ...ACTIVITY, events: [], letGo: 0, seen: 0, visitFrom: 0, watchedFrom: 0 },
    'Nothing has changed between your last visit and this one.',
  ],
  ['where nothing is kept', { ...ACTIVITY, trouble: 'This browser lets nothing be kept.' }, 'lets nothing be kept'],
])('says what there is to say %s', async (_, activity, words) => {
  await open(activity);
  expect(screen.getByRole('region', { name: 'Activity' })).toHaveTextContent(words);
});

test('of many changes the newest are shown, and more on demand', async () => {
  const events = Array.from({ length: 250 }, (_, at) => event('v1.0.0', 'backend#a', { to: `1.0.${at}` }));
  const { user } = await open({ ...ACTIVITY, events, letGo: 0, seen: 0, visitFrom: 0, watchedFrom: 0 });
  expect(lines(/^While you watch$/)).toHaveLength(200);
  await user.click(screen.getByRole('button', { name: 'Show more (50 left)' }));
  await waitFor(() => expect(lines(/^While you watch$/)).toHaveLength(250));
  expect(screen.queryByRole('button', { name: /^Show more/ })).toBeNull();
});
