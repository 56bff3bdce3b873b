import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { policyDocument } from '../../src/release/policy-document.ts';

test('the published JSON Schema is the one the code reads by: else run `node scripts/write-schemas.mjs`', () => {
  const published = readFileSync(new URL('../../schema/policy.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(z.toJSONSchema(policyDocument, { io: 'input' }));
});
