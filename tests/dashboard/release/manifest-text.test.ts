import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { WRITERS } from '../../../src/dashboard/release/manifest-text.ts';
import { manifestOf } from '../../../src/release/history/manifest.ts';
import { item, reportOf } from '../report-of.ts';

/** What a careless writer of YAML turns into something else. */
const MANIFEST = manifestOf(
  reportOf([
    item('v1.0.0', 'backend#no', { commit: '1e10', componentVersion: '1.10', branch: 'yes', actor: '- a: b #c' }),
    item('v1.0.0', 'backend#long', { buildUrl: `https://ci.example/${'long/'.repeat(60)}`, builder: 'a\nb: c' }),
  ]),
  'v1.0.0',
);

test.each(['json', 'yaml'] as const)('%s reads back as it was', async (format) => {
  if (MANIFEST === null) throw new Error('there are fragments of v1.0.0');
  const text = await WRITERS[format](MANIFEST);
  expect(format === 'json' ? JSON.parse(text) : parse(text)).toEqual(MANIFEST);
  expect(text).not.toMatch(/&a1|\*a1/);
});
