import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { useMemo } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FilterBar } from '../../../src/dashboard/filters/FilterBar.tsx';
import type { ViewState } from '../../../src/dashboard/state/view-state.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { applyFilters } from '../../../src/views/filters/apply-filters.ts';
import { fetchRangeReader } from '../../../src/views/filters/range-reader.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';
import { OnPage } from '../answered.tsx';

const REPORT = reportOf([
  item('v2.1.0', 'backend#api'),
  item('v2.1.0', 'k8s#prod-deployment/api'),
  item('v2.0.0', 'backend#api'),
  item('v2.0.0', 'frontend#shell', { environment: 'dev', owner: 'web' }),
  item('v1.4.0', 'frontend#shell'),
  item('v1.4.0-rc.1', 'frontend#shell'),
]);

/** The filter bar with the real filters, over a list of the releases they leave. */
function Bar({ report, view }: { readonly report: Report; readonly view: ViewState }) {
  const visible = useMemo(() => applyFilters(report, view), [report, view]);
  return (
    <>
      <FilterBar view={view} visible={visible} offer={null} />
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
      <OnPage known={knownOf(report)}>{(view) => <Bar report={report} view={view} />}</OnPage>
    </NuqsAdapter>,
  );
  return userEvent.setup();
}

const left = () =>
  within(screen.getByRole('list', { name: 'Left' }))
    .queryAllByRole('listitem')
    .map((li) => li.textContent);
const box = () => screen.getByRole('combobox', { name: 'Filter and find' });
/** What the button of a filter says. */
const said = (group: string) =>
  within(screen.getByRole('group', { name: group })).getAllByRole('button')[0]?.textContent;
async function openMenu(user: ReturnType<typeof userEvent.setup>, group: string) {
  const of = within(screen.getByRole('group', { name: group }));
  const [button] = of.getAllByRole('button');
  if (button === undefined) throw new Error(`${group} has no button.`);
  await user.click(button);
  await of.findByRole('dialog');
  return of;
}

beforeAll(() => fetchRangeReader(() => import('../../../src/release/policy/policy-terms.ts')));
afterEach(() => {
  vi.useRealTimers();
  // What one test has not yet written to the URL is nothing to the next: this adapter empties the queue as it mounts.
  render(<NuqsTestingAdapter>{null}</NuqsTestingAdapter>);
});

describe('the filter bar', () => {
  it('filters by version as one types, and the URL says so', async () => {
    const user = open();
    await user.type(box(), '~1.4');
    expect(box()).toHaveValue('~1.4');
    expect(await screen.findByText('2 of 4 releases, 3 components')).toBeVisible();
    expect(left()).toEqual(['v1.4.0', 'v1.4.0-rc.1']);
    await expect.poll(() => location.search).toBe('?q=~1.4');
  });

  it('applies what is typed at once on Enter, and empties the box on Escape', async () => {
    const user = open();
    await user.type(box(), 'shell{Enter}');
    expect(screen.getByText('4 releases, 1 of 3 components')).toBeVisible();
    await user.keyboard('{Escape}');
    expect(box()).toHaveValue('');
    expect(screen.getByText('4 releases, 3 components')).toBeVisible();
  });

  it('keeps Escape in a box that holds something to itself', async () => {
    const user = open();
    let heard = 0;
    const listener = () => heard++;
    document.addEventListener('keydown', listener);
    await user.type(box(), 'x');
    heard = 0;
    await user.keyboard('{Escape}');
    expect([box(), heard]).toEqual([expect.objectContaining({ value: '' }), 0]);
    await user.keyboard('{Escape}');
    expect(heard).toBe(1);
    document.removeEventListener('keydown', listener);
  });

  it('says what is wrong with a range, in the box and beside it, and hides nothing', async () => {
    const user = open();
    await user.type(box(), '~oops{Enter}');
    expect(box()).toBeInvalid();
    expect(box()).toHaveAccessibleDescription('“~oops” is not a version range, such as ~1.4 or >=2 <3.');
    expect(left()).toHaveLength(4);
  });

  it('follows the URL while a draft is under way: Back wins', () => {
    vi.useFakeTimers();
    open('?q=2');
    fireEvent.change(box(), { target: { value: '2.1' } });
    expect(box()).toHaveValue('2.1');
    act(() => {
      history.replaceState(null, '', '/?q=rc');
      window.dispatchEvent(new PopStateEvent('popstate'));
    });
    expect(box()).toHaveValue('rc');
    // The draft's time comes and goes.
    act(() => vi.advanceTimersByTime(10_000));
    expect(box()).toHaveValue('rc');
    expect(left()).toEqual(['v1.4.0-rc.1']);
  });

  it.each<[string, string, string, string, readonly string[]]>([
    ['Stage', 'rc', 'Stage: rc', '?stage=rc', ['v1.4.0-rc.1']],
    ['Environment', 'prod', 'Environment: prod', '?env=prod', ['v2.1.0']],
    ['Type', 'Kubernetes (k8s)', 'Type: Kubernetes', '?type=k8s', ['v2.1.0', 'v2.0.0', 'v1.4.0', 'v1.4.0-rc.1']],
    ['Owner', 'web', 'Owner: web', '?owner=web', ['v2.1.0', 'v2.0.0', 'v1.4.0', 'v1.4.0-rc.1']],
  ])('%s: %s is chosen and undone, and the button says so', async (group, name, words, search, releases) => {
    const user = open();
    expect(said(group)).toBe(group);
    const menu = await openMenu(user, group);
    await user.click(menu.getByRole('checkbox', { name }));
    expect(menu.getByRole('checkbox', { name })).toBeChecked();
    expect(said(group)).toBe(words);
    expect(left()).toEqual(releases);
    await expect.poll(() => location.search).toBe(search);
    await user.click(menu.getByRole('checkbox', { name }));
    expect(said(group)).toBe(group);
    expect(left()).toHaveLength(4);
  });

  it('says how much there is of each value', async () => {
    const user = open();
    const listed = async (group: string) => {
      const menu = await openMenu(user, group);
      return menu.getAllByRole('checkbox').map((input) => input.parentElement?.textContent);
    };
    expect(await listed('Stage')).toEqual(['alpha0', 'beta0', 'rc1', 'stable3']);
    expect(await listed('Type')).toEqual(['Frontend1', 'Backend1', 'Kubernetes1']);
    expect(await listed('Environment')).toEqual(['dev1', 'prod1']);
    expect(await listed('Owner')).toEqual(['web1']);
  });

  it('shows only problems', async () => {
    const user = open();
    await user.click(screen.getByRole('switch', { name: 'Only problems' }));
    expect(screen.getByRole('switch', { name: 'Only problems' })).toBeChecked();
    expect(left()).toEqual(['v2.1.0']);
  });

  it('reads everything from the URL, and clears it', async () => {
    const user = open('?q=2+api&stage=stable&type=backend&env=prod&owner=web&problems=true&flip=true');
    expect(box()).toHaveValue('2 api');
    expect(['Stage', 'Type', 'Environment', 'Owner'].map(said)).toEqual([
      'Stage: stable',
      'Type: Backend',
      'Environment: prod',
      'Owner: web',
    ]);
    expect(screen.getByText(/^0 of 4 releases, 0 of 3 components, entries of prod only$/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(screen.getByText('4 releases, 3 components')).toBeVisible();
    expect(box()).toHaveFocus();
    expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull();
    // The orientation is no filter.
    await expect.poll(() => location.search).toBe('?flip=true');
  });

  it.each(['environments', 'compare', 'activity'])('counts nothing above the %s, which count themselves', (view) => {
    open(`?view=${view}&q=~oops&type=backend`);
    expect(screen.queryByText(/releases|components/)).toBeNull();
    expect(box()).toHaveAccessibleDescription(/is not a version range/);
    expect(screen.getByRole('button', { name: 'Clear filters' })).toBeVisible();
  });

  it('has a control for what a link asks for though the table has none of it', () => {
    open('?type=cobol&env=moon&stage=other&owner=nobody');
    expect(['Stage', 'Type', 'Environment', 'Owner'].map(said)).toEqual([
      'Stage: other',
      'Type: cobol',
      'Environment: moon',
      'Owner: nobody',
    ]);
  });

  it('is reached by /, but not from another box', async () => {
    const user = open('?q=rc');
    await user.keyboard('/');
    expect(box()).toHaveFocus();
    expect(box()).toHaveValue('rc');
    await user.click(screen.getByRole('textbox', { name: 'Elsewhere' }));
    await user.keyboard('/');
    expect(screen.getByRole('textbox', { name: 'Elsewhere' })).toHaveValue('/');
  });

  it('keeps 200 environments in a list that can be searched, inside the group', async () => {
    const many = Array.from({ length: 200 }, (_, index) => item('v1.0.0', `k8s#e${index}-deployment/api`));
    const user = open('', reportOf(many));
    const group = await openMenu(user, 'Environment');
    await user.type(await group.findByRole('textbox', { name: 'Find among environments' }), 'e19');
    expect(group.getAllByRole('checkbox').map((box) => box.parentElement?.textContent)).toEqual([
      'e191',
      ...Array.from({ length: 10 }, (_, index) => `e19${index}1`),
    ]);
    await user.click(group.getByRole('checkbox', { name: 'e198' }));
    expect(group.getByRole('checkbox', { name: 'e198' })).toBeChecked();
    await user.keyboard('{Escape}');
    expect(said('Environment')).toBe('Environment: e198');
    await expect.poll(() => location.search).toBe('?env=e198');
  });
});
