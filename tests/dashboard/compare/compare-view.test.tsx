import { cleanup, render, screen, waitFor, waitForElementToBeRemoved, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { beforeEach, expect, test, vi } from 'vitest';
import { CompareView } from '../../../src/dashboard/compare/CompareView.tsx';
import { policyOf } from '../../release/items.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';
import { OnPage } from '../answered.tsx';

const went = vi.fn<(release: string, component: string | null) => void>();
const asked = vi.fn<(query: string) => void>();
beforeEach(() => {
  went.mockClear();
  asked.mockClear();
});

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

const KNOWN = knownOf(REPORT);

async function open(search: string, known = KNOWN) {
  render(
    <NuqsTestingAdapter searchParams={search} hasMemory onUrlUpdate={({ queryString }) => asked(queryString)}>
      <OnPage known={known} go={went}>
        {(view) => <CompareView view={view} />}
      </OnPage>
    </NuqsTestingAdapter>,
  );
  await waitForElementToBeRemoved(() => screen.queryByText('Opening…')).catch(() => {}); // there is nothing to wait for
  return userEvent.setup();
}

const list = (name: string) => within(screen.getByRole('list', { name })).getAllByRole('listitem');
const said = (name: string) => list(name).map(({ textContent }) => textContent);

test('lists what became of every component, by class', async () => {
  await open('?view=compare&a=v1.0.0&b=v1.1.0');
  expect(said('Components by what became of them')).toEqual([
    'All 7',
    '✕ 1 missing',
    '+ 2 new',
    '→ 2 changed',
    '↻ 1 rebuilt',
    '= 1 unchanged',
  ]);
  expect(said('New')).toEqual([expect.stringContaining('come'), expect.stringContaining('web')]);
  expect(said('Missing')).toEqual([expect.stringMatching(/gone.*1\.0\.0.*missing.*last seen in v1\.0\.0$/)]);
  // What wants a look most is first.
  expect(said('Changed')).toEqual([
    expect.stringMatching(/down2\.0\.0→ to 1\.9\.0downgrade/),
    expect.stringMatching(/api1\.0\.0→ to 1\.1\.0minor/),
  ]);
  expect(said('Rebuilt')).toEqual([expect.stringMatching(/chart3\.0\.0rebuilt.*Values hash one → two/)]);
  expect(screen.queryByRole('list', { name: 'Unchanged' })).toBeNull();
});

test('what only the older side misses is said to have been missing', async () => {
  const known = knownOf(
    reportOf([
      item('v1.0.0', 'backend#api'),
      item('v1.0.0', 'backend#web'),
      item('v1.1.0', 'backend#api'),
      item('v1.2.0', 'backend#api'),
      item('v1.2.0', 'backend#web', { componentVersion: '1.2.0' }),
      item('v1.2.0', 'backend#come', { componentVersion: '0.1.0' }),
    ]),
  );
  await open('?view=compare&a=v1.1.0&b=v1.2.0', known);
  expect(said('New')).toEqual([
    expect.stringMatching(/come.*0\.1\.0new/),
    expect.stringMatching(/web.*missing→ to 1\.2\.0was missing/),
  ]);
});

test('what no component has gets no column', async () => {
  const both = (more: Record<string, string>) =>
    reportOf([item('v1.0.0', 'backend#api', more), item('v1.1.0', 'backend#api')]);
  const heads = () =>
    ['Component', 'Owner', 'Version', 'Step', 'What changed'].filter((word) => screen.queryByText(word));
  await open('?view=compare&a=v1.0.0&b=v1.1.0', knownOf(both({ componentVersion: '0.9.0' })));
  expect(heads()).toEqual(['Component', 'Version', 'Step']);
  cleanup();
  await open('?view=compare&a=v1.0.0&b=v1.1.0', knownOf(both({ owner: 'payments', valuesHash: 'one' })));
  expect(heads()).toEqual(['Component', 'Owner', 'Version', 'Step', 'What changed']);
});

test('says what became of the findings of a release; an environment has none', async () => {
  await open('?view=compare&a=v1.0.0&b=v1.1.0');
  expect(screen.getByText(/^Findings:/)).toHaveTextContent('Findings: fixed 0, still 1 (since v1.0.0), new 2');
  cleanup();
  await open('?view=compare&a=v1.0.0&b=@prod');
  expect(await screen.findByRole('list', { name: 'Components by what became of them' })).toBeVisible();
  expect(screen.queryByText(/^Findings:/)).toBeNull();
});

test('links the commits between, and shows the changelog as text', async () => {
  const user = await open('?view=compare&a=v1.0.0&b=v1.1.0');
  const link = screen.getByRole('link', { name: 'aaaaaaa → bbbbbbb' });
  expect(link).toHaveAttribute('href', `https://github.com/acme/api/compare/${SHA.a}...${SHA.b}`);
  expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  await user.click(screen.getByRole('button', { name: /^What changed in api: faster/ }));
  const changelog = await screen.findByRole('region', { name: 'Changelog of api in v1.1.0' });
  // As it is written, or as Markdown once that has been loaded; in both what looks like an element is text.
  expect(changelog).toHaveTextContent(/faster(?: -)? ?<img src=x onerror=alert\(1\)>/);
  expect(changelog.querySelector('img')).toBeNull();
});

test('a count lists what it counts alone, and the URL says so', async () => {
  const user = await open('?view=compare&a=v1.0.0&b=v1.1.0');
  await user.click(screen.getByRole('button', { name: '1 unchanged' }));
  await waitFor(() => expect(said('Unchanged')).toEqual([expect.stringContaining('topic')]));
  expect(screen.queryByRole('list', { name: 'Changed' })).toBeNull();
  expect(asked.mock.lastCall?.[0]).toContain('only=unchanged');
  await user.click(screen.getByRole('button', { name: 'All 7' }));
  await screen.findByRole('list', { name: 'Changed' });
});

test('a count of a step lists that step alone, and the URL says so; pressed again it lists all', async () => {
  const user = await open('?view=compare&a=v1.0.0&b=v1.1.0');
  expect(said('Changed components by step')).toEqual(['1 downgrade', '1 minor']);
  await user.click(screen.getByRole('button', { name: '1 minor' }));
  await waitFor(() => expect(said('Changed')).toEqual([expect.stringContaining('api')]));
  expect(asked.mock.lastCall?.[0]).toContain('only=minor');
  expect(screen.queryByRole('list', { name: 'New' })).toBeNull();
  expect(screen.getByRole('button', { name: '1 minor', pressed: true })).toHaveFocus();
  // Of what changed a part is listed.
  expect(screen.getByRole('button', { name: '2 changed' })).toHaveAttribute('aria-pressed', 'mixed');
  expect(screen.getByRole('button', { name: 'All 7', pressed: false })).toBeVisible();
  await user.keyboard('{Enter}');
  await screen.findByRole('list', { name: 'New' });
  expect(said('Changed')).toHaveLength(2);
  expect(asked.mock.lastCall?.[0]).not.toContain('only');
});

test('the whole of a class widens a step of it', async () => {
  const user = await open('?view=compare&a=v1.0.0&b=v1.1.0&only=downgrade');
  expect(said('Changed')).toEqual([expect.stringContaining('down')]);
  await user.click(screen.getByRole('button', { name: '2 changed' }));
  await waitFor(() => expect(said('Changed')).toHaveLength(2));
  expect(screen.queryByRole('list', { name: 'New' })).toBeNull();
});

test.each([
  ['gone', 'gone'],
  ['same-version', 'other content'],
])('says where nothing is of what alone is to be listed: %s', async (only, word) => {
  const user = await open(`?view=compare&a=v1.0.0&b=v1.1.0&only=${only}`);
  expect(screen.getByText(`No component is listed under “${word}”.`)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'List all' }));
  await screen.findByRole('list', { name: 'New' });
});

test.each<[string, string]>([
  ['', '7 of 7 components. The file says so.'],
  ['&only=minor', '7 of 7 components, of every class and step. The file says so.'],
  ['&only=new&q=gone', '1 of 7 components, of every class and step. The file says so.'],
])('what is exported is not less where one class or step is listed: %j', async (query, words) => {
  const user = await open(`?view=compare&a=v1.0.0&b=v1.1.0${query}`);
  await user.click(screen.getByRole('button', { name: 'Export' }));
  expect(await screen.findByText(words)).toBeVisible();
});

/** So many components of which an alpha has none yet. */
const early = (count: number) => {
  const ids = Array.from({ length: count }, (_, at) => `backend#c${at}`);
  const policy = policyOf({ roster: [...ids, 'backend#api'].map((component) => ({ component })) });
  const items = [
    ...[...ids, 'backend#api'].map((id) => item('v1.0.0', id, { componentVersion: '1.0.0' })),
    item('v1.1.0-alpha.1', 'backend#api', { componentVersion: '1.1.0', date: '2026-11-22T11:50:00Z' }),
  ];
  return knownOf(reportOf(items, policy), { policy });
};

test.each([
  [8, true],
  [9, false],
])(
  '%i that are not there yet are listed at once: %j; one folds and unfolds them, and the URL says so',
  async (count, at) => {
    const user = await open('?view=compare&a=v1.0.0&b=v1.1.0-alpha.1', early(count));
    const fold = screen.getByRole('button', { name: /^Not there yet/ });
    expect(fold).toHaveAttribute('aria-expanded', `${at}`);
    expect(screen.queryByRole('list', { name: 'Not there yet' }) !== null).toBe(at);
    await user.click(fold);
    expect(fold).toHaveAttribute('aria-expanded', `${!at}`);
    expect(asked.mock.lastCall?.[0]).toContain(`yet=${!at}`);
    await user.click(screen.getByRole('button', { name: `${count} not there yet` }));
    await waitFor(() => expect(list('Not there yet')).toHaveLength(count));
  },
);

test('what is unchanged unfolds, and the URL says so', async () => {
  const user = await open('?view=compare&a=v1.0.0&b=v1.1.0');
  await user.click(screen.getByRole('button', { name: /^Unchanged/ }));
  await screen.findByRole('list', { name: 'Unchanged' });
  await waitFor(() => expect(said('Unchanged')).toEqual([expect.stringContaining('topic')]));
  expect(asked.mock.lastCall?.[0]).toContain('same=true');
});

test('the filters of type and text leave less and say so; the others are said to have no say', async () => {
  await open('?view=compare&a=v1.0.0&b=v1.1.0&type=backend&q=gone&stage=rc&problems=true');
  expect(said('Components by what became of them')).toEqual(['All 1', '✕ 1 missing']);
  expect(screen.getByText(/The filters hide 6 components of this comparison/)).toHaveTextContent(
    'Not applied here: the filters stage, only problems.',
  );
});

test.each([
  ['a=v9.9.9&b=@nowhere', ['v9.9.9', '@nowhere'], 'Nothing is known to run in nowhere. Environments: @prod.'],
  ['a=prev&b=v1.0.0', ['prev'], 'There is no stable release before v1.0.0.'],
  ['a=prev&b=prev', ['prev', 'prev'], 'name that one'],
])('says what is wrong with a side: %s', async (sides, invalid, words) => {
  await open(`?view=compare&${sides}`);
  expect(screen.getByRole('list', { name: 'What cannot be compared' })).toHaveTextContent(words);
  const boxes = screen.getAllByRole('combobox').filter((box) => box.getAttribute('aria-invalid') === 'true');
  expect(boxes.map((box) => box.getAttribute('value'))).toEqual(invalid);
});

test('sides are typed, chosen from the list, and swapped', async () => {
  const user = await open('?view=compare');
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
  await waitFor(() =>
    expect(said('Components by what became of them').slice(0, 3)).toEqual(['All 7', '− 2 gone', '+ 1 new']),
  );
});

test('Escape in a box without its list and leaving it keep the side', async () => {
  const user = await open('?view=compare&a=v1.0.0&b=v1.1.0');
  const box = screen.getByRole('combobox', { name: 'To' });
  box.focus();
  await user.keyboard('{Escape}');
  expect(box).toHaveValue('');
  await user.tab();
  expect(box).toHaveValue('v1.1.0');
  expect(asked).not.toHaveBeenCalled();
});

test('the usual questions are a click away', async () => {
  const user = await open('?view=compare');
  await user.click(screen.getByRole('link', { name: /last two stable releases/ }));
  expect(asked.mock.lastCall?.[0]).toBe('?view=compare&a=v1.0.0&b=v1.1.0');
});

test('a component leads to its cell, and to the release that misses it', async () => {
  const user = await open('?view=compare&a=v1.0.0&b=v1.1.0');
  for (const name of ['api', 'come', 'gone']) {
    await user.click(screen.getByRole('link', { name: new RegExp(`${name}$`) }));
  }
  expect(went.mock.calls).toEqual([
    ['v1.1.0', 'backend#api', null],
    ['v1.1.0', 'frontend#come', null],
    ['v1.1.0', 'backend#gone', null],
  ]);
});

test('draws a few hundred components of a class at once, and the rest when asked', async () => {
  const many = Array.from({ length: 310 }, (_, at) => [
    item('v1.0.0', `backend#c${at}`),
    item('v1.1.0', `backend#c${at}`),
  ]);
  render(
    <NuqsTestingAdapter searchParams="?view=compare&a=v1.0.0&b=v1.1.0&same=true" hasMemory>
      <OnPage known={knownOf(reportOf(many.flat()))} go={went}>
        {(view) => <CompareView view={view} />}
      </OnPage>
    </NuqsTestingAdapter>,
  );
  const links = () => document.querySelectorAll('a[href]');
  const rest = await screen.findByText('Show all 310');
  await expect.poll(() => links().length).toBe(300);
  await userEvent.click(rest);
  await waitFor(() => expect(links().length).toBe(310));
  expect(rest).not.toBeInTheDocument();
  // The button has gone; the focus is on the first of what it has shown.
  expect(links()[300]).toHaveFocus();
});

test('what is copied is asked for then, and says what the filters hide', async () => {
  const user = await open('?view=compare&a=v1.0.0&b=v1.1.0&q=gone');
  await user.click(screen.getByRole('button', { name: 'Copy comparison as Markdown' }));
  await waitFor(async () => expect(await navigator.clipboard.readText()).toMatch(/^## `v1\.0\.0` → `v1\.1\.0`\n/));
  expect(await navigator.clipboard.readText()).toMatch(/The filters hide 6 components of this comparison\.\n$/);
});
