import { expect, test } from 'vitest';
import { describeAttacks } from '../scripts/robustness-attacks.mjs';

const ALL = { tried: 3, refused: 3, leaks: 0 };
const MISSED = { name: 'request.hostIsExact, left out', breach: 'T1 Host evil.com' };
const NOT_MISSED = { name: 'request.peerIsLoopback, left out', breach: null };
const GOOD = { raw: ALL, browser: ALL, leftOut: [MISSED], weaker: [MISSED], status: 0 };

test('a good run names each check with the attack that it keeps out', () => {
  const { good, rows, totals } = describeAttacks(GOOD);
  expect(good).toBe(true);
  expect(rows).toContain('ok     request.hostIsExact, left out: T1 Host evil.com');
  expect(totals).toContain('1 of 1 noticed, made weaker 1 of 1');
});

test.each([
  ['an attack that got through', { raw: { ...ALL, refused: 2 } }, 'LOST raw requests: 2 of 3'],
  ['a leak', { browser: { ...ALL, leaks: 1 } }, 'LOST attacks from a real browser'],
  [
    'a check that nobody misses',
    { leftOut: [MISSED, NOT_MISSED] },
    'LOST   request.peerIsLoopback, left out: NO ATTACK',
  ],
  ['a weaker check that nobody misses', { weaker: [NOT_MISSED] }, 'LOST   request.peerIsLoopback'],
  ['no check at all', { leftOut: [] }, 'LOST checks left out in turn: 0 of 0'],
  ['a run that broke off', { status: null }, 'LOST the run of the attacks ended with status none'],
])('%s is no good run', (_, changed, words) => {
  const { good, rows } = describeAttacks({ ...GOOD, ...changed });
  expect([good, rows]).toEqual([false, expect.stringContaining(words)]);
});
