// Runs a TypeScript entry file: node scripts/run-ts.mjs <entry.ts> [arguments of the entry…]
//
// Node 20 does not strip types, and Vite is here anyway: its module runner compiles our files as they are imported
// and leaves packages of node_modules to Node. The entry sees `process.argv` as if Node had started it, and must
// await its work at the top level: once its evaluation ends, Vite's environment is closed and a later `import()` of a
// local file fails.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [entry, ...entryArguments] = process.argv.slice(2);
if (entry === undefined) {
  process.stderr.write('Usage: node scripts/run-ts.mjs <entry.ts> [arguments…]\n');
  process.exit(2);
}

const entryPath = resolve(entry);
process.argv = [process.execPath, entryPath, ...entryArguments];
// Stack traces name the lines of the TypeScript files, not of what Vite made of them.
process.setSourceMapsEnabled(true);
// vite.config.ts is left out on purpose: it would start the page's plugins (guard, embedded table) for a command.
await runnerImport(entryPath, { configFile: false, logLevel: 'error', root: resolve(import.meta.dirname, '..') });
