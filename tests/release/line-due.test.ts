import { describe, expect, test } from 'vitest';
import { lineStory } from '../../src/release/history/line-story.ts';
import type { Item } from '../../src/release/item/item.ts';
import { readPolicy } from '../../src/release/policy/read-policy.ts';
import { dueSentence, dueWords } from '../../src/release/report/line-due.ts';
import { reportOf } from './checks/said.ts';
import { item } from './items.ts';

const BROKEN = { componentVersion: '1.0.0', artifact: 'acme/x:0.9.0' };
const WHOLE = ['api', 'web', 'job'].map((name) => item('v1.3.0', `backend#${name}`));
/** A candidate that lacks one component, and contradicts itself in another. */
const CANDIDATE = [item('v1.4.0-rc.1', 'backend#api', BROKEN), item('v1.4.0-rc.1', 'backend#web')];

function due(items: readonly Item[], now: string, planned: Item = { due: '2026-12-04' }, line = '1.4'): string[] {
  const report = reportOf(items, { now, policy: { lines: { [line]: planned } } });
  return (report.due ?? []).map((of) => dueWords(of));
}

describe('the days of a line', () => {
  test.each<[now: string, due: string, words: string]>([
    ['2026-12-01T10:00:00Z', '2026-12-04', 'due in 3 days'],
    ['2026-12-01T23:59:59Z', '2026-12-04', 'due in 3 days'],
    ['2026-12-03T00:00:00Z', '2026-12-04', 'due in 1 day'],
    ['2026-12-04T00:00:00Z', '2026-12-04', 'due today'],
    ['2026-12-04T23:59:59.999Z', '2026-12-04', 'due today'],
    ['2026-12-05T00:00:00Z', '2026-12-04', '1 day late'],
    ['2026-12-07T12:00:00Z', '2026-12-04', '3 days late'],
    ['2026-12-04T11:59:00Z', '2026-12-04T14:00:00+02:00', 'due today'],
    ['2026-12-04T12:00:00.001Z', '2026-12-04T14:00:00+02:00', 'late'],
    ['2026-12-05T00:00:00Z', '2026-12-04T14:00:00+02:00', '1 day late'],
  ])('%s of %s: %s', (now, day, words) => {
    expect(due([...WHOLE, ...WHOLE.map((one) => ({ ...one, version: 'v1.4.0-rc.1' }))], now, { due: day })).toEqual([
      words,
    ]);
  });
});

describe('what is not ready', () => {
  const NOW = '2026-12-01T10:00:00Z';
  test.each<[name: string, items: Item[], expected: string[]]>([
    ['what is missing and what blocks', [...WHOLE, ...CANDIDATE], ['due in 3 days, 2 not ready']],
    [
      'by the newest release of the line',
      [...WHOLE, ...CANDIDATE, item('v1.4.0-rc.2', 'backend#api')],
      ['due in 3 days, 2 not ready'],
    ],
    ['nothing where there is none yet', WHOLE, ['due in 3 days']],
    ['nothing of other lines', [...WHOLE, item('v1.4.1-rc.1', 'backend#api')], ['due in 3 days']],
    ['over, where the stable release is there', [...WHOLE, ...WHOLE.map((one) => ({ ...one, version: 'v1.4.0' }))], []],
    [
      'not over, where it fails',
      [...WHOLE, ...CANDIDATE.map((one) => ({ ...one, version: 'v1.4.0' }))],
      ['due in 3 days, 2 not ready'],
    ],
  ])('%s', (_, items, expected) => expect(due(items, NOW)).toEqual(expected));

  test('over only where the stable release is in use', () => {
    const items = [...WHOLE, ...WHOLE.map((one) => ({ ...one, version: 'v1.4.0' }))];
    const withdrawn = [{ release: 'v1.4.0', reason: 'r', by: 'b', date: '2026-11-01' }];
    const report = reportOf(items, { now: NOW, policy: { lines: { '1.4': { due: '2026-12-04' } }, withdrawn } });
    expect(report.due?.map((of) => dueWords(of))).toEqual(['due in 3 days']);
  });

  test('is told with the line, who sees to it, and the day', () => {
    const planned = { due: '2026-12-04', manager: 'jane', link: 'https://plan.example/1.4' };
    const report = reportOf([...WHOLE, ...CANDIDATE], { now: NOW, policy: { lines: { 'v1.4.0': planned } } });
    expect(report.due).toEqual([{ line: '1.4.0', ...planned, late: false, days: 3, notReady: 2 }]);
    expect(report.due?.map(dueSentence)).toEqual(['Line 1.4.0 is due 2026-12-04 (jane): due in 3 days, 2 not ready']);
    expect(lineStory(report, 'v1.4.0-rc.1')?.due).toBe(report.due?.[0]);
    expect(lineStory(report, 'v1.3.0')?.due).toBeUndefined();
  });
});

test.each<[name: string, document: Item, path: string, reason: RegExp]>([
  ['a line that is none', { lines: { main: { due: '2026-12-04' } } }, 'lines.main', /names no line of releases/],
  ['a candidate', { lines: { '1.4.0-rc.1': { due: '2026-12-04' } } }, 'lines.1.4.0-rc.1', /names no line/],
  ['one line twice', { lines: { '1.4': { due: '2026-12-04' }, 'v1.4.0': { due: '2026-12-05' } } }, 'lines', /twice/],
  ['a time without a zone', { lines: { '1.4': { due: '2026-12-04T12:00:00' } } }, 'lines.1.4.due', /not a date/],
  ['no due date', { lines: { '1.4': { manager: 'jane' } } }, 'lines.1.4.due', /./],
  [
    'an address that is none',
    { lines: { '1.4': { due: '2026-12-04', link: 'wiki' } } },
    'lines.1.4.link',
    /not an address/,
  ],
  [
    'a freeze that ends before it begins',
    { freezes: [{ environment: 'prod', from: '2026-12-24', to: '2026-12-23', reason: 'r' }] },
    'freezes[0]',
    /ends before it begins/,
  ],
])('the policy may not hold %s', (_, document, path, reason) => {
  const reading = readPolicy(document);
  expect('faults' in reading ? reading.faults : []).toEqual([{ path, reason: expect.stringMatching(reason) }]);
});
