// `npm run limits`: writes docs/limits.md from src/limits/limits.ts. With --check it only says whether the file is up to date.
import { readFileSync, writeFileSync } from 'node:fs';

const SOURCE = 'src/limits/limits.ts';
const TARGET = 'docs/limits.md';
/** A heading, or the sentences above a limit with its name and its value as it is written. */
const PART = /^\/\/ (.+)\n\n(?=\/\*\*)|^\/\*\*\s([\s\S]+?)\s?\*\/\nexport const (\w+) = ([^;]+);/gm;

const source = readFileSync(SOURCE, 'utf8');
const limits = await import(new URL(`../${SOURCE}`, import.meta.url).href);
const lines = [
  '# Limits',
  '',
  `Every limit that you can meet, and what happens beyond it. Written by \`npm run limits\` from [${SOURCE}](../${SOURCE}).`,
];
let written = 0;
for (const [, heading, sentences = '', name = ''] of source.matchAll(PART)) {
  if (heading !== undefined) {
    lines.push('', `## ${heading}`, '', '| limit | | |', '| --- | --- | --- |');
    continue;
  }
  const words = sentences.replace(/\n? \* ?/g, ' ').trim();
  lines.push(`| \`${name}\` | ${shownValue(name, limits[name])} | ${words} |`);
  written += 1;
}
if (written !== Object.keys(limits).length) throw new Error(`${SOURCE}: a limit has no sentence, or another form.`);

const text = `${lines.join('\n')}\n`;
if (!process.argv.includes('--check')) writeFileSync(TARGET, text);
else if (readFileSync(TARGET, 'utf8') !== text) {
  process.stderr.write(`${TARGET} is not what ${SOURCE} says. Write it anew: npm run limits\n`);
  process.exitCode = 1;
}

/**
 * @param {string} name whose end says the unit
 * @param {number} value
 * @returns {string} in a unit that is read at a glance
 */
function shownValue(name, value) {
  if (name.endsWith('_MS')) {
    if (value >= 3_600_000) return `${value / 3_600_000} h`;
    return value > 60_000 ? `${value / 60_000} min` : `${value / 1_000} s`;
  }
  if (name.endsWith('_BYTES')) {
    for (const [unit, size] of /** @type {const} */ ([
      ['MiB', 1024 ** 2],
      ['KiB', 1024],
    ])) {
      if (value % size === 0) return `${value / size} ${unit}`;
    }
  }
  return value.toLocaleString('en');
}
