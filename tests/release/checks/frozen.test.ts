import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Said, said } from './said.ts';

const FREEZE = { environment: 'production', from: '2026-12-20', to: '2027-01-02', reason: 'Christmas' };
const details = { reason: 'Christmas', from: '2026-12-20', to: '2027-01-02' };
const FOUND: Said<'frozen'>[] = [['error', null, 'prod', details]];

test.each<[name: string, environment: string | null, now: string, expected: Said<'frozen'>[], freezes?: Item[]]>([
  ['its first moment', 'prod', '2026-12-20T00:00:00Z', FOUND],
  ['its last moment', 'prod', '2027-01-02T23:59:59.999Z', FOUND],
  ['before it', 'prod', '2026-12-19T23:59:59.999Z', []],
  ['after it', 'prod', '2027-01-03T00:00:00Z', []],
  ['another environment', 'qa', '2026-12-24T12:00:00Z', []],
  ['nobody asks for one', null, '2026-12-24T12:00:00Z', []],
  [
    'times with zones',
    'prod',
    '2026-12-18T15:00:00Z',
    [['error', null, 'prod', { reason: 'Sale', from: '2026-12-18T16:00:00+01:00', to: '2026-12-18T18:00:00+01:00' }]],
    [{ environment: 'prod', from: '2026-12-18T16:00:00+01:00', to: '2026-12-18T18:00:00+01:00', reason: 'Sale' }],
  ],
  ['each that holds', 'prod', '2026-12-24T12:00:00Z', [...FOUND, ...FOUND], [FREEZE, FREEZE]],
])('%s', (_, environment, now, expected, freezes = [FREEZE]) => {
  const items = [item('v1.4.0', 'backend#api'), item('v1.4.0-alpha.1', 'backend#api')];
  expect(said('frozen', items, { policy: { freezes }, environment, now })).toEqual(expected);
  expect(said('frozen', items, { policy: { freezes }, environment, now, release: 'v1.4.0-alpha.1' })).toEqual(expected);
});
