import type { Fragment } from '../item/fragment.ts';
import { type ClassifiedChange, classifyChange, isAnother } from './classify-change.ts';

/** Two fragments of a component that stand for each other. */
export interface Pair {
  /** Where both are; null where the two are in different places, or in none. */
  readonly environment: string | null;
  readonly from: Fragment;
  readonly to: Fragment;
}

/**
 * Entries in the same environment and of the same kind stand for each other; others are left to the list of
 * environments. Where no two meet (a candidate in preprod, a stable in prod), the furthest of either side do.
 */
export function pairUp(a: readonly Fragment[], b: readonly Fragment[]): Pair[] {
  const rest = [...a];
  const pairs: Pair[] = [];
  for (const to of b) {
    const at = rest.findIndex((candidate) => meet(candidate, to));
    const from = rest[at];
    if (from === undefined) continue;
    rest.splice(at, 1);
    pairs.push({ environment: to.environments.find((name) => from.environments.includes(name)) ?? null, from, to });
  }
  if (pairs.length > 0) return pairs;
  const to = b.at(-1);
  const from = a.findLast(({ kind }) => kind === to?.kind) ?? a.at(-1);
  return from === undefined || to === undefined ? [] : [{ environment: null, from, to }];
}

function meet(a: Fragment, b: Fragment): boolean {
  if (a.kind !== b.kind) return false;
  if (a.environments.length === 0 || b.environments.length === 0)
    return a.environments.length === b.environments.length;
  return a.environments.some((name) => b.environments.includes(name));
}

/** The first is what most wants a look. */
const STRENGTH = [
  'downgrade',
  'not-comparable',
  'major',
  'minor',
  'patch',
  'pre-release',
  'same-version',
  'rebuilt',
  'unchanged',
] as const satisfies readonly (NonNullable<ClassifiedChange['step']> | Exclude<ClassifiedChange['class'], 'changed'>)[];

/** The change of a component of which several entries were compared: the one that most wants a look. */
export function strongest(pairs: readonly Pair[]): ClassifiedChange {
  const changes = pairs.map(({ from, to }) => classifyChange(from, to));
  const word = ({ class: of, step }: ClassifiedChange) => (of === 'changed' ? (step ?? 'same-version') : of);
  return (
    changes.sort((a, b) => STRENGTH.indexOf(word(a)) - STRENGTH.indexOf(word(b)))[0] ?? {
      class: 'unchanged',
      step: null,
    }
  );
}

/** Whether a component is another one than before, by the same rule as a comparison says it: `classifyChange`. */
export function isChanged(before: readonly Fragment[], now: readonly Fragment[]): boolean {
  const [[from], [to]] = [before, now];
  // Nearly always: one component, one fragment, in no environment.
  if (before.length === 1 && now.length === 1 && from !== undefined && to !== undefined) return isAnother(from, to);
  return pairUp(before, now).some((pair) => isAnother(pair.from, pair.to));
}
