import { expect, test } from 'vitest';
import { addNews, NO_NEWS, withoutSeen } from '../../../src/live/news.ts';
import type { News } from '../../../src/views/matrix/news.ts';

const news = (...entries: [string, 'new' | 'changed'][]): News => new Map(entries);
const change = { arrived: [], changed: [], left: [] } as const;

test.each([
  ['what arrived is new', NO_NEWS, { ...change, arrived: ['a'] }, news(['a', 'new'])],
  ['what changed is changed', NO_NEWS, { ...change, changed: ['a'] }, news(['a', 'changed'])],
  ['new stays new when it changes', news(['a', 'new']), { ...change, changed: ['a'] }, news(['a', 'new'])],
  ['what left is no news', news(['a', 'new'], ['b', 'changed']), { ...change, left: ['a'] }, news(['b', 'changed'])],
  ['what left and came again is new', news(['a', 'changed']), { ...change, arrived: ['a'] }, news(['a', 'new'])],
])('%s', (_, before, changes, after) => {
  expect(addNews(before, changes)).toEqual(after);
});

test('nothing happened, or nothing of it was news: the same map', () => {
  const before = news(['a', 'new']);
  expect(addNews(before, change)).toBe(before);
  expect(withoutSeen(before, ['b'])).toBe(before);
});

test('what was seen is no news any more', () => {
  expect(withoutSeen(news(['a', 'new'], ['b', 'changed']), ['a'])).toEqual(news(['b', 'changed']));
  expect(withoutSeen(news(['a', 'new']), ['a'])).toBe(NO_NEWS);
});
