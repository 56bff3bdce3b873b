import { expect, test } from 'vitest';
import type { ChangeEvent } from '../../../src/release/history/changes.ts';
import type { Activity } from '../../../src/views/activity/activity.ts';
import { type ActivityAsks, answerActivity } from '../../../src/views/activity/activity-answer.ts';
import type { Filters } from '../../../src/views/params.ts';
import { knownOf } from '../answered.tsx';
import { item, reportOf } from '../report-of.ts';
import { event as eventOf } from './event.ts';

const NO_FILTERS: Filters = { version: '', stage: [], type: [], env: [], q: '', problems: false };
const ROOM: ActivityAsks['room'] = { watching: 9, away: 9, earlier: 9 };
const [EARLIER, LATER] = ['2026-11-22T11:00:00.000Z', '2026-11-22T12:00:00.000Z'];

const event = (at: string, component: string, more: Partial<ChangeEvent> = {}) =>
  eventOf('v1.0.0', component, { at, ...more });

const ACTIVITY: Activity = {
  events: [
    event(EARLIER, 'backend#a'),
    event(EARLIER, 'backend#gone', { kind: 'vanished', from: '0.1.0', to: null }),
    event(LATER, 'backend#a', {
      kind: 'changed',
      change: 'rebuilt',
      from: '1.0.0',
      fields: [{ field: 'commit', from: 'one', to: null }],
      attributes: { names: ['team'], count: 3 },
      retagged: true,
    }),
    event(LATER, 'k8s#b', {
      kind: 'changed',
      change: 'unchanged',
      environments: ['prod'],
      fields: [{ field: 'readyReplicas', from: '1', to: '2' }],
      readinessOnly: true,
    }),
  ],
  letGo: 7,
  seen: 8,
  readAt: LATER,
  visitFrom: 8,
  watchedFrom: 9,
  lastVisitAt: EARLIER,
  trouble: null,
  releasesNotKept: 2,
};

const REPORT = reportOf([item('v1.0.0', 'backend#a'), item('v1.0.0', 'k8s#prod-deployment/b')]);

const A = {
  position: 7,
  seen: true,
  word: 'new',
  release: 'v1.0.0',
  component: 'backend#a',
  environments: [],
  version: '1.0.0',
  fields: [],
  attributes: { names: [], count: 0 },
  retagged: false,
  inTable: true,
};
const GONE = {
  ...A,
  position: 8,
  seen: false,
  word: 'vanished',
  component: 'backend#gone',
  version: '0.1.0',
  inTable: false,
};
const REBUILT = {
  ...A,
  position: 9,
  seen: false,
  word: 'rebuilt',
  version: '',
  fields: [{ field: 'commit', from: 'one', to: null }],
  attributes: { names: ['team'], count: 3 },
  retagged: true,
};
const READY = {
  ...A,
  position: 10,
  seen: false,
  word: 'updated',
  component: 'k8s#b',
  environments: ['prod'],
  version: '',
  fields: [{ field: 'readyReplicas', from: '1', to: '2' }],
};
const KEPT = { lastVisitAt: EARLIER, trouble: null, letGo: 7, releasesNotKept: 2 };
const none = (when: string, left = 0) => ({ when, count: left, groups: [], left });

test.each([
  [
    'all of it, by stretch and reading',
    NO_FILTERS,
    ROOM,
    {
      ...KEPT,
      sections: [
        { when: 'watching', count: 2, groups: [{ at: LATER, events: [REBUILT], readiness: [READY] }], left: 0 },
        { when: 'away', count: 1, groups: [{ at: EARLIER, events: [GONE], readiness: [] }], left: 0 },
        { when: 'earlier', count: 1, groups: [{ at: EARLIER, events: [A], readiness: [] }], left: 0 },
      ],
      shown: 4,
      hidden: 0,
    },
  ],
  [
    'what the filters leave: what has gone from the table has no column that they could hide',
    { ...NO_FILTERS, type: ['k8s'] },
    ROOM,
    {
      ...KEPT,
      sections: [
        { when: 'watching', count: 1, groups: [{ at: LATER, events: [], readiness: [READY] }], left: 0 },
        { when: 'away', count: 1, groups: [{ at: EARLIER, events: [GONE], readiness: [] }], left: 0 },
        none('earlier'),
      ],
      shown: 2,
      hidden: 2,
    },
  ],
  [
    'as much as there is room for, readiness last',
    NO_FILTERS,
    { watching: 1, away: 0, earlier: 0 },
    {
      ...KEPT,
      sections: [
        { when: 'watching', count: 2, groups: [{ at: LATER, events: [REBUILT], readiness: [] }], left: 1 },
        none('away', 1),
        none('earlier', 1),
      ],
      shown: 4,
      hidden: 0,
    },
  ],
])('%s', (_, filters, room, expected) => {
  const answer = answerActivity(knownOf(REPORT, { activity: ACTIVITY }), { filters, room });
  expect(answer).toEqual(expected);
  expect(structuredClone(answer)).toEqual(answer);
});

test('nothing before the history is there', () => {
  expect(answerActivity(knownOf(REPORT), { filters: NO_FILTERS, room: ROOM })).toBeNull();
});
