import { expect, it } from 'vitest';
import { sharedAddress, tableMark } from '../../../src/dashboard/state/table-mark.ts';

const AWS = { kind: 'aws', profile: 'reader', endpoint: 'https://dynamodb.eu-west-1.amazonaws.com' } as const;
const TABLE = { source: AWS, region: 'eu-west-1', table: 'ReleaseFragments' };

it('a table has one mark, whoever reads it, and no other table has the same', () => {
  const mark = tableMark(TABLE);
  expect(mark).toMatch(/^[0-9a-z]{5,7}$/);
  expect(tableMark({ ...TABLE, source: { ...AWS, profile: 'another' } })).toBe(mark);
  const others = [
    { ...TABLE, table: 'ReleaseFragments2' },
    { ...TABLE, region: 'eu-west-2' },
    { ...TABLE, source: { kind: 'loopback', endpoint: 'http://127.0.0.1:8000', keyId: 'local' } as const },
    { ...TABLE, source: { kind: 'embedded', data: 'the demo estate', simulatedCi: true } as const },
  ].map(tableMark);
  expect(new Set([mark, ...others]).size).toBe(5);
});

it('an address is handed on with the mark of its table, and keeps all else', () => {
  expect(sharedAddress('http://127.0.0.1:5179/?view=findings&table=old&q=~1.6+a#x', 'abc123')).toBe(
    'http://127.0.0.1:5179/?view=findings&table=abc123&q=%7E1.6+a#x',
  );
});
