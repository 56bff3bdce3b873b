import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { textsOf } from './source-texts.ts';

// What users read is in the words of their field. The words below were private to this project once, each with the one
// that has taken its place: they stay away from the pages, and from what the program says on the screen and in a terminal.

const ROOT = resolve(import.meta.dirname, '../..');

/** Each private word with the plain one. */
const PRIVATE: readonly [RegExp, plain: string][] = [
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\bnobody (says|said|knows|sees|can tell)\b/i, 'unknown'],
  [/\bnone is called so\b/i, 'no matches'],
  [/\b(came|come) of it\b/i, 'result'],
  [/\bout of use\b/i, 'withdrawn'],
  [/\bunforeseen\b/i, 'unexpected'],
  [/\bturned round\b/i, 'reversed'],
  [/\bround in a circle\b/i, 'circular'],
  [/\b(the|a) way back\b/i, 'roll-back'],
  [/\brehears(e|es|ed|al)\b/i, 'preview, plan'],
  [/\bgo on by\b/i, 'continue with'],
  [/\bgiven again\b/i, 'repeated'],
  [/\bwhere absent\b/i, 'default'],
  [/\broutes? of ours\b/i, 'route of the local server'],
  [/\blooks? closer\b/i, 'zoom in'],
  [/\blets go\b/i, 'cancel'],
  [/\bsurroundings\b/i, 'context'],
  [/\bhearsay\b/i, 'unconfirmed'],
  [/\bbeats?\b(?! an)/i, 'poll, interval'],
  [/\bsecond factor\b/i, 'MFA'],
  [/\bvouch(es|ed)?\b/i, 'sign'],
  // "It is no commit" for "it is not a commit".
  [
    /(?<!there )\bis no (XML|text|file|name|tag|commit|version|repository|address|key|object|map|folder)\b/i,
    'is not a',
  ],
];

/** Names in the code. */
const PRIVATE_NAMES =
  /[sS]urroundings|[hH]earsay|\bmend|[a-z]Mend[A-Z]|[sS]till-?[aA]s-?[rR]ead|[lL]ater-?[rR]eader|[wW]rite-?([sS]aid|[dD]enied)/;

const FILES = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
}).split('\0');
const PAGES = FILES.filter((file) => /^(docs\/.*|[A-Z]+)\.md$/.test(file) && file !== 'docs/licences.md');
// What the demo publishes is told as people tell it.
const SOURCES = FILES.filter((file) => /^src\/(?!demo\/).*\.tsx?$/.test(file));

/** @returns each private word of a text, with where it is and what to write */
function privateWords(where: string, text: string): string[] {
  return PRIVATE.flatMap(([word, plain]) => {
    const found = word.exec(text)?.[0];
    return found === undefined ? [] : [`${where}: “${found}”: write ${plain}`];
  });
}

test('the pages are in plain words', () => {
  expect(PAGES.length).toBeGreaterThan(20);
  const found = PAGES.flatMap((page) =>
    readFileSync(resolve(ROOT, page), 'utf8')
      .split('\n')
      .flatMap((line, at) => privateWords(`${page}:${at + 1}`, line)),
  );
  expect(found).toEqual([]);
});

test('so is what the program says', () => {
  const texts = SOURCES.flatMap((file) =>
    textsOf(resolve(ROOT, file)).map(({ text, line }) => ({ text, where: `${file}:${line}` })),
  );
  // A change of the parser must not make a test that looks at nothing.
  expect(texts.length).toBeGreaterThan(5000);
  expect(texts.flatMap(({ text, where }) => privateWords(where, text))).toEqual([]);
});

test('and the names of files and in the code', () => {
  expect(FILES.filter((file) => PRIVATE_NAMES.test(file))).toEqual([]);
  const named = SOURCES.filter((file) => PRIVATE_NAMES.test(readFileSync(resolve(ROOT, file), 'utf8')));
  expect(named).toEqual([]);
});
