import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { expect, test } from 'vitest';
import { ReleaseView } from '../../../src/dashboard/release/ReleaseView.tsx';
import { DEFAULT_ENVIRONMENTS } from '../../../src/release/item/environment.ts';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../../src/release/item/item.ts';
import { surveySteps } from '../../../src/release/report/survey.ts';
import { finish } from '../../../src/release/text/steps.ts';
import { policyOf } from '../../release/items.ts';
import { item, READ_AT, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';
import { OnPage } from '../answered.tsx';

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

async function open(search: string, known = KNOWN) {
  render(
    <NuqsTestingAdapter searchParams={search} hasMemory>
      <OnPage known={known}>
        {(view) => (
          <>
            <output>{`${view.view} ${view.release} ${view.component}`}</output>
            <ReleaseView view={view} />
          </>
        )}
      </OnPage>
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

const rows = (table: string) =>
  within(screen.getByRole('table', { name: table }))
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    );

test('the verdict in a sentence, and what it rests on in one table', async () => {
  await open('?view=release&release=v1.1.0-rc.1&as=rc');
  expect(screen.getByRole('heading', { level: 2, name: 'v1.1.0-rc.1' })).toBeInTheDocument();
  expect(screen.getByText('Blocked until auth is published')).toBeVisible();
  expect(screen.getByText('2 of 3 there')).toBeVisible();
  expect(rows('What is left')).toEqual([
    [
      '■Error',
      'auth',
      'is missing',
      'Publish it, or look into its pipeline.',
      'last seen v1.1.0-alpha.1',
      '13 d',
      'missing-component',
    ],
    [
      '▲Warning',
      'api',
      'is a beta in an rc release',
      'Release it as rc, and publish it again.',
      '2.0.0-beta.1',
      '13 d',
      'immature-version',
    ],
  ]);
});

test.each([
  ['v1.0.0', /Cannot be told: nothing says what belongs to it\. Publish the first whole release/],
  ['v1.1.0-alpha.1', 'May become beta'],
  ['v1.1.0-rc.1', 'Not yet stable: blocked by 2, in 2 components'],
])('the verdict of %s as what comes next', async (release, said) => {
  await open(`?view=release&release=${release}`);
  expect(screen.getByText(said)).toBeVisible();
});

test('completeness by type, and by name what is not as it should be', async () => {
  await open('?view=release&release=v1.1.0-rc.1');
  expect(items('Completeness by type')).toEqual(['Frontend1/1 1 of 1', 'Backend1/2 1 of 2']);
  expect(items('Contents by type')).toEqual(['Backend1 missing: auth']);
});

test('what an early stage need not have is not there yet', async () => {
  await open('?view=release&release=v1.1.0-alpha.1');
  expect(items('Contents by type')).toEqual(['Frontend1 not there yet: shell']);
});

test('judged as another stage, the same table says what would block it then', async () => {
  const user = await open('?view=release&release=v1.1.0-alpha.1');
  expect(rows('What is left')[0]?.slice(0, 2)).toEqual(['▲Warning', 'shell']);
  await user.click(within(section('What is left')).getByRole('button', { name: 'stable' }));
  await screen.findByText(/Not stable until/);
  await waitFor(() =>
    expect(rows('What is left')[0]?.slice(1, 3)).toEqual([
      'shell',
      expect.stringMatching(/^is missing.*only as stable$/),
    ]),
  );
});

test('a line opens to what it does not say itself, and its component leads to its cell', async () => {
  const user = await open('?view=release&release=v1.1.0-rc.1');
  const left = within(section('What is left'));
  const line = left.getByRole('button', { name: 'is missing', expanded: false });
  const closed = rows('What is left').length;
  await user.click(line);
  expect(line).toHaveAttribute('aria-expanded', 'true');
  const [, opened] = rows('What is left');
  expect(rows('What is left')).toHaveLength(closed + 1);
  expect(opened?.[1]).toMatch(/The stable releases before have it \(v1\.0\.0\).*About this check/);
  // Neither the title nor the component again.
  expect(opened?.[1]).not.toMatch(/auth|is missing/);
  expect(left.getByRole('link', { name: 'auth' })).toHaveAttribute(
    'href',
    '?release=v1.1.0-rc.1&component=backend%23auth',
  );
});

test('whose each finding is stands beside it, and since which release it is so', async () => {
  const known = knownOf(
    reportOf([
      item('v1.0.0', 'backend#api', { owner: 'identity' }),
      item('v1.0.0', 'backend#web'),
      item('v1.1.0-rc.1', 'backend#web', { date: day(5) }),
      item('v1.1.0-rc.2', 'backend#web', { date: day(9) }),
    ]),
  );
  await open('?view=release&release=v1.1.0-rc.2', known);
  expect(rows('What is left')).toEqual([
    [
      '■Error',
      // On a small screen, where the next column has no room.
      'apiidentity',
      'identity',
      'is missing',
      'Publish it, or look into its pipeline.',
      'last seen v1.0.0',
      'rc.1',
      'missing-component',
    ],
  ]);
});

test('where it is what runs, and since when', async () => {
  const runs = (release: string, environment: string, of: number) =>
    item(release, `k8s#${environment}-deployment/api`, { date: day(of), replicas: 1, readyReplicas: 1 });
  const known = knownOf(
    reportOf([
      runs('v1.0.0', 'prod', 1),
      runs('v1.1.0', 'qa', 5),
      runs('v1.1.0', 'dev', 5),
      runs('v1.1.0', 'staging', 9),
    ]),
  );
  await open('?view=release&release=v1.1.0', known);
  expect(screen.getByText('in dev, qa since 5 Nov, in staging since 9 Nov')).toBeVisible();
});

test('its parts stand in the order in which one asks for them', async () => {
  await open('?view=release&release=v1.1.0-rc.1');
  await screen.findByRole('region', { name: /^The way to/ });
  await screen.findByRole('region', { name: /^What is new since/ });
  expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
    'What is left',
    'What is new since v1.0.0',
    'The way to v1.1.0',
    'Contents',
    'Progress of 1.1.0',
  ]);
});

test('what became of the findings since the candidate before, and which are new', async () => {
  await open('?view=release&release=v1.1.0-rc.1');
  const since = within(section('What is left')).getByText(/^Since :/);
  expect(since).toHaveTextContent('Since v1.1.0-alpha.1: fixed 1, still 0, new 2');
  const lines = within(screen.getByRole('table')).getAllByRole('row').slice(1);
  // All of them are, which the words say already.
  expect(lines.map((line) => within(line).queryByText('new') !== null)).toEqual([false, false]);
});

test('where there is none before it, nothing is said of it', async () => {
  await open('?view=release&release=v1.0.0');
  expect(within(section('What is left')).queryByText(/^Since :/)).toBeNull();
});

test('the manifest as JSON, then as YAML', async () => {
  const user = await open('?view=release&release=v1.1.0-rc.1');
  await user.click(screen.getByRole('button', { name: 'Manifest', expanded: false }));
  const json = await screen.findByRole('region', { name: 'Manifest as JSON' });
  expect(JSON.parse(json.textContent ?? '')).toMatchObject({ schema: 1, release: 'v1.1.0-rc.1', verdict: 'fail' });
  await user.click(screen.getByRole('button', { name: 'YAML' }));
  const yaml = await screen.findByRole('region', { name: 'Manifest as YAML' });
  expect(yaml).toHaveTextContent('schema: 1 release: v1.1.0-rc.1 stage: rc');
  expect(screen.getByRole('button', { name: 'Copy manifest as YAML' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Download manifest as YAML' })).toBeInTheDocument();
});

test('what is new since the stable release before, with the changelog on demand', async () => {
  const user = await open('?view=release&release=v1.1.0-rc.1');
  const region = await screen.findByRole('region', { name: 'What is new since v1.0.0' });
  expect(region).toHaveTextContent('2 changed');
  expect(items('What is new')).toEqual(['shell1.0.0 → 1.1.0-rc.1minor', 'api1.0.0 → 2.0.0-beta.1majorOne']);
  await user.click(within(region).getByRole('button', { name: 'Changelog of api: One' }));
  expect(await within(region).findByRole('region', { name: 'Changelog of api in v1.1.0-rc.1' })).toHaveTextContent(
    'Fixes',
  );
  expect(within(region).getByRole('link', { name: 'Compare with v1.0.0' })).toHaveAttribute(
    'href',
    '?view=compare&a=prev&b=v1.1.0-rc.1',
  );
});

test('the line from its first release on, and who has not reached its stage', async () => {
  await open('?view=release&release=v1.1.0-rc.1');
  expect(items('Releases of 1.1.0')).toEqual(['alpha.1✓pass5 Nov', 'rc.1✕1fail, 1 blocking9 Nov']);
  expect(section('Progress of 1.1.0')).toHaveTextContent('1 of 3 components has not reached rc');
  expect(section('Progress of 1.1.0')).toHaveTextContent('Furthest stage of every component: rc 2, alpha 1');
  expect(items('Has not reached rc')).toEqual(['authv1.1.0-alpha.1alpha']);
});

const CHECKED = [
  item('v1.0.0', 'backend#api', { commit: 'a'.repeat(40) }),
  item('v1.0.0', 'backend#auth', { commit: 'b'.repeat(40) }),
  item('v1.1.0-rc.1', 'backend#api', { commit: 'c'.repeat(40), date: day(9) }),
  item('v1.1.0-rc.1', 'backend#auth', { commit: 'd'.repeat(40), date: day(9) }),
  item('v1.1.0-rc.1', 'evidence#smoke', {
    result: 'pass',
    covers: { 'backend#api': { commit: 'c'.repeat(40) }, 'backend#auth': { commit: 'd'.repeat(40) } },
    counts: { tests: 412, failures: 0, errors: 0, skipped: 3 },
    environment: 'qa',
    publishedAt: day(10),
  }),
  item('v1.1.0-rc.1', 'evidence#e2e', {
    result: 'pass',
    covers: { 'backend#api': { commit: 'c'.repeat(40) }, 'backend#auth': { commit: 'e'.repeat(40) } },
    publishedAt: day(10),
  }),
  item('release-matrix:sign-offs', 'v1.1.0-rc.1#qa#arn:aws:sts::123456789012:assumed-role/qa/ada', {
    result: 'pass',
    covers: { 'backend#api': { commit: 'c'.repeat(40) }, 'backend#auth': { commit: 'd'.repeat(40) } },
    publishedAt: day(11),
  }),
];
const ASKS = policyOf({
  evidence: [
    { name: 'smoke', stages: ['rc', 'stable'] },
    { name: 'e2e', stages: ['rc', 'stable'] },
    { name: 'qa', by: 'person', stages: ['stable'] },
    { name: 'release-manager', by: 'person', stages: ['stable'] },
  ],
});

test('evidence says what holds, what is stale and by which component, and who must still sign', async () => {
  const input = { ...readItems(CHECKED, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS), readAt: READ_AT };
  const survey = finish(surveySteps(input, ASKS, []));
  await open('?view=release&release=v1.1.0-rc.1', knownOf(reportOf(CHECKED, ASKS), { policy: ASKS, survey }));
  expect(section('Evidence')).toHaveTextContent('2 of 4 asked for');
  expect(items('Evidence')).toEqual([
    '✓smoke holdspassed, 10 Nov, 412 tests, 3 skipped, in qa',
    '≠e2e stalepassed, 10 Novauth was eeeeeeeeeeee, is dddddddddddd',
    '✓qa holdssigned by arn:aws:sts::123456789012:assumed-role/qa/ada, 11 Nov',
    '◌release-manager missingA person must sign it.',
  ]);
  expect(rows('What is left').map(([, , what]) => what)).toEqual([
    'lacks the sign-off release-manageronly as stable',
    'has changed since e2enew',
  ]);
  expect(screen.getByText('Not stable until release-manager signs and e2e has passed again')).toBeVisible();
  expect(screen.getByText('2 of 2 there')).toBeVisible();
});

test('the way to the next stage: the tags by waves, folded away while something blocks it', async () => {
  const built = (release: string, component: string, commit: string) =>
    item(release, component, { repo: `acme/${component.split('#')[1]}`, commit: commit.repeat(40), date: day(9) });
  const parts = [
    built('v1.0.0', 'backend#api', 'a'),
    built('v1.0.0', 'frontend#shell', 'b'),
    built('v1.1.0-rc.1', 'backend#api', 'c'),
    built('v1.1.0-rc.1', 'frontend#shell', 'd'),
  ];
  const user = await open('?view=release&release=v1.1.0-rc.1', knownOf(reportOf(parts)));
  const plan = await screen.findByRole('region', { name: 'The way to v1.1.0' });
  expect(plan).toHaveTextContent('2 tags left');
  expect(
    within(screen.getByRole('list', { name: 'Waves' }))
      .getAllByRole('heading')
      .map(({ textContent }) => textContent),
  ).toEqual(['1. Backend', '2. Frontend']);
  expect(plan).toHaveTextContent(/acme\/apiv1\.1\.0cccccccapi.*acme\/shellv1\.1\.0dddddddshell/);
  await user.click(within(plan).getByRole('button', { name: 'Hide the plan' }));
  expect(screen.queryByRole('list', { name: 'Waves' })).toBeNull();
});

test('a line that is due says when, and who sees to it', async () => {
  const policy = policyOf({
    lines: { '1.1': { due: '2026-11-24', manager: 'Ada', link: 'https://plan.example/1.1' } },
  });
  await open('?view=release&release=v1.1.0-rc.1', knownOf(reportOf(ITEMS, policy)));
  expect(screen.getByText(/^due in|late$/).closest('p')).toHaveTextContent(/not ready, Ada · plan/);
});

test('what is not SemVer has no line', async () => {
  await open('?view=release&release=nightly');
  expect(screen.getByText(/belongs to no line/)).toBeVisible();
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
  await user.click(within(section('Contents')).getByRole('link', { name: 'auth' }));
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
  // Without its heads.
  const lines = () => within(screen.getByRole('table')).getAllByRole('row').length - 1;
  const all = MANY.report.rows[0]?.findings.length ?? 0;
  await waitFor(() => expect([lines(), all > 30]).toEqual([30, true]));
  await user.click(screen.getByRole('button', { name: `Show all ${all} findings` }));
  await waitFor(() => expect(lines()).toBe(all));
  expect(screen.getByRole('table').contains(document.activeElement)).toBe(true);
});

test('of much that is new too', async () => {
  const user = await open('?view=release&release=v1.0.0', MANY);
  const button = await screen.findByRole('button', { name: 'Show all 40 components' });
  expect(items('What is new')).toHaveLength(20);
  await user.click(button);
  await waitFor(() => expect(items('What is new')).toHaveLength(40));
  expect(within(section('What is new')).getAllByRole('link')[20]).toHaveFocus();
});
