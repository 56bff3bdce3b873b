// What the files that are given away have in common: which packages went into them, and under which licences.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} licence SPDX expression, as its package.json says
 * @property {string} text of its licence file; empty where it ships none
 */

/**
 * Whoever imports all of lodash gets the functions that it calls, `_.forEach`, alone: the whole is half a megabyte to
 * be compiled at every start, of which the writer of JUnit reports calls two.
 *
 * @returns {import('vite').Plugin}
 */
export function lodashAsUsed() {
  const mark = '?lodash-as-used';
  return {
    name: 'lodash-as-used',
    enforce: 'pre',
    resolveId: (source, importer) => (source === 'lodash' && importer !== undefined ? `${importer}${mark}` : undefined),
    load(id) {
      if (!id.endsWith(mark)) return undefined;
      const calls = readFileSync(id.slice(0, -mark.length), 'utf8').matchAll(/(?<![\w$.])_\.(\w+)/g);
      const names = [...new Set([...calls].map(([, name]) => name))].sort();
      if (names.length === 0) throw new Error(`${id}: expected calls of lodash as _.name(…), found none.`);
      const imports = names.map((name) => `import ${name} from 'lodash/${name}.js';`);
      return `${imports.join('\n')}\nexport default { ${names.join(', ')} };\n`;
    },
  };
}

/**
 * @param {readonly Package[]} packages
 * @returns {string} each text once, below the packages that are under it: the SDK alone has the same text thirty times
 */
export function licencesOf(packages) {
  /** @type {Map<string, Package[]>} */
  const byText = new Map();
  for (const one of packages) byText.set(one.text.trim(), [...(byText.get(one.text.trim()) ?? []), one]);
  return [...byText]
    .map(([text, under]) => `${[...under.map(nameOf), '', text].join('\n').trimEnd()}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {Package} one */
export function nameOf({ name, version, licence }) {
  return `${name} ${version} (${licence})`;
}

/**
 * @param {readonly string[]} modules absolute paths of what went into the bundle
 * @returns {Package[]} the packages they are of, by name and version, each once
 */
export function packagesOf(modules) {
  /** @type {Map<string, Package>} */
  const found = new Map();
  for (const module of modules) {
    const path = module.replace(/^\0/, '').replace(/\?.*$/, '');
    if (!path.includes('/node_modules/')) continue;
    const directory = packageDirectory(dirname(path));
    const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    if (license === undefined) throw new Error(`${name} ${version} names no licence: it cannot be given away.`);
    const file = readdirSync(directory).find((entry) => /^licen[cs]e(?:\.|$)/i.test(entry));
    const text = file === undefined ? '' : readFileSync(join(directory, file), 'utf8');
    found.set(`${name} ${version}`, { name, version, licence: license, text });
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/**
 * @param {string} from a folder of a package; some of them hold a package.json of their own, without a name
 * @returns {string} the package's own folder
 */
function packageDirectory(from) {
  for (let directory = from; directory !== dirname(directory); directory = dirname(directory)) {
    const file = join(directory, 'package.json');
    if (!existsSync(file)) continue;
    const { name, version } = JSON.parse(readFileSync(file, 'utf8'));
    if (name !== undefined && version !== undefined) return directory;
  }
  throw new Error(`${from} is of no package.`);
}
