/** One line of the benchmark's table. */
export interface Line {
  readonly subject: string;
  readonly measure: string;
  /** One per round. */
  readonly ours: readonly number[];
  readonly other?: readonly number[];
  readonly otherName?: string;
  /** What to reach, by the median; null where the ratio's line says it. */
  readonly target: { readonly atMost: number; readonly goal: string } | null;
}

/** Ratio of each round's two measurements: both had the same machine. */
export function ratios(ours: readonly number[], other: readonly number[]): number[] {
  return ours.map((value, round) => value / (other[round] ?? Number.NaN));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The lines as a table for a terminal: median [least–greatest], beside it the other's and the target. */
export function printLines(lines: readonly Line[]): string {
  const rows = [
    ['what', 'measure', 'ours', 'beside', 'target'],
    ...lines.map(({ subject, measure, ours, other, otherName, target }) => [
      subject,
      measure,
      spread(ours),
      other === undefined ? '' : `${otherName} ${spread(other)}`,
      target === null ? '' : `≤ ${target.atMost} (${target.goal}) ${median(ours) <= target.atMost ? 'met' : 'MISSED'}`,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((text, column) => text.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function spread(values: readonly number[]): string {
  return `${short(median(values))} [${short(Math.min(...values))}–${short(Math.max(...values))}]`;
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
