import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { comparisonDocument } from '../../src/release/compare/compare-document.ts';
import { deploymentDocument } from '../../src/release/deployed/deployed-document.ts';
import { foundDocument } from '../../src/release/history/find-document.ts';
import { manifestDocument } from '../../src/release/history/manifest.ts';
import { notesDocument } from '../../src/release/history/notes-document.ts';
import { evidenceItem } from '../../src/release/item/evidence-input.ts';
import { fragmentInput } from '../../src/release/item/fragment-input.ts';
import { planDocument } from '../../src/release/plan/plan-document.ts';
import { policyDocument } from '../../src/release/policy/policy-document.ts';
import { evidenceDocument } from '../../src/release/report/evidence-document.ts';
import { findingsDocument } from '../../src/release/report/findings-document.ts';

test.each([
  ['evidence-item', z.toJSONSchema(evidenceItem, { io: 'input' })],
  ['evidence', z.toJSONSchema(evidenceDocument, { io: 'output' })],
  ['fragment', z.toJSONSchema(fragmentInput, { io: 'input' })],
  ['policy', z.toJSONSchema(policyDocument, { io: 'input' })],
  ['compare', z.toJSONSchema(comparisonDocument, { io: 'output' })],
  ['deployed', z.toJSONSchema(deploymentDocument, { io: 'output' })],
  ['find', z.toJSONSchema(foundDocument, { io: 'output' })],
  ['findings', z.toJSONSchema(findingsDocument, { io: 'output' })],
  ['plan', z.toJSONSchema(planDocument, { io: 'output' })],
  ['notes', z.toJSONSchema(notesDocument, { io: 'output' })],
  ['manifest', z.toJSONSchema(manifestDocument, { io: 'output' })],
])('the published JSON Schema %s is the one of the code: else run `node scripts/write-schemas.mjs`', (name, schema) => {
  const published = readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(schema)));
});
