import { expect, test } from 'vitest';
import { codeOf, oneTimeCodes } from '../../src/devserver/guard/one-time-code.ts';
import { CODE_CHECKS } from '../../src/devserver/guard/route-checks.ts';
import { MAX_CODE_MS } from '../../src/limits/limits.ts';

/** Codes on a clock that the test sets. */
function opened(checks: Parameters<typeof oneTimeCodes>[0] = CODE_CHECKS) {
  const clock = { now: 1_000_000 };
  return { clock, codes: oneTimeCodes(checks, () => clock.now) };
}

test('a code opens one page, once', () => {
  const { codes } = opened();
  const [one, two] = [codes.issue(), codes.issue()];
  expect(one).toMatch(/^[\w-]{32}$/);
  expect(two).not.toBe(one);
  expect([codes.redeem(one), codes.redeem(one), codes.redeem(two), codes.redeem(two)]).toEqual([
    'good',
    'used',
    'good',
    'used',
  ]);
});

test('a code is good for a minute, and each for its own', () => {
  const { codes, clock } = opened();
  const early = codes.issue();
  clock.now += 1;
  const late = codes.issue();
  clock.now += MAX_CODE_MS - 1;
  expect(MAX_CODE_MS).toBe(60_000);
  expect([codes.redeem(early), codes.redeem(late)]).toEqual(['expired', 'good']);
  // Having expired does not use it up: it stays what it is.
  expect(codes.redeem(early)).toBe('expired');
});

test.each(['', 'x', 'A'.repeat(32)])('%j, which was never issued, is unknown', (shown) => {
  const { codes } = opened();
  codes.issue();
  expect(codes.redeem(shown)).toBe('unknown');
});

test('of sixty-four codes each is remembered; the one before them is not', () => {
  const { codes } = opened();
  const [first = '', second = '', ...rest] = Array.from({ length: 65 }, () => codes.issue());
  expect([codes.redeem(first), codes.redeem(second), codes.redeem(rest.at(-1) ?? '')]).toEqual([
    'unknown',
    'good',
    'good',
  ]);
});

test('what is asked of a code: whether it was issued, used, and how old it is', () => {
  const seen: object[] = [];
  const claim = (code: object) => {
    seen.push(code);
    return null;
  };
  const { codes, clock } = opened({ claim });
  const code = codes.issue();
  clock.now += 7;
  expect([codes.redeem(code), codes.redeem(code), codes.redeem('other')]).toEqual(['good', 'good', 'good']);
  expect(seen).toEqual([
    { issued: true, used: false, ageMs: 7, lifeMs: 60_000 },
    { issued: true, used: true, ageMs: 7, lifeMs: 60_000 },
    { issued: false, used: false, ageMs: 0, lifeMs: 60_000 },
  ]);
});

test.each([
  ['Code abc-_9', 'abc-_9'],
  [`Code ${'a'.repeat(256)}`, 'a'.repeat(256)],
  [`Code ${'a'.repeat(257)}`, null],
  ['Code ', null],
  ['code abc', null],
  ['xCode abc', null],
  ['Code abc x', null],
  ['Code a.b', null],
  ['Bearer abc', null],
  ['', null],
  [null, null],
])('the code of %j is %j', (header, code) => {
  expect(codeOf(header)).toBe(code);
});
