import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonStream, lastDocument } from '../../src/cli/context/json-stream.ts';
import { manyValues } from '../../src/cli/context/many-values.ts';

const documents = fc.array(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), {
  maxLength: 4,
});

test.each<[string, string, number | undefined]>([
  ['directly behind one another', '', undefined],
  ['each on a line', '\n', undefined],
  ['over many lines each', '\n\n', 2],
  ['with the lines of a runner between', '\n::debug::{ended} with code 0.\n[command]/bin/terraform output -json\n', 1],
])('documents %s are the same documents', (_, between, indent) => {
  fc.assert(
    fc.property(documents, (made) => {
      const text = made.map((one) => JSON.stringify(one, null, indent)).join(between);
      expect(jsonStream(`\ufeff${text}\n`)).toEqual({ documents: JSON.parse(JSON.stringify(made)) });
    }),
  );
});

test.each([
  ['{"a":1}\n<html>\n', { line: 2, text: '<html>' }],
  ['{"a":1\n', { line: 1, text: '{"a":1' }],
  ['[1] ok', { line: 1, text: '[1] ok' }],
])('%j is no stream of JSON, and the line is named', (text, fault) => {
  expect(jsonStream(text)).toEqual({ fault });
});

test('the document that ends a text, whatever stands before it', () => {
  expect(lastDocument('> x@1 prepack\n[build] {done}\n{"not":"it"} at all\n\n[\n  {"a": 1}\n]\n')).toEqual({
    document: [{ a: 1 }],
    linesBefore: 4,
  });
  expect(lastDocument('> x@1 prepack\n[\n {"a": 1}\n]\nnpm notice')).toBe(null);
});

test('many values: fragments over many lines, as jq prints them', () => {
  const text = '{\n "a": 1\n}\n{\n "b": 2\n}\n';
  expect(manyValues(text)).toEqual([
    { place: 'document 1', value: { a: 1 }, fault: null },
    { place: 'document 2', value: { b: 2 }, fault: null },
  ]);
  // A broken line costs its neighbours nothing.
  expect(manyValues('{"a":1}\nx\n{"b":2}').map(({ place, fault }) => [place, fault === null])).toEqual([
    ['line 1', true],
    ['line 2', false],
    ['line 3', true],
  ]);
});
