import { BOUNDS, type Bound, type BoundId } from './bounds.ts';
import { GOALS, type GoalId, isGoal } from './goals.ts';

/** One line of the benchmark's table. */
export interface Line {
  readonly subject: string;
  readonly measure: string;
  /** One per round. */
  readonly ours: readonly number[];
  readonly other?: readonly number[];
  readonly otherName?: string;
  /** What to reach, by the median, where there is no line of bounds.ts for it; `goal` alone is told by `id`. */
  readonly target: { readonly atMost: number; readonly goal: string } | null;
  /** Its line in bounds.ts. */
  readonly id?: BoundId;
  /** The goal under which it is shown, where neither says it. */
  readonly under?: GoalId;
}

/** A line, and what became of it. */
export interface Judged {
  readonly line: Line;
  readonly goal: GoalId | null;
  readonly median: number;
  readonly target: number | null;
  readonly bound: number | null;
  /** `over`: worse than its bound, which is a regression. */
  readonly result: 'reached' | 'missed' | 'over' | null;
}

export function judge(lines: readonly Line[]): Judged[] {
  return lines.map((line) => {
    const committed = line.id === undefined ? null : BOUNDS[line.id];
    const target = committed?.target ?? line.target?.atMost ?? null;
    const bound = committed?.bound ?? target;
    const value = median(line.ours);
    const named = committed?.goal ?? line.target?.goal ?? line.under ?? '';
    return {
      line,
      goal: isGoal(named) ? named : null,
      median: value,
      target,
      bound,
      // NaN is no result: it must not pass.
      result:
        target === null || bound === null ? null : !(value <= bound) ? 'over' : value <= target ? 'reached' : 'missed',
    };
  });
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

const WORDS = { reached: 'reached', missed: 'NOT REACHED', over: 'OVER THE BOUND' } as const;

/** The lines for a terminal, goal by goal, each with how it is measured; then what is not reached, and why. */
export function printLines(judged: readonly Judged[]): string {
  const head = ['', 'measure', 'measured', 'target', 'bound', '', 'beside it'];
  const rows = judged.map((one) => rowOf(one));
  const widths = head.map((text, column) => Math.max(text.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]) =>
    `  ${row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  const groups = groupsOf(judged).map(([goal, members]) => {
    const title = goal === null ? 'Besides\n' : `${goal}  ${GOALS[goal].title}. ${GOALS[goal].method}\n`;
    return title + lineOf(head) + members.map((one) => lineOf(rowOf(one))).join('');
  });
  return [...groups, unreachedText(judged)].join('\n');
}

function unreachedText(judged: readonly Judged[]): string {
  const reasons = reasonsOf(judged).map(([why, of]) => `  ${of.join('; ')}:\n    ${why}\n`);
  return reasons.length === 0 ? '' : `Not reached\n${reasons.join('')}`;
}

/** Why targets are not reached and what would reach them, each with the lines of which it is said. */
function reasonsOf(judged: readonly Judged[]): [why: string, of: string[]][] {
  const reasons = new Map<string, string[]>();
  for (const { line, result, goal } of judged) {
    if (result !== 'missed' && result !== 'over') continue;
    const unreached = line.id === undefined ? undefined : boundOf(line.id).unreached;
    const why = unreached === undefined ? 'No reason is known yet.' : `${unreached.reason} Next: ${unreached.next}`;
    reasons.set(why, [...(reasons.get(why) ?? []), `${goal ?? ''} ${line.subject}, ${line.measure}`.trim()]);
  }
  return [...reasons];
}

/** What is waited for, as a table in Markdown: a row for each size of the table, a column for each thing waited for. */
function feltTable(judged: readonly Judged[]): string[] {
  const felt = judged.filter(({ goal }) => goal === 'felt');
  const [sizes, things] = [
    distinct(felt.map(({ line }) => line.subject)),
    distinct(felt.map(({ line }) => line.measure)),
  ];
  if (felt.length === 0) return [];
  const cellOf = (size: string, thing: string): string => {
    const found = felt.find(({ line }) => line.subject === size && line.measure === thing);
    return found === undefined ? '–' : waitText(found.median);
  };
  return [
    `| fragments | ${things.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(things.length)}`,
    ...sizes.map((size) => `| ${size} | ${things.map((thing) => cellOf(size, thing)).join(' | ')} |`),
    '',
  ];
}

function waitText(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** The same in Markdown: what is waited for; what has a target; and why some of these are not reached. */
export function markdownTable(judged: readonly Judged[], facts: string): string {
  const rows = groupsOf(judged).flatMap(([goal, members]) =>
    members
      .filter(({ target }) => target !== null)
      .map((one) => {
        const [subject, measure, measured, target, bound, word] = rowOf(one).map((text) => text.replaceAll('|', '\\|'));
        return `| ${goal ?? ''} | ${subject}: ${measure} | ${measured} | ${target} | ${bound} | ${word} |`;
      }),
  );
  return [
    facts,
    '',
    ...feltTable(judged),
    '| goal | what | measured: median [least–most] | target | bound | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...reasonsOf(judged).map(([why, of]) => `- **${of.join('; ')}**: ${why}`),
  ].join('\n');
}

function rowOf({ line, target, bound, result }: Judged): string[] {
  const unit = line.id === undefined ? '' : boundOf(line.id).unit;
  return [
    line.subject,
    line.measure,
    `${spread(line.ours)}${unit === 'ratio' || unit === '' ? '' : ` ${unit}`}`,
    target === null ? '' : `≤ ${target}`,
    bound === null ? '' : `≤ ${bound}`,
    result === null ? '' : WORDS[result],
    line.other === undefined ? '' : `${line.otherName} ${spread(line.other)}`,
  ];
}

function boundOf(id: BoundId): Bound {
  return BOUNDS[id];
}

/** In the order of the goals; what belongs to none comes last. */
function groupsOf(judged: readonly Judged[]): [GoalId | null, Judged[]][] {
  const groups = Object.keys(GOALS)
    .filter(isGoal)
    .map((goal): [GoalId | null, Judged[]] => [goal, judged.filter((one) => one.goal === goal)]);
  return [...groups, [null, judged.filter((one) => one.goal === null)] satisfies [null, Judged[]]].filter(
    (group): group is [GoalId | null, Judged[]] => group[1].length > 0,
  );
}

function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? short(least) : `${short(median(values))} [${short(least)}–${short(most)}]`;
}

function short(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.01) return value.toPrecision(2);
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
