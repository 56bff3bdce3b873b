// Writes the inputs of the GitHub Action anew from the options of the command line: npm run action
//
// Everything else in action/action.yml is written by hand. A test fails when its inputs are no longer what this writes.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const file = resolve(root, 'action/action.yml');
const { module } = await runnerImport(resolve(root, 'src/cli/action-metadata.ts'), {
  configFile: false,
  logLevel: 'error',
  root,
});
writeFileSync(file, module.withInputs(readFileSync(file, 'utf8')));
