import { expect, test } from 'vitest';
import { accountOfTable, bareTableName, readTableArn } from '../../src/contract/table-arn.ts';

const RELEASES = 'arn:aws:dynamodb:eu-central-1:123456789012:table/Releases';

test.each([
  ['Releases', 'Releases', null],
  [RELEASES, 'Releases', '123456789012'],
  ['arn:aws-cn:dynamodb:cn-north-1:123456789012:table/Team.Releases-2', 'Team.Releases-2', '123456789012'],
  // What belongs to a table says the account, and is no table.
  [`${RELEASES}/index/by`, `${RELEASES}/index/by`, '123456789012'],
  ['arn:aws:dynamodb:eu-central-1::table/Releases', 'arn:aws:dynamodb:eu-central-1::table/Releases', null],
  ['arn:aws:s3:eu-central-1:123456789012:table/Releases', 'arn:aws:s3:eu-central-1:123456789012:table/Releases', null],
  // A global table of the first kind is no table of an account's region.
  [RELEASES.replace('table/', 'global-table/'), RELEASES.replace('table/', 'global-table/'), null],
  ['arn:aws/dynamodb:table/Releases', 'arn:aws/dynamodb:table/Releases', null],
  ['an arn:x:table/Releases', 'an arn:x:table/Releases', null],
])('the table %s is shown as %s, of the account %s', (table, shown, account) => {
  expect([bareTableName(table), accountOfTable(table)]).toEqual([shown, account]);
});

test('the ARN of a table is read into its parts', () => {
  expect(readTableArn(RELEASES)).toEqual({
    partition: 'aws',
    region: 'eu-central-1',
    account: '123456789012',
    name: 'Releases',
  });
});

test.each(['Releases', `${RELEASES}/stream/x`, RELEASES.replace('eu-central-1', ''), RELEASES.replace('Releases', '')])(
  '%s is no ARN of a table',
  (text) => {
    expect(readTableArn(text)).toBeNull();
  },
);
