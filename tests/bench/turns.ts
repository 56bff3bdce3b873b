/** Odd rounds go in the other order, so that none always has the warmer machine. */
function inTurn<T>(round: number, ...items: T[]): T[] {
  return round % 2 === 1 ? items.reverse() : items;
}

/** One list of measurements per way, filled round by round. */
export async function measureInTurn<Way extends string, T>(
  rounds: number,
  ways: readonly Way[],
  measure: (way: Way) => Promise<T>,
): Promise<(way: Way) => T[]> {
  const found = new Map<Way, T[]>(ways.map((way) => [way, []]));
  for (let round = 0; round < rounds; round++) {
    for (const way of inTurn(round, ...ways)) found.get(way)?.push(await measure(way));
  }
  return (way) => found.get(way) ?? [];
}
