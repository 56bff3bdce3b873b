import { compareVersions, readVersion } from '../../release/item/version.ts';
import type { HistoryLine } from './details-answer.ts';

/** A release in the plot of a component's own versions. */
export interface PlotPoint {
  readonly tag: string;
  /** As the cell shows it. */
  readonly version: string;
  /** From 0, the oldest release, to 1, the newest. */
  readonly x: number;
  /** From 0, the lowest version, to 1, the highest; null where the release has nothing of the component. */
  readonly y: number | null;
  /** It should have it. */
  readonly isMissing: boolean;
}

/**
 * Where the own versions stand over the releases. Versions are ranked, not measured: between 1.9.0 and 2.0.0 lies one
 * step, as between 1.9.0 and 1.9.1, so that the shape shows when it moved and when it fell back.
 *
 * @param history newest first
 * @returns oldest first
 */
export function plotPoints(history: readonly HistoryLine[]): PlotPoint[] {
  const oldestFirst = [...history].reverse();
  const ranks = ranksOf(oldestFirst.flatMap((line) => (has(line) ? [line.text] : [])));
  const top = Math.max(1, ranks.size - 1);
  const end = Math.max(1, oldestFirst.length - 1);
  return oldestFirst.map((line, index) => ({
    tag: line.release,
    version: line.text,
    x: index / end,
    y: has(line) ? (ranks.get(line.text) ?? 0) / top : null,
    isMissing: line.state === 'missing',
  }));
}

function has({ entries, state }: HistoryLine): boolean {
  return entries > 0 || state === 'carried';
}

/** What is not a version stays in the order in which it came, after those that are. */
function ranksOf(versions: readonly string[]): Map<string, number> {
  const read = [...new Set(versions)].map((text) => ({ text, version: readVersion(text) }));
  read.sort(({ version: a }, { version: b }) => {
    if (a !== null && b !== null) return compareVersions(a, b);
    return a === b ? 0 : a === null ? 1 : -1;
  });
  return new Map(read.map(({ text }, rank) => [text, rank]));
}

/** What the plot shows, for those who do not see it. */
export function plotWords(points: readonly PlotPoint[]): string {
  const present = points.filter(({ y }) => y !== null);
  const [first, last] = [present[0], present.at(-1)];
  if (first === undefined || last === undefined) return 'No release has it.';
  const gaps = points.length - present.length;
  const drops = present.filter(({ y }, index) => (y ?? 0) < (present[index - 1]?.y ?? 0)).length;
  return [
    `Own versions over ${points.length} releases: from ${first.version} in ${first.tag} to ${last.version} in ${last.tag}`,
    ...(gaps > 0 ? [`absent from ${gaps}`] : []),
    ...(drops > 0 ? [`${drops === 1 ? 'one step' : `${drops} steps`} back`] : []),
  ].join(', ');
}
