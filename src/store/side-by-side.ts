/**
 * Works on many things, some at once, beginning them in their order. After a failure nothing more is begun, as what came
 * of it would be thrown away, and what is under way is waited for.
 *
 * @throws what the first work that failed has thrown
 */
export async function sideBySide<T>(
  all: readonly T[],
  atOnce: number,
  work: (one: T, index: number) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  // One iterator for all: each takes the next from where the others have come to.
  const left = all.entries();
  const worker = async (): Promise<void> => {
    for (const [index, one] of left) {
      if (failures.length > 0) return;
      await work(one, index).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
