// `npm run attacks`: tries every attack of the lists on real servers, raw and from a real browser, and prints what came of
// it. Ends with 1 when anything got through.
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

const total = (by: Row['by'], count: (row: Row) => number): number =>
  rows.filter((row) => row.by === by).reduce((sum, row) => sum + count(row), 0);
for (const by of ['raw', 'browser'] as const) {
  const [tried, refused, leaks] = [
    total(by, (row) => row.tried),
    total(by, (row) => row.refused),
    total(by, (row) => row.leaks.length),
  ];
  process.stdout.write(`\n${by}: ${tried} attacks tried, ${refused} refused as required, ${leaks} leaks`);
}
const proven = mutants.filter(({ breach }) => breach !== null).length;
process.stdout.write(`\nchecks left out in turn: ${proven} of ${mutants.length} let an attack through, as they must\n`);

const bad = rows.flatMap((row) => row.faults);
for (const { mutant, breach } of mutants) {
  if (breach === null)
    bad.push(`without ${mutant.place}.${mutant.check} nothing gets through: the check is not tested`);
}
for (const line of bad) process.stderr.write(`${line}\n`);
// Not `process.exit`: what was written to a pipe would be cut off.
process.exitCode = bad.length === 0 ? 0 : 1;
