// `npm run attacks`: tries every attack of the lists on real servers, raw and from a real browser, and prints what came of
// it. Ends with 1 when anything got through. `npm run robustness` runs it too, and names a file for the totals.
import { writeFileSync } from 'node:fs';
import { attackByBrowser, attackRaw, type Row, runMutants } from './rounds.ts';

const rows: Row[] = [];
for (const serving of ['dev', 'preview'] as const) {
  rows.push(...(await attackRaw(serving)));
  rows.push(...(await attackByBrowser(serving)));
}
const mutants = await runMutants();

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
const totals = {
  raw: totalOf('raw'),
  browser: totalOf('browser'),
  checks: { leftOut: mutants.length, missed: mutants.filter(({ breach }) => breach !== null).length },
};
for (const by of ['raw', 'browser'] as const) {
  const { tried, refused, leaks } = totals[by];
  process.stdout.write(`\n${by}: ${tried} attacks tried, ${refused} refused as required, ${leaks} leaks`);
}
const { leftOut, missed } = totals.checks;
process.stdout.write(`\nchecks left out in turn: ${missed} of ${leftOut} let an attack through, as they must\n`);
const resultsFile = process.env.TEST_RESULTS;
if (resultsFile !== undefined) writeFileSync(resultsFile, JSON.stringify(totals));

const bad = rows.flatMap((row) => row.faults);
for (const { mutant, breach } of mutants) {
  if (breach === null)
    bad.push(`without ${mutant.place}.${mutant.check} nothing gets through: the check is not tested`);
}
for (const line of bad) process.stderr.write(`${line}\n`);
// Not `process.exit`: what was written to a pipe would be cut off.
process.exitCode = bad.length === 0 ? 0 : 1;
