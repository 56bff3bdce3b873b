import type { Serving } from '../../src/devserver/guard/security-headers.ts';
import { type Breach, findBreach, LEFT_OUT, type Mutant, WEAKER } from './mutants.ts';
import type { RawAttack } from './raw-attack.ts';
import { rawAttacks, slowAttacks, startTarget, TARGET_KINDS, type TargetKind } from './raw-targets.ts';
import { BROWSER_ATTACKS, BROWSER_CASES, launchBrowser, startAttacker } from './try-browser.ts';
import { tryRaw } from './try-raw.ts';

/** A line of the printed table: the attacks of one kind on one server. */
export interface Row {
  readonly by: 'raw' | 'browser';
  readonly serving: Serving;
  readonly category: string;
  tried: number;
  refused: number;
  readonly leaks: string[];
  /** One line for each attack that was not refused as required, or leaked. */
  readonly faults: string[];
}

/** Tries all raw requests. */
export async function attackRaw(serving: Serving): Promise<readonly Row[]> {
  const rows = new Map<string, Row>();
  for (const kind of TARGET_KINDS) {
    const target = await startTarget(kind, serving);
    try {
      const tryOne = async (attack: RawAttack): Promise<void> => {
        const { refused, leaks, answer } = await tryRaw(target, attack);
        const name = `${attack.threat} ${attack.name}: ${answer.status}`;
        note(rowOf(rows, 'raw', serving, attack.category), refused, leaks, name);
      };
      for (const attack of rawAttacks(kind, serving)) await tryOne(attack);
      await Promise.all(slowAttacks(kind).map(tryOne));
    } finally {
      await target.close();
    }
  }
  return [...rows.values()];
}

/** Tries everything that a browser can be made to do. @throws Error when there is no Chromium */
export async function attackByBrowser(serving: Serving): Promise<readonly Row[]> {
  const rows = new Map<string, Row>();
  const browser = await launchBrowser();
  try {
    for (const [from, kind] of BROWSER_CASES) {
      const target = await startTarget(kind, serving);
      const attacker = await startAttacker(browser, target, from);
      try {
        for (const attack of BROWSER_ATTACKS[from]) {
          const got = await attacker.tryOne(attack);
          note(rowOf(rows, 'browser', serving, from), got.length === 0, got, `${attack.threat} ${attack.name}`);
        }
      } finally {
        await attacker.close();
        await target.close();
      }
    }
  } finally {
    await browser.close();
  }
  return [...rows.values()];
}

/** What came of a check that was left out or made weaker; null: no attack got through. */
export interface Missed {
  readonly mutant: Mutant;
  readonly breach: Breach | null;
}

/** Tries the attacks on a server with each of the mutants in turn. */
export async function runMutants(mutants: readonly Mutant[]): Promise<readonly Missed[]> {
  const results: Missed[] = [];
  for (const mutant of mutants) results.push({ mutant, breach: await findBreach(mutant) });
  return results;
}

/** How many attacks `npm run attacks` tries, by the lists alone. */
export function countAttacks(): Readonly<Record<'raw' | 'browser' | 'leftOut' | 'weaker', number>> {
  const servings = ['dev', 'preview'] as const;
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  return {
    raw: sum(servings.flatMap((serving) => TARGET_KINDS.map((kind) => countRaw(kind, serving)))),
    browser: servings.length * sum(Object.values(BROWSER_ATTACKS).map((attacks) => attacks.length)),
    leftOut: LEFT_OUT.length,
    weaker: WEAKER.length,
  };
}

function countRaw(kind: TargetKind, serving: Serving): number {
  return rawAttacks(kind, serving).length + slowAttacks(kind).length;
}

function rowOf(rows: Map<string, Row>, by: Row['by'], serving: Serving, category: string): Row {
  const row = rows.get(category) ?? { by, serving, category, tried: 0, refused: 0, leaks: [], faults: [] };
  rows.set(category, row);
  return row;
}

function note(row: Row, refused: boolean, leaks: readonly string[], name: string): void {
  row.tried += 1;
  if (refused) row.refused += 1;
  row.leaks.push(...leaks);
  if (!refused || leaks.length > 0) row.faults.push(`${row.by}, ${row.serving}: ${name} ${leaks.join(', ')}`);
}
