import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { expect, test } from 'vitest';
import { ReleaseView } from '../../../src/dashboard/release/ReleaseView.tsx';
import { useViewState } from '../../../src/dashboard/state/view-state.ts';
import type { Item } from '../../../src/release/item/item.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { lineOf } from '../../../src/views/matrix/outline.ts';
import { Answered, knownOf } from '../answered.tsx';
import { item, reportOf } from '../report-of.ts';

const day = (of: number) => `2026-11-${String(of).padStart(2, '0')}T12:00:00Z`;

/** v1.0.0 is stable; of v1.1.0 there is an alpha that lacks one, which may be, and an rc that lacks one and holds a beta. */
const ITEMS: Item[] = [
  item('v1.0.0', 'backend#api', { date: day(1) }),
  item('v1.0.0', 'backend#auth', { date: day(1) }),
  item('v1.0.0', 'frontend#shell', { date: day(1) }),
  item('v1.1.0-alpha.1', 'backend#api', { date: day(5) }),
  item('v1.1.0-alpha.1', 'backend#auth', { date: day(5) }),
  item('v1.1.0-rc.1', 'backend#api', { date: day(9), changelog: '### Fixes\n\nOne', componentVersion: '2.0.0-beta.1' }),
  item('v1.1.0-rc.1', 'frontend#shell', { date: day(9) }),
  item('nightly', 'backend#api'),
];

const KNOWN = knownOf(reportOf(ITEMS));

function Page({ report }: { readonly report: Report }) {
  const [view, change] = useViewState();
  return (
    <>
      <output>{`${view.view} ${view.release} ${view.component}`}</output>
      <ReleaseView
        outline={{ rows: report.rows.map((row) => ({ ...lineOf(row), cells: null })) }}
        view={view}
        change={change}
        onGo={(release, component) => change({ view: 'matrix', release, component })}
      />
    </>
  );
}

async function open(search: string, known = KNOWN) {
  render(
    <NuqsTestingAdapter searchParams={search} hasMemory>
      <Answered known={known}>
        <Page report={known.report} />
      </Answered>
    </NuqsTestingAdapter>,
  );
  await screen.findByRole('heading', { level: 2 });
  return userEvent.setup();
}

const section = (name: string) => screen.getByRole('region', { name });
const items = (list: string) =>
  within(screen.getByRole('list', { name: list }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

test('the verdict with what it rests on', async () => {
  await open('?view=release&release=v1.1.0-rc.1');
  expect(screen.getByRole('heading', { level: 2, name: 'v1.1.0-rc.1' })).toBeInTheDocument();
  expect(section('Verdict')).toHaveTextContent('fail');
  expect(items('What blocks it')).toEqual([
    expect.stringMatching(/auth is missing from v1\.1\.0-rc\.1.*missing-component/),
  ]);
});

test.each([
  [
    'v1.0.0',
    /unknown.*Cannot be told: nothing says what belongs to it\. Publish the first whole release.*So far nothing blocks it\.$/,
  ],
  ['v1.1.0-alpha.1', /pass.*Nothing blocks it: 2 of 3 components, 1 note/],
])('the verdict of %s', async (release, said) => {
  await open(`?view=release&release=${release}`);
  expect(section('Verdict')).toHaveTextContent(said);
});

test('completeness by type, with what is missing by name', async () => {
  await open('?view=release&release=v1.1.0-rc.1');
  expect(items('Completeness by type')).toEqual(['Frontend1 of 1', 'Backend1 of 21 missing: auth']);
});

test('a rehearsal says what would block it newly', async () => {
  const user = await open('?view=release&release=v1.1.0-alpha.1');
  await waitFor(() => expect(section('Promotion rehearsal')).toHaveTextContent(/As stable:.*fail/));
  expect(items('New blockers')).toEqual([expect.stringMatching(/shell is missing from v1\.1\.0-alpha\.1/)]);
  await user.click(within(section('Promotion rehearsal')).getByRole('button', { name: 'alpha' }));
  await waitFor(() => expect(section('Promotion rehearsal')).toHaveTextContent(/As alpha, which it is:.*pass/));
});

test('findings stand whole under their component', async () => {
  await open('?view=release&release=v1.1.0-rc.1');
  const titles = within(section('Findings'))
    .getAllByRole('heading')
    .map(({ textContent }) => textContent);
  expect(titles.slice(0, 2)).toEqual(['Findings', 'api']);
  expect(within(section('Findings')).getByRole('link', { name: 'auth' })).toHaveAttribute(
    'href',
    '?release=v1.1.0-rc.1&component=backend%23auth',
  );
});

test('what became of the findings since the candidate before, and which are new', async () => {
  await open('?view=release&release=v1.1.0-rc.1');
  const since = within(section('Findings')).getByText(/^Since/);
  expect(since).toHaveTextContent('Since v1.1.0-alpha.1: fixed 1, still 0, new 2');
  const cards = within(section('Findings')).getAllByRole('article');
  expect(cards.map((card) => within(card).queryByText('new') !== null)).toEqual([true, true]);
  expect(items('What blocks it')).toEqual([expect.stringMatching(/new/)]);
});

test('where there is none before it, nothing is said of it', async () => {
  await open('?view=release&release=v1.0.0');
  expect(within(section('Findings')).queryByText(/^Since/)).toBeNull();
});

test('the manifest as JSON, then as YAML', async () => {
  const user = await open('?view=release&release=v1.1.0-rc.1');
  const json = await screen.findByRole('region', { name: 'Manifest as JSON' });
  expect(JSON.parse(json.textContent ?? '')).toMatchObject({ schema: 1, release: 'v1.1.0-rc.1', verdict: 'fail' });
  await user.click(screen.getByRole('button', { name: 'YAML' }));
  const yaml = await screen.findByRole('region', { name: 'Manifest as YAML' });
  expect(yaml).toHaveTextContent('schema: 1 release: v1.1.0-rc.1 stage: rc');
  expect(screen.getByRole('button', { name: 'Copy manifest as YAML' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Download manifest as YAML' })).toBeInTheDocument();
});

test('the changelog by component', async () => {
  await open('?view=release&release=v1.1.0-rc.1');
  await waitFor(() => expect(section('Changelog')).toHaveTextContent('1 component'));
  expect(section('Changelog')).toHaveTextContent(/api.*### Fixes/);
});

test('the line over time, and who has not reached its stage', async () => {
  await open('?view=release&release=v1.1.0-rc.1');
  expect(
    screen.getByRole('img', { name: /^Releases of 1\.1\.0 from 2026-11-05 12:00 to 2026-11-09 12:00/ }),
  ).toBeVisible();
  expect(items('Releases of 1.1.0')).toEqual([
    'v1.1.0-alpha.1alpha2026-11-05✓ pass1 missing',
    'v1.1.0-rc.1rc2026-11-09✕ fail1 missing',
  ]);
  expect(section('Line 1.1.0')).toHaveTextContent('1 of 3 components has not reached rc');
  expect(section('Line 1.1.0')).toHaveTextContent('Furthest stage of every component: rc 2, alpha 1');
  expect(items('Has not reached rc')).toEqual(['authv1.1.0-alpha.1alpha']);
});

test('what is not SemVer has no line', async () => {
  await open('?view=release&release=nightly');
  expect(section('Line')).toHaveTextContent('belongs to no line');
});

test('leads to the releases beside it, and to the cells of the matrix', async () => {
  const user = await open('?view=release&release=v1.1.0-rc.1');
  await user.click(screen.getByRole('link', { name: 'Older release: v1.1.0-alpha.1' }));
  expect(screen.getByRole('status')).toHaveTextContent('release v1.1.0-alpha.1 null');
  const newer = await screen.findByRole('link', { name: 'Newer release: v1.1.0-rc.1' });
  await user.click(newer);
  // At the end it leads nowhere, but stays, and with it the focus.
  await waitFor(() => expect(newer).toHaveAccessibleName('No newer release'));
  expect(newer).toHaveFocus();
  expect(newer).toHaveAttribute('aria-disabled', 'true');
  await user.click(newer);
  expect(screen.getByRole('status')).toHaveTextContent('release v1.1.0-rc.1 null');
  await user.click(within(section('Completeness')).getByRole('link', { name: 'auth' }));
  expect(screen.getByRole('status')).toHaveTextContent('matrix v1.1.0-rc.1 backend#auth');
  await user.click(screen.getByRole('link', { name: 'Show in the matrix' }));
  expect(screen.getByRole('status')).toHaveTextContent('matrix v1.1.0-rc.1 null');
});

test.each([
  ['?view=release', 'No release is chosen'],
  ['?view=release&release=v9.9.9', 'The table holds no release “v9.9.9”'],
])('%s says that there is nothing to show', async (search, said) => {
  await open(search);
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(said);
  expect(screen.getByRole('link', { name: /^Open the newest/ })).toHaveAttribute(
    'href',
    '?view=release&release=v1.1.0-rc.1',
  );
});

/** v1.0.0 holds forty components with a changelog each, of which v1.1.0 has none but one. */
const MANY = knownOf(
  reportOf([
    ...Array.from({ length: 40 }, (_, at) => item('v1.0.0', `backend#c${at}`, { changelog: `Change ${at}` })),
    item('v1.1.0-rc.1', 'backend#c0'),
  ]),
);

test('of many findings the first are shown, the others on demand, and the focus goes on to those', async () => {
  const user = await open('?view=release&release=v1.1.0-rc.1', MANY);
  const cards = () => within(section('Findings')).getAllByRole('article');
  const all = MANY.report.rows[0]?.findings.length ?? 0;
  await waitFor(() => expect([cards().length, all > 30]).toEqual([30, true]));
  await user.click(screen.getByRole('button', { name: `Show all ${all} findings` }));
  await waitFor(() => expect(cards()).toHaveLength(all));
  // Of the first card beyond those that were there.
  expect(document.activeElement?.closest('h4')?.nextElementSibling).toBe(cards()[30]);
});

test('of many changelogs too', async () => {
  const user = await open('?view=release&release=v1.0.0', MANY);
  const boxes = () => within(section('Changelog')).getAllByRole('region', { name: /^Changelog of/ });
  const button = await screen.findByRole('button', { name: 'Show the changelogs of all 40 components' });
  expect(boxes()).toHaveLength(20);
  await user.click(button);
  await waitFor(() => expect(boxes()).toHaveLength(40));
  expect(within(section('Changelog')).getAllByRole('link')[20]).toHaveFocus();
});
