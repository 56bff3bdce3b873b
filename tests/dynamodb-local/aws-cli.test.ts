import { expect, test } from 'vitest';
import { awsDynamodb, createReleaseTable } from './aws-cli.ts';

test.each([
  { table: 'cli-literal-keys', keys: ['version', 'component#name'] as const },
  { table: 'cli-short-keys', keys: ['pk', 'sk'] as const },
])('the AWS CLI puts an item into the table $table of DynamoDB Local and finds it again', ({ table, keys }) => {
  const key = { [keys[0]]: { S: 'v1.4.0-rc.2' }, [keys[1]]: { S: 'backend#orders' } };
  createReleaseTable(table, keys);
  awsDynamodb('put-item', '--table-name', table, '--item', JSON.stringify({ ...key, commit: { S: 'a1b2c3d' } }));
  expect(awsDynamodb('get-item', '--table-name', table, '--key', JSON.stringify(key))).toEqual({
    Item: { ...key, commit: { S: 'a1b2c3d' } },
  });
});
