import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnreadable, type PlainValue } from '../../src/release/item/item.ts';
import { exactNumber, plainItem, plainValue } from '../../src/store/plain-item.ts';
import { rawAttributes } from './raw-items.ts';

describe('exactNumber', () => {
  test.each([
    ['0', 0],
    ['-0', 0],
    ['0.000', 0],
    ['1.50', 1.5],
    ['+7', 7],
    ['.5', 0.5],
    ['-12.25', -12.25],
    ['1e-130', 1e-130],
    ['1.5E2', 150],
    ['1E0', 1],
    ['123456789012345.5', 123456789012345.5],
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['0.1', 0.1],
    ['0.30000000000000004', 0.30000000000000004],
  ])('%s is a number', (text, number) => {
    expect(exactNumber(text)).toBe(number);
  });

  test.each([
    '9007199254740992',
    '9007199254740993',
    '-9007199254740993',
    '9007199254740993.5',
    '12345678901234567890123456789012345678',
    '1e125',
    `1${'0'.repeat(125)}`,
    '0.1234567890123456789012345678901234567',
    '0.3000000000000000444',
    '1e-400',
    '1e400',
  ])('%s stays text', (text) => {
    expect(exactNumber(text)).toBe(text);
  });

  test.each(['', ' ', 'NaN', 'Infinity', '-Infinity', '0x10', ' 12 ', '1_000', '1,5', '--1', 'e5', '.', '1e', '１'])(
    '%j is unreadable',
    (text) => {
      expect(exactNumber(text)).toEqual({ $unreadable: `N is not a decimal number: ${JSON.stringify({ N: text })}` });
    },
  );
});

/** Raw JSON of one AttributeValue, and its plain form. */
const VALUES: readonly (readonly [raw: string, plain: PlainValue])[] = [
  ['{"S":"text"}', 'text'],
  ['{"S":""}', ''],
  ['{"N":"42"}', 42],
  ['{"BOOL":false}', false],
  ['{"NULL":true}', null],
  ['{"B":"AAEC"}', { $binary: 'AAEC' }],
  ['{"B":""}', { $binary: '' }],
  ['{"SS":["b","a","B"]}', ['B', 'a', 'b']],
  ['{"NS":["10","9","-1","9007199254740993"]}', [-1, 9, 10, '9007199254740993']],
  ['{"BS":["AAED","AAEC"]}', [{ $binary: 'AAEC' }, { $binary: 'AAED' }]],
  ['{"L":[{"S":"a"},{"L":[]}]}', ['a', []]],
  ['{"M":{"a":{"N":"1"},"b":{"M":{}}}}', { a: 1, b: {} }],
  // Odd ones, from broken emulators: the fault is said in place, the neighbours stay.
  ['{"L":[null,{"S":"a"},7]}', [mark('not an attribute value: null'), 'a', mark('not an attribute value: 7')]],
  ['{"M":{"a":null,"b":{"N":"1"}}}', { a: mark('not an attribute value: null'), b: 1 }],
  ['{}', mark('no type: {}')],
  ['{"Q":1}', mark('unknown type: {"Q":1}')],
  ['{"S":"a","N":"1"}', mark('more than one type: {"S":"a","N":"1"}')],
  ['{"S":null}', mark('S is not a string: {"S":null}')],
  ['{"N":5}', mark('N is not a string: {"N":5}')],
  ['{"BOOL":"false"}', mark('BOOL is not true or false: {"BOOL":"false"}')],
  ['{"NULL":false}', mark('NULL is not true: {"NULL":false}')],
  ['{"B":"not base64"}', mark('B is not base64: {"B":"not base64"}')],
  ['{"B":"AAE"}', mark('B is not base64: {"B":"AAE"}')],
  ['{"SS":"a"}', mark('SS is not a list: {"SS":"a"}')],
  ['{"SS":["b",1,"a"]}', ['a', 'b', mark('SS holds something else than a string: 1')]],
  ['{"NS":["2","x","1"]}', [1, 2, mark('N is not a decimal number: {"N":"x"}')]],
  ['{"L":{}}', mark('L is not a list: {"L":{}}')],
  ['{"M":[]}', mark('M is not a map: {"M":[]}')],
  ['[]', mark('not an attribute value: []')],
  ['"text"', mark('not an attribute value: "text"')],
];

describe('plainValue', () => {
  test.each(VALUES)('%s', (raw, plain) => {
    expect(plainValue(JSON.parse(raw))).toEqual(plain);
  });

  test('quotes 200 characters of what is unreadable', () => {
    const value = plainValue({ Q: 'x'.repeat(1000) });
    expect(value).toEqual(mark(`unknown type: {"Q":"${'x'.repeat(194)}…`));
  });

  test.each([39, 40, 41, 20_000])('lists nested %i deep are read to 40 levels', (levels) => {
    const raw = JSON.parse('{"L":['.repeat(levels) + ']}'.repeat(levels));
    let value = plainValue(raw);
    let depth = 0;
    while (Array.isArray(value)) {
      depth += 1;
      value = value[0] ?? null;
    }
    expect([depth, value]).toEqual(levels <= 40 ? [levels, null] : [39, { $deeper: true }]);
  });

  test('an unreadable value nested too deeply to quote does not throw', () => {
    const raw = JSON.parse(`{"Q":${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
    expect(plainValue(raw)).toEqual(mark('unknown type: (nested too deeply to quote)'));
  });
});

describe('plainItem', () => {
  test('attributes with names of the prototype are own properties at every level', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
    const inner = names.map((name) => `"${name}":{"S":"in ${name}"}`).join();
    const item = plainItem(JSON.parse(`{${names.map((name) => `"${name}":{"M":{${inner}}}`).join()}}`));
    const plain = `{${names.map((name) => `"${name}":{${names.map((n) => `"${n}":"in ${n}"`).join()}}`).join()}}`;
    expect(JSON.stringify(item)).toBe(plain);
    expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test.each(['null', '7', '"text"', '[]', '[{"a":{"S":"x"}}]'])('%s is an unreadable item', (raw) => {
    const item = plainItem(JSON.parse(raw));
    expect(item).toEqual(mark(`item is not a map of attributes: ${raw}`));
    expect(isUnreadable(item)).toBe(true);
  });

  test('10,000 generated items: nothing throws, every attribute is there, and it is plain JSON', () => {
    fc.assert(
      fc.property(rawAttributes, (text) => {
        const raw = JSON.parse(text);
        const item = plainItem(raw);
        expect(Object.keys(item).sort()).toEqual(Object.keys(raw).sort());
        const json = JSON.stringify(item);
        expect(JSON.stringify(JSON.parse(json))).toBe(json);
        expect(JSON.stringify(plainItem(JSON.parse(text)))).toBe(json);
      }),
      { numRuns: 10_000, seed: 1 },
    );
  });
});

function mark(text: string): PlainValue {
  return { $unreadable: text };
}
