import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { expect, test, vi } from 'vitest';
import { EnvironmentsView } from '../../../src/dashboard/environments/EnvironmentsView.tsx';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../../src/release/item/item.ts';
import { makeReport } from '../../../src/release/report/make-report.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { policyOf } from '../../release/items.ts';
import { item, READ_AT, reportOf } from '../../release/report-of.ts';
import { smallEstate, workload } from '../../views/environments/estate.ts';
import { knownOf } from '../../views/known-of.ts';
import { OnPage } from '../answered.tsx';

/** The addresses that were gone to. */
const went = vi.fn<(address: Record<string, string>) => void>();

const pageOf = (report: Report, search = '') => (
  <NuqsTestingAdapter
    searchParams={search}
    hasMemory
    onUrlUpdate={({ searchParams }) => went(Object.fromEntries(searchParams))}
  >
    <OnPage known={knownOf(report)}>{(view) => <EnvironmentsView view={view} />}</OnPage>
  </NuqsTestingAdapter>
);

async function open(report: Report, search = '') {
  went.mockClear();
  render(pageOf(report, search));
  await screen.findByRole('region', { name: 'What runs where' });
  return userEvent.setup();
}

const grid = () => screen.getByRole('grid', { name: 'Environments' });
const names = (role: 'gridcell' | 'columnheader' | 'rowheader') =>
  within(grid())
    .queryAllByRole(role)
    .map((element) => element.getAttribute('aria-label') ?? element.textContent);
const summary = () => screen.getByRole('region', { name: 'What runs where' });

test('says of every component what is of it in each environment, as a sentence', async () => {
  await open(smallEstate());
  expect(names('columnheader')).toEqual(['Component', 'dev', 'staging', 'prod']);
  expect(names('gridcell')).toEqual([
    'api in dev: 1.6.0 of v1.6.0, 3/3 ready, as released, the newest',
    'api in staging: 1.5.0 of v1.5.0, 1/3 ready, waits for readiness, not as released: 1 of 3 ready, 1 release behind v1.6.0, 2 days',
    'api in prod: 1.4.0 of v1.4.0, 3/3 ready, not as released: v1.6.0 is only partly deployed in prod; still v1.4.0, 2 releases behind v1.6.0, 4 days',
    'cron in dev: nothing',
    'cron in staging: nothing',
    'cron in prod: 1.6.0 of v1.6.0, scaled to zero, not as released: is scaled to zero, the newest',
    'worker in dev: nothing',
    'worker in staging: 1.5.0 of v1.5.0, 3/3 ready, as released, 1 release behind v1.6.0, 2 days',
    'worker in prod: 1.6.0 of v1.6.0, 3/3 ready, not as released: is at v1.6.0 in prod, ahead of staging, the newest',
    'guide in dev: nothing',
    'guide in staging: nothing',
    'guide in prod: 1.6.0 of v1.6.0, declared, as released, the newest',
  ]);
});

test('the head of an environment says which release it runs and how much of it is as that says', async () => {
  await open(smallEstate());
  expect(
    within(grid())
      .getAllByRole('columnheader')
      .map((head) => head.textContent),
  ).toEqual([
    'Component',
    'dev v1.6.0as released',
    'staging v1.5.01 of 2 not as released',
    'prod v1.6.03 of 4 not as released',
  ]);
});

test('says whose each component is', async () => {
  await open(smallEstate());
  expect(within(grid()).getByRole('rowheader', { name: 'api platform' })).toBeVisible();
});

test('what runs stands apart from what is only declared', async () => {
  await open(smallEstate());
  expect(names('rowheader').filter((name) => /·/.test(name ?? ''))).toEqual([
    'Running workloads · Kubernetes · 3',
    'Declared by fragments · docs · 1',
  ]);
});

test.each<[search: string, said: string, shown: string[]]>([
  ['?env=staging,prod', '4 components in 2 of 3 environments', ['api platform', 'cron', 'worker', 'guide']],
  ['?type=docs', '1 of 4 components in 3 environments', ['guide']],
  ['?q=wor', '1 of 4 components in 3 environments', ['worker']],
  ['?env=staging', '2 of 4 components in 1 of 3 environments', ['api platform', 'worker']],
  ['?problems=true&env=dev,staging', '1 of 4 components in 2 of 3 environments', ['api platform']],
  ['?q=v1.5.0', '2 of 4 components in 3 environments', ['api platform', 'worker']],
])('%s leaves what the filters leave, and says how much', async (search, said, shown) => {
  await open(smallEstate(), search);
  expect(summary()).toHaveTextContent(said);
  expect(names('rowheader').filter((name) => !/·/.test(name ?? ''))).toEqual(shown);
});

test('what the filters hide can be shown again', async () => {
  const user = await open(smallEstate(), '?q=no-such-thing');
  expect(summary()).toHaveTextContent('The filters hide all 4 components');
  await user.click(screen.getByRole('button', { name: 'Show all components' }));
  await waitFor(() => expect(names('gridcell')).toHaveLength(12));
});

test('leaves what is not as released, in one environment or in any', async () => {
  const user = await open(smallEstate());
  const named = () => names('rowheader').filter((name) => !/·/.test(name ?? ''));
  await user.click(screen.getByRole('button', { name: '1 of 2 not as released' }));
  await waitFor(() => expect(named()).toEqual(['api platform']));
  expect(summary()).toHaveTextContent('1 of 4 components in 3 environments');
  expect(went.mock.lastCall).toEqual([{ off: 'staging' }]);
  await user.click(screen.getByRole('button', { name: 'Not as released 3', pressed: false }));
  await waitFor(() => expect(named()).toEqual(['api platform', 'cron', 'worker']));
  await user.click(screen.getByRole('button', { name: 'Show all components' }));
  await waitFor(() => expect(named()).toEqual(['api platform', 'cron', 'worker', 'guide']));
  expect(went.mock.lastCall).toEqual([{}]);
});

test('N1: what was observed last runs, though a higher release was deployed before', async () => {
  const seen = (release: string, on: number) =>
    workload(release, 'prod', 'api', on, { publishedAt: `2026-11-0${on}T12:00:00Z` });
  await open(reportOf([{ ...seen('v1.3.0', 3) }, seen('v1.4.0', 2)]));
  expect(names('gridcell')).toEqual(['api in prod: 1.3.0 of v1.3.0, 3/3 ready, as released, 1 release behind v1.4.0']);
});

test('what runs under the newest release and is not of it is not called the newest; all that is wrong is told', async () => {
  await open(
    reportOf([
      item('v1.3.0', 'backend#api', { artifact: 'acme/api:1.3.0' }),
      workload('v1.3.0', 'prod', 'api', 1),
      item('v1.4.0', 'backend#api', { artifact: 'acme/api:1.4.0' }),
      workload('v1.4.0', 'prod', 'api', 3, { imageRef: 'acme/api:1.4.0-rc.2', readyReplicas: 1 }),
    ]),
  );
  expect(names('gridcell')).toEqual([
    'api in prod: 1.4.0-rc.2 of v1.4.0, 1/3 ready, waits for readiness, not as released: is 1.4.0-rc.2 in a stable release; runs 1.4.0-rc.2, not 1.4.0; 1 of 3 ready, not v1.4.0',
  ]);
  const cell = within(grid()).getByRole('gridcell');
  expect(cell.textContent).toBe('1.4.0-rc.2 pre-release, other image, 1/3 ready');
});

test('a cell opens its details in place, by click and by key; arrows lead along', async () => {
  const user = await open(smallEstate(), '?view=environments');
  await user.click(screen.getByRole('link', { name: 'still v1.4.0' }));
  expect(went.mock.lastCall).toEqual([
    { view: 'environments', release: 'v1.4.0', component: 'k8s#api', first: 'prod' },
  ]);
  await user.keyboard('{Control>}{Home}{/Control}{ArrowDown}{End}');
  expect(document.activeElement).toHaveAccessibleName(/^cron in prod: /);
  await user.keyboard('{ArrowRight}{ArrowUp}');
  expect(document.activeElement).toHaveAccessibleName(/^api in prod: /);
  await user.keyboard('{ArrowLeft}{Enter}');
  await waitFor(() =>
    expect(went.mock.lastCall).toEqual([
      { view: 'environments', release: 'v1.5.0', component: 'k8s#api', first: 'staging' },
    ]),
  );
});

test('the focus stays with its cell when others come, and goes to what stands in its place when it is gone', async () => {
  const running = (...components: string[]) => reportOf(components.map((name) => workload('v1.6.0', 'prod', name, 5)));
  const { rerender } = render(pageOf(running('api', 'cron', 'worker')));
  (await screen.findByRole('gridcell', { name: /^cron / })).focus();
  rerender(pageOf(running('api', 'auth', 'cron', 'worker')));
  await screen.findByRole('gridcell', { name: /^auth / });
  expect(document.activeElement).toHaveAccessibleName(/^cron /);
  rerender(pageOf(running('api', 'worker')));
  await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/^worker /));
});

test('says where nobody knows what runs, and where nothing names an environment', async () => {
  await open(reportOf([item('v1.0.0', 'backend#a')]));
  expect(summary()).toHaveTextContent('No fragment names an environment');
});

test('draws a few hundred components at once, and the rest when asked', async () => {
  const many = Array.from({ length: 230 }, (_, at) => workload('v1.0.0', 'prod', `c${at}`, 1));
  const user = await open(reportOf(many));
  const drawn = () => grid().querySelectorAll('td').length;
  expect(drawn()).toBe(200);
  await user.click(screen.getByRole('button', { name: 'Show 30 more components' }));
  await waitFor(() => expect(drawn()).toBe(230));
  // The button has gone; the focus is on the first of what it has shown.
  expect(grid().querySelectorAll('td')[200]).toHaveFocus();
});

test('says which environments are hidden and until when one is frozen', async () => {
  const policy = policyOf({
    withdrawn: [{ environment: 'staging', reason: 'its tests run in qa', by: 'jane', date: '2026-09-30' }],
    freezes: [
      { environment: 'prod', from: '2026-11-20', to: '2026-12-02', reason: 'Black Friday' },
      { environment: 'dev', from: '2026-12-24', to: '2026-12-26', reason: 'Christmas' },
    ],
  });
  const items = ['dev', 'staging', 'prod'].map((environment) =>
    item('v1.6.0', `k8s#${environment}-deployment/api`, { replicas: 1, readyReplicas: 1 }),
  );
  await open(
    makeReport(null, { ...readItems(items, DOCUMENTED_KEYS, policy.environments), readAt: READ_AT }, policy).report,
  );
  expect(names('columnheader')).toEqual(['Component', 'dev', 'prod']);
  expect(
    within(summary()).getByText('Hidden, as withdrawn: staging (2026-09-30, jane: its tests run in qa)'),
  ).toBeVisible();
  const [, dev, prod] = within(grid()).getAllByRole('columnheader');
  expect(prod).toHaveTextContent('frozen until 2026-12-02');
  expect(dev).not.toHaveTextContent('frozen');
});

test('a group of environments is one column, which can be unfolded and folded again', async () => {
  const policy = policyOf({ groups: { prod: ['prod-eu', 'prod-us'] } });
  const items = [
    workload('v1.1.0', 'staging', 'api', 1),
    workload('v1.1.0', 'prod-eu', 'api', 2),
    workload('v1.0.0', 'prod-us', 'api', 1),
  ];
  const user = await open(
    makeReport(null, { ...readItems(items, DOCUMENTED_KEYS, policy.environments), readAt: READ_AT }, policy).report,
  );
  expect(names('columnheader')).toEqual(['Component', 'staging', 'prod']);
  expect(names('gridcell')[1]).toMatch(
    /^api in prod: 1\.1\.0 in 1 of 2 of v1\.1\.0, 6\/6 ready, not as released: prod-us: still v1\.0\.0, /,
  );
  await user.click(screen.getByRole('button', { name: 'Show the 2 environments of prod', expanded: false }));
  await waitFor(() => expect(names('columnheader')).toEqual(['Component', 'staging', 'prod-eu', 'prod-us']));
  expect(went.mock.lastCall).toEqual([{ unfolded: 'prod' }]);
  await user.click(screen.getByRole('button', { name: 'Fold prod into one column', expanded: true }));
  await waitFor(() => expect(names('columnheader')).toEqual(['Component', 'staging', 'prod']));
});
