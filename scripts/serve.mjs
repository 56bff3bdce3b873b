// `npm run dev` and `npm run preview`: Vite in the folder of this checkout, with the options that make sense here and one
// of ours. Everything else is refused: Vite takes a word for a folder, and would serve that with none of our guard.
import { spawnSync } from 'node:child_process';
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

/**
 * Ends when npm has been killed. Between the two stands a shell that passes no signal on, so that the server would keep
 * the port, and whoever starts the next one would be told that it is in use.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const npm = npmAbove(parent);
  const watch = setInterval(() => {
    if (process.ppid === parent && (npm === null || isThere(npm))) return;
    clearInterval(watch);
    // Vite closes the table first; what does not close in time is ended all the same.
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(143), 3_000).unref();
  }, 500).unref();
}

/**
 * @param {number} parent
 * @returns {number | null} the parent of the shell that npm has started us by; null: there is no shell, or nobody knows
 */
function npmAbove(parent) {
  const asked = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(parent)], { encoding: 'utf8' });
  const [, above, name] = /^\s*(\d+)\s+(.*\S)/.exec(asked.stdout ?? '') ?? [];
  return above !== undefined && /(?:^|[/-])(?:ba|da|z|k|a)?sh$/.test(name ?? '') ? Number(above) : null;
}

/** @param {number} pid */
function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const words = wordsForVite();
endWithNpm();
// Its config, which holds the guard, is looked for where it is started.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
process.argv = [...process.argv.slice(0, 2), ...(isPreview ? ['preview'] : []), ...words];
await import(new URL('../node_modules/vite/bin/vite.js', import.meta.url).href);
