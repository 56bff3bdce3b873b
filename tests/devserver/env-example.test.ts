import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { readSettings } from '../../src/store/settings.ts';

const LINES = readFileSync(join(resolve(import.meta.dirname, '../..'), '.env.example'), 'utf8').split('\n');
/** The examples: settings that are commented out, without a blank behind the `#`. */
const EXAMPLES = LINES.filter((line) => /^#[A-Z_]+=/.test(line)).map((line) => line.slice(1));

test.each(EXAMPLES)('%s means what stands there, once it is no longer commented out', (example) => {
  const [, name = '', written = ''] = /^([A-Z_]+)=(.*)$/.exec(example) ?? [];
  expect(parseEnv(example)).toEqual({ [name]: written.replace(/^"(.*)"$/, '$1') });
  const faults = readSettings({ AWS_REGION: 'eu-central-1', AWS_PROFILE: 'p', ...parseEnv(example) });
  expect(faults).toMatchObject({ ok: true });
});
