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
mkdirSync(resolve(root, 'schema'), { recursive: true });

/**
 * @param {string} name of the schema
 * @param {string} path of the module in the source
 * @param {string} exported the name of the document in it
 * @param {'input' | 'output'} io the form that is read, or that is written
 */
async function writeSchema(name, path, exported, io) {
  const { module } = await runnerImport(resolve(root, path), { configFile: false, logLevel: 'error', root });
  const file = resolve(root, `schema/${name}.schema.json`);
  writeFileSync(file, `${JSON.stringify(z.toJSONSchema(module[exported], { io }), null, 2)}\n`);
  return file;
}

const files = [
  await writeSchema('evidence-item', 'src/release/item/evidence-input.ts', 'evidenceItem', 'input'),
  await writeSchema('evidence', 'src/release/report/evidence-document.ts', 'evidenceDocument', 'output'),
  await writeSchema('fragment', 'src/release/item/fragment-input.ts', 'fragmentInput', 'input'),
  await writeSchema('policy', 'src/release/policy/policy-document.ts', 'policyDocument', 'input'),
  await writeSchema('compare', 'src/release/compare/compare-document.ts', 'comparisonDocument', 'output'),
  await writeSchema('deployed', 'src/release/deployed/deployed-document.ts', 'deploymentDocument', 'output'),
  await writeSchema('find', 'src/release/history/find-document.ts', 'foundDocument', 'output'),
  await writeSchema('findings', 'src/release/report/findings-document.ts', 'findingsDocument', 'output'),
  await writeSchema('notes', 'src/release/history/notes-document.ts', 'notesDocument', 'output'),
  await writeSchema('manifest', 'src/release/history/manifest.ts', 'manifestDocument', 'output'),
  await writeSchema('plan', 'src/release/plan/plan-document.ts', 'planDocument', 'output'),
];
const { status } = spawnSync(
  process.execPath,
  ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', ...files],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
);
process.exitCode = status ?? 1;
