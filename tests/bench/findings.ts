import { type Fragment, readItem, readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { buildMatrix } from '../../src/release/matrix/matrix.ts';
import { DEFAULT_POLICY } from '../../src/release/policy/policy.ts';
import { type MadeReport, makeReport } from '../../src/release/report/make-report.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { type Line, ratios } from './results.ts';

const READ_AT = '2026-11-22T10:00:00.000Z';
/** Changes timed in each round: one alone is at the mercy of the collector. */
const CHANGES = 10;

/**
 * What the findings cost, beside building the matrix alone: the whole report from fragments, the report after one of
 * them has changed, and the memory that each holds. In this process, without a browser around it.
 *
 * @param items plain items of a whole estate
 * @param name as the table of results calls it
 * @param estate as the bounds are called
 */
export function benchFindings(
  items: readonly Item[],
  name: string,
  rounds: number,
  estate: 'estate' | 'generated',
): Line[] {
  const { fragments } = readItems(items, DOCUMENTED_KEYS, DEFAULT_POLICY.environments);
  const input = { fragments, rejected: [], readAt: READ_AT };
  const times = { matrix: [] as number[], report: [] as number[], change: [] as number[], release: [] as number[] };
  const memory = { matrix: [] as number[], report: [] as number[] };
  // The first round compiles; it is not counted.
  for (let round = 0; round <= rounds; round++) {
    const matrix = timed(() => buildMatrix(fragments));
    const report = timed(() => makeReport(null, input).report);
    const change = timedChange(fragments, inPlace);
    const release = timedChange(fragments, inNewRelease);
    if (round === 0) continue;
    times.matrix.push(matrix.ms);
    times.report.push(report.ms);
    times.change.push(change);
    times.release.push(release);
    memory.matrix.push(matrix.megabytes);
    memory.report.push(report.megabytes);
  }
  const subject = `findings of ${fragments.length} (${name})`;
  const otherName = 'matrix alone';
  const beside = (measure: string, ours: number[], other: number[], unit: string): Line[] => [
    { subject, measure: `${measure}, ${unit}`, ours, other, otherName, target: null, under: 'G8' },
    { subject, measure: `${measure}, ratio`, ours: ratios(ours, other), target: null, under: 'G8' },
  ];
  return [
    ...beside('whole report', times.report, times.matrix, 'ms'),
    ...beside('held in memory', memory.report, memory.matrix, 'MB'),
    {
      subject,
      measure: 'one changed fragment, ms',
      ours: times.change,
      other: times.report,
      otherName: 'anew',
      target: null,
      under: 'G8',
    },
    {
      subject,
      measure: 'one changed fragment, ratio to anew',
      ours: ratios(times.change, times.report),
      target: null,
      id: `change-${estate}`,
    },
    {
      subject,
      measure: 'one new release, ratio to anew',
      ours: ratios(times.release, times.report),
      target: null,
      id: `release-${estate}`,
    },
  ];
}

function timed(make: () => unknown): { ms: number; megabytes: number } {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const started = performance.now();
  const made = make();
  const ms = performance.now() - started;
  collectGarbage();
  const megabytes = (process.memoryUsage().heapUsed - before) / 1e6;
  // Used after the measurement, so that it is still held in it.
  return made === undefined ? { ms: Number.NaN, megabytes: Number.NaN } : { ms, megabytes };
}

/** The items of a table with one that is other or new. */
type Change = (items: readonly Item[], change: number) => { readonly at: number; readonly item: Item };

/** Each in another release. */
const inPlace: Change = (items, change) => {
  const at = (change * 7919) % items.length;
  return { at, item: { ...items[at], commit: `changed-${change}` } };
};

const inNewRelease: Change = (items, change) => ({
  at: items.length,
  item: { ...items[0], version: `v999.${change}.0` },
});

/** Mean of some single changes. */
function timedChange(fragments: readonly Fragment[], changeOf: Change): number {
  let table = fragments;
  let built: MadeReport = makeReport(null, { fragments: table, rejected: [], readAt: READ_AT });
  let total = 0;
  for (let count = 0; count < CHANGES; count++) {
    const items = table.map(({ item }) => item);
    const { at, item } = changeOf(items, count);
    const reading = readItem(item, DOCUMENTED_KEYS, DEFAULT_POLICY.environments);
    if (!('fragment' in reading)) throw new Error('A change is not a fragment.');
    // As the intake hands it over.
    const change = { since: table, come: [reading.fragment], gone: table.slice(at, at + 1) };
    table = [...table.slice(0, at), reading.fragment, ...table.slice(at + 1)];
    const started = performance.now();
    built = makeReport(built, { fragments: table, rejected: [], readAt: READ_AT, change });
    total += performance.now() - started;
  }
  return built.report.fragments === table.length ? total / CHANGES : Number.NaN;
}
