import { expect, test } from 'vitest';
import { detectionWords } from '../../../src/dashboard/header/detection-words.ts';
import { afterWhole, type Detection } from '../../../src/live/change-detection.ts';
import type { ReadLimits } from '../../../src/live/read-budget.ts';

const FREE: ReadLimits = { pollIntervalMs: 5_000, readUnitsPerHour: null };
const PAID: ReadLimits = { pollIntervalMs: 5_000, readUnitsPerHour: 40_000 };
const LARGE: Detection = afterWhole(null, PAID, {
  counted: 0,
  counters: null,
  countersAtWhole: null,
  denied: { getItem: false, query: false },
  full: { startedAt: 0, readUnits: 5_678, tookMs: 4_000 },
});
const WHOLE = 'reading the whole table every 13 min';
const SHOWN = ', and between the releases on the screen and the newest ones in turn';
const SOONER = 'anything within 13 min; what is on the screen and the newest releases sooner';

test.each<[string, Partial<Detection>, ReadLimits, number, string, string]>([
  ['a small table on this machine', {}, FREE, 100, 'reading the whole table every 5 s', 'anything within 5 s'],
  [
    'publishers count',
    { counted: 7 },
    PAID,
    100_000,
    'the change counter, asked every 5 s; the whole table is read every 13 min',
    'what publishers count within 5 s, anything else within 13 min',
  ],
  [
    'more than the limit pays for',
    { counted: 7, heldBack: true },
    PAID,
    100_000,
    'the change counter, asked every 5 s; the whole table is read every 13 min',
    'more was published than the read limit allows: counted changes come as it allows, anything else within 13 min',
  ],
  ['nobody counts', {}, PAID, 100_000, `${WHOLE}${SHOWN}, as publishers do not count changes in this table`, SOONER],
  [
    'a large table on this machine',
    {},
    FREE,
    100_000,
    `reading the whole table every 40 s${SHOWN}, as publishers do not count changes in this table`,
    'anything within 49 s; what is on the screen and the newest releases sooner',
  ],
  [
    'the counter began anew',
    { counted: null },
    PAID,
    100_000,
    `${WHOLE}${SHOWN}, as the change counter cannot say what changed until then`,
    SOONER,
  ],
  [
    'no GetItem',
    { counted: null, denied: { getItem: true, query: false } },
    PAID,
    100_000,
    `${WHOLE}${SHOWN}, as GetItem, which reads the change counter, is not allowed`,
    SOONER,
  ],
  [
    'no Query',
    { counted: 7, denied: { getItem: false, query: true } },
    PAID,
    100_000,
    `${WHOLE}, as Query, which reads single releases, is not allowed`,
    'anything within 13 min',
  ],
])('%s', (_, change, limits, fragments, foundBy, lateBy) => {
  expect(detectionWords({ ...LARGE, ...change }, limits, fragments)).toEqual({ foundBy, lateBy });
});
