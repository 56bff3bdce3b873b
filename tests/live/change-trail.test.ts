import { expect, test } from 'vitest';
import { changeTrail } from '../../src/live/change-trail.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { type Fragment, readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { DEFAULTS_IN_FORCE } from '../../src/release/policy/policy-item.ts';
import { changeOf } from '../release/change-of.ts';
import { told } from './told.ts';

const read = (...components: string[]) =>
  readItems(
    components.map((name) => ({ version: 'v1', 'component#name': `backend#${name}` })),
    DOCUMENTED_KEYS,
    DEFAULT_ENVIRONMENTS,
  ).fragments;

const table = (fragments: readonly Fragment[], since: readonly Fragment[] | null) => ({
  fragments,
  change: since === null ? { since, come: [], gone: [] } : changeOf(since, fragments),
  evidence: [],
  rejected: [],
  policy: DEFAULTS_IN_FORCE,
  readAt: '2026-11-22T12:00:00.000Z',
  keyNames: DOCUMENTED_KEYS,
  keysFrom: 'table' as const,
  readUnits: null,
  tookMs: 1,
  incomplete: null,
  access: null,
  detection: null,
});

const [a = [], b = [], c = []] = [read('a'), read('b'), read('c')];
const lists = [a, [...a, ...b], [...b, ...c], [...c]] as const;

test('tells of several readings together, from any of them on', () => {
  const trail = changeTrail();
  for (const [at, list] of lists.entries()) trail.add(table(list, lists[at - 1] ?? null));
  trail.add(table(lists[3], lists[3])); // a poll that found nothing changed
  expect(trail.since(lists[3])).toEqual({ since: lists[3], come: [], gone: [] });
  // b came and went in between.
  expect(trail.since(lists[0])).toEqual({ since: lists[0], come: c, gone: a });
  expect(told(trail.since(lists[2]))).toEqual([[], [], ['v1\nbackend#b']]);
});

test('tells nothing of a list that is not on the way to the newest, nor of a way with a gap', () => {
  const trail = changeTrail();
  trail.add(table(lists[0], null));
  expect(trail.since(undefined)).toBeUndefined();
  expect(trail.since([...a])).toBeUndefined();
  trail.add(table(lists[2], lists[1])); // the reading between was never handed over
  expect(trail.since(lists[0])).toBeUndefined();
  trail.add(table(lists[3], null)); // read under other names of environments
  expect(trail.since(lists[2])).toBeUndefined();
});

test('keeps no more than some steps: each holds a whole list', () => {
  const trail = changeTrail();
  const many = Array.from({ length: 12 }, () => [...a]);
  for (const [at, list] of many.entries()) trail.add(table(list, many[at - 1] ?? null));
  expect(trail.since(many[0])).toBeUndefined();
  expect(trail.since(many[11])).toBeDefined();
  expect(trail.since(many[4])).toBeDefined();
});
