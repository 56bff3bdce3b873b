import { ALL_CHECKS, type Checks } from '../../src/devserver/checks.ts';
import type { Serving } from '../../src/devserver/security-headers.ts';
import type { RawAttack } from './raw-attack.ts';
import { rawAttacks, startTarget, type TargetKind } from './raw-targets.ts';
import { tryRaw } from './try-raw.ts';

/** The local server without one of its checks. */
export interface Mutant {
  readonly place: keyof Checks;
  readonly check: string;
}

/** Every check of every place, in the order of the code: a new one is among them without being listed anywhere. */
export const MUTANTS: readonly Mutant[] = Object.entries(ALL_CHECKS).flatMap(([place, checks]) =>
  Object.keys(checks)
    // An upgrade is asked what every request is asked, and one thing more.
    .filter((check) => place !== 'upgrade' || !Object.hasOwn(ALL_CHECKS.request, check))
    .map((check) => ({ place: placeOf(place), check })),
);

function placeOf(name: string): keyof Checks {
  const place = (['request', 'upgrade', 'route', 'start', 'credentials', 'call', 'code'] as const).find(
    (known) => known === name,
  );
  if (place === undefined)
    throw new Error(`Checks of ${name} are new: the mutation run must learn where they are asked.`);
  return place;
}

/** Which source's server asks the checks of a place; those of every request are asked by all. */
const TARGET_OF = {
  request: 'aws',
  upgrade: 'aws',
  route: 'aws',
  start: 'shared',
  credentials: 'aws',
  call: 'embedded',
  code: 'shared',
} as const satisfies Record<keyof Checks, TargetKind>;

export interface Breach {
  readonly attack: RawAttack;
  readonly status: number;
  readonly leaks: readonly string[];
}

/** @returns the first attack that gets through when the check is left out; null: none does, so that it proves nothing */
export async function findBreach({ place, check }: Mutant): Promise<Breach | null> {
  // What Vite itself answers is there in dev only; for all else the preview starts faster.
  const serving: Serving = check === 'isNotOpenInEditor' || place === 'upgrade' ? 'dev' : 'preview';
  const kind = TARGET_OF[place];
  const target = await startTarget(kind, serving, without(place, check));
  try {
    for (const attack of rawAttacks(kind, serving)) {
      const { answer, leaks } = await tryRaw(target, attack);
      const letThrough = answer.status < 400 && !attack.statuses.includes(answer.status);
      if (letThrough || leaks.length > 0) return { attack, status: answer.status, leaks };
    }
    return null;
  } finally {
    await target.close();
  }
}

function without(place: keyof Checks, check: string): Checks {
  const rest = Object.fromEntries(Object.entries(ALL_CHECKS[place]).filter(([name]) => name !== check));
  return { ...ALL_CHECKS, [place]: rest };
}
