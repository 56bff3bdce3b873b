import { expect, test } from 'vitest';
import { addNews, NO_NEWS, withoutSeen } from '../../src/live/news.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import type { FragmentChange } from '../../src/release/item/fragment-change.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import type { News } from '../../src/views/matrix/news.ts';

const news = (...entries: [string, 'new' | 'changed'][]): News => new Map(entries);
const nothing: FragmentChange = { since: null, come: [], gone: [] };
const [a] = readItems(
  [{ version: 'a', 'component#name': 'backend#a' }],
  DOCUMENTED_KEYS,
  DEFAULT_ENVIRONMENTS,
).fragments;
const of = (come: boolean, gone: boolean): FragmentChange => ({
  ...nothing,
  come: come && a ? [{ ...a, id: 'a' }] : [],
  gone: gone && a ? [{ ...a, id: 'a' }] : [],
});

test.each([
  ['what arrived is new', NO_NEWS, of(true, false), news(['a', 'new'])],
  ['what changed is changed', NO_NEWS, of(true, true), news(['a', 'changed'])],
  ['new stays new when it changes', news(['a', 'new']), of(true, true), news(['a', 'new'])],
  ['what left is no news', news(['a', 'new'], ['b', 'changed']), of(false, true), news(['b', 'changed'])],
  ['what left and came again is new', news(['a', 'changed']), of(true, false), news(['a', 'new'])],
])('%s', (_, before, changes, after) => {
  expect(addNews(before, changes)).toEqual(after);
});

test('nothing happened, or nothing of it was news: the same map', () => {
  const before = news(['a', 'new']);
  expect(addNews(before, nothing)).toBe(before);
  expect(withoutSeen(before, ['b'])).toBe(before);
});

test('what was seen is no news any more', () => {
  expect(withoutSeen(news(['a', 'new'], ['b', 'changed']), ['a'])).toEqual(news(['b', 'changed']));
  expect(withoutSeen(news(['a', 'new']), ['a'])).toBe(NO_NEWS);
});
