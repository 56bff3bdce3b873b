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

/**
 * @param {string} path a file of src
 * @returns {Promise<Record<string, unknown>>} what it exports
 */
async function exportsOf(path) {
  const { module } = await runnerImport(resolve(root, path), { configFile: false, logLevel: 'error', root });
  return /** @type {Record<string, unknown>} */ (module);
}

const { policyDocument } = await exportsOf('src/release/policy-document.ts');
const { fragmentInput } = await exportsOf('src/release/fragment-input.ts');

mkdirSync(resolve(root, 'schema'), { recursive: true });
for (const [name, schema] of Object.entries({ policy: policyDocument, fragment: fragmentInput })) {
  const file = resolve(root, `schema/${name}.schema.json`);
  const document = z.toJSONSchema(/** @type {z.ZodType} */ (schema), { io: 'input' });
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  const { status } = spawnSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) process.exitCode = status ?? 1;
}
