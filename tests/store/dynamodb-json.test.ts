import { describe, expect, it } from 'vitest';
import type { Item } from '../../src/release/item/item.ts';
import { dynamoDbJson } from '../../src/store/dynamodb-json.ts';
import { plainItem } from '../../src/store/plain-item.ts';

describe('an item in DynamoDB’s own form', () => {
  it.each([
    { S: 'text' },
    { S: '' },
    { N: '42' },
    { N: '-1.5' },
    { BOOL: false },
    { NULL: true },
    { B: 'aGk=' },
    { L: [] },
    { L: [{ S: 'a' }, { N: '1' }] },
    { M: { a: { M: {} }, __proto__: { S: 'x' } } },
    { S: '1.0' },
  ])('goes there and back: %j', (value) => {
    const item = JSON.parse(`{"version":{"S":"v1"},"x":${JSON.stringify(value)},"__proto__":{"S":"own"}}`);
    expect(JSON.stringify(dynamoDbJson(plainItem(item)).item)).toBe(JSON.stringify(item));
  });

  it.each<[Item, readonly string[]]>([
    [{ a: ['x', 'y'] }, ['sets']],
    [{ a: [1] }, ['sets']],
    [{ a: ['x', 1, true] }, []],
    [{ a: [] }, []],
    // DynamoDB has no sets of these.
    [{ a: [null, null] }, []],
    [{ a: [true, true] }, []],
    [{ a: '9007199254740993' }, ['numbers']],
    [{ a: '12.50' }, ['numbers']],
    [{ a: '12e5' }, ['numbers']],
    [{ a: '1.25e+30x' }, []],
    [{ a: '1.25E+30' }, ['numbers']],
    // JavaScript holds it as it is, so it never was a number.
    [{ a: '12.5' }, []],
    [{ a: '1.4.0' }, []],
    [{ a: { $unreadable: 'no type: {}' } }, ['unreadable']],
    [{ a: { $deeper: true, more: 1 } }, []],
    [{ a: { b: 1 } }, []],
    [{ a: { b: { $deeper: true }, c: ['x'] } }, ['sets', 'unreadable']],
  ])('says of %j what may differ: %j', (item, losses) => {
    expect(dynamoDbJson(item).losses).toEqual(losses);
  });
});
