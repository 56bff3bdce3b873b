import { describe, expect, it } from 'vitest';
import { DEFAULT_ENVIRONMENTS } from '../../../src/release/item/environment.ts';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../../src/release/item/item.ts';
import { cellEntries, type Entry, holderEntries, reportEntries } from '../../../src/views/search/entries.ts';
import { findEntries } from '../../../src/views/search/find-entries.ts';
import { answerSearch, type SearchAnswer } from '../../../src/views/search/search-answer.ts';
import { knownOf } from '../answered.tsx';
import { item, reportOf } from '../report-of.ts';

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
const { fragments } = readItems(ITEMS, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
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

  it.each<[string, readonly string[] | null]>([
    [COMMIT, ['payment-service in v1.4.0 | commit', 'payment-service in v1.4.0-rc.1 | commit']],
    [
      COMMIT.slice(0, 7).toUpperCase(),
      ['payment-service in v1.4.0 | commit', 'payment-service in v1.4.0-rc.1 | commit'],
    ],
    [`sha256:${DIGEST}`, ['api in v1.4.0 · prod | image', 'api in v1.4.0 · staging | image']],
    ['0000000', []],
    [COMMIT.slice(0, 6), null],
    ['payment', null],
  ])('finds what holds %j', (typed, holders) => {
    expect(brief(holderEntries(REPORT, typed, fragments))).toEqual(holders);
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
        noHolder: false,
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
        noHolder: false,
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
        noHolder: false,
      },
    ],
    ['0123456789', { text: '0123456789', groups: [], noHolder: true }],
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
        detail: 'first in v1.3.0, in v1.4.0',
        leads: place('backend#orders', 'v1.3.0'),
      },
    ],
    more: 0,
  };
  const UNSEEN = 'Not looked at: fragments that list no changes: frontend#shop.';

  it.each([
    ['#12', [CHANGE], UNSEEN],
    ['acme/orders#12', [CHANGE], UNSEEN],
    ['pay-9', [CHANGE], UNSEEN],
    [COMMIT.slice(0, 8), [CHANGE, expect.objectContaining({ group: 'Holders' })], UNSEEN],
    ['#13', [], UNSEEN],
    // It may be a name as well.
    ['PAY-10', [], undefined],
  ])('where a change is: %j', (text, groups, unseen) => {
    const answer = answerSearch(LISTED, { text, actions: [] });
    expect([answer.groups, answer.unseen, answer.noHolder]).toEqual([groups, unseen, false]);
  });

  it('offers something of everything before anything is typed, what the page can do last', () => {
    const { groups } = answerSearch(knownOf(REPORT), { text: '', actions: [PAUSE] });
    expect(groups.map(({ group }) => group)).toEqual(['Releases', 'Components', 'Findings', 'Views', 'Actions']);
  });
});
