import { describe, expect, test } from 'vitest';
import type { ChangeEvent } from '../../src/release/history/changes.ts';
import { verdictSteps } from '../../src/release/history/verdict-changes.ts';
import type { VerdictCause } from '../../src/release/history/verdict-folding.ts';
import type { VerdictSources } from '../../src/release/history/verdict-pasts.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { surveySteps } from '../../src/release/report/survey.ts';
import { finish } from '../../src/release/text/steps.ts';
import { item, policyOf } from './items.ts';

const day = (of: number, time: string) => `2026-11-${of}T${time}:00.000Z`;
const at = (time: string) => day(20, time);
const READ_AT = day(21, '12:00');

/** As this program writes it. */
const put = (release: string, key: string, publishedAt: string, more: Item = {}) =>
  item(release, key, { publishedAt, writeId: `${release} ${key} ${publishedAt}`, ...more });
const pod = (ready: number, more: Item = {}): Item => ({
  imageRef: 'proxy:1',
  replicas: 3,
  readyReplicas: ready,
  ...more,
});
const POD = 'k8s#prod-deployment/edge';

const COVERS = { 'backend#a': { version: '1.1.0' }, 'backend#b': { version: '1.1.0' } };
const smoke = (result: 'pass' | 'fail', time: string, more: Item = {}) =>
  put('v1.1.0', 'evidence#smoke', at(time), { result, covers: COVERS, ...more });
const ASKS_SMOKE = { evidence: [{ name: 'smoke', stages: ['stable'], releases: '>=1.1' }] };

/** v1.0.0 of two components, and the first of v1.1.0. */
const BEFORE = [
  put('v1.0.0', 'backend#a', day(18, '08:00')),
  put('v1.0.0', 'backend#b', day(18, '08:00')),
  put('v1.1.0', 'backend#a', at('08:00')),
];
const WHOLE = [...BEFORE, put('v1.1.0', 'backend#b', at('08:01'))];
const UNDATED = item('v1.0.0', 'docs#guide');

/** Three ready, one at 10:00, three again at 11:00. */
const WOBBLED = put('v1.1.0', POD, at('11:00'), {
  ...pod(3),
  replaced: [
    { ...pod(1), publishedAt: at('10:00'), replacedAt: at('11:00') },
    { ...pod(3), publishedAt: at('09:00'), replacedAt: at('10:00') },
  ],
});
const SETTLED = '11:00 v1.1.0 fail → pass: settled not-ready k8s#edge +0';
const OF_WOBBLED = [
  SETTLED,
  '10:00 v1.1.0 pass → fail: blocks not-ready k8s#edge +0',
  '09:00 v1.1.0 not-known → pass: whole 2 of 2',
];
/** Half of it was known when that was written. */
const SINCE_HALF_PAST = [SETTLED, '10:30 v1.1.0 not-known → fail: blocks not-ready k8s#edge +0'];
const BY_ELEVEN = ['11:00 v1.1.0 not-known → pass: whole 2 of 2'];
const CAME_WHOLE = '08:00–08:01 v1.1.0 none → pass: whole 2 of 2';

const WAIVES_B = { code: 'missing-component', component: 'backend#b', release: '*', reason: 'x', by: 'y' };

/** Ready from 09:20 on but for some minutes. */
const flickered = (from: string, to: string) =>
  put('v1.1.0', POD, at(to), {
    ...pod(3),
    replaced: [
      { ...pod(1), publishedAt: at(from), replacedAt: at(to), writeId: 'second' },
      { ...pod(3), publishedAt: at('09:20'), replacedAt: at(from), writeId: 'first' },
    ],
  });

/** That production is ahead of what comes before. */
const ORDER_BLOCKS = { severities: { 'environment-inversion': 'error' } };

interface More extends Partial<Pick<VerdictSources, 'policies' | 'seen'>> {
  readonly policy?: unknown;
}

function told(items: readonly Item[], { policy, policies = [], seen = [] }: More = {}): string[] {
  const rules = policyOf(policy);
  const read = readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
  const survey = finish(surveySteps({ ...read, readAt: READ_AT }, rules, []));
  const sources = { ...read, survey, policies, seen, keys: DOCUMENTED_KEYS };
  const changes = finish(verdictSteps(sources, new Set(['v1.1.0']), ''));
  return changes.map(({ release, from, to, before, after, cause }) => {
    const times = [...new Set([from, to].map((time) => time.slice(11, 16)))].join('–');
    return `${times} ${release} ${before} → ${after}: ${said(cause)}`;
  });
}

function said(cause: VerdictCause): string {
  if (cause.kind === 'whole') return `whole ${cause.completeness.present} of ${cause.completeness.expected}`;
  if (!('findings' in cause)) return `${cause.kind} ${cause.verdict.unknown.join(' ')}`;
  const [first, ...others] = cause.findings;
  return `${cause.kind} ${[first?.code, first?.component].filter(Boolean).join(' ')} +${others.length}`;
}

const seenToBe = (kind: ChangeEvent['kind'], time: string, fragment: string): ChangeEvent => ({
  ...{
    at: at(time),
    kind,
    change: null,
    fragment,
    release: 'v1.1.0',
    key: POD,
    component: 'k8s#edge',
    environments: [],
  },
  ...{ from: null, to: null, fields: [{ field: 'readyReplicas', from: '3', to: '1' }], retagged: false },
  ...{ attributes: { names: [], count: 0 }, readinessOnly: true },
});

describe('a verdict that is another', () => {
  test.each<[name: string, items: readonly Item[], more: More, lines: readonly string[]]>([
    ['is the first where a release came whole', WHOLE, {}, [CAME_WHOLE]],
    [
      'by what came last',
      [...BEFORE, put('v1.1.0', 'backend#b', at('08:30'))],
      {},
      ['08:00–08:30 v1.1.0 none → pass: whole 2 of 2'],
    ],
    [
      'by what came too late',
      [...BEFORE, put('v1.1.0', 'backend#b', at('09:30'))],
      {},
      [
        '09:30 v1.1.0 fail → pass: settled missing-component backend#b +0',
        '08:00–09:00 v1.1.0 none → fail: blocks missing-component backend#b +0',
      ],
    ],
    ['by what an item kept of its past', [...WHOLE, WOBBLED], {}, OF_WOBBLED],
    [
      'by what took the place of another content without a minute between, as one',
      [
        ...WHOLE,
        put('v1.1.0', POD, at('10:00'), {
          ...pod(0),
          replaced: [{ ...pod(3), publishedAt: at('09:00'), replacedAt: at('10:00') }],
        }),
        put('v1.1.0', 'k8s#prod-deployment/mesh', at('10:01'), {
          ...pod(0),
          replaced: [{ ...pod(3), publishedAt: at('09:00'), replacedAt: at('10:01') }],
        }),
      ],
      {},
      ['10:00–10:01 v1.1.0 pass → fail: blocks not-ready k8s#edge +1', '09:00 v1.1.0 not-known → pass: whole 2 of 2'],
    ],
    [
      'by evidence that is asked for',
      [...WHOLE, smoke('pass', '09:40')],
      { policy: ASKS_SMOKE },
      [
        '09:40 v1.1.0 fail → pass: settled evidence-missing +0',
        '08:00–09:00 v1.1.0 none → fail: blocks evidence-missing +0',
      ],
    ],
    [
      'by another result of it',
      [
        ...WHOLE,
        smoke('fail', '11:00', {
          replaced: [{ result: 'pass', covers: COVERS, publishedAt: at('10:00'), replacedAt: at('11:00') }],
        }),
      ],
      { policy: ASKS_SMOKE },
      ['11:00 v1.1.0 pass → fail: blocks evidence-failed +0', '10:00 v1.1.0 not-known → pass: whole 2 of 2'],
    ],
    [
      'by what was built again after its check, and by the check again',
      [
        BEFORE[0] as Item,
        BEFORE[1] as Item,
        put('v1.1.0', 'backend#a', at('08:00'), { commit: 'a'.repeat(40) }),
        put('v1.1.0', 'backend#b', at('11:00'), {
          commit: 'c'.repeat(40),
          replaced: [{ commit: 'b'.repeat(40), publishedAt: at('08:01'), replacedAt: at('11:00') }],
        }),
        smoke('pass', '12:00', {
          covers: { 'backend#a': { commit: 'a'.repeat(40) }, 'backend#b': { commit: 'c'.repeat(40) } },
          replaced: [
            {
              covers: { 'backend#a': { commit: 'a'.repeat(40) }, 'backend#b': { commit: 'b'.repeat(40) } },
              ...{ result: 'pass', publishedAt: at('10:00'), replacedAt: at('12:00') },
            },
          ],
        }),
      ],
      { policy: ASKS_SMOKE },
      [
        '12:00 v1.1.0 fail → pass: settled evidence-stale +0',
        '11:00 v1.1.0 pass → fail: blocks evidence-stale +0',
        '10:00 v1.1.0 not-known → pass: whole 2 of 2',
      ],
    ],
    [
      'by what of another release was published late',
      [...BEFORE.slice(0, 2), put('v1.0.0', 'backend#c', at('10:00')), ...WHOLE.slice(2)],
      {},
      ['10:00 v1.1.0 pass → fail: blocks missing-component backend#c +0', CAME_WHOLE],
    ],
    [
      'by the time alone: its grace ended at 09:00',
      BEFORE,
      {},
      ['08:00–09:00 v1.1.0 none → fail: blocks missing-component backend#b +0'],
    ],
    [
      'by a waiver that ended',
      BEFORE,
      { policy: { waivers: [{ ...WAIVES_B, expires: '2026-11-20T18:00:00Z' }] } },
      ['18:00 v1.1.0 pass → fail: blocks missing-component backend#b +0', '08:00 v1.1.0 none → pass: whole 1 of 2'],
    ],
    [
      'never by what it holds that weighs nothing',
      [...WHOLE, put('v1.1.0', 'backend#extra', at('10:00'))],
      {},
      [CAME_WHOLE],
    ],
    [
      'once while it arrives, however often it was another one',
      [
        ...BEFORE,
        put('v1.1.0', POD, at('08:40'), {
          ...pod(3),
          writeId: 'third',
          replaced: [
            { ...pod(1), publishedAt: at('08:30'), replacedAt: at('08:40'), writeId: 'second' },
            { ...pod(3), publishedAt: at('08:20'), replacedAt: at('08:30'), writeId: 'first' },
          ],
        }),
        put('v1.1.0', 'backend#b', at('08:50')),
      ],
      {},
      ['08:00–08:50 v1.1.0 none → pass: whole 2 of 2'],
    ],
    ['never while it arrives', [...BEFORE.slice(0, 2), put('v1.1.0', 'backend#a', day(21, '11:30'))], {}, []],
    ['never for some minutes', [...WHOLE, flickered('10:00', '10:09')], {}, [CAME_WHOLE]],
    [
      'for longer',
      [...WHOLE, flickered('10:00', '10:11')],
      {},
      [
        '10:11 v1.1.0 fail → pass: settled not-ready k8s#edge +0',
        '10:00 v1.1.0 pass → fail: blocks not-ready k8s#edge +0',
        CAME_WHOLE,
      ],
    ],
    [
      'by nothing that says what belongs to it',
      [put('v1.1.0', 'backend#a', at('08:00'))],
      {},
      ['08:00 v1.1.0 none → unknown: open no-roster'],
    ],
  ])('%s', (_, items, more, lines) => {
    expect(told(items, more)).toEqual(lines);
  });
});

describe('a past that is not known is never guessed', () => {
  const { writeId: _, ...UNMARKED } = WOBBLED;
  test.each<[name: string, items: readonly Item[], more: More, lines: readonly string[]]>([
    ['another client put it', [...WHOLE, UNMARKED], {}, BY_ELEVEN],
    [
      'another client put something before it, and since then all is known',
      [...WHOLE.slice(0, 3), item('v1.1.0', 'backend#b', { publishedAt: at('10:30') }), WOBBLED],
      {},
      SINCE_HALF_PAST,
    ],
    ['it says no time', [...WHOLE, WOBBLED, item('v1.1.0', 'docs#guide')], {}, []],
    ['nor does a stable release before', [...WHOLE, WOBBLED, UNDATED], {}, []],
    [
      'another client wrote of a stable release before, which says nothing of when its verdict became so',
      [BEFORE[0] as Item, ...WHOLE.slice(2), WOBBLED, item('v1.0.0', 'backend#b', { publishedAt: at('10:30') })],
      {},
      [SETTLED],
    ],
    [
      'a release above does not, and is not asked',
      [...WHOLE, WOBBLED, item('v1.2.0-alpha.1', 'docs#guide')],
      {},
      OF_WOBBLED,
    ],
    [
      'nor is a workload of it',
      [...WHOLE, WOBBLED, item('v1.2.0-alpha.1', 'k8s#dev-deployment/edge', pod(3))],
      {},
      OF_WOBBLED,
    ],
    [
      'but where their order blocks a workload of any release is',
      [...WHOLE, WOBBLED, item('v1.2.0-alpha.1', 'k8s#dev-deployment/edge', pod(3))],
      { policy: ORDER_BLOCKS },
      [],
    ],
    [
      'one of a release below is always',
      [...WHOLE, WOBBLED, item('v1.0.0-rc.1', 'k8s#dev-deployment/edge', pod(3))],
      {},
      [],
    ],
    [
      'a content was dropped: its times have a gap',
      [
        ...WHOLE,
        {
          ...WOBBLED,
          replaced: [
            { ...pod(1), publishedAt: at('10:30'), replacedAt: at('11:00') },
            { ...pod(3), publishedAt: at('09:00'), replacedAt: at('10:00') },
          ],
        },
      ],
      {},
      SINCE_HALF_PAST,
    ],
    ['what it replaced cannot be read', [...WHOLE, { ...WOBBLED, replaced: ['?'] }], {}, BY_ELEVEN],
    [
      'it took the place of something else at another time',
      [...WHOLE, { ...WOBBLED, publishedAt: at('12:00') }],
      {},
      ['12:00 v1.1.0 not-known → pass: whole 2 of 2'],
    ],
    ['an item of its release cannot be read', [...WHOLE, WOBBLED, item('v1.1.0', 'guide')], {}, []],
    [
      'one cannot, and blocks nothing',
      [...WHOLE, WOBBLED, item('v1.1.0', 'guide')],
      { policy: { severities: { 'invalid-fragment': 'warning' } } },
      OF_WOBBLED,
    ],
    ['one of its line cannot', [...WHOLE, WOBBLED, item('v1.1.0-rc.1', 'guide')], {}, OF_WOBBLED],
    ['one of another release cannot', [...WHOLE, WOBBLED, item('v1.0.0', 'guide')], {}, OF_WOBBLED],
    ['an item that nobody knows of cannot', [...WHOLE, WOBBLED, { $unreadable: 'deeper than can be read' }], {}, []],
    [
      'the policy was another',
      [...WHOLE, WOBBLED],
      { policies: [{ publishedAt: at('10:30'), publishedBy: null, changed: ['waivers'] }] },
      SINCE_HALF_PAST,
    ],
    [
      'nobody says since when the policy is as it is',
      [...WHOLE, WOBBLED],
      { policies: [{ publishedAt: null, publishedBy: null, changed: null }] },
      [],
    ],
    [
      'something was seen to go',
      [...WHOLE, WOBBLED],
      { seen: [seenToBe('vanished', '10:30', 'v0.1.0\nbackend#a')] },
      [SETTLED],
    ],
    [
      'more was seen to change than is kept',
      [...WHOLE, WOBBLED],
      { seen: ['09:30', '10:00', '10:30'].map((time) => seenToBe('changed', time, `v1.1.0\n${POD}`)) },
      [SETTLED],
    ],
    [
      'no more was seen to change than is kept',
      [...WHOLE, WOBBLED],
      { seen: ['10:00', '11:00'].map((time) => seenToBe('changed', time, `v1.1.0\n${POD}`)) },
      OF_WOBBLED,
    ],
  ])('%s', (_name, items, more, lines) => {
    expect(told(items, more)).toEqual(lines);
  });
});

describe('what was observed again', () => {
  const again = (first: string, more: Item = {}) =>
    put('v1.1.0', 'k8s#prod-deployment/mesh', day(21, '11:00'), { ...pod(3), firstPublishedAt: first, ...more });
  const rivalled = [
    ...WHOLE,
    WOBBLED,
    again(at('09:00')),
    put('v1.0.0', 'k8s#prod-deployment/mesh', at('09:30'), pod(3)),
  ];
  test.each<[name: string, items: readonly Item[], more: More, lines: readonly string[]]>([
    ['has been there since it was written first', [...WHOLE, WOBBLED, again(at('09:00'))], {}, OF_WOBBLED],
    ['has not, where nobody knows since when', [...WHOLE, WOBBLED, again('unknown')], {}, []],
    ['may have been seen after what else ran there, which blocks nothing', rivalled, {}, OF_WOBBLED],
    ['or where it would', rivalled, { policy: ORDER_BLOCKS }, []],
    ['may be what the age of its release is counted from', [...WHOLE, WOBBLED, again(at('07:00'))], {}, []],
  ])('%s', (_, items, more, lines) => {
    expect(told(items, more)).toEqual(lines);
  });
});
