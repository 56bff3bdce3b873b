import { expect, test } from 'vitest';
import { FAULTS, ON_BOTH_PATHS, ON_ONE_PATH } from '../scripts/robustness-list.mjs';
import { describeOutages, describePaths } from '../scripts/robustness-outages.mjs';

const GOOD = { name: 'throttled', path: 'AWS', worstMinute: 12, noticed: 4, back: 5 };

test('an outage within its bounds is good; more requests, a later end and a run that broke off are not', () => {
  expect(describeOutages({ figures: [GOOD], status: 0 })).toEqual({
    good: true,
    rows: expect.stringMatching(
      /^ok {3}throttled, AWS path: +12 requests in the worst minute, noticed after 4 s, back after 5 s\nok/,
    ),
  });
  for (const worse of [{ worstMinute: 13 }, { noticed: 21 }, { back: 16 }]) {
    expect(describeOutages({ figures: [{ ...GOOD, ...worse }], status: 0 }).good).toBe(false);
  }
  expect(describeOutages({ figures: [GOOD], status: 1 }).good).toBe(false);
  expect(describeOutages({ figures: [], status: 0 }).good).toBe(false);
});

test('a fault is survived on both paths where tests of both say so', () => {
  const of = (path: string, passed = true) =>
    ON_BOTH_PATHS.map((number) => ({ titles: [`${path} path`, `${number}: some`], passed, numbers: [number] }));
  expect(describePaths([...of('local'), ...of('AWS')]).good).toBe(true);
  expect(describePaths(of('local'))).toEqual({ good: false, rows: expect.stringContaining('NO TEST: AWS path') });
  expect(describePaths([...of('local'), ...of('AWS', false)]).good).toBe(false);
});

test('each fault between a page and its table is on one of the two lists', () => {
  const numbers = [...ON_BOTH_PATHS, ...Object.keys(ON_ONE_PATH)];
  const wanted = Object.keys(FAULTS).filter((number) => {
    const place = Number(number.slice(1));
    return place <= 7 || (place >= 12 && place <= 19);
  });
  expect(numbers.toSorted()).toEqual(wanted.toSorted());
});
