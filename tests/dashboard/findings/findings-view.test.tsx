import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FindingsView } from '../../../src/dashboard/findings/FindingsView.tsx';
import { ProblemKeys } from '../../../src/dashboard/findings/ProblemKeys.tsx';
import type { Item } from '../../../src/release/item/item.ts';
import { brokenPolicy } from '../../../src/release/policy/policy.ts';
import { policyOfDocument } from '../../../src/release/policy/read-policy.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';
import { OnPage } from '../answered.tsx';

beforeEach(() => {
  // jsdom lays nothing out; the list draws what fits its height.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1000);
});

const went = vi.fn<(release: string, component: string | null) => void>();

const pageOf = (report: Report, search = '') => (
  <NuqsTestingAdapter searchParams={search} hasMemory>
    <OnPage known={knownOf(report)} go={went}>
      {(view) => (
        <>
          <input aria-label="Elsewhere" />
          <FindingsView view={view} />
          <ProblemKeys view={view} whereabouts={{ current: null }} />
        </>
      )}
    </OnPage>
  </NuqsTestingAdapter>
);

async function open(report: Report, search = '') {
  went.mockClear();
  render(pageOf(report, search));
  await screen.findByRole('region', { name: 'Findings' });
  return userEvent.setup();
}

/** v1.1.0 lacks `count` components. */
const lacking = (count: number): Item[] => [
  ...Array.from({ length: count }, (_, place) => item('v1.0.0', `backend#c${String(place).padStart(6, '0')}`)),
  item('v1.0.0', 'backend#kept'),
  item('v1.1.0', 'backend#kept', { date: '2026-11-01T12:00:00Z' }),
];
/** A policy that waives that v1.1.0 lacks these. */
const waiving = (...components: string[]) => {
  const waiver = { code: 'missing-component', release: 'v1.1.0', reason: 'later', by: 'us', expires: '2026-12-31' };
  return policyOfDocument({ waivers: components.map((component) => ({ ...waiver, component })) }, 'file').policy;
};
const region = () => screen.getByRole('region', { name: 'Findings' });

test.each([
  ['', 'All codes'],
  ['?code=missing-component', 'missing-component 2'],
  ['?code=missing-component,not-ready', /^2 of \d codes$/],
])('the button of the codes says which are chosen: %j', async (search, words) => {
  await open(
    reportOf([...lacking(2), item('v1.1.0', 'k8s#prod-deployment/api', { replicas: 2, readyReplicas: 1 })]),
    search,
  );
  expect(within(screen.getByRole('group', { name: 'Code' })).getByRole('button')).toHaveTextContent(words);
});

test('says how many there are in how many releases, and what nothing can be said of', async () => {
  await open(reportOf(lacking(2)));
  expect(region()).toHaveTextContent('2 errors in 2 releases');
  expect(region()).toHaveTextContent('1 release unknown: v1.0.0 (nothing says what belongs to it)');
  const list = within(region()).getByRole('list', { name: 'v1.1.0' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(2);
});

test('a line says what is wrong, whose it is, where, since when and by which check', async () => {
  const owned = { owner: 'web', date: '2026-11-20T12:00:00Z', imageRef: 'api:1.1.0', replicas: 2, readyReplicas: 1 };
  await open(reportOf([item('v1.0.0', 'backend#a'), item('v1.1.0', 'k8s#prod-deployment/api', owned)]), '?q=api');
  const link = within(region()).getByRole('link', { name: /1 of 2 ready/ });
  expect(link.textContent).toMatch(/^■\s*Error\s*k8s\s*api: 1 of 2 ready\s*web\s*prod\s*\d+ [hd]\s*not-ready$/);
});

test('notes are counted until somebody opens them', async () => {
  const user = await open(reportOf(lacking(2), waiving('backend#c000001')));
  const line = screen.getByRole('button', { name: '1 note, 1 of them waived · missing component 1, v1.1.0' });
  expect(within(region()).getAllByRole('link')).toHaveLength(1);
  await user.click(line);
  const notes = within(region()).getByRole('list', { name: 'Notes of v1.1.0' });
  expect(within(notes).getByRole('link')).toHaveAccessibleName(/Waived.*c000001 is missing/);
});

test('where there is nothing but notes the head of the group counts them, and opens them', async () => {
  const user = await open(reportOf(lacking(2), waiving('backend#c000000', 'backend#c000001')));
  const head = screen.getByRole('button', { name: 'v1.1.0, 2 findings' });
  expect(head).toHaveTextContent('2 notes, 2 of them waived · missing component 2');
  expect(within(region()).queryAllByRole('link')).toEqual([]);
  await user.click(head);
  expect(within(region()).getAllByRole('link')).toHaveLength(2);
});

test('past releases are one line, which opens them', async () => {
  const user = await open(
    reportOf([
      ...lacking(2),
      ...['kept', 'c000000', 'c000001'].map((name) =>
        item('v1.2.0', `backend#${name}`, { date: '2026-11-02T12:00:00Z' }),
      ),
      item('v1.2.0', 'no-hash'),
    ]),
  );
  expect(region()).toHaveTextContent('1 error in the 1 current release');
  const past = screen.getByRole('button', { name: '1 past release, 2 errors' });
  expect(past).toHaveAttribute('aria-expanded', 'false');
  expect(within(region()).queryByRole('list', { name: 'v1.1.0' })).toBeNull();
  await user.click(past);
  expect(within(within(region()).getByRole('list', { name: 'v1.1.0' })).getAllByRole('link')).toHaveLength(2);
});

test('a finding is a link to its cell, of which a click asks for the details without a reload', async () => {
  const user = await open(reportOf(lacking(2)));
  const [link] = within(region()).getAllByRole('link');
  expect(link).toHaveAccessibleName(/Error.*c000000 is missing/);
  expect(link).toHaveAttribute('href', '?release=v1.1.0&component=backend%23c000000');
  if (link) await user.click(link);
  expect(went.mock.calls).toEqual([['v1.1.0', 'backend#c000000', null]]);
});

test('of a hundred thousand findings only those in view are drawn, and each says its place among all', async () => {
  const user = await open(reportOf(lacking(100_000)));
  const items = () => within(region()).getAllByRole('listitem');
  expect(items().length).toBeLessThan(40);
  expect(items()[0]).toHaveAttribute('aria-setsize', '100000');
  expect(items()[0]).toHaveAttribute('aria-posinset', '1');
  const head = screen.getByRole('button', { name: 'v1.1.0, 100,000 findings' });
  await user.click(head);
  expect(within(region()).queryAllByRole('listitem')).toEqual([]);
  expect(head).toHaveAttribute('aria-expanded', 'false');
});

test('keys lead along the lines, and Enter follows one', async () => {
  const user = await open(reportOf(lacking(3)));
  screen.getByRole('button', { name: /^v1\.1\.0, 3/ }).focus();
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(document.activeElement).toHaveAccessibleName(/c000001/);
  await user.keyboard('{Enter}{ArrowLeft}');
  expect(went.mock.calls).toEqual([['v1.1.0', 'backend#c000001', null]]);
  expect(document.activeElement).toHaveAttribute('aria-expanded', 'true');
});

describe('where the findings are others', () => {
  /** Focuses one of three, and shows others then. */
  async function openAt(name: RegExp, then: Report) {
    went.mockClear();
    const { rerender } = render(pageOf(reportOf(lacking(3))));
    const user = userEvent.setup();
    (await screen.findByRole('link', { name })).focus();
    rerender(pageOf(then));
    return user;
  }

  test('the focus stays with its finding when a release comes before it', async () => {
    const newer = item('v1.2.0-rc.1', 'k8s#prod-deployment/api', { replicas: 2, readyReplicas: 1 });
    const user = await openAt(/c000001/, reportOf([...lacking(3), newer]));
    await screen.findByRole('button', { name: /^v1\.2\.0-rc/ });
    expect(document.activeElement).toHaveAccessibleName(/c000001/);
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveAccessibleName(/c000002/);
  });

  test('it goes to what stands in the place of a finding that is gone', async () => {
    await openAt(/c000002/, reportOf(lacking(2)));
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/c000001/));
  });

  test('a key that led nowhere does not take it later', async () => {
    const { rerender } = render(pageOf(reportOf(lacking(3))));
    const user = userEvent.setup();
    (await screen.findByRole('button', { name: /^v1\.1\.0, 3/ })).focus();
    await user.keyboard('{ArrowUp}');
    const elsewhere = screen.getByRole('textbox', { name: 'Elsewhere' });
    await user.click(elsewhere);
    rerender(pageOf(reportOf(lacking(2))));
    await screen.findByRole('button', { name: /^v1\.1\.0, 2/ });
    expect(elsewhere).toHaveFocus();
  });
});

test('a line that is not there yet has the focus already, and its words come to it', async () => {
  vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(30 + 1_000 * 28);
  Element.prototype.scrollTo = function (this: Element, to?: ScrollToOptions | number) {
    this.scrollTop = (typeof to === 'object' ? to.top : to) ?? 0;
    queueMicrotask(() => this.dispatchEvent(new Event('scroll')));
  };
  const user = await open(reportOf(lacking(1_000)));
  screen.getByRole('button', { name: /^v1\.1\.0, 1,000/ }).focus();
  await user.keyboard('{End}');
  await waitFor(() => expect(document.activeElement).toHaveAttribute('data-row', '1000'));
  const line = document.activeElement;
  await waitFor(() => expect(line).toHaveAccessibleName(/c000999 is missing/));
  expect(document.activeElement).toBe(line);
  expect(line?.closest('li')).toHaveAttribute('aria-posinset', '1000');
  await user.keyboard('{Home}{ArrowDown}');
  await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/c000000/));
});

test('nothing found is said with how much was looked at', async () => {
  await open(reportOf([item('v1.0.0', 'backend#a'), item('v1.1.0', 'backend#a')]), '?q=1.1');
  expect(region()).toHaveTextContent('Nothing blocks or warns in 1 release');
  expect(region()).toHaveTextContent('Nothing was found in 1 of 2 releases, 1 component');
  expect(region()).toHaveTextContent('Every check ran over all of them.');
});

test.each<[string, Report, string]>([
  ['no roster', reportOf([item('v1.0.0', 'backend#a')]), 'v1.0.0 (nothing says what belongs to it)'],
  [
    'no fragment that can be read',
    reportOf([item('v1.0.0', 'no-hash')]),
    'v1.0.0 (there is no fragment of it; nothing says what belongs to it)',
  ],
  [
    'a broken policy',
    reportOf(
      [item('v1.0.0', 'backend#a'), item('v1.1.0', 'backend#a')],
      brokenPolicy([{ path: 'roster', reason: 'is odd' }]),
    ),
    'v1.1.0 (the policy cannot be read), v1.0.0 (nothing says what belongs to it; the policy cannot be read)',
  ],
])('nothing found is no good news where there is %s', async (_, report, named) => {
  await open(report);
  expect(region()).toHaveTextContent(named);
  expect(region()).toHaveTextContent('That says nothing of the');
});

test('what the filters hide can be shown again', async () => {
  const user = await open(reportOf(lacking(2)), '?severity=info&q=zzz&waived=only');
  expect(region()).toHaveTextContent('The filters hide all 2 findings');
  await user.click(screen.getByRole('button', { name: 'Show all findings' }));
  await waitFor(() => expect(region()).toHaveTextContent('2 errors in 2 releases'));
});

test('n and p step from problem to problem, but not where one types', async () => {
  const user = await open(reportOf(lacking(2)), '?release=v1.1.0&component=backend%23c000001');
  await user.click(screen.getByRole('textbox', { name: 'Elsewhere' }));
  await user.keyboard('np');
  expect(went).not.toHaveBeenCalled();
  await user.click(document.body);
  await user.keyboard('{Control>}n{/Control}');
  expect(went).not.toHaveBeenCalled();
  await user.keyboard('n');
  expect(await screen.findByText('From the top again. Problem 1 of 2: c000000 in v1.1.0')).toBeInTheDocument();
  await user.keyboard('p');
  expect(await screen.findByText('From the end again. Problem 2 of 2: c000001 in v1.1.0')).toBeInTheDocument();
  expect(went.mock.calls).toEqual([
    ['v1.1.0', 'backend#c000000'],
    ['v1.1.0', 'backend#c000001'],
  ]);
});

test('however fast n is pressed, each step begins where the one before ended', async () => {
  const user = await open(reportOf(lacking(3)));
  await user.keyboard('nnp');
  await waitFor(() => expect(went).toHaveBeenCalledTimes(3));
  expect(went.mock.calls.map(([, component]) => component)).toEqual([
    'backend#c000000',
    'backend#c000001',
    'backend#c000000',
  ]);
});

test('without a problem n says so', async () => {
  const user = await open(reportOf([item('v1.0.0', 'backend#a')]));
  await user.keyboard('n');
  expect(await screen.findByText('No problems match the filters.')).toBeInTheDocument();
});
