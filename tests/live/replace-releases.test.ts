import { expect, test } from 'vitest';
import { replaceReleases } from '../../src/live/replace-releases.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULT_POLICY } from '../../src/release/policy/policy.ts';
import { told } from './told.ts';

const NAMES = DEFAULT_POLICY.environments;
const item = (release: string, component: string, more: Item = {}): Item => ({
  version: release,
  'component#name': component,
  ...more,
});
const api = item('v1', 'backend#api');
const web = item('v1', 'frontend#web');
const next = item('v2', 'backend#api');
const odd = item('v2', 'no-hash');
const reason = 'item is not a map of attributes: 7';
const keyless: Item = { $unreadable: reason };
const read = readItems([api, web, next, odd], DOCUMENTED_KEYS, NAMES);
const known = {
  fragments: read.fragments,
  evidence: read.evidence,
  rejected: [...read.rejected, { id: reason, release: null, key: null, reason, item: keyless }],
};
const replace = (readings: Parameters<typeof replaceReleases>[1]) =>
  replaceReleases(known, readings, DOCUMENTED_KEYS, NAMES);
const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);
const [apiId, webId, nextId] = ids(known.fragments);

test('evidence and sign-offs are replaced where they lie; what did not change is the same object', () => {
  const SIGN_OFFS = 'release-matrix:sign-offs';
  const said = { result: 'pass', covers: {}, publishedAt: '2026-11-20T12:00:00Z' };
  const smoke = item('v1', 'evidence#smoke', said);
  const ofJane = item(SIGN_OFFS, 'v1#qa#Release/jane', said);
  const broken = item(SIGN_OFFS, 'v2#qa#Release/joe', { result: 'pass' });
  const before = { ...known, ...readItems([api, web, next, odd, smoke, ofJane, broken], DOCUMENTED_KEYS, NAMES) };
  const again = (readings: Parameters<typeof replaceReleases>[1]) =>
    replaceReleases(before, readings, DOCUMENTED_KEYS, NAMES);
  const same = again([
    { release: SIGN_OFFS, items: [{ ...ofJane }, { ...broken }] },
    { release: 'v1', items: [api, web, { ...smoke }] },
    { release: 'v2', items: [next, odd] },
  ]);
  expect([same.evidence, same.rejected]).toEqual([before.evidence, before.rejected]);
  expect([same.evidence === before.evidence, same.rejected === before.rejected]).toEqual([true, true]);

  const ofJoe = { ...broken, ...said };
  const signed = again([{ release: SIGN_OFFS, items: [{ ...ofJane }, ofJoe] }]);
  expect(signed.evidence.map(({ item }) => item)).toEqual([smoke, ofJane, ofJoe]);
  expect(signed.evidence[1]).toBe(before.evidence[1]);
  expect(signed.rejected.map(({ item }) => item)).toEqual([odd]);
  expect(signed.fragments).toBe(before.fragments);

  const failed = again([{ release: 'v1', items: [api, web, { ...smoke, result: 'fail' }] }]);
  expect(failed.evidence.map(({ result, release }) => [result, release])).toEqual([
    ['fail', 'v1'],
    ['pass', 'v1'],
  ]);
  expect(again([{ release: SIGN_OFFS, items: [] }]).evidence.map(({ item }) => item)).toEqual([smoke]);
});

test('nothing was read', () => {
  expect(replace([])).toEqual({ ...known, change: { since: known.fragments, come: [], gone: [] } });
});

test('as they were, in any order and as other objects: the very same lists', () => {
  const found = replace([
    { release: 'v1', items: [{ ...web }, { ...api }] },
    { release: 'v2', items: [{ ...next }, { ...odd }] },
  ]);
  expect(found.fragments).toBe(known.fragments);
  expect(found.rejected).toBe(known.rejected);
  expect(told(found.change)).toEqual([[], [], []]);
});

test('one changed, one arrived, one left; all else is the same object in its place', () => {
  const job = item('v1', 'backend#job');
  const found = replace([{ release: 'v1', items: [item('v1', 'backend#api', { componentVersion: '1.0.1' }), job] }]);
  expect(found.fragments.map(({ item }) => item)).toEqual([
    item('v1', 'backend#api', { componentVersion: '1.0.1' }),
    job,
    next,
  ]);
  expect(found.fragments[2]).toBe(known.fragments[2]);
  expect(told(found.change)).toEqual([[found.fragments[1]?.id], [apiId], [webId]]);
  expect(found.rejected).toBe(known.rejected);
});

test('a release that is gone leaves with all that was of it', () => {
  const found = replace([{ release: 'v2', items: [] }]);
  expect(ids(found.fragments)).toEqual([apiId, webId]);
  expect(told(found.change)[2]).toEqual([nextId]);
  expect(found.rejected.map(({ item }) => item)).toEqual([keyless]);
});

test('a new release comes last', () => {
  const found = replace([{ release: 'v0', items: [item('v0', 'backend#api')] }]);
  expect(found.fragments.map(({ release }) => release)).toEqual(['v1', 'v1', 'v2', 'v0']);
  expect(told(found.change)[0]).toHaveLength(1);
});

test('an item that is no fragment any more has left, and is shown with its reason', () => {
  const found = replace([{ release: 'v2', items: [item('v2', 'backend#'), odd] }]);
  expect(told(found.change)[2]).toEqual([nextId]);
  expect(found.rejected.map(({ key }) => key)).toEqual(['backend#', 'no-hash', null]);
});

test('an item without keys is not there twice, however often its release is read', () => {
  expect(replace([{ release: 'v1', items: [api, web, keyless] }]).rejected).toBe(known.rejected);
});

test('keys are compared one by one: no two pairs run into one', () => {
  const two = readItems([item('a', 'bc#x'), item('ab', 'c#x')], DOCUMENTED_KEYS, NAMES);
  const found = replaceReleases(two, [{ release: 'a', items: [] }], DOCUMENTED_KEYS, NAMES);
  expect(found.fragments).toEqual(two.fragments.slice(1));
});
