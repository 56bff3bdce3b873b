/** Odd rounds go in the other order, so that none always has the warmer machine. */
function inTurn<T>(round: number, ...items: T[]): T[] {
  return round % 2 === 1 ? items.reverse() : items;
}

/** How often rounds that were disturbed are measured again. */
const AGAIN = 2;

/**
 * One list of measurements per way, filled round by round. A round in which a bare way took more than twice its median
 * was disturbed by others on this machine, and is measured again.
 *
 * @param bare the ways that do the least that can be done, and how long one took
 */
export async function measureInTurn<Way extends string, T>(
  rounds: number,
  ways: readonly Way[],
  measure: (way: Way) => Promise<T>,
  bare?: { readonly ways: readonly Way[]; readonly took: (measured: T) => number },
): Promise<(way: Way) => T[]> {
  const found = new Map<Way, T[]>(ways.map((way) => [way, []]));
  const measureRound = async (round: number) => {
    for (const way of inTurn(round, ...ways)) {
      const of = found.get(way);
      if (of !== undefined) of[round] = await measure(way);
    }
  };
  const isDisturbed = (round: number): boolean =>
    bare?.ways.some((way) => {
      const took = (found.get(way) ?? []).map(bare.took);
      const sorted = [...took].sort((a, b) => a - b);
      return (took[round] ?? 0) > 2 * (sorted[sorted.length >> 1] ?? 0);
    }) ?? false;
  const all = Array.from({ length: rounds }, (_, round) => round);
  for (const round of all) await measureRound(round);
  for (let time = 0; time < AGAIN; time++) {
    for (const round of all.filter(isDisturbed)) {
      process.stderr.write(`round ${round + 1} was disturbed, and is measured again\n`);
      await measureRound(round);
    }
  }
  return (way) => found.get(way) ?? [];
}
