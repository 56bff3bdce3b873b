import { describe, expect, test } from 'vitest';
import { readerPolicy } from '../../src/contract/reader-policy.ts';
import { MAX_ITEM_BYTES } from '../../src/limits/limits.ts';
import type { Item } from '../../src/release/item/item.ts';
import { attributeValues, wireValue } from '../../src/store/attribute-value.ts';
import { biggestAttribute, itemBytes } from '../../src/store/item-size.ts';
import { notThere, unchangedSince } from '../../src/store/unchanged-condition.ts';
import { isRecord, readUnitsOf } from '../../src/store/wire-answer.ts';

// The forms in which items go over the wire, and what is reckoned of them.

test('an item as DynamoDB has it', () => {
  const item: Item = {
    text: 't',
    empty: '',
    number: 1.5,
    yes: true,
    no: false,
    none: null,
    list: ['a', [1], {}],
    map: { deep: { $binary: 'AAE=', more: 1 } },
    bytes: { $binary: 'AAH/' },
    like: { $binary: 5 },
  };
  expect(attributeValues(item)).toEqual({
    text: { S: 't' },
    empty: { S: '' },
    number: { N: '1.5' },
    yes: { BOOL: true },
    no: { BOOL: false },
    none: { NULL: true },
    list: { L: [{ S: 'a' }, { L: [{ N: '1' }] }, { M: {} }] },
    map: { M: { deep: { M: { $binary: { S: 'AAE=' }, more: { N: '1' } } } } },
    bytes: { B: Uint8Array.of(0, 1, 255) },
    like: { M: { $binary: { N: '5' } } },
  });
});

test.each<[string, unknown, unknown]>([
  ['a text', { S: '' }, { S: '' }],
  ['a number', { N: '1e400' }, { N: '1e400' }],
  ['no', { BOOL: false }, { BOOL: false }],
  ['nothing', { NULL: true }, { NULL: true }],
  ['bytes', { B: 'AAH/' }, { B: Uint8Array.of(0, 1, 255) }],
  ['texts', { SS: ['b', 'a'] }, { SS: ['b', 'a'] }],
  ['numbers', { NS: ['2', '1'] }, { NS: ['2', '1'] }],
  ['a list', { L: [{ S: 'a' }, { L: [] }] }, { L: [{ S: 'a' }, { L: [] }] }],
  ['a map', { M: { a: { M: {} }, b: { B: 'AA==' } } }, { M: { a: { M: {} }, b: { B: Uint8Array.of(0) } } }],
  ['a text that is none', { S: 1 }, null],
  ['a number that is none', { N: 1 }, null],
  ['a truth that is none', { BOOL: 'true' }, null],
  ['a nothing that is none', { NULL: false }, null],
  ['bytes that are none', { B: 1 }, null],
  ['texts that are none', { SS: ['a', 1] }, null],
  ['texts in a text', { SS: 'ab' }, null],
  ['numbers that are none', { NS: [1] }, null],
  ['a list with an odd member', { L: [{ S: 'a' }, { Q: 1 }] }, null],
  ['a list that is none', { L: {} }, null],
  ['a map with an odd member', { M: { a: { S: 'a' }, b: null } }, null],
  ['a map that is none', { M: [] }, null],
  ['no type', {}, null],
  ['a list of values', [{ S: 'a' }], null],
  ['a bare text', 'a', null],
  ['null', null, null],
])('%s of an answer, in a request', (_, raw, value) => {
  expect(wireValue(raw)).toEqual(value);
});

describe('the size of an item as DynamoDB counts it', () => {
  test.each<[string, Item, number]>([
    ['names and texts in UTF-8', { é: 'ö€' }, 2 + 5],
    ['a number', { n: 1 }, 1 + 21],
    ['yes, no and nothing', { a: true, b: false, c: null }, 2 + 2 + 2],
    ['an empty list', { l: [] }, 1 + 3],
    ['a list', { l: ['ab', 1] }, 1 + 3 + (1 + 2) + (1 + 21)],
    ['an empty map', { m: {} }, 1 + 3],
    ['a map', { m: { ab: 'c' } }, 1 + 3 + (1 + 2 + 1)],
    ['a list of maps', { l: [{ a: null }] }, 1 + 3 + 1 + (3 + 1 + 1 + 1)],
    ['nothing', {}, 0],
  ])('%s', (_, item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });

  test('its limit, and what takes most of it', () => {
    expect(MAX_ITEM_BYTES).toBe(409_600);
    expect(biggestAttribute({ a: 'x', big: 'xxx', c: 'xxxxx', d: 'xxxxx' })).toEqual({ name: 'big', bytes: 6 });
    expect(biggestAttribute({ a: 'x', b: 'xx', c: 'xx' })).toEqual({ name: 'b', bytes: 3 });
    expect(biggestAttribute({})).toEqual({ name: '', bytes: 0 });
  });
});

describe('what is asked of an item that is to be replaced', () => {
  const KEYS = { release: 'pk', component: 'sk' };
  const KEY = { pk: { S: 'v1' }, sk: { S: 'b#a' } };
  const asked = (raw: Record<string, unknown>) => {
    const { ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = unchangedSince(raw, KEYS);
    // With the names in their places, as a person would write it.
    const terms = ConditionExpression.replaceAll(/#n\d+/g, (name) => `<${ExpressionAttributeNames[name]}>`);
    return { terms: terms.split(' AND '), values: ExpressionAttributeValues };
  };

  test('that it is there, still has its write’s id and all that was read, and no documented field more', () => {
    const { terms, values } = asked({ ...KEY, writeId: { S: 'w' }, note: { S: 'n' }, count: { N: '1' } });
    expect(terms.slice(0, 2)).toEqual(['attribute_exists(<pk>)', '<writeId> = :v0']);
    expect(terms).toContain('<note> = :v1');
    expect(terms).toContain('<count> = :v2');
    expect(terms).toContain('attribute_not_exists(<publishedAt>)');
    expect(terms).toContain('attribute_not_exists(<publishedBy>)');
    expect(terms).toContain('attribute_not_exists(<commit>)');
    expect(terms.filter((term) => /<(pk|sk|replaced)>/.test(term))).toEqual(['attribute_exists(<pk>)']);
    expect(values).toEqual({ ':v0': { S: 'w' }, ':v1': { S: 'n' }, ':v2': { N: '1' } });
    expect(new Set(terms).size).toBe(terms.length);
  });

  test('that an item of another client still has no id of ours; a documented field that it has is compared', () => {
    const { terms, values } = asked({ ...KEY, commit: { S: 'c' } });
    expect(terms[1]).toBe('attribute_not_exists(<writeId>)');
    expect(terms).toContain('<commit> = :v0');
    expect(terms).not.toContain('attribute_not_exists(<commit>)');
    expect(values).toEqual({ ':v0': { S: 'c' } });
  });

  test('that lists and maps have as many members, and each of them is what it was', () => {
    const { terms, values } = asked({ ...KEY, l: { L: [{ S: 'a' }, { M: { 'x.y': { N: '1' } } }] }, m: { M: {} } });
    expect(terms).toEqual(
      expect.arrayContaining([
        'size(<l>) = :v0',
        '<l>[0] = :v1',
        'size(<l>[1]) = :v2',
        '<l>[1].<x.y> = :v3',
        'size(<m>) = :v4',
      ]),
    );
    expect(values).toEqual({
      ':v0': { N: '2' },
      ':v1': { S: 'a' },
      ':v2': { N: '1' },
      ':v3': { N: '1' },
      ':v4': { N: '0' },
    });
  });

  test('nothing of a value that cannot be said, and no value that no term uses', () => {
    const { terms, values } = asked({ ...KEY, odd: { Q: 1 } });
    expect(terms.filter((term) => term.includes('odd'))).toEqual([]);
    expect(values).toBeUndefined();
  });

  test('no more than DynamoDB takes', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`a${index}`, { S: 'x' }]));
    const few = asked({ ...KEY, ...many });
    expect(few.terms).toHaveLength(90);
    expect(Object.keys(few.values ?? {})).toHaveLength(90 - 5);
    const path = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`k${index}`, { S: 'x' }]));
    let deep: unknown = { M: path };
    for (let level = 0; level < 20; level += 1) deep = { M: { [`level${level}`]: deep } };
    const { ConditionExpression } = unchangedSince({ ...KEY, deep }, KEYS);
    expect(ConditionExpression.length).toBeGreaterThan(3_600);
    expect(ConditionExpression.length).toBeLessThanOrEqual(4_096);
  });

  test('nothing but that it is not there, where nothing was read', () => {
    expect(notThere(KEYS)).toEqual({
      ConditionExpression: 'attribute_not_exists(#k)',
      ExpressionAttributeNames: { '#k': 'pk' },
    });
  });
});

test.each<[unknown, boolean]>([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  [undefined, false],
  ['x', false],
])('%j is a record: %s', (value, is) => {
  expect(isRecord(value)).toBe(is);
});

test.each<[unknown, number | null]>([
  [{ ConsumedCapacity: { CapacityUnits: 1.5 } }, 1.5],
  [{ ConsumedCapacity: { CapacityUnits: 0 } }, 0],
  [{ ConsumedCapacity: { CapacityUnits: '1' } }, null],
  [{ ConsumedCapacity: {} }, null],
  [{ ConsumedCapacity: [] }, null],
  [{}, null],
  [null, null],
])('the units of %j are %s', (answer, units) => {
  expect(readUnitsOf(answer)).toBe(units);
});

test.each([
  ['eu-central-1', '123456789012', 'arn:aws:dynamodb:eu-central-1:123456789012:table/T'],
  ['cn-north-1', null, 'arn:aws-cn:dynamodb:cn-north-1:*:table/T'],
])(
  'the policy of a reader in %s of account %s opens one table and its indexes, over TLS, to reading',
  (region, account, arn) => {
    expect(readerPolicy({ table: 'T', region, account })).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ReadReleaseFragments',
          Effect: 'Allow',
          Action: ['Query', 'Scan', 'GetItem', 'BatchGetItem', 'DescribeTable'].map((name) => `dynamodb:${name}`),
          Resource: [arn, `${arn}/index/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'true' } },
        },
      ],
    });
  },
);
