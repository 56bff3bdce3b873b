import { expect, test } from 'vitest';
import type { NamedStart, TokenedStart } from '../../../src/contract/local-server.ts';
import { chooseTable } from '../../../src/dashboard/state/chosen-table.ts';

const of = (name: string, table: string, region = 'eu-west-1'): NamedStart => ({
  name,
  source: { kind: 'aws', profile: name, endpoint: `https://dynamodb.${region}.amazonaws.com` },
  table,
  region,
  keyNames: null,
  policy: null,
  pollIntervalMs: 5000,
  readUnitsPerHour: null,
});
const [FIRST, PROD, TEST] = [of('first', 'Releases'), of('prod', 'Prod'), of('test', 'Releases', 'us-east-1')];
const GIVEN: TokenedStart = {
  ...FIRST,
  others: [PROD, TEST],
  chosen: null,
  token: 'the-token',
  secret: 'the-secret',
  ticket: null,
};
const shows = (given: TokenedStart, pathname: string) => {
  const { tokened, choice } = chooseTable(given, pathname);
  const { name, table, region, chosen, token } = tokened;
  return { shown: [name, table, region, chosen, token], choice };
};
const tables = (chosen: number) =>
  [
    { name: 'first', path: '/' },
    { name: 'prod', path: '/t/prod' },
    { name: 'test', path: '/t/test' },
  ].map((table, at) => ({ ...table, chosen: at === chosen }));
const first = ['first', 'Releases', 'eu-west-1', null, 'the-token'];
const prod = ['prod', 'Prod', 'eu-west-1', 'prod', 'the-token'];

test.each<[string, readonly unknown[], number, string | null]>([
  ['/', first, 0, null],
  ['/index.html', first, 0, null],
  ['/deep/link', first, 0, null],
  ['/t/prod', prod, 1, null],
  ['/t/test', ['test', 'Releases', 'us-east-1', 'test', 'the-token'], 2, null],
  ['/t/first', first, 0, null],
  ['/t/none', first, 0, 'none'],
  ['/t/', first, 0, ''],
  ['/t/prod/x', first, 0, 'prod/x'],
])('%s', (pathname, shown, at, unknown) => {
  expect(shows(GIVEN, pathname)).toEqual({ shown, choice: { tables: tables(at), unknown } });
});

test('of one table there is nothing to choose', () => {
  const choice = { tables: [], unknown: null };
  expect(shows({ ...GIVEN, others: [] }, '/')).toEqual({ shown: first, choice });
  expect(shows({ ...GIVEN, others: [] }, '/t/prod')).toEqual({ shown: first, choice: { ...choice, unknown: 'prod' } });
});
