import { expect, test } from 'vitest';
import type { NamedStart, TokenedStart } from '../../../src/contract/local-server.ts';
import { chooseTable, unknownTable } from '../../../src/dashboard/state/chosen-table.ts';

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
const NAMES = { first: 'first', others: [{ name: 'prod' }, { name: 'test' }] };
const shows = (given: TokenedStart, path: string) => {
  const { tokened, choice } = chooseTable(given, path);
  const { name, table, region, chosen, token } = tokened;
  return { shown: [name, table, region, chosen, token], choice, unknown: unknownTable(choice) };
};
const first = ['first', 'Releases', 'eu-west-1', null, 'the-token'];

test.each<[string, readonly unknown[], string | null, string | null, string | null]>([
  ['/', first, null, null, null],
  ['/index.html', first, null, null, null],
  ['/deep/link', first, null, null, null],
  ['/t/prod', ['prod', 'Prod', 'eu-west-1', 'prod', 'the-token'], 'prod', 'prod', null],
  ['/t/test', ['test', 'Releases', 'us-east-1', 'test', 'the-token'], 'test', 'test', null],
  ['/t/first', first, null, 'first', null],
  ['/t/none', first, null, 'none', 'none'],
  ['/t/', first, null, '', ''],
  ['/t/prod/x', first, null, 'prod/x', 'prod/x'],
])('%s', (path, shown, chosen, named, unknown) => {
  expect(shows(GIVEN, path)).toMatchObject({ shown, choice: { ...NAMES, chosen, named }, unknown });
});

test('of one table there is nothing to choose', () => {
  const choice = { first: 'first', others: [], chosen: null, named: null };
  expect(shows({ ...GIVEN, others: [] }, '/')).toEqual({ shown: first, choice, unknown: null });
});
