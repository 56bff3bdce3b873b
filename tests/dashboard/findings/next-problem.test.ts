import { describe, expect, test } from 'vitest';
import { stepWords } from '../../../src/dashboard/findings/ProblemKeys.tsx';
import { applyFilters } from '../../../src/views/filters/apply-filters.ts';
import {
  nextProblem,
  type ProblemPlace,
  placeOfSelection,
  problemPlaces,
} from '../../../src/views/filters/next-problem.ts';
import { answerProblem, type ProblemAnswer, type ProblemAsks } from '../../../src/views/filters/problem-answer.ts';
import type { Filters } from '../../../src/views/params.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';

const at = (row: number, column: number | null): ProblemPlace => ({ row, column });

describe('the step', () => {
  const PLACES = [at(0, null), at(0, 2), at(3, 1)];

  test.each<[string, readonly ProblemPlace[], ProblemPlace | null, 'next' | 'previous', object | null]>([
    ['from nowhere to the first', PLACES, null, 'next', { to: at(0, null), place: 1, of: 3, wrapped: false }],
    ['from nowhere back to the last', PLACES, null, 'previous', { to: at(3, 1), place: 3, of: 3, wrapped: false }],
    ['from one to the next', PLACES, at(0, null), 'next', { to: at(0, 2), place: 2, of: 3, wrapped: false }],
    ['from one to the one before', PLACES, at(3, 1), 'previous', { to: at(0, 2), place: 2, of: 3, wrapped: false }],
    ['from the last to the first', PLACES, at(3, 1), 'next', { to: at(0, null), place: 1, of: 3, wrapped: true }],
    ['from the first to the last', PLACES, at(0, null), 'previous', { to: at(3, 1), place: 3, of: 3, wrapped: true }],
    ['from between two', PLACES, at(1, 5), 'next', { to: at(3, 1), place: 3, of: 3, wrapped: false }],
    ['back from between two', PLACES, at(1, 5), 'previous', { to: at(0, 2), place: 2, of: 3, wrapped: false }],
    ['from behind the last', PLACES, at(9, 0), 'next', { to: at(0, null), place: 1, of: 3, wrapped: true }],
    ['from the only one to itself', [at(2, 2)], at(2, 2), 'next', { to: at(2, 2), place: 1, of: 1, wrapped: true }],
    ['where there is none', [], at(0, 0), 'next', null],
  ])('%s', (_, places, from, direction, step) => {
    expect(nextProblem(places, from, direction)).toEqual(step);
  });
});

/** v1.1.0 lacks b and c; its alpha.1 lacks them too, which only informs; an item of it cannot be read. */
const REPORT = reportOf([
  ...['backend#a', 'backend#b', 'kafka#c'].map((id) => item('v1.0.0', id, { evolutionPolicy: 'FULL' })),
  item('v1.1.0-alpha.1', 'backend#a'),
  item('v1.1.0', 'backend#a', { date: '2026-11-01T12:00:00Z' }),
  item('v1.1.0', 'no-hash'),
]);
const NONE: Filters = { stage: [], type: [], owner: [], env: [], q: '', problems: false };
const places = (filters: Partial<Filters> = {}) => {
  const all = { ...NONE, ...filters };
  return problemPlaces(REPORT, applyFilters(REPORT, all), all).map(
    ({ row, column }) =>
      `${REPORT.rows[row]?.release.tag} ${column === null ? 'as a whole' : REPORT.components[column]?.id}`,
  );
};

test.each<[string, Partial<Filters>, readonly string[]]>([
  [
    'rows top to bottom, the release first, then its components',
    {},
    ['v1.1.0 as a whole', 'v1.1.0 backend#b', 'v1.1.0 kafka#c'],
  ],
  ['of what the filters leave', { q: 'b' }, ['v1.1.0 backend#b']],
  ['by type', { type: ['kafka'] }, ['v1.1.0 kafka#c']],
  ['by stage', { stage: ['alpha'] }, []],
  ['only problems', { problems: true }, ['v1.1.0 as a whole', 'v1.1.0 backend#b', 'v1.1.0 kafka#c']],
])('problems: %s', (_, filters, expected) => {
  expect(places(filters)).toEqual(expected);
});

test.each([
  ['v1.1.0', 'backend#b', at(0, 1)],
  ['v1.1.0', null, at(0, null)],
  ['v1.1.0', 'backend#gone', at(0, null)],
  ['v9.9.9', 'backend#b', null],
  [null, 'backend#b', null],
])('a selection of %s and %s', (release, component, place) => {
  expect(placeOfSelection(REPORT, release, component)).toEqual(place);
});

const B = { id: 'backend#b', name: 'b' };
const C = { id: 'kafka#c', name: 'c' };
const from = (release: string | null, component: string | null) => ({ release, component });

test.each<[string, Partial<Filters>, ProblemAsks['from'], ProblemAsks['direction'], ProblemAnswer, string | null]>([
  [
    'from a release to its first component',
    {},
    from('v1.1.0', null),
    'next',
    { to: { release: 'v1.1.0', component: B }, place: 2, of: 3, wrapped: false },
    'Problem 2 of 3: b in v1.1.0',
  ],
  [
    'past the last one',
    {},
    from('v1.1.0', 'kafka#c'),
    'next',
    { to: { release: 'v1.1.0', component: null }, place: 1, of: 3, wrapped: true },
    'From the top again. Problem 1 of 3: v1.1.0',
  ],
  [
    'back past the first one',
    {},
    from('v1.1.0', null),
    'previous',
    { to: { release: 'v1.1.0', component: C }, place: 3, of: 3, wrapped: true },
    'From the end again. Problem 3 of 3: c in v1.1.0',
  ],
  [
    'from nowhere, of what the filters leave',
    { type: ['kafka'] },
    from(null, null),
    'next',
    { to: { release: 'v1.1.0', component: C }, place: 1, of: 1, wrapped: false },
    'Problem 1 of 1: c in v1.1.0',
  ],
  ['where there is none', { stage: ['alpha'] }, from('v1.1.0', null), 'next', null, null],
])('a step %s, and its words', (_, filters, from, direction, step, words) => {
  const answer = answerProblem(knownOf(REPORT), { filters: { ...NONE, ...filters }, from, direction });
  expect(answer).toEqual(step);
  expect(structuredClone(answer)).toEqual(answer);
  expect(answer === null ? null : stepWords(answer)).toBe(words);
});
