import { expect, test } from 'vitest';
import { type LineStory, lineStory } from '../../src/release/history/line-story.ts';
import type { Item } from '../../src/release/item/item.ts';
import { type Asked, reportOf } from './checks/said.ts';
import { item } from './items.ts';

const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z`;
const part = (release: string, name: string, day?: number) =>
  item(release, `backend#${name}`, day === undefined ? {} : { date: at(day) });

/** Components as `name: furthest stage by release`, those that have not reached the release marked. */
function said({ line, inProgress, releases, axis, components }: LineStory) {
  return {
    line: inProgress ? `${line} in progress` : line,
    releases: releases.map(
      ({ release, startedAt, updatedAt, fragments, missing }) =>
        `${release.stage} ${startedAt?.slice(8, 10) ?? '?'}–${updatedAt?.slice(8, 10) ?? '?'}, ${fragments} of ${fragments + missing}`,
    ),
    axis: axis === null ? null : [axis.from, axis.to],
    components: components.map(
      ({ component, furthest, reached }) =>
        `${component.name}: ${furthest === null ? 'nowhere' : `${furthest.stage} by ${furthest.release}`}${reached ? '' : ', not yet'}`,
    ),
  };
}

const inProgress = [
  part('v1.0.0', 'a', 1),
  part('v1.0.0', 'b', 1),
  part('v1.0.0', 'c', 1),
  part('v1.1.0-alpha.1', 'a', 3),
  part('v1.1.0-alpha.1', 'new', 4),
  part('v1.1.0-alpha.2', 'b', 5),
  part('v1.1.0-beta.1', 'a', 6),
  part('v1.1.0-beta.1', 'b', 8),
  part('v1.1.0-rc.1', 'a', 9),
  part('v1.2.0-alpha.1', 'other', 9),
];

test.each<[name: string, items: Item[], tag: string, expected: unknown, asked?: Asked]>([
  [
    'in progress, seen from the candidate',
    inProgress,
    'v1.1.0-rc.1',
    {
      line: '1.1.0 in progress',
      releases: ['alpha 03–04, 2 of 4', 'alpha 05–05, 1 of 3', 'beta 06–08, 2 of 3', 'rc 09–09, 1 of 3'],
      axis: [at(3), at(9)],
      components: [
        'a: rc by v1.1.0-rc.1',
        'b: beta by v1.1.0-beta.1, not yet',
        'c: nowhere, not yet',
        'new: alpha by v1.1.0-alpha.1, not yet',
      ],
    },
  ],
  [
    'seen from an alpha: whoever went further has reached it',
    inProgress,
    'v1.1.0-alpha.2',
    {
      line: '1.1.0 in progress',
      releases: ['alpha 03–04, 2 of 4', 'alpha 05–05, 1 of 3', 'beta 06–08, 2 of 3', 'rc 09–09, 1 of 3'],
      axis: [at(3), at(9)],
      components: [
        'a: rc by v1.1.0-rc.1',
        'b: beta by v1.1.0-beta.1',
        'c: nowhere, not yet',
        'new: alpha by v1.1.0-alpha.1',
      ],
    },
  ],
  [
    'done: the stable is the last',
    [part('v1.0.0-rc.1', 'a', 2), part('v1.0.0', 'a', 3), part('v1.0.0-next.1', 'a', 1)],
    'v1.0.0',
    {
      line: '1.0.0',
      releases: ['other 01–01, 1 of 1', 'rc 02–02, 1 of 1', 'stable 03–03, 1 of 1'],
      axis: [at(1), at(3)],
      components: ['a: stable by v1.0.0'],
    },
  ],
  [
    'a word that is no pre-release weighs as the stable',
    [part('v1.0.0-rc1', 'a', 2), part('v1.0.0-hotfix.1', 'b', 3), part('v1.0.0-next.1', 'c', 1)],
    'v1.0.0-hotfix.1',
    {
      line: '1.0.0 in progress',
      releases: ['other 03–03, 1 of 1', 'other 01–01, 1 of 1', 'rc 02–02, 1 of 1'],
      axis: [at(1), at(3)],
      components: ['a: rc by v1.0.0-rc1, not yet', 'b: other by v1.0.0-hotfix.1', 'c: other by v1.0.0-next.1, not yet'],
    },
  ],
  [
    'by the numbers alone: four numbers, builds and calendar versions',
    [part('2026.8.1.9', 'a', 1), part('2026.08.1.10', 'b', 2), part('2026.8.1+build.5', 'a', 3)],
    '2026.8.1.9',
    {
      line: '2026.8.1',
      releases: ['stable 03–03, 1 of 1', 'stable 01–01, 1 of 1', 'stable 02–02, 1 of 2'],
      axis: [at(1), at(3)],
      components: ['a: stable by 2026.8.1.9', 'b: stable by 2026.08.1.10'],
    },
  ],
  [
    'what is carried over has reached it',
    [part('v1.0.0', 'a', 1), part('v1.0.0', 'b', 1), part('v1.1.0-rc.1', 'b', 2)],
    'v1.1.0-rc.1',
    {
      line: '1.1.0 in progress',
      releases: ['rc 02–02, 1 of 1'],
      axis: [at(2), at(2)],
      components: ['a: nowhere', 'b: rc by v1.1.0-rc.1'],
    },
    { policy: { roster: [{ component: 'backend#a', expectation: 'carried' }, { component: '*' }] } },
  ],
  [
    'nothing is dated',
    [part('v1.0.0-rc.1', 'a')],
    'v1.0.0-rc.1',
    {
      line: '1.0.0 in progress',
      releases: ['rc ?–?, 1 of 1'],
      axis: null,
      components: ['a: rc by v1.0.0-rc.1'],
    },
  ],
])('%s', (_, items, tag, expected, asked) => {
  const story = lineStory(reportOf(items, asked), tag);
  expect(story === null ? null : said(story)).toEqual(expected);
});

test.each([
  ['a release without number order', 'main'],
  ['a release nobody knows', 'v9.9.9'],
])('%s has no line', (_, tag) => {
  expect(lineStory(reportOf([part('main', 'a'), part('v1.0.0', 'a')]), tag)).toBeNull();
});
