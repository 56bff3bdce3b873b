import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { FragmentDetails } from '../../../src/dashboard/details/FragmentDetails.tsx';
import type { Item } from '../../../src/release/item/item.ts';
import { DEFAULT_POLICY } from '../../../src/release/policy/policy.ts';
import { resolvePolicy } from '../../../src/release/policy/resolve-policy.ts';
import { item, READ_AT, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';
import { Answered } from '../answered.tsx';
import { START } from '../start.ts';

const COMMIT = '9f3c2ab7d1e04f5566778899aabbccddeeff0011';

/** Newest first: v1.4.0 without the api: missing; v1.4.0-rc.1 … v1.2.0 with it; v1.1.0 does not know it. */
const ITEMS: readonly Item[] = [
  item('v1.4.0', 'backend#other'),
  item('v1.4.0-rc.1', 'backend#api', {
    repo: 'acme/api',
    commit: COMMIT,
    date: '2026-11-21T09:12:00Z',
    artifact: 'ghcr.io/acme/api:1.4.0-rc.1',
    owner: 'payments',
    links: {
      pipeline: 'https://ci.example/run/1',
      evil: 'javascript:alert(1)',
      local: '/__release-matrix/credentials',
    },
    changelog: '# 1.4\n\n- faster',
    team: 'blue',
    emptied: '',
  }),
  item('v1.3.0', 'backend#api', { date: '2026-11-08T12:00:00Z' }),
  item('v1.3.0', 'backend#other'),
  item('v1.2.0', 'backend#api'),
  item('v1.2.0', 'backend#other'),
  item('v1.1.0', 'backend#other'),
  item('v1.4.0', 'k8s#staging-deployment/web', { replicas: 2, readyReplicas: 1, imageRef: 'ghcr.io/acme/web:1.4.0' }),
  item('v1.4.0', 'k8s#prod-deployment/web', { replicas: 3, readyReplicas: 3, imageRef: 'ghcr.io/acme/web:1.4.0' }),
  item('v1.4.0', 'k8s#qa-deployment/web', { imageRef: 'ghcr.io/acme/web:1.4.0-rc.1' }),
  item('v1.4.0', 'infra#faulty', { replicas: 'three', Date: 'yesterday', chartVersion: '2.0.0' }),
];

async function open(release: string, component: string, items: readonly Item[] = ITEMS, policy = DEFAULT_POLICY) {
  const change = vi.fn();
  render(
    <Answered known={knownOf(reportOf(items), { policy })} change={change}>
      <FragmentDetails start={START} release={release} component={component} />
    </Answered>,
  );
  const panel = screen.getByRole('complementary', { name: 'Fragment details' });
  await within(panel).findByRole('heading', { level: 2 });
  return { user: userEvent.setup(), change, panel: within(panel), element: panel };
}

/** The names and values of a list of fields, as text. */
function fieldsOf(element: HTMLElement): Record<string, string> {
  const rows = [...element.querySelectorAll('dt')].map((dt) => [dt.textContent, dt.nextElementSibling?.textContent]);
  return Object.fromEntries(rows);
}

describe('the details of a fragment', () => {
  it('shows every field, what else the item holds, and its changelog', async () => {
    const { panel, element } = await open('v1.4.0-rc.1', 'backend#api');
    expect(panel.getByRole('heading', { level: 2 })).toHaveTextContent('api');
    expect(panel.getByText('in', { exact: false, selector: 'p' })).toHaveTextContent('backend · in v1.4.0-rc.1 rc');
    const { Published, ...fields } = fieldsOf(element);
    expect(Published).toMatch(/ago · 21 Nov 2026, 09:12 UTC$/);
    expect(fields).toEqual({
      Version: '1.4.0-rc.1',
      Artifact: 'ghcr.io/acme/api:1.4.0-rc.1',
      Repository: 'acme/api github.com',
      Commit: `${COMMIT} github.com`,
      Owner: 'payments',
      Links: [
        'eviljavascript:alert(1)not a link: only complete https addresses are',
        'local/__release-matrix/credentialsnot a link: only complete https addresses are',
        'pipeline ci.example',
      ].join(''),
      team: 'blue',
      emptied: '""',
    });
    const changelog = within(panel.getByRole('region', { name: 'Changelog' }));
    expect(await changelog.findByRole('heading', { name: '1.4' })).toBeVisible();
    expect(changelog.getByRole('listitem')).toHaveTextContent('faster');
  });

  it('links only to https addresses, in a tab that learns nothing of this one', async () => {
    const { panel } = await open('v1.4.0-rc.1', 'backend#api');
    expect(
      panel
        .getAllByRole('link')
        .map((link) => [
          link.textContent,
          link.getAttribute('href'),
          link.getAttribute('rel'),
          link.getAttribute('target'),
        ]),
    ).toEqual([
      ['acme/api', 'https://github.com/acme/api', 'noopener noreferrer', '_blank'],
      [COMMIT, `https://github.com/acme/api/commit/${COMMIT}`, 'noopener noreferrer', '_blank'],
      ['pipeline', 'https://ci.example/run/1', 'noopener noreferrer', '_blank'],
    ]);
  });

  it('copies a field as it is stored', async () => {
    const { user, panel } = await open('v1.4.0-rc.1', 'backend#api');
    await user.click(panel.getByRole('button', { name: 'Copy commit' }));
    expect(await navigator.clipboard.readText()).toBe(COMMIT);
    await user.click(panel.getByRole('button', { name: 'Copy changelog' }));
    expect(await navigator.clipboard.readText()).toBe('# 1.4\n\n- faster');
  });

  it('says of the publisher’s own attributes who wrote it, and leaves its marks to the raw item', async () => {
    const marks = { writeId: '0190-a', firstPublishedAt: '2026-11-01T00:00:00.000Z', replaced: [{ commit: 'a' }] };
    const written = item('v1.2.0', 'backend#api', { publishedBy: { run: 'https://ci.example/7' }, ...marks });
    const { panel, user } = await open('v1.2.0', 'backend#api', [written]);
    expect(panel.getByText('publishedBy')).toBeVisible();
    for (const name of Object.keys(marks)) expect(panel.queryByText(name)).toBeNull();
    await user.click(panel.getByRole('button', { name: 'Raw item', expanded: false }));
    const raw = panel.getByRole('region', { name: 'Raw item as JSON' });
    for (const name of Object.keys(marks)) expect(raw).toHaveTextContent(name);
  });

  it('shows and copies the raw item on demand', async () => {
    const { user, panel } = await open('v1.3.0', 'backend#other');
    const json = JSON.stringify({ version: 'v1.3.0', 'component#name': 'backend#other' }, null, 2);
    expect(panel.queryByRole('region', { name: 'Raw item as JSON' })).toBeNull();
    await user.click(panel.getByRole('button', { name: 'Raw item', expanded: false }));
    expect(panel.getByRole('region', { name: 'Raw item as JSON' }).textContent).toBe(json);
    await user.click(panel.getByRole('button', { name: 'Copy raw item' }));
    expect(await navigator.clipboard.readText()).toBe(json);
    expect(panel.getByRole('button', { name: 'Download raw item' })).toBeVisible();
    await user.click(panel.getByRole('button', { name: 'DynamoDB JSON', pressed: false }));
    const wire = JSON.stringify({ version: { S: 'v1.3.0' }, 'component#name': { S: 'backend#other' } }, null, 2);
    expect(panel.getByRole('region', { name: 'Raw item as DynamoDB JSON' }).textContent).toBe(wire);
    await user.click(panel.getByRole('button', { name: 'Copy raw item' }));
    expect(await navigator.clipboard.readText()).toBe(wire);
  });

  it('says why a missing component is missed, and shows what was published last', async () => {
    const { panel } = await open('v1.4.0', 'backend#api');
    const [finding] = panel.getAllByRole('article');
    expect(finding).toHaveTextContent(
      /^■api is missing from v1\.4\.0The releases before have it \(v1\.3\.0, .*v1\.4\.0-rc\.1\)/,
    );
    expect(finding).toHaveTextContent(
      /Publish the fragment of api for v1\.4\.0.*Error · rule missing-component ·About this check$/,
    );
    const last = panel.getByRole('region', { name: 'Last published fragment · in v1.4.0-rc.1' });
    expect(fieldsOf(last)).toMatchObject({ Version: '1.4.0-rc.1', Commit: `${COMMIT} github.com` });
  });

  it('has a section for each environment of a workload, in their order, with its readiness', async () => {
    const { panel } = await open('v1.4.0', 'k8s#web');
    const titled = panel.getAllByRole('region').filter((region) => region.querySelector('dl') !== null);
    expect(
      titled.map((section) => [
        section.querySelector('h3')?.textContent,
        section.querySelector('p')?.textContent,
        fieldsOf(section).Image,
      ]),
    ).toEqual([
      [
        'qa · deployment',
        'Readiness unknown: the fragment does not say how many replicas are desired.',
        'ghcr.io/acme/web:1.4.0-rc.1',
      ],
      ['staging · deployment', '1 of 2 replicas ready.', 'ghcr.io/acme/web:1.4.0'],
      ['prod · deployment', '3 of 3 replicas ready.', 'ghcr.io/acme/web:1.4.0'],
    ]);
    expect(panel.getByRole('button', { name: 'Copy image of prod' })).toBeVisible();
  });

  it.each([
    ['https://gitlab.example/{repo}/-/commit/{commit}', `https://gitlab.example/acme/api/-/commit/${COMMIT}`],
    ['javascript:alert("{commit}")', null],
  ])('links a commit by the policy: %s', async (commit, address) => {
    const { panel } = await open('v1.4.0-rc.1', 'backend#api', ITEMS, resolvePolicy({ links: { commit } }));
    const hrefs = panel.queryAllByRole('link').map((link) => link.getAttribute('href'));
    const expected = address === null ? [] : ['https://gitlab.example/acme/api', address];
    expect(hrefs.filter((href) => !href?.startsWith('https://ci.example/'))).toEqual(expected);
  });

  it('names the fields that cannot be read, and shows the others', async () => {
    const { panel, element } = await open('v1.4.0', 'infra#faulty');
    expect(panel.getByRole('heading', { name: '2 fields cannot be read' })).toBeVisible();
    expect(panel.getByText('replicas').closest('li')).toHaveTextContent(
      'replicas: expected a whole number from 0; received "three"',
    );
    expect(panel.getByText('date').closest('li')).toHaveTextContent(
      'date (stored as Date): expected an ISO 8601 time such as 2026-11-20T12:00:00Z; received "yesterday"',
    );
    expect(fieldsOf(element)).toEqual({ 'Chart version': '2.0.0' });
  });

  it('says so where the component is not part of the release', async () => {
    const { panel } = await open('v1.1.0', 'backend#api');
    expect(panel.getByText(/is not part of/)).toHaveTextContent('api is not part of v1.1.0');
    expect(panel.getByRole('region', { name: 'History' })).toBeVisible();
  });

  it.each<[string, string, string]>([
    ['v9.9.9', 'backend#api', 'The table holds no release “v9.9.9”.'],
    ['v1.4.0', 'backend#gone', 'No release in the table has a component “backend#gone”.'],
    ['__proto__', 'constructor', 'The table holds no release “__proto__”.'],
  ])('says so where %s or %s is not in the table, and can be closed', async (release, component, words) => {
    const { user, change, element, panel } = await open(release, component);
    expect(element).toHaveTextContent(words);
    await user.click(panel.getAllByRole('button', { name: 'Close details' })[0] as HTMLElement);
    expect(change.mock.calls).toEqual([[{ release: null, component: null }]]);
  });
});

describe('the history', () => {
  it('lists the releases that have or expect the component, and leads to them', async () => {
    const { user, change, panel } = await open('v1.3.0', 'backend#api');
    const history = within(panel.getByRole('region', { name: 'History' }));
    const buttons = within(history.getByRole('list')).getAllByRole('button');
    expect(buttons.map((button) => [button.textContent, button.getAttribute('aria-current')])).toEqual([
      ['◌v1.4.0missing', null],
      [expect.stringMatching(/^●v1\.4\.0-rc\.11\.4\.0-rc\.1.* ago$/), null],
      [expect.stringMatching(/^●v1\.3\.01\.3\.0.* ago$/), 'true'],
      ['●v1.2.01.2.0', null],
    ]);
    await user.click(history.getByRole('button', { name: /v1\.4\.0 ?missing/ }));
    expect(change).toHaveBeenLastCalledWith({ release: 'v1.4.0', component: 'backend#api', first: null });
    await user.click(panel.getByRole('button', { name: 'Newer release: v1.4.0-rc.1' }));
    expect(change).toHaveBeenLastCalledWith({ release: 'v1.4.0-rc.1', component: 'backend#api', first: null });
    await user.click(panel.getByRole('button', { name: 'Older release: v1.2.0' }));
    expect(change).toHaveBeenLastCalledWith({ release: 'v1.2.0', component: 'backend#api', first: null });
  });

  it('stays where it is at the end', async () => {
    const { user, change, panel } = await open('v1.2.0', 'backend#api');
    await user.click(panel.getByRole('button', { name: 'No older release' }));
    expect(change).not.toHaveBeenCalled();
  });

  it('shows a long one in part, the release that is open always, and all of it on demand', async () => {
    const many = Array.from({ length: 300 }, (_, minor) => item(`v1.${minor}.0`, 'backend#api'));
    const { user, panel } = await open('v1.200.0', 'backend#api', many);
    const history = within(panel.getByRole('region', { name: 'History' }));
    expect(history.getAllByRole('listitem')).toHaveLength(103);
    await user.click(history.getByRole('button', { name: 'Show all 300 releases' }));
    const items = history.getAllByRole('listitem');
    expect(items).toHaveLength(300);
    // The button has gone; the focus is on the first of what it has shown.
    expect(items[103]?.querySelector('button')).toHaveFocus();
  });
});

describe('the panel', () => {
  it('closes by its button and by Escape, but leaves a text box its Escape', async () => {
    const { user, change, panel } = await open('v1.3.0', 'backend#api');
    await user.click(panel.getByRole('button', { name: 'Close details' }));
    await user.keyboard('{Escape}');
    expect(change.mock.calls).toEqual([[{ release: null, component: null }], [{ release: null, component: null }]]);
    const box = document.body.appendChild(document.createElement('input'));
    box.focus();
    await user.keyboard('{Escape}');
    box.remove();
    expect(change).toHaveBeenCalledTimes(2);
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    '<iframe srcdoc="<script>alert(1)</script>">',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '![x](https://evil.example/p.png)',
    '<style>*{display:none}</style>',
    '<base href="https://evil.example/">',
    '<form action="https://evil.example/"><button>x</button></form>',
    '{{constructor.constructor("alert(1)")()}}',
    '</dd></dl><h1>x</h1>',
  ])('shows %j as text wherever it stands', async (payload) => {
    const hostile = item('v1.0.0', `backend#${payload}`, {
      componentVersion: payload,
      owner: payload,
      repo: payload,
      commit: payload,
      artifact: payload,
      date: payload,
      changelog: payload,
      producers: [payload],
      links: { [payload]: payload },
      [payload]: { [payload]: [payload] },
    });
    const { user, panel, element } = await open('v1.0.0', `backend#${payload}`, [hostile]);
    await user.click(panel.getByRole('button', { name: 'Raw item' }));
    expect(element.querySelectorAll('script, img, iframe, style, base, form, a, h1, [srcdoc], [onload]')).toHaveLength(
      0,
    );
    expect(panel.getByRole('heading', { level: 2 }).textContent).toBe(payload);
    expect(fieldsOf(element).Owner).toBe(payload);
  });

  it('marks what cannot be seen, and cuts what is long', async () => {
    const component = 'backend#a\u202epi';
    const hostile = item('v1.0.0', component, { owner: '\u200bteam', note: 'x'.repeat(5000) });
    const { user, panel, element } = await open('v1.0.0', component, [hostile]);
    expect(panel.getByRole('heading', { level: 2 }).textContent).toBe('a⟨U+202E⟩pi');
    const { Owner, note } = fieldsOf(element);
    expect([Owner, note]).toEqual(['⟨U+200B⟩team', `${'x'.repeat(200)}…Show all 5,000 characters`]);
    await user.click(panel.getByRole('button', { name: 'Show all 5,000 characters' }));
    expect(fieldsOf(element).note).toBe(`${'x'.repeat(5000)}Show less`);
    await user.click(panel.getByRole('button', { name: 'Copy owner' }));
    expect(await navigator.clipboard.readText()).toBe('\u200bteam');
  });

  it('says of a date after the reading that it is in the future', async () => {
    const { element } = await open('v1.0.0', 'backend#api', [
      item('v1.0.0', 'backend#api', { date: '2030-01-01T00:00:00Z' }),
    ]);
    expect(Date.parse(READ_AT)).toBeLessThan(Date.parse('2030-01-01'));
    expect(fieldsOf(element).Published).toBe('in the future · 1 Jan 2030, 00:00 UTC');
  });
});

it('shows what was checked of this component, and of no other', async () => {
  const covers = { 'backend#api': { commit: COMMIT } };
  const publishedAt = '2026-11-21T10:00:00Z';
  const { panel } = await open('v1.4.0-rc.1', 'backend#api', [
    ...ITEMS,
    item('v1.4.0-rc.1', 'evidence#unit/backend#api', { result: 'pass', covers, publishedAt }),
    item('v1.4.0-rc.1', 'evidence#smoke', { result: 'pass', covers, publishedAt }),
  ]);
  const checks = within(panel.getByRole('region', { name: 'Checks of this component' }));
  expect(checks.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    '✓unit of api holds not asked forpassed, 21 Nov',
  ]);
});
