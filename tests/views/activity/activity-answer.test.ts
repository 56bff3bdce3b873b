import { describe, expect, test } from 'vitest';
import type { ChangeEvent } from '../../../src/release/history/changes.ts';
import type { Evidence } from '../../../src/release/item/evidence.ts';
import type { Item } from '../../../src/release/item/item.ts';
import type { WrittenPolicy } from '../../../src/release/policy/policy-item.ts';
import { finish } from '../../../src/release/text/steps.ts';
import type { Activity } from '../../../src/views/activity/activity.ts';
import { type ActivityAsks, type ActivityLine, activitySteps } from '../../../src/views/activity/activity-answer.ts';
import type { Filters } from '../../../src/views/params.ts';
import type { Known } from '../../../src/views/questions.ts';
import { item, READ_AT, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../known-of.ts';
import { event } from './event.ts';

const NO_FILTERS: Filters = { stage: [], type: [], owner: [], env: [], q: '', problems: false };
const day = (time: string) => `2026-11-20T${time}:00.000Z`;

const NOTHING_NEW: Activity = {
  events: [],
  letGo: 0,
  seen: 0,
  seenAt: READ_AT,
  readAt: READ_AT,
  watchedFrom: 0,
  lastVisitAt: null,
  trouble: null,
};

const published = (release: string, component: string, time: string, more: Item = {}) =>
  item(release, component, { publishedAt: day(time), ...more });
const pod = (release: string, environment: string, name: string, time: string, ready: number, more: Item = {}) =>
  published(release, `k8s#${environment}-deployment/${name}`, time, {
    ...{ imageRef: `${name}:1`, replicas: 3, readyReplicas: ready },
    ...more,
  });

const ITEMS = [
  published('v1.0.0', 'backend#a', '08:00', { owner: 'ants' }),
  published('v1.0.0', 'backend#b', '08:05', { owner: 'bees' }),
  published('v1.0.0', 'backend#c', '08:10', { owner: 'bees' }),
  pod('v1.0.0', 'prod', 'a', '09:20', 3, { owner: 'ants' }),
  pod('v1.0.0', 'prod', 'b', '09:30', 1, {
    replaced: [{ imageRef: 'b:1', replicas: 3, readyReplicas: 3, publishedAt: day('09:21'), replacedAt: day('09:30') }],
  }),
  published('v1.1.0', 'backend#a', '10:00', { owner: 'ants', componentVersion: '1.1.0' }),
  item('v0.9.0', 'backend#a'),
];

function answered(
  items: readonly Item[],
  { activity = NOTHING_NEW, ...more }: Partial<Known> = {},
  asks: Partial<ActivityAsks> = {},
) {
  const known = knownOf(reportOf(items), { activity, ...more });
  const answer = finish(activitySteps(known, { filters: NO_FILTERS, room: 99, open: [], ...asks }));
  if (answer === null) throw new Error('the history is there');
  expect(structuredClone(answer)).toEqual(answer);
  return answer;
}

/** "09:20–09:30 v1.0.0 → prod: 2 workloads !b 1 of 3 ready (2)" */
function told(...args: Parameters<typeof answered>): string[] {
  return answered(...args).lines.map(written);
}

/** Without what it made of verdicts. */
function toldOfItems(...args: Parameters<typeof answered>): string[] {
  return answered(...args)
    .lines.filter(({ kind }) => kind !== 'verdict')
    .map(written);
}

function written({ from, to, release, environment, what, deviation, isNew, count }: ActivityLine): string {
  const place = [release ?? 'the table', ...(environment === null ? [] : [environment])].join(' → ');
  const words = [what, deviation === '' ? '' : `!${deviation}`].filter(Boolean).join(' ');
  return `${isNew ? 'new ' : ''}${from.slice(11, 16)}–${to.slice(11, 16)} ${place}: ${words} (${count})`;
}

const ALL = [
  '10:00–10:00 v1.1.0: ants published a 1.1.0 (1)',
  '09:30–09:30 v1.0.0 → prod: b 3 → 1 of 3 ready (1)',
  '09:20–09:21 v1.0.0 → prod: 2 workloads (2)',
  '08:00–08:10 v1.0.0: 3 components published by 2 owners (3)',
];

describe('what the table says happened', () => {
  test('is a line per event, the newest first, and the same for whoever looks', () => {
    expect(told(ITEMS)).toEqual(ALL);
    expect(answered(ITEMS)).toMatchObject({ shown: 4, all: 4, undated: 1, lastVisitAt: null, trouble: null });
  });

  test.each<[string, readonly Item[], string]>([
    [
      'of a roll-out that was never finished',
      [pod('v1.0.0', 'qa', 'a', '09:00', 1), pod('v1.0.0', 'qa', 'b', '09:01', 3)],
      '09:00–09:01 v1.0.0 → qa: 2 workloads !a 1 of 3 ready (2)',
    ],
    [
      'of one of which many are not',
      ['a', 'b', 'c'].map((name) => pod('v1.0.0', 'qa', name, '09:00', 0)),
      '09:00–09:00 v1.0.0 → qa: 3 workloads !3 not ready (3)',
    ],
    [
      'of what was tagged again',
      [
        published('v1.0.0', 'backend#a', '09:00', {
          commit: 'b'.repeat(40),
          replaced: [{ commit: 'a'.repeat(40), publishedAt: day('07:00') }],
        }),
      ],
      '09:00–09:00 v1.0.0: a commit aaaaaaa → bbbbbbb !other content under the same tag (1)',
    ],
    ['of what nobody owns', [published('v1.0.0', 'backend#a', '09:00')], '09:00–09:00 v1.0.0: a 1.0.0 published (1)'],
  ])('%s', (_, items, line) => {
    expect(toldOfItems(items)[0]).toBe(line);
  });

  test('of what ended in one minute first what it made of a verdict, then what began last', () => {
    const items = [
      pod('v1.0.0', 'qa', 'a', '09:00', 3),
      pod('v1.0.0', 'qa', 'b', '09:05', 3, { publishedAt: '2026-11-20T09:05:10.000Z' }),
      pod('v1.0.0', 'staging', 'a', '08:59', 3),
      pod('v1.0.0', 'staging', 'b', '09:05', 3, { publishedAt: '2026-11-20T09:05:20.000Z' }),
    ];
    expect(told(items)).toEqual([
      '09:05–09:05 v1.0.0: by then unknown: nothing says what belongs to it (0)',
      '09:00–09:05 v1.0.0 → qa: 2 workloads (2)',
      '08:59–09:05 v1.0.0 → staging: 2 workloads (2)',
    ]);
  });

  test('of checks and persons, as they passed, failed, signed and took back', () => {
    const said = (name: string, more: Partial<Evidence>): Evidence => ({
      ...{ id: name, release: 'v1.0.0', name, component: null, result: 'pass', covers: [], counts: null },
      ...{ environment: null, link: null, note: null, principal: null, revoked: false, run: null },
      ...{ publishedAt: day('11:00'), item: {} },
      ...more,
    });
    const counts = { tests: 9, failures: 2, errors: 1, skipped: 0 };
    const ada = 'arn:aws:sts::1:assumed-role/release/ada@acme.example';
    const evidence = [
      said('smoke', { environment: 'qa', counts: { ...counts, failures: 0, errors: 0 } }),
      said('e2e', { result: 'fail', counts, publishedAt: day('11:01') }),
      said('qa', { principal: ada, component: 'backend#a', publishedAt: day('11:02') }),
      said('legal', { principal: ada, result: 'fail', note: 'no licence', publishedAt: day('11:03') }),
      said('sec', { principal: ada, revoked: true, publishedAt: day('11:04') }),
    ];
    expect(told([item('v1.0.0', 'backend#a')], { evidence })).toEqual([
      '11:04–11:04 v1.0.0: !ada@acme.example took sec back (0)',
      '11:03–11:03 v1.0.0: !ada@acme.example rejected legal: no licence (0)',
      '11:02–11:02 v1.0.0: ada@acme.example signed qa of a (0)',
      '11:01–11:01 v1.0.0: !e2e failed: 3 of 9 tests (0)',
      '11:00–11:00 v1.0.0 → qa: smoke passed in qa (9 tests) (0)',
    ]);
  });

  describe('of what it made of verdicts', () => {
    const put = (release: string, component: string, time: string, more: Item = {}) =>
      published(release, component, time, { writeId: `${component} ${time}`, ...more });
    const proxy = (release: string, time: string, ready: number, more: Item = {}) =>
      put(release, 'k8s#prod-deployment/edge', time, {
        imageRef: 'proxy:1',
        replicas: 3,
        readyReplicas: ready,
        ...more,
      });
    const whole = ['a', 'b'].flatMap((name) => [
      item('v1.0.0', `backend#${name}`, { publishedAt: '2026-11-18T08:00:00.000Z', writeId: name }),
      put('v1.1.0', `backend#${name}`, name === 'a' ? '06:00' : '06:30'),
    ]);
    const unready = proxy('v1.1.0', '10:00', 1, {
      replaced: [
        {
          ...{ imageRef: 'proxy:1', replicas: 3, readyReplicas: 3 },
          ...{ publishedAt: day('09:00'), replacedAt: day('10:00'), writeId: 'first' },
        },
      ],
    });
    const verdicts = (...args: Parameters<typeof answered>) =>
      answered(...args)
        .lines.filter(({ kind }) => kind === 'verdict')
        .map(({ to, what, deviation, verdict, inTable }) => [to.slice(11, 16), what, deviation, verdict, inTable]);

    test('of current releases', () => {
      const policies: WrittenPolicy[] = [{ publishedAt: day('05:00'), publishedBy: null, changed: null }];
      expect(verdicts([...whole, unready], { policies })).toEqual([
        ['10:00', '', 'pass → fail: edge in prod: 1 of 3 ready', 'fail', true],
        ['06:30', 'pass: nothing blocks it, 2 of 2 components', '', 'pass', true],
      ]);
    });

    test('with the place of the one thing that it is about', () => {
      const places = answered([...whole, unready]).lines.map(({ kind, place }) => [kind, place]);
      expect(places).toEqual([
        ['verdict', { component: 'k8s#edge', environment: 'prod' }],
        ['ready', { component: 'k8s#edge', environment: 'prod' }],
        ['rolled-out', undefined],
        ['verdict', undefined],
        ['published', undefined],
        ['published', undefined],
      ]);
    });

    test('of what blocks, the first that the filters leave', () => {
      const both = ['prod', 'qa'].map((environment) =>
        put('v1.1.0', `k8s#${environment}-deployment/edge`, '09:00', {
          ...{ imageRef: 'proxy:1', replicas: 3, readyReplicas: 1 },
        }),
      );
      const filtered = (env: string[]) =>
        verdicts([...whole, ...both], {}, { filters: { ...NO_FILTERS, env } }).map(([, , deviation]) => deviation);
      expect([[], ['qa'], ['prod'], ['dev']].map(filtered)).toEqual([
        ['pass → fail: edge in prod: 1 of 3 ready, and 1 more', ''],
        ['pass → fail: edge in qa: 1 of 3 ready, and 1 more'],
        ['pass → fail: edge in prod: 1 of 3 ready, and 1 more'],
        [],
      ]);
    });

    test('where nobody knows since when, as it was by then: that is new to nobody', () => {
      const { writeId: _, ...unmarked } = put('v1.1.0', 'backend#b', '06:30');
      const activity = { ...NOTHING_NEW, seenAt: day('06:00') };
      const { lines, untold } = answered(
        [...whole.filter((of) => of.writeId !== unmarked.writeId).slice(0, 3), unmarked],
        {
          activity,
        },
      );
      expect(lines[0]).toMatchObject({
        kind: 'verdict',
        what: 'by then pass: nothing blocks it, 2 of 2 components',
        isNew: false,
      });
      expect(untold).toBe(0);
    });

    test('of as many as the filters leave the table says nothing', () => {
      const undated = [...whole, item('v1.0.0', 'docs#guide')];
      const untold = (q: string) => answered(undated, {}, { filters: { ...NO_FILTERS, q } }).untold;
      expect(['', '1.1.0', '1.0.0'].map(untold)).toEqual([1, 1, 0]);
    });

    test('as far as the filters leave the release, the component and the environment', () => {
      const only = (filters: Partial<Filters>) =>
        verdicts([...whole, unready], {}, { filters: { ...NO_FILTERS, ...filters } }).length;
      expect([{}, { type: ['k8s'] }, { env: ['prod'] }, { env: ['qa'] }, { q: '1.0.0' }].map(only)).toEqual([
        2, 1, 1, 0, 0,
      ]);
    });
  });

  test('of the policy, with the parts that changed', () => {
    const policies: WrittenPolicy[] = [
      { publishedAt: day('11:01'), publishedBy: 'arn:aws:iam::1:user/jane', changed: ['roster', 'waivers'] },
      { publishedAt: day('11:00'), publishedBy: null, changed: null },
    ];
    expect(told([], { policies })).toEqual([
      '11:01–11:01 the table: jane changed the policy: roster, waivers (0)',
      '11:00–11:00 the table: wrote the policy (0)',
    ]);
  });
});

describe('what only this browser knows', () => {
  const changed = (component: string, fragment: string, more: Partial<ChangeEvent> = {}) =>
    event('v1.1.0', component, { kind: 'changed', fragment, change: 'changed', ...more });
  const seen = (events: ChangeEvent[], seenSoFar = 0): Activity => ({ ...NOTHING_NEW, events, seen: seenSoFar });
  const A_ID = 'v1.1.0\nbackend#a';

  test('is what is new to it, until it was marked as seen', () => {
    const arrived = event('v1.1.0', 'backend#a', { fragment: A_ID });
    expect(told(ITEMS, { activity: seen([arrived]) })[0]).toBe(`new ${ALL[0]}`);
    expect(told(ITEMS, { activity: seen([arrived], 1) })).toEqual(ALL);
  });

  test('and what an item was before, where the table has not kept it', () => {
    const fields = [{ field: 'componentVersion', from: '1.0.9', to: '1.1.0' }] as const;
    const activity = seen([changed('backend#a', A_ID, { fields })], 1);
    expect(told(ITEMS, { activity })[0]).toBe('10:00–10:00 v1.1.0: a component version 1.0.9 → 1.1.0 (1)');
  });

  test('and when something came that says no time itself', () => {
    const came = event('v0.9.0', 'backend#a', { fragment: 'v0.9.0\nbackend#a', at: day('10:30') });
    const answer = answered(ITEMS, { activity: seen([came]) });
    expect(answer.lines[0]).toMatchObject({ release: 'v0.9.0', what: 'ants published a 0.9.0', to: day('10:30') });
    expect(answer.undated).toBe(0);
  });

  test('and what is in the table no more', () => {
    const gone = (name: string) =>
      event('v0.1.0', `backend#${name}`, { kind: 'vanished', at: day('12:00'), from: '0.1.0', to: null });
    const { lines } = answered(
      ITEMS,
      { activity: seen([gone('a'), gone('z')]) },
      { open: ['["gone","v0.1.0",null,"2026-11-20T12:00:00.000Z"]'] },
    );
    expect(lines[0]).toMatchObject({
      ...{ kind: 'gone', release: 'v0.1.0', inTable: false, isNew: true, count: 2 },
      deviation: '2 items not in the table any more',
      items: [{ component: 'backend#a', what: '0.1.0' }, { component: 'backend#z' }],
    });
  });

  test('nothing is told before the history has been read', () => {
    const known = knownOf(reportOf(ITEMS), { activity: null });
    expect(finish(activitySteps(known, { filters: NO_FILTERS, room: 9, open: [] }))).toBeNull();
  });
});

describe('what is asked for', () => {
  test.each<[string, Partial<Filters>, readonly (string | undefined)[]]>([
    ['a release', { q: '1.1.0' }, [ALL[0]]],
    ['an environment', { env: ['prod'] }, [ALL[1], ALL[2]]],
    [
      'a component',
      { q: '#a' },
      [ALL[0], '09:20–09:20 v1.0.0 → prod: a (1)', '08:00–08:00 v1.0.0: ants published a 1.0.0 (1)'],
    ],
    ['a type', { type: ['backend'] }, [ALL[0], ALL[3]]],
  ])('is told of %s alone', (_, filters, lines) => {
    expect(told(ITEMS, {}, { filters: { ...NO_FILTERS, ...filters } })).toEqual(lines);
    expect(answered(ITEMS, {}, { filters: { ...NO_FILTERS, ...filters } })).toMatchObject({
      shown: lines.length,
      all: 4,
    });
  });

  test('no more than there is room for', () => {
    expect(answered(ITEMS, {}, { room: 2 })).toMatchObject({ shown: 4, lines: [{ release: 'v1.1.0' }, {}] });
  });

  test('with the components of the lines that are open', () => {
    const { lines } = answered(ITEMS);
    const id = lines.find(({ count }) => count === 3)?.id ?? '';
    const open = answered(ITEMS, {}, { open: [id] }).lines.flatMap(({ items }) => items);
    expect(open).toEqual([
      { component: 'backend#a', owner: 'ants', what: '1.0.0', isNew: false },
      { component: 'backend#b', owner: 'bees', what: '1.0.0', isNew: false },
      { component: 'backend#c', owner: 'bees', what: '1.0.0', isNew: false },
    ]);
    expect(lines.flatMap(({ items }) => items)).toEqual([]);
  });
});
