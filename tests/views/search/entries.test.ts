import { describe, expect, it } from 'vitest';
import { pointedAt } from '../../../src/views/filters/pointed-at.ts';
import { cellEntries, type Entry, pointedEntries, reportEntries } from '../../../src/views/search/entries.ts';
import { findEntries } from '../../../src/views/search/find-entries.ts';
import { answerSearch, answerWhere, type SearchAnswer } from '../../../src/views/search/search-answer.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../known-of.ts';

const COMMIT = '9f3c2ab7d1e04f5566778899aabbccddeeff0011';
const DIGEST = 'ab12'.repeat(16);
const ITEMS = [
  item('v1.4.0', 'backend#payment-service', { commit: COMMIT }),
  item('v1.4.0-rc.1', 'backend#payment-service', { commit: COMMIT.slice(0, 10) }),
  item('v1.4.0-rc.1', 'backend#gateway'),
  item('v1.4.0', 'k8s#prod-deployment/api', { imageRef: `ghcr.io/acme/api@sha256:${DIGEST}` }),
  item('v1.4.0', 'k8s#staging-deployment/api', { imageRef: `ghcr.io/acme/api@sha256:${DIGEST}` }),
];
const REPORT = reportOf(ITEMS);
const brief = (entries: readonly Entry[] | null) => entries?.map(({ label, detail }) => `${label} | ${detail}`) ?? null;
const found = (typed: string) =>
  findEntries(reportEntries(REPORT), typed, []).map(({ group, items }) => [group, items.map(({ label }) => label)]);

describe('the search', () => {
  it.each<[string, readonly (readonly [string, readonly string[]])[]]>([
    ['payment', [['Components', ['payment-service']]]],
    ['paym serv', [['Components', ['payment-service']]]],
    ['GATEWAY', [['Components', ['gateway']]]],
    ['go to find', [['Views', ['Go to Findings']]]],
    ['1.4.0-rc.1', [['Releases', ['v1.4.0-rc.1']]]],
    ['readiness', [['Findings', ['readiness-unknown']]]],
    ['no such thing at all', []],
  ])('finds by %j', (typed, groups) => {
    const got = found(typed);
    for (const group of groups) expect(got).toContainEqual(group);
    if (groups.length === 0) expect(got.flatMap(([, labels]) => labels)).toEqual([]);
  });

  it('offers something of everything before anything is typed', () => {
    expect(found('').map(([group]) => group)).toEqual(['Releases', 'Components', 'Findings', 'Views']);
  });

  it('says of a release why nobody can tell', () => {
    expect(brief(reportEntries(REPORT))).toContain('v1.4.0-rc.1 | rc, unknown: nothing says what belongs to it');
  });

  it('leads a component to its newest cell, though a newer release misses it', () => {
    const gateway = reportEntries(REPORT).find(({ label }) => label === 'gateway');
    expect(gateway?.detail).toBe('backend, newest in v1.4.0-rc.1');
    expect(gateway?.leads).toEqual({ to: 'place', release: 'v1.4.0-rc.1', component: 'backend#gateway' });
  });

  it.each<[string, readonly string[]]>([
    ['1.4.0-rc payment', ['payment-service in v1.4.0-rc.1 | 1.4.0-rc.1']],
    ['gate 1.4.0', ['gateway in v1.4.0 | missing', 'gateway in v1.4.0-rc.1 | 1.4.0-rc.1']],
    ['payment', []],
    ['1.4.0', []],
    ['9.9.9 payment', []],
  ])('finds cells by %j', (typed, cells) => {
    expect(brief(cellEntries(REPORT, typed))).toEqual(cells);
  });

  const where = (typed: string, report = REPORT) => {
    const pointed = pointedAt(report, typed);
    return pointed === null ? null : brief(pointedEntries(report, pointed).filter(({ group }) => group === 'Places'));
  };

  it.each<[string, readonly string[] | null]>([
    [COMMIT, ['payment-service in v1.4.0 | ', 'payment-service in v1.4.0-rc.1 | ']],
    [COMMIT.slice(0, 7).toUpperCase(), ['payment-service in v1.4.0 | ', 'payment-service in v1.4.0-rc.1 | ']],
    [`sha256:${DIGEST}`, ['api in v1.4.0 | runs in staging, prod']],
    [`"ghcr.io/acme/api:1.3.0@sha256:${DIGEST}"`, ['api in v1.4.0 | runs in staging, prod']],
    ['ghcr.io/acme/api', ['api in v1.4.0 | runs in staging, prod']],
    [
      `https://github.com/acme/pay/commit/${COMMIT}#diff`,
      ['payment-service in v1.4.0 | ', 'payment-service in v1.4.0-rc.1 | '],
    ],
    ['payment-service@1.4.0', ['payment-service in v1.4.0 | ']],
    ['backend#payment-service@v1.4.0-rc.1', ['payment-service in v1.4.0-rc.1 | ']],
    ['PAYMENT@1.4.0', ['payment-service in v1.4.0 | ']],
    ['payment-service@1.3.0', []],
    ['0000000', []],
    [COMMIT.slice(0, 6), null],
    ['payment', null],
    ['nothing-is-called-so@1.4.0', null],
    ['payment-service@', null],
  ])('finds where %j is', (typed, places) => {
    expect(where(typed)).toEqual(places);
  });

  it('puts what runs now before what is newer', () => {
    const report = reportOf([
      item('v1.2.0', 'backend#orders', { commit: COMMIT }),
      item('v1.1.0', 'backend#orders', { commit: COMMIT, image: `r.example/orders@sha256:${DIGEST}` }),
      item('v1.1.0', 'k8s#prod-deployment/orders', { imageRef: `r.example/orders@sha256:${DIGEST}` }),
      item('v1.0.0', 'backend#orders', { commit: COMMIT }),
    ]);
    expect(where(COMMIT, report)).toEqual([
      'orders in v1.1.0 | runs in prod',
      'orders in v1.2.0 | ',
      'orders in v1.0.0 | ',
    ]);
  });
});

describe('the answer', () => {
  const PAUSE = { id: 'action:Pause reading', label: 'Pause reading', detail: 'live' };
  const place = (component: string, release: string) => ({ to: 'place' as const, release, component });

  it.each<[string, SearchAnswer]>([
    [
      'pause',
      {
        text: 'pause',
        groups: [{ group: 'Actions', items: [{ ...PAUSE, group: 'Actions', leads: { to: 'action' } }], more: 0 }],
        nothing: null,
      },
    ],
    [
      'readiness ',
      {
        text: 'readiness ',
        groups: [
          {
            group: 'Findings',
            items: [
              {
                id: 'code:readiness-unknown',
                group: 'Findings',
                label: 'readiness-unknown',
                detail: '2 of this kind',
                leads: { to: 'code', code: 'readiness-unknown' },
              },
            ],
            more: 0,
          },
        ],
        nothing: null,
      },
    ],
    [
      'gate 1.4.0-rc',
      {
        text: 'gate 1.4.0-rc',
        groups: [
          {
            group: 'Cells',
            items: [
              {
                id: 'cell:v1.4.0-rc.1:backend#gateway',
                group: 'Cells',
                label: 'gateway in v1.4.0-rc.1',
                detail: '1.4.0-rc.1',
                leads: place('backend#gateway', 'v1.4.0-rc.1'),
              },
            ],
            more: 0,
          },
          {
            group: 'Components',
            items: [
              {
                id: 'component:backend#gateway',
                group: 'Components',
                label: 'gateway',
                detail: 'backend, newest in v1.4.0-rc.1',
                leads: place('backend#gateway', 'v1.4.0-rc.1'),
              },
            ],
            more: 0,
          },
        ],
        nothing: null,
      },
    ],
    ['0123456789', { text: '0123456789', groups: [], nothing: 'No fragment has the commit 0123456789.' }],
  ])('to %j', (text, expected) => {
    const answer = answerSearch(knownOf(REPORT), { text, actions: [PAUSE] });
    expect(answer).toEqual(expected);
    expect(structuredClone(answer)).toEqual(answer);
  });

  const LISTED = knownOf(
    reportOf([
      item('v1.3.0', 'backend#orders', {
        commit: COMMIT,
        repo: 'acme/orders',
        changes: [`${COMMIT} fix: total (#12)\t#12 PAY-9`],
      }),
      item('v1.4.0', 'backend#orders', {
        commit: 'b'.repeat(40),
        changes: { commits: [`${'b'.repeat(40)} two`], since: 'v1.3.0', base: COMMIT },
      }),
      item('v1.4.0', 'frontend#shop'),
    ]),
  );
  const CHANGE = {
    group: 'Changes',
    items: [
      {
        id: 'change:backend#orders',
        group: 'Changes',
        label: 'orders: fix: total (#12)',
        detail: 'first in v1.3.0',
        leads: place('backend#orders', 'v1.4.0'),
      },
    ],
    more: 0,
  };
  const PLACES = expect.objectContaining({ group: 'Places', more: 0 });
  const UNSEEN = 'Not looked at: fragments that list no changes: frontend#shop.';
  const NOT_ALL = '1 component does not list all changes';
  const FULL = { summary: `In full · ${NOT_ALL}`, lines: ['backend#orders: first in v1.3.0, in v1.4.0', UNSEEN] };

  it.each(['#12', 'acme/orders#12', 'https://github.com/acme/orders/pull/12/files', 'pay-9', COMMIT.slice(0, 8)])(
    'where a change is: %j',
    (text) => {
      const answer = answerSearch(LISTED, { text, actions: [] });
      expect(answer).toEqual({ text, groups: [PLACES, CHANGE], nothing: null, inFull: FULL });
      expect(answerWhere(LISTED, { text })).toEqual(answer);
    },
  );

  it.each([
    ['#13', 'No listed change names #13.'],
    ['acme/orders#13', 'No listed change names acme/orders#13.'],
    ['https://gitlab.com/acme/orders/-/merge_requests/12', 'No listed change names acme/orders!12.'],
    ['https://github.com/acme/nobody/pull/12', 'No component is of the repository acme/nobody.'],
    ['PAY-10', 'No listed change names PAY-10.'],
    ['https://acme.atlassian.net/browse/PAY-10', 'No listed change names PAY-10.'],
    [`commit ${'f'.repeat(40)}`, 'No fragment has the commit ffffffffffff.'],
    ['v1.4.0-3-gfffffff', 'No fragment has the commit fffffff.'],
  ])('says what no change is, and of what it may be all the same: %j', (text, nothing) => {
    const answer = { text, groups: [], nothing, inFull: { summary: NOT_ALL, lines: [UNSEEN] } };
    expect(answerSearch(LISTED, { text, actions: [] })).toEqual(answer);
    expect(answerWhere(LISTED, { text })).toEqual(answer);
  });

  it.each([
    [`sha256:${DIGEST.replace('a', 'f')}`, 'No fragment has the digest fb12ab12ab12.'],
    ['ghcr.io/acme/nobody:1.4.0', 'No fragment has the image ghcr.io/acme/nobody:1.4.0.'],
    ['orders@9.9.9', 'No release has orders in version 9.9.9.'],
    ['pkg:npm/%40acme/orders@9.9.9', 'No release has @acme/orders in version 9.9.9.'],
    ['https://github.com/acme/orders/releases/tag/v9.9.9', 'No component of acme/orders has version v9.9.9.'],
    ['https://github.com/acme/nobody/releases/tag/v9.9.9', 'No component is of the repository acme/nobody.'],
  ])('says what nothing has: %j', (text, nothing) => {
    expect(answerSearch(LISTED, { text, actions: [] })).toEqual({ text, groups: [], nothing });
    expect(answerWhere(LISTED, { text })).toEqual({ text, groups: [], nothing });
  });

  it.each(['no such thing', 'nobody@1.0.0', 'acme/nobody', 'x:y', 'https://github.com/acme/orders'])(
    'says that nothing matches, be it %j',
    (text) => {
      expect(answerSearch(LISTED, { text, actions: [] })).toEqual({
        text,
        groups: [],
        nothing: `Nothing matches “${text}”.`,
      });
      expect(answerWhere(LISTED, { text })).toEqual({ text, groups: [], nothing: null });
    },
  );

  it('says no more of a long text than tells what it was', () => {
    const { nothing } = answerSearch(LISTED, { text: 'word '.repeat(100), actions: [] });
    expect(nothing).toBe(`Nothing matches “${'word '.repeat(12)}…”.`);
  });

  it('leads from a tag’s address to the release, where its repository has no component', () => {
    const text = 'https://github.com/acme/platform/releases/tag/v1.4.0';
    const { groups, nothing } = answerWhere(LISTED, { text });
    expect([groups.map(({ items }) => items.map(({ label, leads }) => [label, leads])), nothing]).toEqual([
      [[['v1.4.0', { to: 'place', release: 'v1.4.0', component: null }]]],
      'No component is of the repository acme/platform.',
    ]);
  });

  it('takes the name of an owner for that, though an image is called so', () => {
    const items = [
      item('v1.0.0', 'backend#api', { owner: 'acme/orders' }),
      item('v1.0.0', 'backend#o', { artifact: 'r.example/acme/orders:1' }),
    ];
    expect(pointedAt(reportOf(items), 'acme/orders')).toBeNull();
    expect(pointedAt(reportOf(items), 'r.example/acme/orders')?.places).toHaveLength(1);
  });

  it('offers something of everything before anything is typed, what the page can do last', () => {
    const { groups } = answerSearch(knownOf(REPORT), { text: '', actions: [PAUSE] });
    expect(groups.map(({ group }) => group)).toEqual(['Releases', 'Components', 'Findings', 'Views', 'Actions']);
  });
});
