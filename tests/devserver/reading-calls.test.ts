import { describe, expect, test } from 'vitest';
import { firstRefusal } from '../../src/devserver/guard/guard.ts';
import { CALL_CHECKS, readCall } from '../../src/devserver/table/reading-calls.ts';

const TARGET = 'DynamoDB_20120810.Scan';
const read = (target: string | null, text: string) => readCall(target, Buffer.from(text), 'Releases');

test.each([
  [TARGET, 'Scan'],
  ['DynamoDB_20120810.PutItem', 'PutItem'],
  ['xDynamoDB_20120810.Scan', null],
  ['DynamoDB_20120810.Scan ', null],
  ['DynamoDB_20120810.Scan.Scan', null],
  ['DynamoDB_20120810.', null],
  ['DynamoDBx20120810.Scan', null],
  ['dynamodb_20120810.Scan', null],
  ['', null],
  [null, null],
])('the action of %j is %j', (target, action) => {
  expect(read(target, '{}')).toEqual({ action, input: {}, body: Buffer.from('{}'), table: 'Releases' });
});

test.each(['', 'x', '[]', '[1]', '"text"', '1', 'null', 'true', '{"a":'])('%j is no call', (text) => {
  expect(read(TARGET, text)).toBeNull();
});

test('a call is written anew, so that what was checked is what is executed', () => {
  const call = read(TARGET, '{"TableName":"Other", "TableName":"Releases"}');
  expect([call?.input, String(call?.body)]).toEqual([{ TableName: 'Releases' }, '{"TableName":"Releases"}']);
});

describe('what passes', () => {
  const own = { TableName: 'Releases' };
  const batch = (items: unknown) => ({ RequestItems: items });
  const OTHER_CALL = 'a call that is not a reading one';
  const OTHER_TABLE = 'a call on another table';
  const OTHER_BATCH = 'a batch over another table';

  test.each([
    ['Query', own, null],
    ['Scan', own, null],
    ['GetItem', own, null],
    ['DescribeTable', own, null],
    ['BatchGetItem', batch({ Releases: {} }), null],
    ['PutItem', own, OTHER_CALL],
    ['scan', own, OTHER_CALL],
    ['ExecuteStatement', own, OTHER_CALL],
    [null, own, OTHER_CALL],
    ['Scan', {}, OTHER_TABLE],
    ['Scan', { TableName: 'Other' }, OTHER_TABLE],
    ['Scan', { TableName: ['Releases'] }, OTHER_TABLE],
    ['Scan', Object.create(own), OTHER_TABLE],
    ['Scan', batch({ Releases: {} }), OTHER_TABLE],
    ['BatchGetItem', own, OTHER_BATCH],
    ['BatchGetItem', batch({}), OTHER_BATCH],
    ['BatchGetItem', batch({ Other: {} }), OTHER_BATCH],
    ['BatchGetItem', batch({ Releases: {}, Other: {} }), OTHER_BATCH],
    ['BatchGetItem', batch(['Releases']), OTHER_BATCH],
    ['BatchGetItem', batch(null), OTHER_BATCH],
    ['BatchGetItem', batch('Releases'), OTHER_BATCH],
    ['BatchGetItem', Object.create(batch({ Releases: {} })), OTHER_BATCH],
  ])('%s %j: %s', (action, input, reason) => {
    const refusal = firstRefusal({ action, input, body: Buffer.alloc(0), table: 'Releases' }, CALL_CHECKS);
    expect(refusal).toEqual(reason === null ? null : { status: 400, reason });
  });
});
