import { describe, expect, test } from 'vitest';
import { isUnreadable } from '../../src/release/item/item.ts';
import { exactNumber, plainValue } from '../../src/store/plain-item.ts';

// Single values of the wire, at the edges of what can be read.

describe('a number is one where it says the very same, else the text as it came', () => {
  test.each<[string, number | string]>([
    ['0', 0],
    ['-0.00', 0],
    ['0e5', 0],
    ['1e-400', '1e-400'],
    ['.25', 0.25],
    ['5.', 5],
    ['+1.50', 1.5],
    ['-1.50', -1.5],
    ['00012', 12],
    ['123456789012345', 123456789012345],
    ['1234567890123456', 1234567890123456],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['-9007199254740992', '-9007199254740992'],
    ['0.1000000000000000', 0.1],
    ['0.10000000000000001', '0.10000000000000001'],
    ['-0.10000000000000001', '-0.10000000000000001'],
    ['0.30000000000000003', '0.30000000000000003'],
    // Beside 0.7687055375335821.
    ['0.76870553753358201', '0.76870553753358201'],
    ['1000000000000000.0', 1000000000000000],
    ['-1000000000000000.00', -1000000000000000],
    ['000000000000000100200', 100200],
    ['1.5e3', 1500],
    ['15E-1', 1.5],
    ['1e21', '1e21'],
    ['1e-7', 1e-7],
    ['0.00000012345678901', 1.2345678901e-7],
    ['-1.2345678901234e-10', -1.2345678901234e-10],
    ['1e400', '1e400'],
  ])('%s', (text, number) => {
    expect(exactNumber(text)).toBe(number);
  });

  test.each(['', ' 1', '1 ', '1,5', '0x1', 'NaN', 'Infinity', '1e', '1e1234567', '--1', '.', '1_0'])(
    '%j is none',
    (text) => {
      expect(exactNumber(text)).toEqual({ $unreadable: `N is not a decimal number: {"N":${JSON.stringify(text)}}` });
    },
  );
});

test.each(['', 'AAAA', 'AAA=', 'AA==', 'AAAAAAA=', '+/8='])('%j is base64', (text) => {
  expect(plainValue({ B: text })).toEqual({ $binary: text });
});

test.each([['A'], ['AA'], ['A==='], ['A=='], ['!!=='], ['AAAA AAAA'], ['AA==AAAA'], [5], [null]])(
  '%j is none',
  (text) => {
    expect(plainValue({ B: text })).toEqual({ $unreadable: `B is not base64: ${JSON.stringify({ B: text })}` });
  },
);

test.each([
  [{ $unreadable: 'x' }, true],
  [{ $unreadable: 'x', more: 1 }, false],
  [{ more: 1 }, false],
  [null, false],
  ['$unreadable', false],
  [5, false],
])('%j marks something unreadable: %s', (value, marks) => {
  expect(isUnreadable(value)).toBe(marks);
});

describe('what lies deeper than forty levels is left out, and said to be', () => {
  const nest = (levels: number, kind: 'L' | 'M', inmost: unknown): unknown =>
    levels === 0
      ? inmost
      : kind === 'L'
        ? { L: [nest(levels - 1, kind, inmost)] }
        : { M: { a: nest(levels - 1, kind, inmost) } };
  const open = (value: unknown, levels: number, kind: 'L' | 'M'): unknown =>
    levels === 0 ? value : open(Reflect.get(Object(value), kind === 'L' ? 0 : 'a'), levels - 1, kind);

  test.each(['L', 'M'] as const)('%s', (kind) => {
    const at = (levels: number, inmost: unknown) =>
      open(plainValue(nest(levels, kind, inmost) as never), levels - 1, kind);
    const one = kind === 'L' ? ['x'] : { a: 'x' };
    expect(at(39, { S: 'x' })).toEqual(one);
    expect(at(40, { S: 'x' })).toEqual({ $deeper: true });
    // What is empty has nothing to be left out.
    expect(open(plainValue(nest(39, kind, { [kind]: kind === 'L' ? [] : {} })), 39, kind)).toEqual(
      kind === 'L' ? [] : {},
    );
  });
});

test('sets are in order: numbers by size, texts by their letters; what is none comes last', () => {
  expect(plainValue({ NS: ['10', '9', '1.0', '1', 'x'] })).toEqual([1, 1, 9, 10, { $unreadable: expect.any(String) }]);
  expect(plainValue({ SS: ['b', '10', '9', 'a', 'B'] })).toEqual(['10', '9', 'B', 'a', 'b']);
  expect(plainValue({ SS: ['b', 5, 'a'] })).toEqual([
    'a',
    'b',
    { $unreadable: 'SS holds something else than a string: 5' },
  ]);
});

test('an attribute called __proto__ is like any other, and others can be changed', () => {
  const value = plainValue({ M: JSON.parse('{"__proto__":{"S":"x"},"a":{"S":"y"}}') });
  expect(Object.getOwnPropertyDescriptor(value, '__proto__')).toEqual({
    value: 'x',
    enumerable: true,
    configurable: true,
    writable: true,
  });
});

test('two hundred letters of what cannot be read are quoted, and no more', () => {
  const quoted = (length: number) => (plainValue('x'.repeat(length - 2)) as { $unreadable: string }).$unreadable;
  expect(quoted(200)).toBe(`not an attribute value: "${'x'.repeat(198)}"`);
  expect(quoted(201)).toBe(`not an attribute value: "${'x'.repeat(199)}…`);
});
