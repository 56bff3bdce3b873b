// `npm run attacks`: tries every attack of the lists on real servers, raw and from a real browser, and prints what came of
// it. Ends with 1 when anything got through. `npm run robustness` runs it too, and names a file for the totals.
import { writeFileSync } from 'node:fs';
import { LEFT_OUT, WEAKER } from './mutants.ts';
import { attackByBrowser, attackRaw, type Missed, type Row, runMutants } from './rounds.ts';

const rows: Row[] = [];
for (const serving of ['dev', 'preview'] as const) {
  rows.push(...(await attackRaw(serving)));
  rows.push(...(await attackByBrowser(serving)));
}
const [leftOut, weaker] = [await runMutants(LEFT_OUT), await runMutants(WEAKER)];

const columns = ['by', 'server', 'attack', 'tried', 'refused', 'leaks'] as const;
const table = [
  columns,
  ...rows.map(({ by, serving, category, tried, refused, leaks }) =>
    [by, serving, category, tried, refused, leaks.length].map(String),
  ),
];
const widths = columns.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
for (const row of table) {
  process.stdout.write(
    `${row.map((text, at) => (at > 2 ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0))).join('  ')}\n`,
  );
}

/** All of one kind. */
const totalOf = (by: Row['by']) => {
  const some = rows.filter((row) => row.by === by);
  const sum = (count: (row: Row) => number): number => some.reduce((total, row) => total + count(row), 0);
  return { tried: sum((row) => row.tried), refused: sum((row) => row.refused), leaks: sum((row) => row.leaks.length) };
};
/** Each by its name, with the attack that it keeps out; null: none. */
const told = (results: readonly Missed[]) =>
  results.map(({ mutant: { place, check, how }, breach }) => ({
    name: `${place}.${check}, ${how}`,
    breach: breach === null ? null : `${breach.attack.threat} ${breach.attack.name}`,
  }));
const totals = {
  raw: totalOf('raw'),
  browser: totalOf('browser'),
  leftOut: told(leftOut),
  weaker: told(weaker),
};
for (const by of ['raw', 'browser'] as const) {
  const { tried, refused, leaks } = totals[by];
  process.stdout.write(`\n${by}: ${tried} attacks tried, ${refused} refused as required, ${leaks} leaks`);
}
process.stdout.write('\n');
for (const [words, checks] of [
  ['left out', totals.leftOut],
  ['made weaker', totals.weaker],
] as const) {
  process.stdout.write(`\nchecks ${words} in turn, and the attack that then gets through, as one must\n`);
  for (const { name, breach } of checks) process.stdout.write(`  ${name}: ${breach ?? 'NONE'}\n`);
}
const resultsFile = process.env.TEST_RESULTS;
if (resultsFile !== undefined) writeFileSync(resultsFile, JSON.stringify(totals));

const bad = rows.flatMap((row) => row.faults);
for (const { name, breach } of [...totals.leftOut, ...totals.weaker]) {
  if (breach === null) bad.push(`with ${name}, nothing gets through: the check is not tested`);
}
for (const line of bad) process.stderr.write(`${line}\n`);
// Not `process.exit`: what was written to a pipe would be cut off.
process.exitCode = bad.length === 0 ? 0 : 1;
