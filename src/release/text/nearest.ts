/** So many are told. */
const MOST = 3;

/**
 * Names that may have been meant by one that nobody has, the nearest first: the same but for case and punctuation, else
 * those that hold it or are held by it, else by how many characters differ.
 */
export function nearestNames(asked: string, known: readonly string[]): readonly string[] {
  const folded = fold(asked);
  const distances = [...new Set(known)].map((name) => ({ name, distance: distanceOf(folded, fold(name)) }));
  return distances
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => name);
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function distanceOf(a: string, b: string): number {
  if (a === b) return 0;
  if (a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 0.5;
  // Levenshtein's, a row at a time.
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      now.push(Math.min(replaced, (before[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1));
    }
    before = now;
  }
  return before[b.length] ?? 0;
}
