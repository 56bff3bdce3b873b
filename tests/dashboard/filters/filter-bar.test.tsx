import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { useMemo } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FilterBar } from '../../../src/dashboard/filters/FilterBar.tsx';
import { useViewState } from '../../../src/dashboard/state/view-state.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { applyFilters } from '../../../src/views/filters/apply-filters.ts';
import { fetchRangeReader } from '../../../src/views/filters/range-reader.ts';
import { item, reportOf } from '../report-of.ts';

const REPORT = reportOf([
  item('v2.1.0', 'backend#api'),
  item('v2.1.0', 'k8s#prod-deployment/api'),
  item('v2.0.0', 'backend#api'),
  item('v2.0.0', 'frontend#shell', { environment: 'dev' }),
  item('v1.4.0', 'frontend#shell'),
  item('v1.4.0-rc.1', 'frontend#shell'),
]);

/** The filter bar with the real view state and the real filters, over a list of the releases they leave. */
function Bar({ report }: { readonly report: Report }) {
  const [view, change] = useViewState();
  const visible = useMemo(() => applyFilters(report, view), [report, view]);
  return (
    <>
      <FilterBar outline={report} view={view} change={change} visible={visible} offer={null} />
      <ul aria-label="Left">
        {visible.rows.map((row) => (
          <li key={row}>{report.rows[row]?.release.tag}</li>
        ))}
      </ul>
      <input aria-label="Elsewhere" />
    </>
  );
}

function open(search = '', report: Report = REPORT) {
  history.replaceState(null, '', `/${search}`);
  render(
    <NuqsAdapter>
      <Bar report={report} />
    </NuqsAdapter>,
  );
  return userEvent.setup();
}

const left = () =>
  within(screen.getByRole('list', { name: 'Left' }))
    .queryAllByRole('listitem')
    .map((li) => li.textContent);
const box = (name: 'Version' | 'Component') => screen.getByRole('textbox', { name });
const choice = (group: string, name: string) =>
  within(screen.getByRole('group', { name: group })).getByRole('button', { name });

beforeAll(() => fetchRangeReader(() => import('../../../src/release/policy/policy-terms.ts')));
afterEach(() => {
  vi.useRealTimers();
  // What one test has not yet written to the URL is nothing to the next: this adapter empties the queue as it mounts.
  render(<NuqsTestingAdapter>{null}</NuqsTestingAdapter>);
});

describe('the filter bar', () => {
  it('filters by version as one types, and the URL says so', async () => {
    const user = open();
    await user.type(box('Version'), '~1.4');
    expect(box('Version')).toHaveValue('~1.4');
    expect(await screen.findByText('2 of 4 releases, 3 components')).toBeVisible();
    expect(left()).toEqual(['v1.4.0', 'v1.4.0-rc.1']);
    await expect.poll(() => location.search).toBe('?version=~1.4');
  });

  it('applies what is typed at once on Enter, and empties the box on Escape', async () => {
    const user = open();
    await user.type(box('Component'), 'shell{Enter}');
    expect(screen.getByText('4 releases, 1 of 3 components')).toBeVisible();
    await user.keyboard('{Escape}');
    expect(box('Component')).toHaveValue('');
    expect(screen.getByText('4 releases, 3 components')).toBeVisible();
  });

  it('keeps Escape in a box that holds something to itself', async () => {
    const user = open();
    let heard = 0;
    const listener = () => heard++;
    document.addEventListener('keydown', listener);
    await user.type(box('Version'), 'x');
    heard = 0;
    await user.keyboard('{Escape}');
    expect([box('Version'), heard]).toEqual([expect.objectContaining({ value: '' }), 0]);
    await user.keyboard('{Escape}');
    expect(heard).toBe(1);
    document.removeEventListener('keydown', listener);
  });

  it('says what is wrong with a range, in the box and beside it, and hides nothing', async () => {
    const user = open();
    await user.type(box('Version'), '~oops{Enter}');
    expect(box('Version')).toBeInvalid();
    expect(box('Version')).toHaveAccessibleDescription('“~oops” is not a version range, such as ~1.4 or >=2 <3.');
    expect(left()).toHaveLength(4);
  });

  it('follows the URL while a draft is under way: Back wins', () => {
    vi.useFakeTimers();
    open('?version=2');
    fireEvent.change(box('Version'), { target: { value: '2.1' } });
    expect(box('Version')).toHaveValue('2.1');
    act(() => {
      history.replaceState(null, '', '/?version=rc');
      window.dispatchEvent(new PopStateEvent('popstate'));
    });
    expect(box('Version')).toHaveValue('rc');
    // The draft's time comes and goes.
    act(() => vi.advanceTimersByTime(10_000));
    expect(box('Version')).toHaveValue('rc');
    expect(left()).toEqual(['v1.4.0-rc.1']);
  });

  it.each<[string, string, string, readonly string[]]>([
    ['Stage', 'rc', '?stage=rc', ['v1.4.0-rc.1']],
    ['Environment', 'prod', '?env=prod', ['v2.1.0']],
    ['Type', 'Kubernetes (k8s)', '?type=k8s', ['v2.1.0', 'v2.0.0', 'v1.4.0', 'v1.4.0-rc.1']],
  ])('%s: %s is pressed and released', async (group, name, search, releases) => {
    const user = open();
    expect(choice(group, name)).toHaveAttribute('aria-pressed', 'false');
    await user.click(choice(group, name));
    expect(choice(group, name)).toHaveAttribute('aria-pressed', 'true');
    expect(left()).toEqual(releases);
    await expect.poll(() => location.search).toBe(search);
    await user.click(choice(group, name));
    expect(choice(group, name)).toHaveAttribute('aria-pressed', 'false');
    expect(left()).toHaveLength(4);
  });

  it('shows only problems', async () => {
    const user = open();
    await user.click(screen.getByRole('switch', { name: 'Only problems' }));
    expect(screen.getByRole('switch', { name: 'Only problems' })).toBeChecked();
    expect(left()).toEqual(['v2.1.0']);
  });

  it('reads everything from the URL, and clears it', async () => {
    const user = open('?version=2&stage=stable&type=backend&env=prod&q=api&problems=true&flip=true');
    expect(box('Version')).toHaveValue('2');
    expect(box('Component')).toHaveValue('api');
    for (const [group, name] of [
      ['Stage', 'stable'],
      ['Type', 'Backend'],
      ['Environment', 'prod'],
    ] as const) {
      expect(choice(group, name)).toHaveAttribute('aria-pressed', 'true');
    }
    expect(screen.getByText(/^0 of 4 releases, 0 of 3 components, entries of prod only$/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(screen.getByText('4 releases, 3 components')).toBeVisible();
    expect(box('Version')).toHaveFocus();
    expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull();
    // The orientation is no filter.
    await expect.poll(() => location.search).toBe('?flip=true');
  });

  it.each(['environments', 'compare', 'activity'])('counts nothing above the %s, which count themselves', (view) => {
    open(`?view=${view}&version=~oops&type=backend`);
    expect(screen.queryByText(/releases|components/)).toBeNull();
    expect(screen.getByText(/is not a version range/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Clear filters' })).toBeVisible();
  });

  it('has a control for what a link asks for though the table has none of it', () => {
    open('?type=cobol&env=moon&stage=other');
    for (const [group, name] of [
      ['Type', 'cobol'],
      ['Environment', 'moon'],
      ['Stage', 'other'],
    ] as const) {
      expect(choice(group, name)).toHaveAttribute('aria-pressed', 'true');
    }
  });

  it('is reached by /, but not from another box', async () => {
    const user = open('?version=rc');
    await user.keyboard('/');
    expect(box('Version')).toHaveFocus();
    expect(box('Version')).toHaveValue('rc');
    await user.click(screen.getByRole('textbox', { name: 'Elsewhere' }));
    await user.keyboard('/');
    expect(screen.getByRole('textbox', { name: 'Elsewhere' })).toHaveValue('/');
  });

  it('keeps 200 environments in a list that can be searched, inside the group', async () => {
    const many = Array.from({ length: 200 }, (_, index) => item('v1.0.0', `k8s#e${index}-deployment/api`));
    const user = open('', reportOf(many));
    const group = within(screen.getByRole('group', { name: 'Environment' }));
    expect(group.getAllByRole('button').map((button) => button.textContent)).toEqual([
      'e0',
      'e1',
      'e10',
      'All environments',
    ]);
    await user.click(group.getByRole('button', { name: 'All environments' }));
    await user.type(await group.findByRole('textbox', { name: 'Find among environments' }), 'e19');
    expect(group.getAllByRole('checkbox').map((box) => box.parentElement?.textContent)).toEqual([
      'e19',
      ...Array.from({ length: 10 }, (_, index) => `e19${index}`),
    ]);
    await user.click(group.getByRole('checkbox', { name: 'e198' }));
    expect(group.getByRole('checkbox', { name: 'e198' })).toBeChecked();
    await user.keyboard('{Escape}');
    expect(await group.findByRole('button', { name: '1 more of all environments' })).toBeVisible();
    await expect.poll(() => location.search).toBe('?env=e198');
  });
});
