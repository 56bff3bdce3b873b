import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { expect, test, vi } from 'vitest';
import { ActivityView } from '../../../src/dashboard/activity/ActivityView.tsx';
import { addressOf, type ViewState } from '../../../src/dashboard/state/view-state.ts';
import type { Activity } from '../../../src/views/activity/activity.ts';
import { countUnseen } from '../../../src/views/activity/unseen.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { event } from '../../views/activity/event.ts';
import { knownOf } from '../../views/known-of.ts';
import { OnPage } from '../answered.tsx';

const ITEMS = [
  item('v1.0.0', 'backend#a', { publishedAt: '2026-11-19T08:00:00Z', owner: 'ants' }),
  item('v1.1.0', 'backend#a', { publishedAt: '2026-11-20T08:00:00Z', owner: 'ants' }),
  item('v1.1.0', 'frontend#b', { publishedAt: '2026-11-20T08:30:00Z', owner: 'bees' }),
  item('v1.1.0', 'backend#c', { publishedAt: '2026-11-20T08:31:00Z', owner: 'bees' }),
];

const ACTIVITY: Activity = {
  events: [
    event('v1.1.0', 'frontend#b'),
    event('v0.1.0', 'backend#gone', { kind: 'vanished', at: '2026-11-21T08:00:00.000Z', from: '0.1.0', to: null }),
  ],
  letGo: 7,
  seen: 7,
  seenAt: '2026-11-19T12:00:00.000Z',
  readAt: '2026-11-22T12:00:00.000Z',
  watchedFrom: 9,
  lastVisitAt: '2026-11-19T12:00:00.000Z',
  trouble: null,
};

const NOTHING: Activity = { ...ACTIVITY, events: [], letGo: 0, seen: 0 };

async function open(activity: Activity | null, items = ITEMS, filters: Partial<ViewState> = {}) {
  const [onAllSeen, went] = [vi.fn(), vi.fn()];
  const unseen = activity === null ? 0 : countUnseen(activity);
  render(
    <NuqsTestingAdapter searchParams={addressOf(filters)} hasMemory>
      <OnPage known={knownOf(reportOf(items), { activity })} go={went}>
        {(view) => <ActivityView view={view} unseen={unseen} onAllSeen={onAllSeen} />}
      </OnPage>
    </NuqsTestingAdapter>,
  );
  await screen.findByText(activity === null ? /^Loading/ : /^([\d,]+ of )?[\d,]+ events?$/);
  return { user: userEvent.setup(), onAllSeen, went };
}

const lines = (day: RegExp) =>
  within(screen.getByRole('list', { name: day }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

test('tells by day what happened, and marks what is new to this browser', async () => {
  await open(ACTIVITY);
  expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual([
    'Saturday, 21 November 20261 new',
    'Friday, 20 November 20261 new',
    'Thursday, 19 November 2026',
  ]);
  expect(lines(/21 November/)).toEqual([
    expect.stringMatching(/New: .*Gone.*v0\.1\.0.*gone not in the table any more/),
  ]);
  expect(lines(/20 November/)).toEqual([expect.stringMatching(/New: .*v1\.1\.0.*3 components published by 2 owners/)]);
  expect(lines(/19 November/)).toEqual([expect.stringMatching(/^(?!New).*v1\.0\.0.*ants published a 1\.0\.0/)]);
  const region = screen.getByRole('region', { name: 'Activity' });
  expect(region).toHaveTextContent('3 events, 2 changes new to you');
  expect(region).toHaveTextContent('Your last visit was 19 Nov, 12:00.');
});

test('a line opens its components, each of which leads to its cell', async () => {
  const { user, went } = await open(ACTIVITY);
  const opens = screen.getByRole('button', { name: '3 components of v1.1.0' });
  expect(opens).toHaveAttribute('aria-expanded', 'false');
  await user.click(opens);
  const list = await screen.findByRole('list', { name: 'Components of v1.1.0' });
  const items = within(list).getAllByRole('listitem');
  expect(items.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^backend aants1\.1\.0$/),
    expect.stringMatching(/^frontend b, newbees1\.1\.0$/),
    expect.stringMatching(/^backend cbees1\.1\.0$/),
  ]);
  await user.click(within(list).getByRole('link', { name: 'b' }));
  expect(went.mock.calls).toEqual([['v1.1.0', 'frontend#b', null]]);
  await user.click(opens);
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Components of v1.1.0' })).toBeNull());
});

test('a release leads to its row, where there still is one', async () => {
  const { user, went } = await open(ACTIVITY);
  expect(screen.queryByRole('link', { name: 'v0.1.0' })).toBeNull();
  await user.click(screen.getByRole('link', { name: 'v1.0.0' }));
  expect(went.mock.calls).toEqual([['v1.0.0', null, null]]);
});

/** Two whole releases, of which the newer one's workload was not ready for an hour. */
const WOBBLED = [
  ...['v1.0.0', 'v1.1.0'].map((release, at) =>
    item(release, 'backend#a', { publishedAt: `2026-11-1${8 + at}T08:00:00Z`, writeId: release }),
  ),
  item('v1.1.0', 'k8s#prod-deployment/edge', {
    ...{ imageRef: 'proxy:1', replicas: 3, readyReplicas: 3, publishedAt: '2026-11-20T11:00:00Z', writeId: 'third' },
    replaced: [
      ['2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z', 1] as const,
      ['2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z', 3] as const,
    ].map(([publishedAt, replacedAt, readyReplicas]) => ({
      ...{ imageRef: 'proxy:1', replicas: 3, readyReplicas, publishedAt, replacedAt },
    })),
  }),
];

test('a verdict that is another is told with its cause, and leads to its release', async () => {
  const { user, went } = await open({ ...NOTHING, seenAt: '2026-11-20T10:30:00.000Z' }, WOBBLED);
  const told = lines(/20 November/).filter((line) => line?.includes('Verdict'));
  expect(told).toEqual([
    expect.stringMatching(/^New: 11:00✓Verdictv1\.1\.0fail → pass: no longer “edge in prod: 1 of 3 ready”$/),
    expect.stringMatching(/^10:00✕Verdictv1\.1\.0pass → fail: edge in prod: 1 of 3 ready$/),
    expect.stringMatching(/^09:00✓Verdictv1\.1\.0by then pass: nothing blocks it, 1 of 1 components$/),
  ]);
  const list = screen.getByRole('list', { name: /20 November/ });
  const [line] = within(list)
    .getAllByRole('listitem')
    .filter(({ textContent }) => textContent?.includes('pass → fail'));
  if (line === undefined) throw new Error('it is told');
  await user.click(within(line).getByRole('link', { name: 'v1.1.0' }));
  expect(went.mock.calls).toEqual([['v1.1.0', null, null]]);
});

test('what differs leads to the cell that it is about', async () => {
  const unready = item('v1.1.0', 'k8s#prod-deployment/edge', {
    ...{ imageRef: 'proxy:1', replicas: 3, readyReplicas: 1, publishedAt: '2026-11-20T10:00:00Z' },
  });
  const { user, went } = await open(NOTHING, [...ITEMS, unready]);
  await user.click(screen.getByRole('link', { name: 'edge 1 of 3 ready' }));
  expect(went.mock.calls).toEqual([['v1.1.0', 'k8s#edge', 'prod']]);
});

test('says of how many releases it is not known since when the verdict holds', async () => {
  const undated = ITEMS.map((of) => ({ ...of, publishedAt: null }));
  await open(NOTHING, undated);
  expect(screen.getByRole('region', { name: 'Activity' })).toHaveTextContent(
    'Not known of 1 current release: since when the verdict holds.',
  );
});

test('marks all as seen', async () => {
  const { user, onAllSeen } = await open(ACTIVITY);
  await user.click(screen.getByRole('button', { name: 'Mark all as seen' }));
  expect(onAllSeen).toHaveBeenCalledOnce();
});

test.each<[string, Activity | null, Partial<ViewState>, string]>([
  ['before the first reading', null, {}, 'Loading the history of this table…'],
  ['at the first visit', { ...NOTHING, lastVisitAt: null }, {}, 'This is the first visit to this table'],
  ['where nothing is left', NOTHING, { q: 'nothing is called so' }, 'No activity matches the filters.'],
  ['of what the filters leave', NOTHING, { q: '1.0.0' }, '1 of 3 events'],
  ['where nothing is kept', { ...ACTIVITY, trouble: 'This browser lets nothing be kept.' }, {}, 'lets nothing be kept'],
])('says what there is to say %s', async (_, activity, filters, words) => {
  await open(activity, ITEMS, filters);
  expect(screen.getByRole('region', { name: 'Activity' })).toHaveTextContent(words);
});

test('says how much has no time', async () => {
  await open(NOTHING, [...ITEMS, item('v1.1.0', 'backend#undated')]);
  expect(screen.getByRole('region', { name: 'Activity' })).toHaveTextContent('1 fragment without a time.');
});

test('of many events the newest are shown, and more on demand', async () => {
  const many = Array.from({ length: 250 }, (_, at) =>
    item(`v1.${at}.0`, 'backend#a', { publishedAt: '2026-11-20T08:00:00Z' }),
  );
  const { user } = await open(NOTHING, many);
  expect(lines(/20 November/)).toHaveLength(150);
  // One of them is of the verdict on the newest.
  await user.click(screen.getByRole('button', { name: 'Show more (101 left)' }));
  await waitFor(() => expect(lines(/20 November/)).toHaveLength(251));
  expect(screen.queryByRole('button', { name: /^Show more/ })).toBeNull();
});
