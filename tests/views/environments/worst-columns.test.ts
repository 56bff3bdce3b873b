import { expect, test } from 'vitest';
import type { Weight } from '../../../src/release/finding/weights.ts';
import { answerEnvironments, type EnvironmentHead } from '../../../src/views/environments/environments-answer.ts';
import { worstColumnsFirst } from '../../../src/views/environments/worst-columns.ts';
import { knownOf } from '../known-of.ts';
import { smallEstate } from './estate.ts';

const left = answerEnvironments(knownOf(smallEstate()), {
  filters: { stage: [], type: [], owner: [], env: [], q: '', problems: false },
  off: null,
  unfolded: [],
  at: null,
  first: null,
});

const head = (
  name: string,
  off: number,
  worst: Weight | null = null,
  group: string | null = null,
): EnvironmentHead => ({
  name,
  group,
  members: [],
  release: 'v1.6.0',
  count: 4,
  off,
  worst,
});

test.each<[which: string, heads: EnvironmentHead[], order: string[]]>([
  ['the later first where nothing differs', [head('dev', 0), head('qa', 0), head('prod', 0)], ['prod', 'qa', 'dev']],
  [
    'an error before a warning, that before what only differs',
    [head('dev', 1), head('qa', 1, 'error'), head('staging', 0), head('prod', 3, 'warning')],
    ['qa', 'prod', 'dev', 'staging'],
  ],
  ['of the same weight the later first', [head('dev', 9, 'error'), head('prod', 1, 'error')], ['prod', 'dev']],
  [
    'a group together and in its order, by its worst',
    [head('dev', 1, 'warning'), head('eu', 0, null, 'prod'), head('us', 1, 'error', 'prod'), head('dr', 0)],
    ['eu', 'us', 'dev', 'dr'],
  ],
])('columns: %s', (_, environments, order) => {
  expect(worstColumnsFirst({ ...left, environments }).environments.map(({ name }) => name)).toEqual(order);
});

test('each cell stays in its column', () => {
  const worst = worstColumnsFirst(left);
  expect(worst.environments.map(({ name }) => name)).toEqual(['prod', 'staging', 'dev']);
  for (const [at, section] of left.sections.entries()) {
    expect(worst.sections[at]).toEqual({
      ...section,
      rows: section.rows.map((row) => ({ ...row, cells: row.cells.toReversed() })),
    });
  }
});
