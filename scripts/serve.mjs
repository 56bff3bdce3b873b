// `npm run dev` and `npm run preview`: Vite in the folder of this checkout, with the options that make sense here and one
// of ours. Everything else is refused: Vite takes a word for a folder, and would serve that with none of our guard.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** @type {Readonly<Record<string, { type: 'string' | 'boolean', says: string }>>} */
const OPTIONS = {
  port: { type: 'string', says: '--port <number>    another port than PORT' },
  open: { type: 'boolean', says: '--open             opens the browser' },
  force: { type: 'boolean', says: '--force            has Vite prepare its packages anew (dev)' },
  // Passed on, for the local server says why it listens on no other address.
  host: { type: 'string', says: '' },
  'shared-machine': {
    type: 'boolean',
    says: '--shared-machine   other people use this machine, too (SHARED_MACHINE=on)',
  },
};

const isPreview = process.argv[2] === 'preview';
const command = `npm run ${isPreview ? 'preview' : 'dev'}`;

/**
 * @param {readonly string[]} lines what is wrong
 * @returns {never}
 */
function refuse(lines) {
  const known = Object.values(OPTIONS).flatMap(({ says }) => (says === '' ? [] : [`  ${says}`]));
  const help = [`Options of ${command}, behind -- as npm takes them for itself otherwise (${command} -- --port 5180):`];
  process.stderr.write(`${[...lines, ...help, ...known, 'All else is set in .env (see .env.example).'].join('\n')}\n`);
  process.exit(2);
}

/** npm hands an option that it took for itself on in this form; on Windows it takes some that stand behind `--`, too. */
const eaten = (/** @type {string} */ name) => process.env[`npm_config_${name.replaceAll('-', '_')}`] ?? '';

/** @returns {string[]} words for Vite */
function wordsForVite() {
  for (const name of ['port', 'host']) {
    if (eaten(name) !== '') refuse([`npm took --${name} for itself, so it has not come here.`]);
  }
  const values = valuesGiven(process.argv.slice(isPreview ? 3 : 2));
  const shared = eaten('shared-machine');
  if (!['', 'true', 'false'].includes(shared)) {
    refuse([`--shared-machine: expected no value, received ${JSON.stringify(shared)}.`]);
  }
  if (values['shared-machine'] === true || shared === 'true') process.env.SHARED_MACHINE = 'on';
  return Object.entries(values).flatMap(([name, value]) => {
    if (name === 'shared-machine' || value === undefined) return [];
    return typeof value === 'string' ? [`--${name}`, value] : [`--${name}`];
  });
}

/** @param {string[]} words */
function valuesGiven(words) {
  const options = Object.fromEntries(Object.entries(OPTIONS).map(([name, { type }]) => [name, { type }]));
  try {
    return parseArgs({ args: words, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    return refuse([`${first}.`]);
  }
}

const words = wordsForVite();
// Its config, which holds the guard, is looked for where it is started.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
process.argv = [...process.argv.slice(0, 2), ...(isPreview ? ['preview'] : []), ...words];
await import(new URL('../node_modules/vite/bin/vite.js', import.meta.url).href);
