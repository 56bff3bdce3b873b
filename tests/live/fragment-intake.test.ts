import { describe, expect, test } from 'vitest';
import { type Intake, startIntake } from '../../src/live/fragment-intake.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { told } from './told.ts';

const never = new AbortController().signal;
const item = (version: string, component: string, more: Item = {}): Item => ({
  version,
  'component#name': component,
  ...more,
});

async function readPages(pages: Item[][], previous: Intake | null, signal = never): Promise<Intake> {
  const intake = startIntake(previous, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS, signal);
  for (const page of pages) intake.take(page);
  return intake.finish(pages.flat());
}

const table = () => [
  item('v1.0.0', 'backend#a', { commit: 'abc1234', tags: ['x', 'y'] }),
  item('v1.0.0', 'backend#b'),
  item('v1.1.0', 'no hash'),
  item('release-matrix:cursor', 'x'),
  item('v1.1.0', 'evidence#e2e', { result: 'pass', covers: {}, publishedAt: '2026-11-20T12:00:00Z' }),
];

describe('a reading compared with the one before', () => {
  test('the first reading is no news', async () => {
    const first = await readPages([table().slice(0, 1), table().slice(1)], null);
    expect(first.fragments.map(({ id }) => id)).toEqual(['v1.0.0\nbackend#a', 'v1.0.0\nbackend#b']);
    expect(first.rejected.map(({ key }) => key)).toEqual(['no hash']);
    expect(first.evidence.map(({ release, name }) => [release, name])).toEqual([['v1.1.0', 'e2e']]);
    expect(told(first.change)).toEqual([[], [], []]);
  });

  test('an unchanged table keeps the very same arrays, whatever the order of attributes', async () => {
    const first = await readPages([table()], null);
    const turned = table().map((each) => Object.fromEntries(Object.entries(each).reverse()));
    const second = await readPages([turned], first);
    expect(second.fragments).toBe(first.fragments);
    expect(second.evidence).toBe(first.evidence);
    expect(second.rejected).toBe(first.rejected);
  });

  test('what changed, arrived and left is named; the rest keeps its objects', async () => {
    const first = await readPages([table()], null);
    const second = await readPages(
      [[item('v1.0.0', 'backend#b', { commit: 'def5678' }), item('v1.1.0', 'backend#a'), table()[2] ?? {}]],
      first,
    );
    expect(told(second.change)).toEqual([['v1.1.0\nbackend#a'], ['v1.0.0\nbackend#b'], ['v1.0.0\nbackend#a']]);
    expect(second.rejected).toBe(first.rejected);
    const third = await readPages(
      [[item('v1.0.0', 'backend#b', { commit: 'def5678' }), item('v1.1.0', 'backend#a', { commit: 'abc1234' })]],
      second,
    );
    expect(third.fragments[0]).toBe(second.fragments[0]);
    expect(third.fragments[1]).not.toBe(second.fragments[1]);
    expect(third.rejected).toEqual([]);
  });

  test('keys that hold the other key’s characters are not confused', async () => {
    const odd = () => [item('v1\nbackend#a', 'backend#b'), item('v1', 'backend#a\nbackend#b')];
    const first = await readPages([odd()], null);
    const second = await readPages([odd()], first);
    expect(second.fragments).toBe(first.fragments);
    expect(second.fragments).toHaveLength(2);
  });

  test('an item that is unreadable as a whole is kept with its reason', async () => {
    const broken = () => [{ $unreadable: 'item is not a map: 7' }, { $unreadable: 'item is not a map: 7' }];
    const first = await readPages([broken()], null);
    expect(first.rejected.map(({ reason, release, key }) => [reason, release, key])).toEqual([
      ['item is not a map: 7', null, null],
      ['item is not a map: 7', null, null],
    ]);
    expect((await readPages([broken()], first)).rejected).toBe(first.rejected);
  });

  test('a stopped reading ends with the reason', async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 200_000 }, (_, place) => item('v1.0.0', `backend#c${place}`));
    const reading = readPages([many], null, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
  });

  test('under other names of environments every fragment is read anew, which is no news', async () => {
    const live = () => [item('v1.0.0', 'k8s#live-deployment/a'), item('v1.0.0', 'backend#b')];
    const first = await readPages([live()], null);
    expect(first.fragments[0]?.environments).toEqual(['prod']);
    const names = { order: ['dev', 'live'], aliases: new Map<string, string>() };
    const intake = startIntake(first, DOCUMENTED_KEYS, names, never, true);
    const items = [...live().slice(0, 1), item('v1.0.0', 'backend#b', { commit: 'abc1234' })];
    intake.take(items);
    const second = await intake.finish(items);
    expect(second.fragments[0]?.environments).toEqual(['live']);
    expect(told(second.change)).toEqual([[], ['v1.0.0\nbackend#b'], []]);
  });
});
