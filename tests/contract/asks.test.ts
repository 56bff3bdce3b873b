import { expect, test } from 'vitest';
import { readDemoAsk } from '../../src/contract/demo.ts';
import { readSignInAsk } from '../../src/contract/sign-in.ts';

// What the page asks of the local server is taken to the letter: nothing else starts, stops or feeds a program.

/** No body of a request that asks for anything. */
const NO_ASKS = [null, undefined, '', 'start', 7, true, [], {}, ['start'], { do: null }, { do: 'no' }, { ask: 'look' }];
/** It has a property of the right name, and is none. */
const LIST = (properties: object) => Object.assign([], properties);

test.each([
  { do: 'look' },
  { do: 'step' },
  { do: 'speed', speed: 'paused' },
  { do: 'speed', speed: 'slow' },
  { do: 'speed', speed: 'fast' },
])('the demo is asked: %j', (body) => {
  expect(readDemoAsk(body)).toStrictEqual(body);
});

test.each([
  ...NO_ASKS,
  LIST({ do: 'look' }),
  { do: 'speed' },
  { do: 'speed', speed: 'faster' },
  { do: 'speed', speed: ['fast'] },
  { do: 'speed', speed: null },
  { do: 'speed', speed: 'fast', more: 1 },
  { do: 'speed', more: 'fast' },
  { do: 'look', speed: 'fast' },
  { do: 'step', more: 1 },
  { do: 'other', speed: 'fast' },
])('the demo is not asked by %j', (body) => {
  expect(readDemoAsk(body)).toBeNull();
});

test.each([
  { do: 'start' },
  { do: 'cancel' },
  { do: 'watch', seen: 0 },
  { do: 'watch', seen: 7 },
  { do: 'watch', seen: -1 },
  { do: 'code', code: 'abcdefg8' },
  { do: 'code', code: 'AZaz09+/' },
  { do: 'code', code: `${'a'.repeat(4096)}==` },
  { do: 'code', code: 'abcdefgh=' },
])('a sign-in is asked: %j', (body) => {
  expect(readSignInAsk(body)).toStrictEqual(body);
});

test.each([
  ...NO_ASKS,
  LIST({ do: 'start' }),
  { do: 'start', profile: 'prod' },
  { do: 'cancel', seen: 1 },
  { do: 'watch' },
  { do: 'watch', seen: '7' },
  { do: 'watch', seen: 1.5 },
  { do: 'watch', seen: 2 ** 53 },
  { do: 'watch', seen: 7, more: 1 },
  { do: 'watch', code: 7 },
  { do: 'other', seen: 7 },
  { do: 'code' },
  { do: 'code', code: 12345678 },
  { do: 'code', code: ['abcdefgh'] },
  { do: 'code', code: 'abcdefg' },
  { do: 'code', code: 'a'.repeat(4097) },
  { do: 'code', code: 'abcdefgh===' },
  { do: 'code', code: 'abcdefgh\n' },
  { do: 'code', code: '\nabcdefgh' },
  { do: 'code', code: 'abcd=efgh' },
  { do: 'code', code: 'abcdefgh', more: 1 },
  { do: 'code', seen: 'abcdefgh' },
  { do: 'other', code: 'abcdefgh' },
])('a sign-in is not asked by %j', (body) => {
  expect(readSignInAsk(body)).toBeNull();
});
