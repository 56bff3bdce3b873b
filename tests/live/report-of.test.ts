import { expect, test } from 'vitest';
import { reportOf as reportSteps } from '../../src/live/report-of.ts';
import type { TableData } from '../../src/live/table-data.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULTS_IN_FORCE, type PolicyInForce } from '../../src/release/policy/policy-item.ts';
import { policyOfDocument } from '../../src/release/policy/read-policy.ts';
import type { MadeReport } from '../../src/release/report/make-report.ts';
import { finish } from '../../src/release/text/steps.ts';

const reportOf = (table: TableData, made: MadeReport | null): MadeReport => finish(reportSteps(table, made));

/** v1.1.0 began at 12:00 and lacks b. */
const ITEMS: Item[] = [
  { version: 'v1.0.0', 'component#name': 'backend#a', date: '2026-11-01T12:00:00Z' },
  { version: 'v1.0.0', 'component#name': 'backend#b', date: '2026-11-01T12:00:00Z' },
  { version: 'v1.1.0', 'component#name': 'backend#a', date: '2026-11-22T12:00:00Z' },
];

function tableAt(readAt: string, items: Item[] = ITEMS, policy: PolicyInForce = DEFAULTS_IN_FORCE): TableData {
  return {
    ...readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS),
    policy,
    readAt,
    keyNames: DOCUMENTED_KEYS,
    keysFrom: 'table',
    readUnits: 1,
    tookMs: 10,
    incomplete: null,
    access: null,
    detection: null,
  };
}

const later = (table: TableData, readAt: string): TableData => ({ ...table, readAt });
const missing = (made: ReturnType<typeof reportOf>) => made.report.rows[0]?.cells[1]?.state;

test('a poll without change leaves the very same report', () => {
  const table = tableAt('2026-11-22T12:30:00.000Z');
  const made = reportOf(table, null);
  expect(reportOf(later(table, '2026-11-22T12:30:59.999Z'), made)).toBe(made);
});

test('a changed table makes a new report', () => {
  const made = reportOf(tableAt('2026-11-22T12:30:00.000Z'), null);
  expect(reportOf(tableAt('2026-11-22T12:30:05.000Z', ITEMS.slice(0, 2)), made).report.rows).toHaveLength(1);
});

test('the grace period ends within a minute, without any change of the table', () => {
  const table = tableAt('2026-11-22T12:59:30.000Z');
  const young = reportOf(table, null);
  expect(missing(young)).toBe('arriving');
  expect(missing(reportOf(later(table, '2026-11-22T13:00:30.000Z'), young))).toBe('missing');
});

test('what may still arrive in an environment is missed there within a minute of the end of the grace period', () => {
  const runs = (release: string, environment: string, name: string, publishedAt: string): Item => ({
    version: release,
    'component#name': `k8s#${environment}-deployment/${name}`,
    imageRef: `acme/${name}:${release}`,
    publishedAt,
  });
  const before = '2026-11-01T12:00:00Z';
  const now = '2026-11-22T12:00:00Z';
  const table = tableAt('2026-11-22T12:59:30.000Z', [
    ...['dev', 'prod'].flatMap((place) => ['a', 'b'].map((name) => runs('v1.0.0', place, name, before))),
    ...['a', 'b'].map((name) => runs('v1.1.0', 'dev', name, now)),
    runs('v1.1.0', 'prod', 'a', now),
  ]);
  const severity = (made: ReturnType<typeof reportOf>) =>
    made.report.rows[0]?.findings.find(({ code }) => code === 'partial-environment')?.severity;
  const young = reportOf(table, null);
  expect(severity(young)).toBe('info');
  expect(severity(reportOf(later(table, '2026-11-22T13:00:30.000Z'), young))).toBe('error');
});

test('a minute later the ages move, and the rows stay the same objects', () => {
  const table = tableAt('2026-11-22T14:00:00.000Z');
  const made = reportOf(table, null);
  const next = reportOf(later(table, '2026-11-22T14:01:00.000Z'), made).report;
  expect(next.readAt).toBe('2026-11-22T14:01:00.000Z');
  expect(next.rows).toBe(made.report.rows);
});

test('a clock that was put back moves the ages too', () => {
  const table = tableAt('2026-11-22T14:00:00.000Z');
  const made = reportOf(table, null);
  expect(reportOf(later(table, '2026-11-22T13:00:00.000Z'), made).report.readAt).toBe('2026-11-22T13:00:00.000Z');
});

const WAIVED = policyOfDocument(
  {
    waivers: [
      { code: 'missing-component', release: 'v1.1.0', reason: 'r', by: 'b', expires: '2026-11-22T15:00:00Z' },
      { code: 'stage-skipped', release: 'v1.1.0', reason: 'r', by: 'b', expires: '2026-11-29T15:30:00Z' },
    ],
  },
  'table',
);
const ofMissing = (made: ReturnType<typeof reportOf>) =>
  made.report.rows[0]?.findings.map(({ code, waived }) => [code, waived !== null]);

test('another policy makes a new report', () => {
  const table = tableAt('2026-11-22T14:00:00.000Z');
  const made = reportOf(table, null);
  expect(ofMissing(made)).toEqual([['missing-component', false]]);
  expect(ofMissing(reportOf({ ...table, policy: WAIVED }, made))).toEqual([['missing-component', true]]);
});

test('a waiver ends between two polls', () => {
  const table = tableAt('2026-11-22T14:59:30.000Z', ITEMS, WAIVED);
  const made = reportOf(table, null);
  expect(ofMissing(made)).toEqual([['missing-component', true]]);
  const next = reportOf(later(table, '2026-11-22T15:00:30.000Z'), made);
  expect(ofMissing(next)).toEqual([
    ['missing-component', false],
    ['waiver-expired', false],
  ]);
  const after = reportOf(later(table, '2026-11-22T15:02:30.000Z'), next);
  expect(after.report.rows).toBe(next.report.rows);
});

test('a date in the future comes closer, and is then none', () => {
  const items: Item[] = [
    { version: 'v1.0.0', 'component#name': 'backend#a', date: '2026-11-22T14:30:00Z' },
    { version: 'v0.9.0', 'component#name': 'backend#a', date: '2026-11-01T12:00:00Z' },
  ];
  const minutes = (made: ReturnType<typeof reportOf>) =>
    made.report.rows[0]?.findings.map((finding) => finding.code === 'future-date' && finding.details.minutesAhead);
  const table = tableAt('2026-11-22T14:00:00.000Z', items);
  const made = reportOf(table, null);
  expect(minutes(made)).toEqual([30]);
  const next = reportOf(later(table, '2026-11-22T14:05:00.000Z'), made);
  expect(minutes(next)).toEqual([25]);
  expect(minutes(reportOf(later(table, '2026-11-22T14:21:00.000Z'), next))).toEqual([]);
});

test('the days of a line, and what is frozen, are those of the time of reading', () => {
  const policy = policyOfDocument(
    {
      lines: { '1.1': { due: '2026-11-24T15:00:00Z' } },
      freezes: [{ environment: 'prod', from: '2026-11-23T12:00:00Z', to: '2026-11-24', reason: 'r' }],
    },
    'table',
  );
  let table = tableAt('2026-11-22T14:00:00.000Z', ITEMS, policy);
  let made = reportOf(table, null);
  const rows = made.report.rows;
  const said: unknown[] = [];
  for (const now of [
    '2026-11-22T23:59:00.000Z',
    '2026-11-23T00:00:00.000Z',
    '2026-11-23T12:00:00.000Z',
    '2026-11-24T15:00:00.000Z',
    '2026-11-24T15:01:00.000Z',
    '2026-11-25T00:00:00.000Z',
    '2026-11-22T14:00:00.000Z',
  ]) {
    table = later(table, now);
    made = reportOf(table, made);
    const [due] = made.report.due ?? [];
    said.push([due?.late, due?.days, made.report.frozen?.length ?? 0]);
    expect(made.report.rows.every((row, at) => row === rows[at])).toBe(true);
  }
  expect(said).toEqual([
    [false, 2, 0],
    [false, 1, 0],
    [false, 1, 1],
    [false, 0, 1],
    [true, 0, 1],
    [true, 1, 0],
    [false, 2, 0],
  ]);
});

test('that a waiver ends soon is said within the hour', () => {
  const items = [...ITEMS, { version: 'v1.1.0-beta.1', 'component#name': 'backend#a', date: '2026-11-20T12:00:00Z' }];
  const soon = (made: ReturnType<typeof reportOf>) =>
    made.report.rows[0]?.findings.find(({ code }) => code === 'stage-skipped')?.waived?.soon;
  const table = tableAt('2026-11-22T15:29:00.000Z', items, WAIVED);
  const made = reportOf(table, null);
  expect(soon(made)).toBe(false);
  expect(soon(reportOf(later(table, '2026-11-22T16:29:00.000Z'), made))).toBe(true);
});
