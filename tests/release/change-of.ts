import type { Fragment } from '../../src/release/item/fragment.ts';
import type { FragmentChange } from '../../src/release/item/fragment-change.ts';

/** What an intake would say of two readings, one after the other. */
export function changeOf(since: readonly Fragment[], now: readonly Fragment[]): FragmentChange {
  const [before, after] = [new Set(since), new Set(now)];
  return { since, come: now.filter((one) => !before.has(one)), gone: since.filter((one) => !after.has(one)) };
}
