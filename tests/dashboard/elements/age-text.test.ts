import { expect, test } from 'vitest';
import { ageText } from '../../../src/dashboard/elements/age-text.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test('F40: what is dated after now, by a clock that was put back, is never in the future', () => {
  expect([-1, -2 * HOUR, -80 * DAY].map(ageText)).toEqual(['just now', 'just now', 'just now']);
});

test.each([
  [0, 'just now'],
  [999, 'just now'],
  [Number.NaN, 'just now'],
  [SECOND, '1 s ago'],
  [59.9 * SECOND, '59 s ago'],
  [MINUTE, '1 min ago'],
  [HOUR - 1, '59 min ago'],
  [HOUR, '1 h ago'],
  [2 * DAY - 1, '47 h ago'],
  [2 * DAY, '2 d ago'],
  [80 * DAY, '80 d ago'],
])('an age of %d ms reads "%s"', (ms, text) => {
  expect(ageText(ms)).toBe(text);
});
