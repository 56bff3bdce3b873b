// Writes the published JSON Schemas anew from the code: node scripts/write-schemas.mjs
//
// They are for editors and for publishers in other languages; the program reads by the code itself. A test fails when
// a checked-in schema is no longer what this writes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '..');
/** @type {{ module: typeof import('../src/release/policy-document.ts') }} */
const { module } = await runnerImport(resolve(root, 'src/release/policy-document.ts'), {
  configFile: false,
  logLevel: 'error',
  root,
});

const file = resolve(root, 'schema/policy.schema.json');
mkdirSync(resolve(root, 'schema'), { recursive: true });
writeFileSync(file, `${JSON.stringify(z.toJSONSchema(module.policyDocument, { io: 'input' }), null, 2)}\n`);
const { status } = spawnSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
process.exitCode = status ?? 1;
