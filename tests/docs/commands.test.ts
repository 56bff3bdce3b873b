import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { releaseMatrix } from '../cli/command.ts';

// Every command that a page shows is one that there is, with options that it takes. What the examples of
// docs/command-line.md print, and those of README, is tried elsewhere.

const ROOT = resolve(import.meta.dirname, '../..');
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(md|ya?ml)$/.test(name))
    .map((name) => join('docs', name)),
];
const GROUPS: ReadonlySet<string> = new Set(['table', 'policy']);
/** Of the package alone, whose tests try them. */
const OF_PACKAGE: ReadonlySet<string> = new Set(['ui', 'mcp']);

/** Commands in a text: their words up to what ends them in a shell, in a sentence or in a table. */
function commandsIn(text: string): { readonly name: string; readonly options: readonly string[] }[] {
  const joined = text.replaceAll(/\\\n\s*/g, ' ');
  return [...joined.matchAll(/(?<![\w/.-])release-matrix(?: --)? ([a-z]+)([^\n`|;&>]*)/g)].map(
    ([, first = '', rest = '']) => {
      const second = GROUPS.has(first) ? /^ ([a-z]+)/.exec(rest)?.[1] : undefined;
      return {
        name: second === undefined ? first : `${first} ${second}`,
        options: [...rest.matchAll(/(?<=\s)--[a-z][a-z-]*/g)].map(([option]) => option),
      };
    },
  );
}

const HELP = new Map<string, Promise<string>>();
function helpOf(name: string): Promise<string> {
  const help = HELP.get(name) ?? releaseMatrix([...name.split(' '), '--help']).then(({ stdout }) => stdout);
  HELP.set(name, help);
  return help;
}

test('every command of the pages is there, with its options', async () => {
  const unknown: string[] = [];
  let seen = 0;
  for (const page of PAGES) {
    const text = readFileSync(join(ROOT, page), 'utf8');
    // In a sentence the name may be that of the product's folder or file: commands are what stands as code.
    const code = page.endsWith('.md') ? [...text.matchAll(/^```\w*\n[\s\S]*?^```$|`[^`\n]+`/gm)].join('\n') : text;
    for (const { name, options } of commandsIn(code)) {
      if (OF_PACKAGE.has(name)) continue;
      seen++;
      const help = await helpOf(name);
      if (!help.startsWith(`Usage: release-matrix ${name}`)) unknown.push(`${page}: ${name}`);
      for (const option of options) {
        if (!new RegExp(`(^|[\\s,])${option}\\b(?!-)`, 'm').test(help)) unknown.push(`${page}: ${name} ${option}`);
      }
    }
  }
  expect(unknown).toEqual([]);
  expect(seen).toBeGreaterThan(80);
});
