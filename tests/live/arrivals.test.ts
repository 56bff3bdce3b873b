import { expect, test } from 'vitest';
import { type Intake, startIntake } from '../../src/live/fragment-intake.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { told } from './told.ts';

const item = (release: string, component: string): Item => ({
  version: release,
  'component#name': component,
  date: '2026-11-22T11:00:00Z',
  changelog: 'x'.repeat(500),
});

function read(items: readonly Item[], previous: Intake | null): Promise<Intake> {
  const intake = startIntake(previous, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS, new AbortController().signal);
  intake.take(items);
  return intake.finish(items);
}

test('F22: what a reading did not see yet comes with a later one, as news once, and takes nothing away', async () => {
  const [old, late] = [item('v1.0.0', 'backend#old'), item('v1.0.0', 'backend#late')];
  const before = await read([old], null);
  // The table has it, the part of it that was read does not.
  const lagging = await read([old], before);
  expect([told(lagging.change), lagging.fragments]).toEqual([[[], [], []], before.fragments]);
  const after = await read([old, late], lagging);
  expect(told(after.change)).toEqual([['v1.0.0\nbackend#late'], [], []]);
  expect(told((await read([old, late], after)).change)).toEqual([[], [], []]);
});

test('F31: ten thousand new fragments in one reading are all news, and give way to the person meanwhile', async () => {
  const items = Array.from({ length: 10_000 }, (_, at) => item(`v1.${at % 100}.0`, `backend#c${Math.floor(at / 100)}`));
  let turns = 0;
  let longest = 0;
  let last = performance.now();
  let watching = true;
  const watch = (): void => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    turns += 1;
    if (watching) setTimeout(watch, 0);
  };
  setTimeout(watch, 0);
  const [arrived] = told((await read(items, await read([item('v1.0.0', 'frontend#shell')], null))).change);
  watching = false;
  expect(arrived).toHaveLength(10_000);
  expect(turns).toBeGreaterThan(1);
  // What a click or a key press would have waited at most; a slice is 8 ms.
  expect(longest).toBeLessThan(1_000);
});
