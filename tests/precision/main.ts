import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { alignedLines } from '../../src/cli/context/aligned.ts';
import { SEVERITIES } from '../../src/release/finding/finding.ts';
import { FINDING_CODES } from '../../src/release/finding/severity.ts';
import { differences, type Estate, estatesOf, saidOf } from './estates.ts';

// npm run precision [-- <folder>]: what the checks find in release histories of real projects.

const FOLDER = resolve(import.meta.dirname, '../fixtures/estates');
/** Releases whose differences are printed, of each history. */
const MOST_DIFFERENCES = 20;

const say = (text: string) => process.stdout.write(`${text}\n`);

/** @returns whether all is as expected */
function tell({ name, report, expected }: Estate): boolean {
  const stable = report.rows.filter(({ release }) => release.stage === 'stable');
  const results = stable.map(({ verdict }) => [verdict.result, ...verdict.unknown].join(' '));
  const findings = stable.flatMap((row) => row.findings);
  const codes = FINDING_CODES.map((code) => [
    code,
    ...SEVERITIES.map((severity) => findings.filter((one) => one.code === code && one.severity === severity).length),
  ]).filter(([, ...counts]) => counts.some((count) => count !== 0));

  say(`${name}: ${report.fragments} fragments, ${report.rows.length} releases, ${stable.length} of them stable`);
  for (const result of [...new Set(results)].sort()) {
    say(`  ${results.filter((one) => one === result).length} ${result}`);
  }
  const table = [['found in the stable ones', ...SEVERITIES], ...codes].map((row) => row.map(String));
  for (const line of alignedLines(table)) say(`  ${line}`);

  if (expected === null) {
    say('  what to expect is not written down\n');
    return true;
  }
  const differs = differences(saidOf(report), expected);
  say(differs.length === 0 ? '  all as expected\n' : `  ${differs.length} releases differ from what is expected:`);
  for (const one of differs.slice(0, MOST_DIFFERENCES)) say(one.replaceAll(/^/gm, '    '));
  if (differs.length > 0)
    say(differs.length > MOST_DIFFERENCES ? `    … and ${differs.length - MOST_DIFFERENCES} more\n` : '');
  return differs.length === 0;
}

const [folder = FOLDER, ...rest] = process.argv.slice(2);
if (rest.length > 0 || folder.startsWith('-')) {
  process.stderr.write('Usage: npm run precision [-- <folder of .ndjson or .json, .gz or not>]\n');
  process.exit(2);
}
if (!existsSync(folder)) {
  process.stderr.write(`${folder} is not there.\n`);
  process.exit(2);
}
const told = [...estatesOf(resolve(folder))].map(tell);
if (told.length === 0) process.stderr.write(`${folder} holds no .ndjson and no .json.\n`);
process.exitCode = told.length > 0 && told.every(Boolean) ? 0 : 1;
