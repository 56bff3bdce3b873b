import { expect, test } from 'vitest';
import {
  filePolicyOf,
  ONE_FILE_ID,
  ONE_FILE_PAGE,
  type OneFile,
  readOneFile,
  writeOneFile,
} from '../../src/contract/one-file.ts';
import { DEFAULTS_IN_FORCE, type PolicyInForce } from '../../src/release/policy/policy-item.ts';
import { policyOfDocument } from '../../src/release/policy/read-policy.ts';

const HEAD = '<head><script type="application/json" id="release-matrix-file">';
const REST = '</script></head><body><script>program</script></body>';

const DATA: OneFile = {
  schema: 1,
  table: 'Releases',
  region: 'eu-central-1',
  keyNames: { release: 'version', component: 'component#name' },
  readAt: '2026-11-20T12:00:00.000Z',
  asked: ['v1.0.0'],
  judged: null,
  address: '?view=findings',
  policy: { source: 'defaults' },
  items: 'H4sI',
};

test('data stand in the empty block of the page, and nothing around them is changed', () => {
  const html = writeOneFile(`${HEAD}${REST}`, DATA);
  expect(html).toBe(`${HEAD}${JSON.stringify(DATA)}${REST}`);
  expect(readOneFile(html.slice(HEAD.length, -REST.length))).toEqual(DATA);
  expect([ONE_FILE_ID, ONE_FILE_PAGE]).toEqual(['release-matrix-file', 'one-file.html']);
  expect(
    writeOneFile(`${HEAD}${REST}`.slice('<head>'.length), DATA).startsWith('<script type="application/json"'),
  ).toBe(true);
});

test.each([
  ['ends the block', '</script>', '\\u003c/script>'],
  ['begins a comment, twice', '<!--<!--', '\\u003c!--\\u003c!--'],
  ['ends a line to some readers', '\u2028\u2029', '\\u2028\\u2029'],
  ['marks a direction', '\u200e\u200f', '\\u200e\\u200f'],
  ['embeds or overrides one', '\u202a\u202b\u202c\u202d\u202e', '\\u202a\\u202b\\u202c\\u202d\\u202e'],
  ['isolates one', '\u2066\u2067\u2068\u2069', '\\u2066\\u2067\\u2068\\u2069'],
  ['marks the order of bytes', '\ufeff', '\\ufeff'],
  ['is a pattern of replacement', '$&$1$$', '$&$1$$'],
  ['is any other letter', 'ä>&\u2027\u202f\u2065', 'ä>&\u2027\u202f\u2065'],
])('text that %s', (_, text, written) => {
  const data = { ...DATA, address: text };
  const html = writeOneFile(`${HEAD}${REST}`, data);
  expect(html).toContain(`"address":"${written}"`);
  expect(readOneFile(html.slice(HEAD.length, -REST.length))).toEqual(data);
});

test.each([
  ['no page', '<html></html>'],
  ['one that has data already', writeOneFile(`${HEAD}${REST}`, DATA)],
])('%s takes no data', (_, page) => {
  expect(() => writeOneFile(page, DATA)).toThrow(
    new Error('one-file.html has no empty data block: it is not as `npm run build` makes it.'),
  );
});

test.each([
  ['', 'There are no releases in this file: it is the page without its data.'],
  ['{"schema":2}', 'The data in this file has the form 2, and its page reads 1.'],
  ['{}', 'The data in this file has the form undefined, and its page reads 1.'],
])('data %j are refused', (text, says) => {
  expect(() => readOneFile(text)).toThrow(new Error(says));
});

const WRITTEN = [{ document: { graceMinutes: 5 }, at: '2026-11-20T12:00:00.000Z', by: 'ada' }] as never;

test.each<[string, PolicyInForce, OneFile['policy']]>([
  ['the defaults', DEFAULTS_IN_FORCE, { source: 'defaults' }],
  [
    'of a file, its own document',
    policyOfDocument({ graceMinutes: 7 }, 'file'),
    { source: 'file', document: { graceMinutes: 7 } },
  ],
  [
    'of the table, the document as it lies there, and those before it',
    { ...policyOfDocument({ graceMinutes: 5 }, 'table'), document: '{"graceMinutes":5}', written: WRITTEN },
    { source: 'table', document: '{"graceMinutes":5}', written: WRITTEN },
  ],
  [
    'of the table, where nothing is known of those before it',
    { ...policyOfDocument({}, 'table'), document: {} },
    { source: 'table', document: {} },
  ],
])('a policy in force: %s', (_, inForce, kept) => {
  expect(filePolicyOf(inForce)).toStrictEqual(kept);
});
