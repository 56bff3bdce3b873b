import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { expect, test, vi } from 'vitest';
import { EnvironmentsView } from '../../../src/dashboard/environments/EnvironmentsView.tsx';
import { useViewState } from '../../../src/dashboard/state/view-state.ts';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../../src/release/item/item.ts';
import { buildReport, type Report } from '../../../src/release/report/report.ts';
import { outlineOf } from '../../../src/views/matrix/outline.ts';
import { policyOf } from '../../release/items.ts';
import { Answered, knownOf } from '../answered.tsx';
import { item, READ_AT, reportOf } from '../report-of.ts';
import { smallEstate, workload } from './estate.ts';

const went = vi.fn<(release: string, component: string | null) => void>();

function Page({ report }: { readonly report: Report }) {
  const [view, change] = useViewState();
  return <EnvironmentsView outline={outlineOf(report)} view={view} change={change} onGo={went} />;
}

async function open(report: Report, search = '') {
  went.mockClear();
  render(
    <NuqsTestingAdapter searchParams={search} hasMemory>
      <Answered known={knownOf(report)}>
        <Page report={report} />
      </Answered>
    </NuqsTestingAdapter>,
  );
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
    'api in dev: 1.6.0 of v1.6.0, 3/3 ready, the newest',
    'api in staging: 1.5.0 of v1.5.0, 1/3 ready, waits for readiness, 1 release behind v1.6.0, 2 days, 1 finding: 1 of 3 ready',
    'api in prod: 1.4.0 of v1.4.0, 3/3 ready, 2 releases behind v1.6.0, 4 days, 1 finding: v1.6.0 is only partly deployed in prod',
    'cron in dev: nothing',
    'cron in staging: nothing',
    'cron in prod: 1.6.0 of v1.6.0, scaled to zero, the newest, 1 finding: is scaled to zero',
    'worker in dev: nothing',
    'worker in staging: 1.5.0 of v1.5.0, 3/3 ready, 1 release behind v1.6.0, 2 days',
    'worker in prod: 1.6.0 of v1.6.0, 3/3 ready, the newest, 1 finding: is at v1.6.0 in prod, ahead of staging',
    'guide in dev: nothing',
    'guide in staging: nothing',
    'guide in prod: 1.6.0 of v1.6.0, declared, the newest',
  ]);
});

test('what runs stands apart from what is only declared', async () => {
  await open(smallEstate());
  expect(names('rowheader').filter((name) => /·/.test(name ?? ''))).toEqual([
    'Running workloads · Kubernetes · 3',
    'Declared by fragments · docs · 1',
  ]);
});

test.each<[search: string, said: string, shown: string[]]>([
  ['', '4 components in 3 environments', ['api', 'cron', 'worker', 'guide']],
  ['?type=docs', '1 of 4 components in 3 environments', ['guide']],
  ['?q=wor', '1 of 4 components in 3 environments', ['worker']],
  ['?env=staging', '2 of 4 components in 1 of 3 environments', ['api', 'worker']],
  ['?problems=true&env=dev,staging', '1 of 4 components in 2 of 3 environments', ['api']],
  ['?version=v1.5.0', '2 of 4 components in 3 environments', ['api', 'worker']],
])('%s leaves what the filters leave, and says how much', async (search, said, shown) => {
  await open(smallEstate(), search);
  expect(summary()).toHaveTextContent(said);
  expect(names('rowheader').filter((name) => !/·/.test(name ?? ''))).toEqual(shown);
});

test('what the filters hide can be shown again', async () => {
  const user = await open(smallEstate(), '?q=no-such-thing');
  expect(summary()).toHaveTextContent('The filters hide all 4 components');
  await user.click(screen.getByRole('button', { name: 'Show all components' }));
  await waitFor(() => expect(summary()).toHaveTextContent('4 components in 3 environments'));
});

test('tells what is older than an environment, first among its type', async () => {
  const user = await open(
    reportOf([
      workload('v1.0.0', 'staging', 'api', 1),
      workload('v1.0.0', 'prod', 'api', 1),
      workload('v1.1.0', 'staging', 'worker', 2),
      workload('v1.0.0', 'prod', 'worker', 1),
    ]),
  );
  await user.click(within(screen.getByRole('group', { name: 'Older than' })).getByRole('button', { name: 'staging' }));
  await waitFor(() => expect(summary()).toHaveTextContent('older than staging: 1 in prod'));
  expect(names('rowheader')).toEqual(['Running workloads · Kubernetes · 2', 'worker', 'api']);
  expect(names('gridcell')[1]).toBe(
    'worker in prod: 1.0.0 of v1.0.0, 3/3 ready, 1 release behind v1.1.0, 1 day, older than staging',
  );
});

test('N1: what was observed last runs, though a higher release was deployed before', async () => {
  const seen = (release: string, on: number) =>
    workload(release, 'prod', 'api', on, { publishedAt: `2026-11-0${on}T12:00:00Z` });
  await open(reportOf([{ ...seen('v1.3.0', 3) }, seen('v1.4.0', 2)]));
  expect(names('gridcell')).toEqual(['api in prod: 1.3.0 of v1.3.0, 3/3 ready, 1 release behind v1.4.0']);
});

test('what runs under the newest release and is not of it is not called the newest; the worst is told, the rest counted', async () => {
  await open(
    reportOf([
      item('v1.3.0', 'backend#api', { artifact: 'acme/api:1.3.0' }),
      workload('v1.3.0', 'prod', 'api', 1),
      item('v1.4.0', 'backend#api', { artifact: 'acme/api:1.4.0' }),
      workload('v1.4.0', 'prod', 'api', 3, { imageRef: 'acme/api:1.4.0-rc.2', readyReplicas: 1 }),
    ]),
  );
  expect(names('gridcell')).toEqual([
    'api in prod: 1.4.0-rc.2 of v1.4.0, 1/3 ready, waits for readiness, not v1.4.0, 3 findings, first: is 1.4.0-rc.2 in a stable release',
  ]);
  const cell = within(grid()).getByRole('gridcell');
  expect(cell).toHaveTextContent('not v1.4.0');
  expect(cell).not.toHaveTextContent('newest');
  expect(within(cell).getByText('+2 more')).toHaveAttribute('title', 'runs 1.4.0-rc.2, not 1.4.0\n1 of 3 ready');
});

test('a cell leads to its cell of the matrix, by click and by key; arrows lead along', async () => {
  const user = await open(smallEstate());
  await user.click(screen.getByRole('link', { name: '1.4.0' }));
  expect(went.mock.lastCall).toEqual(['v1.4.0', 'k8s#api']);
  await user.keyboard('{Control>}{Home}{/Control}{ArrowDown}{End}');
  expect(document.activeElement).toHaveAccessibleName(/^cron in prod: /);
  await user.keyboard('{ArrowRight}{ArrowUp}');
  expect(document.activeElement).toHaveAccessibleName(/^api in prod: /);
  await user.keyboard('{ArrowLeft}{Enter}');
  expect(went.mock.lastCall).toEqual(['v1.5.0', 'k8s#api']);
});

test('what is told of a cell leads to its finding', async () => {
  const user = await open(smallEstate());
  await user.click(screen.getByRole('link', { name: 'is at v1.6.0 in prod, ahead of staging' }));
  expect(went.mock.calls).toEqual([['v1.6.0', 'k8s#worker']]);
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
  await open(buildReport({ ...readItems(items, DOCUMENTED_KEYS, policy.environments), readAt: READ_AT }, policy));
  expect(names('columnheader')).toEqual(['Component', 'dev', 'prod']);
  expect(
    within(summary()).getByText('Hidden, as withdrawn: staging (2026-09-30, jane: its tests run in qa)'),
  ).toBeVisible();
  const [, dev, prod] = within(grid()).getAllByRole('columnheader');
  expect(prod).toHaveTextContent('frozen until 2026-12-02');
  expect(dev).not.toHaveTextContent('frozen');
});
