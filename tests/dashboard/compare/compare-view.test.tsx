import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { beforeEach, expect, test, vi } from 'vitest';
import { CompareView } from '../../../src/dashboard/compare/CompareView.tsx';
import { useViewState } from '../../../src/dashboard/state/view-state.ts';
import { DEFAULT_POLICY } from '../../../src/release/policy/policy.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { item, reportOf } from '../report-of.ts';

const went = vi.fn<(place: { row: number; column: number | null }) => void>();
const asked = vi.fn<(query: string) => void>();
beforeEach(() => {
  went.mockClear();
  asked.mockClear();
});

function Page({ report }: { readonly report: Report }) {
  const [view, change] = useViewState();
  return <CompareView report={report} policy={DEFAULT_POLICY} view={view} change={change} onGo={went} />;
}

const SHA = { a: 'a'.repeat(40), b: 'b'.repeat(40) };
const REPORT = reportOf([
  item('v1.0.0', 'backend#api', { componentVersion: '1.0.0', repo: 'acme/api', commit: SHA.a }),
  item('v1.1.0', 'backend#api', {
    componentVersion: '1.1.0',
    repo: 'acme/api',
    commit: SHA.b,
    changelog: '- faster\n- <img src=x onerror=alert(1)>',
  }),
  item('v1.0.0', 'backend#down', { componentVersion: '2.0.0' }),
  item('v1.1.0', 'backend#down', { componentVersion: '1.9.0' }),
  item('v1.0.0', 'backend#gone'),
  item('v1.1.0', 'frontend#come', { componentVersion: '0.1.0' }),
  item('v1.0.0', 'infra#chart', { componentVersion: '3.0.0', commit: SHA.a, valuesHash: 'one' }),
  item('v1.1.0', 'infra#chart', { componentVersion: '3.0.0', commit: SHA.a, valuesHash: 'two' }),
  item('v1.0.0', 'kafka#topic', { schemaVersion: '4.0.0', repo: 'evil', commit: SHA.a }),
  item('v1.1.0', 'kafka#topic', { schemaVersion: '4.0.0', repo: 'evil', commit: SHA.a }),
  item('v1.1.0', 'k8s#prod-deployment/web', { replicas: 1, readyReplicas: 1, imageRef: 'web:1.1.0' }),
]);

function open(search: string) {
  render(
    <NuqsTestingAdapter searchParams={search} hasMemory onUrlUpdate={({ queryString }) => asked(queryString)}>
      <Page report={REPORT} />
    </NuqsTestingAdapter>,
  );
  return userEvent.setup();
}

const list = (name: string) => within(screen.getByRole('list', { name })).getAllByRole('listitem');
const said = (name: string) => list(name).map(({ textContent }) => textContent);

test('lists what became of every component, by class', () => {
  open('?view=compare&a=v1.0.0&b=v1.1.0');
  expect(said('Components by what became of them')).toEqual([
    '+2 new',
    '−1 removed',
    '→2 changed',
    '↻1 rebuilt',
    '=1 unchanged',
  ]);
  expect(said('New')).toEqual([expect.stringContaining('come'), expect.stringContaining('web')]);
  expect(said('Removed')).toEqual([expect.stringMatching(/gone.*1\.0\.0.*missing/)]);
  // What wants a look most is first.
  expect(said('Changed')).toEqual([
    expect.stringMatching(/down2\.0\.0→ to 1\.9\.0downgrade/),
    expect.stringMatching(/api1\.0\.0→ to 1\.1\.0minor/),
  ]);
  expect(said('Rebuilt from the same commit')).toEqual([expect.stringMatching(/Values hashone → to {2}two/)]);
  expect(screen.queryByRole('list', { name: 'Unchanged' })).toBeNull();
});

test('links the commits between, and shows the changelog as text', async () => {
  const user = open('?view=compare&a=v1.0.0&b=v1.1.0');
  const link = screen.getByRole('link', { name: /Commits between/ });
  expect(link).toHaveAttribute('href', `https://github.com/acme/api/compare/${SHA.a}...${SHA.b}`);
  expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  await user.click(screen.getByText('Changelog between'));
  const changelog = await screen.findByRole('region', { name: 'Changelog of api in v1.1.0' });
  expect(changelog).toHaveTextContent('- faster - <img src=x onerror=alert(1)>');
});

test('what is unchanged unfolds, and the URL says so', async () => {
  const user = open('?view=compare&a=v1.0.0&b=v1.1.0');
  await user.click(screen.getByRole('button', { name: /^Unchanged/ }));
  expect(said('Unchanged')).toEqual([expect.stringContaining('topic')]);
  expect(asked.mock.lastCall?.[0]).toContain('same=true');
});

test('the filters of type and text leave less and say so; the others are said to have no say', () => {
  open('?view=compare&a=v1.0.0&b=v1.1.0&type=backend&q=gone&stage=rc&problems=true');
  expect(said('Components by what became of them').slice(0, 3)).toEqual(['+0 new', '−1 removed', '→0 changed']);
  expect(screen.getByText(/The filters hide 6 components of this comparison/)).toHaveTextContent(
    'Not applied here: the filters stage, only problems.',
  );
});

test.each([
  ['a=v9.9.9&b=@nowhere', ['v9.9.9', '@nowhere'], 'Nothing is known to run in nowhere. Environments: @prod.'],
  ['a=prev&b=v1.0.0', ['prev'], 'There is no stable release before v1.0.0.'],
  ['a=prev&b=prev', ['prev', 'prev'], 'name that one'],
])('says what is wrong with a side: %s', (sides, invalid, words) => {
  open(`?view=compare&${sides}`);
  expect(screen.getByRole('list', { name: 'What cannot be compared' })).toHaveTextContent(words);
  const boxes = screen.getAllByRole('combobox').filter((box) => box.getAttribute('aria-invalid') === 'true');
  expect(boxes.map((box) => box.getAttribute('value'))).toEqual(invalid);
});

test('sides are typed, chosen from the list, and swapped', async () => {
  const user = open('?view=compare');
  await user.click(screen.getByRole('combobox', { name: 'From' }));
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
    'prevthe stable release before the other side',
    '@prodwhat runs there',
    'v1.1.0stable',
    'v1.0.0stable',
  ]);
  await user.keyboard('1.0');
  await user.click(screen.getByRole('option', { name: /v1\.0\.0/ }));
  await user.click(screen.getByRole('combobox', { name: 'To' }));
  await user.keyboard('v1.1.0{Enter}');
  expect(asked.mock.lastCall?.[0]).toBe('?view=compare&a=v1.0.0&b=v1.1.0');
  await user.click(screen.getByRole('button', { name: 'Swap sides' }));
  expect(asked.mock.lastCall?.[0]).toBe('?view=compare&a=v1.1.0&b=v1.0.0');
  expect(screen.getByRole('combobox', { name: 'From' })).toHaveValue('v1.1.0');
  expect(said('Components by what became of them').slice(0, 2)).toEqual(['+1 new', '−2 removed']);
});

test('Escape in a box without its list and leaving it keep the side', async () => {
  const user = open('?view=compare&a=v1.0.0&b=v1.1.0');
  const box = screen.getByRole('combobox', { name: 'To' });
  box.focus();
  await user.keyboard('{Escape}');
  expect(box).toHaveValue('');
  await user.tab();
  expect(box).toHaveValue('v1.1.0');
  expect(asked).not.toHaveBeenCalled();
});

test('the usual questions are a click away', async () => {
  const user = open('?view=compare');
  await user.click(screen.getByRole('link', { name: /last two stable releases/ }));
  expect(asked.mock.lastCall?.[0]).toBe('?view=compare&a=v1.0.0&b=v1.1.0');
});

test('a component leads to its cell, and to the release that misses it', async () => {
  const user = open('?view=compare&a=v1.0.0&b=v1.1.0');
  const links = { api: 0, come: 0, gone: 0 };
  for (const name of Object.keys(links)) await user.click(screen.getByRole('link', { name: new RegExp(`${name}$`) }));
  const column = (wanted: string) => REPORT.components.findIndex(({ name }) => name === wanted);
  expect(went.mock.calls).toEqual(Object.entries(links).map(([name, row]) => [{ row, column: column(name) }]));
});
