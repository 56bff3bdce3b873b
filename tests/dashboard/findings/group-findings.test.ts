import { describe, expect, test } from 'vitest';
import { CODE_MARKS } from '../../../src/dashboard/elements/code-marks.ts';
import { lineAfter } from '../../../src/dashboard/findings/active-line.ts';
import { type FindingFilters, filterFindings } from '../../../src/release/finding/finding-filters.ts';
import { FINDING_CODES } from '../../../src/release/finding/severity.ts';
import { DEFAULT_ENVIRONMENTS } from '../../../src/release/item/environment.ts';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../../src/release/item/item.ts';
import { policyOfDocument } from '../../../src/release/policy/read-policy.ts';
import { makeReport } from '../../../src/release/report/make-report.ts';
import { applyFilters } from '../../../src/views/filters/apply-filters.ts';
import { visibleFindings } from '../../../src/views/filters/visible-findings.ts';
import { groupFindings } from '../../../src/views/findings/group-findings.ts';
import { blocksOf, headOf, lineAt, linesOf } from '../../../src/views/findings/list-lines.ts';
import type { Filters, Grouping } from '../../../src/views/params.ts';
import { item, READ_AT } from '../../release/report-of.ts';

/** v1.1.0 lacks b; its api has no replicas in prod and 0 in staging (waived); it had an alpha and no rc. */
const REPORT = makeReport(
  null,
  {
    ...readItems(
      [
        item('v1.0.0', 'backend#a'),
        item('v1.0.0', 'backend#b'),
        item('v1.1.0-alpha.1', 'backend#a'),
        item('v1.1.0', 'backend#a', { date: '2026-11-01T12:00:00Z' }),
        item('v1.1.0', 'k8s#prod-deployment/api', { imageRef: 'api:1.1.0' }),
        item('v1.1.0', 'k8s#staging-deployment/api', { imageRef: 'api:1.1.0', replicas: 0 }),
      ],
      DOCUMENTED_KEYS,
      DEFAULT_ENVIRONMENTS,
    ),
    readAt: READ_AT,
  },
  policyOfDocument(
    { waivers: [{ code: 'scaled-to-zero', release: 'v1.1.0', reason: 'r', by: 'b', expires: '2026-12-31' }] },
    'file',
  ).policy,
).report;

const NO_BAR: Filters = { stage: [], type: [], owner: [], env: [], q: '', problems: false };
const NO_OWN: FindingFilters = { severity: [], code: [], waived: 'show' };

function left(bar: Partial<Filters> = {}, own: Partial<FindingFilters> = {}) {
  const filters = { ...NO_BAR, ...bar };
  return filterFindings(visibleFindings(REPORT, applyFilters(REPORT, filters), filters), { ...NO_OWN, ...own });
}
const OWNERS: Readonly<Record<string, string>> = { 'backend#b': 'bees', 'k8s#api': 'ants' };
const grouped = (grouping: Grouping, own: Partial<FindingFilters> = {}) =>
  groupFindings(
    left({}, own),
    grouping,
    { ...NO_OWN, ...own },
    ({ finding }) => OWNERS[finding.component ?? ''] ?? null,
  );
const said = ({
  finding: { release, component, code, environment, severity, waived },
}: ReturnType<typeof left>[number]) =>
  [waived ? 'waived' : severity, code, release, component, environment].filter((part) => part !== null).join(' ');

const MISSING = 'error missing-component v1.1.0 backend#b';
const MISSING_ALPHA = 'info missing-component v1.1.0-alpha.1 backend#b';
const SKIPPED = 'warning stage-skipped v1.1.0';
const UNKNOWN = 'warning readiness-unknown v1.1.0 k8s#api prod';
const ZERO = 'waived scaled-to-zero v1.1.0 k8s#api staging';

describe('what is left', () => {
  test.each<[string, Partial<Filters>, Partial<FindingFilters>, readonly string[]]>([
    ['all, in reading order', {}, {}, [SKIPPED, MISSING, UNKNOWN, ZERO, MISSING_ALPHA]],
    ['of a version', { q: 'alpha' }, {}, [MISSING_ALPHA]],
    ['of a stage', { stage: ['stable'] }, {}, [SKIPPED, MISSING, UNKNOWN, ZERO]],
    ['of a component', { q: 'api' }, {}, [UNKNOWN, ZERO]],
    ['of a type', { type: ['backend'] }, {}, [MISSING, MISSING_ALPHA]],
    ['of an environment, with what is about the release', { env: ['prod'] }, {}, [SKIPPED, UNKNOWN]],
    ['of problems only', { problems: true }, {}, [SKIPPED, MISSING, UNKNOWN]],
    ['of a severity, waived ones by what they would weigh', {}, { severity: ['warning'] }, [SKIPPED, UNKNOWN, ZERO]],
    ['of two codes', {}, { code: ['missing-component', 'scaled-to-zero'] }, [MISSING, ZERO, MISSING_ALPHA]],
    ['without what is waived', {}, { waived: 'hide' }, [SKIPPED, MISSING, UNKNOWN, MISSING_ALPHA]],
    ['only what is waived', {}, { waived: 'only' }, [ZERO]],
  ])('%s', (_, bar, own, expected) => {
    expect(left(bar, own).map(said)).toEqual(expected);
  });
});

describe('groups', () => {
  test.each<[Grouping, readonly (readonly [string, ...string[]])[]]>([
    [
      'code',
      [
        ['missing-component', MISSING, MISSING_ALPHA],
        ['stage-skipped', SKIPPED],
        ['readiness-unknown', UNKNOWN],
        ['scaled-to-zero', ZERO],
      ],
    ],
    [
      'owner',
      [
        ['bees', MISSING, MISSING_ALPHA],
        ['ants', UNKNOWN, ZERO],
        ['', SKIPPED],
      ],
    ],
    [
      'release',
      [
        ['v1.1.0', MISSING, SKIPPED, UNKNOWN, ZERO],
        ['v1.1.0-alpha.1', MISSING_ALPHA],
      ],
    ],
    [
      'component',
      [
        ['backend#b', MISSING, MISSING_ALPHA],
        ['', SKIPPED],
        ['k8s#api', UNKNOWN, ZERO],
      ],
    ],
  ])('by %s', (grouping, expected) => {
    const groups = grouped(grouping);
    expect(groups.map(({ id, findings }) => [id, ...findings.map(said)])).toEqual(expected);
  });

  test('count what they hold by weight, and how many of it are notes', () => {
    const [group] = grouped('release');
    expect(group?.counts).toEqual({ error: 1, warning: 2, info: 0, waived: 1 });
    expect(group?.notes).toBe(1);
  });

  test.each<[string, Partial<FindingFilters>, number]>([
    ['what only informs or is waived is a note', {}, 2],
    ['and stays one where waived ones are left out', { waived: 'hide' }, 1],
    ['not where it was asked for by its severity', { severity: ['info', 'warning'] }, 0],
    ['by its code', { code: ['missing-component', 'scaled-to-zero'] }, 0],
    ['as waived', { waived: 'only' }, 0],
  ])('%s', (_, own, notes) => {
    expect(grouped('code', own).reduce((sum, group) => sum + group.notes, 0)).toBe(notes);
  });

  test('of nothing there are none', () => {
    expect(groupFindings([], 'code', NO_OWN, () => null)).toEqual([]);
  });
});

/** A group's findings, of which the last are notes. */
const sized = (id: string, size: number, notes = 0, past = false) => ({ id, size, notes, past });

describe('keys along the lines', () => {
  /** 0 head (shut), 1 head, 2 and 3 its findings, 4 its notes, 5 what is past, 6 head, 7 its finding. */
  const lines = linesOf([sized('a', 1), sized('b', 3, 1), sized('c', 1, 0, true)], {
    shut: ['a'],
    notes: [],
    past: true,
  });

  test.each<[string, number, number | 'toggle' | null]>([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 7, 7],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, 0],
    ['PageDown', 1, 4],
    ['PageDown', 6, 7],
    ['PageUp', 4, 1],
    ['Home', 3, 0],
    ['End', 0, 7],
    ['ArrowLeft', 3, 1],
    ['ArrowLeft', 1, 'toggle'],
    ['ArrowLeft', 0, null],
    ['ArrowLeft', 4, null],
    ['ArrowLeft', 5, 'toggle'],
    ['ArrowLeft', 7, 6],
    ['ArrowRight', 0, 'toggle'],
    ['ArrowRight', 1, null],
    ['ArrowRight', 2, null],
    ['ArrowRight', 4, 'toggle'],
    ['ArrowRight', 5, null],
    ['Enter', 2, null],
    ['n', 2, null],
  ])('%s from line %i', (key, from, to) => {
    expect(lineAfter(key, lines, from, 3)).toBe(to);
  });

  test.each([
    [0, 0],
    [1, 1],
    [4, 1],
    [5, null],
    [6, 6],
    [7, 6],
  ])('line %i stands under the head in line %j', (line, head) => {
    expect(headOf(lines, line)).toBe(head);
  });
});

describe('the lines of a list', () => {
  const groups = [sized('shut', 3, 1), sized('open', 3, 1), sized('notes', 2, 2), sized('old', 1, 0, true)];
  const said = (folds: Parameters<typeof linesOf>[1]) => {
    const lines = linesOf(groups, folds);
    return Array.from({ length: lines.count }, (_, index) => {
      const line = lineAt(lines, index);
      if (line?.kind === 'finding') return `${line.place} of ${line.group?.id}, ${line.ofAll} of all`;
      return [line?.kind, line?.group?.id, line?.open ? 'open' : 'shut'].filter(Boolean).join(' ');
    });
  };

  test('notes are counted until they are opened, by the head where there is nothing else', () => {
    expect(said({ shut: ['shut'], notes: [], past: false })).toEqual([
      'head shut shut',
      'head open open',
      '0 of open, 3 of all',
      '1 of open, 4 of all',
      'notes open shut',
      'head notes shut',
      'past shut',
      'head old open',
      '0 of old, 8 of all',
    ]);
  });

  test('and listed after the others', () => {
    expect(said({ shut: ['shut', 'notes'], notes: ['shut', 'open', 'notes'], past: null })).toEqual([
      'head shut shut',
      'head open open',
      '0 of open, 3 of all',
      '1 of open, 4 of all',
      'notes open open',
      '2 of open, 5 of all',
      'head notes open',
      '0 of notes, 6 of all',
      '1 of notes, 7 of all',
      'head old open',
      '0 of old, 8 of all',
    ]);
  });

  test('there is none before the first and after the last', () => {
    const lines = linesOf(groups, { shut: [], notes: [], past: null });
    expect([
      lineAt(lines, -1),
      lineAt(lines, lines.count),
      lineAt(linesOf([], { shut: [], notes: [], past: null }), 0),
    ]).toEqual([null, null, null]);
  });
});

describe('the blocks that are wanted', () => {
  /** 0 head, 1 to 1000 its findings, 1001 head (shut), 1002 head, 1003 to 1250 its findings 1500 to 1747 of all. */
  const lines = linesOf([sized('a', 1000), sized('b', 500), sized('c', 248)], { shut: ['b'], notes: [], past: null });

  test.each<[string, number[], number[]]>([
    ['at the beginning', [0, 1, 2, 20], [0]],
    ['of heads alone', [0, 1001], []],
    ['near the next one', [110], [0, 1]],
    ['in the middle of one', [301], [1, 2]],
    ['around a shut group', [990, 1000, 1001, 1002, 1003, 1010], [4, 5, 7, 8]],
    ['at the end', [1250], [8]],
    ['where there is nothing', [], []],
  ])('%s', (_, drawn, blocks) => {
    expect(blocksOf(lines, drawn)).toEqual(blocks);
  });
});

test('every code has a title of its own', () => {
  const titles = FINDING_CODES.map((code) => CODE_MARKS[code].title);
  expect(new Set(titles).size).toBe(FINDING_CODES.length);
});
