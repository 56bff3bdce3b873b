import { expect, test } from 'vitest';
import { reportMaker } from '../../src/live/report-maker.ts';
import type { TableData } from '../../src/live/table-data.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULTS_IN_FORCE } from '../../src/release/policy/policy-item.ts';
import { judgeRow } from '../../src/release/report/judge-row.ts';
import { makeReport } from '../../src/release/report/make-report.ts';

/** @param components enough of them take more than one slice */
function tableOf(components: number, version = '1.0.0'): TableData {
  const items = Array.from({ length: components }, (_, index): Item[] =>
    ['v1.0.0', 'v1.1.0', 'v1.2.0'].map((release) => ({
      version: release,
      'component#name': `backend#c${index}`,
      componentVersion: version,
    })),
  ).flat();
  return {
    ...readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS),
    policy: DEFAULTS_IN_FORCE,
    readAt: '2026-11-22T12:00:00.000Z',
    keyNames: DOCUMENTED_KEYS,
    keysFrom: 'table',
    readUnits: 1,
    tookMs: 10,
    incomplete: null,
    access: null,
    detection: null,
  };
}

const reportOf = (table: TableData) => makeReport(null, { ...table }, table.policy.policy).report;

test('shows a reading with its report, and the same object while a poll brings nothing', async () => {
  const maker = reportMaker();
  const table = tableOf(3);
  maker.take(table);
  await maker.settled();
  const first = maker.shown.get();
  if (first === null || 'failed' in first) throw new Error('a report can be made of it');
  const { survey, ...shown } = first;
  expect(shown).toEqual({ table, report: reportOf(table) });
  expect(judgeRow(survey, 0).row).toEqual(shown.report.rows[0]);
  maker.take({ ...table, readAt: '2026-11-22T12:00:05.000Z' });
  await maker.settled();
  expect(maker.shown.get()).toBe(first);
});

test('keeps what it shows until the next is made, and gives up one that is out of date', async () => {
  const maker = reportMaker();
  const [small, large, latest] = [tableOf(2), tableOf(8_000), tableOf(2, '2.0.0')];
  maker.take(small);
  await maker.settled();
  const tables: unknown[] = [];
  maker.shown.subscribe(() => {
    const shown = maker.shown.get();
    tables.push(shown !== null && 'table' in shown ? shown.table : shown);
  });
  maker.take(large);
  expect(maker.shown.get()).toMatchObject({ table: small });
  maker.take(latest);
  await maker.settled();
  expect(tables).toEqual([latest]);
});

test('comes to an end although news come all the time', async () => {
  const maker = reportMaker();
  const [one, two, three] = [tableOf(8_000, '1.0.0'), tableOf(8_000, '2.0.0'), tableOf(8_000, '3.0.0')];
  const tables: unknown[] = [];
  maker.shown.subscribe(() => {
    const shown = maker.shown.get();
    tables.push(shown !== null && 'table' in shown ? shown.table : shown);
  });
  maker.take(one);
  maker.take(two); // the first is given up
  await new Promise((resume) => setTimeout(resume, 0));
  maker.take(three); // the second is not
  await maker.settled();
  expect(tables).toEqual([two, three]);
});
