import { describe, expect, test } from 'vitest';
import { cellAt, componentHeads, releaseHeads } from '../../../src/dashboard/grid/heads.ts';
import { answerCard } from '../../../src/views/matrix/card-answer.ts';
import {
  type MatrixUpdate,
  matrixSender,
  type ShownMatrix,
  takeUpdate,
} from '../../../src/views/matrix/matrix-update.ts';
import type { Filters } from '../../../src/views/params.ts';
import { knownOf } from '../../views/known-of.ts';
import { reportOf, shownOf, visibleOf } from '../../views/matrix/estate.ts';

/** Of a line without a stable release: what its last candidate holds came with the first, or with it, or long before. */
const LINE = [
  'v1.1.0-rc.2 backend#early',
  'v1.1.0-rc.2 backend#late',
  'v1.1.0-rc.2 backend#old',
  'v1.1.0-rc.2 backend#come',
  'v1.1.0-rc.1 backend#early',
  'v1.1.0-rc.1 backend#late',
  'v1.1.0-rc.1 backend#old',
  'v1.1.0-rc.1 backend#come',
].map((keys) => {
  const commit = keys.endsWith('early') || keys === 'v1.1.0-rc.2 backend#late' ? 'bbbbbbb' : 'aaaaaaa';
  return [keys, { commit }] as const;
});
const stable = (tag: string, commit = 'aaaaaaa') =>
  ['early', 'late', 'old'].map((name) => [`${tag} backend#${name}`, { commit }] as const);
const REPORT = reportOf(...LINE, ...stable('v1.0.0'), ...stable('v0.9.0', 'ccccccc'));

const looksOf = ({ outline, visible, faces }: ShownMatrix, folded: readonly string[]) =>
  Object.fromEntries(
    releaseHeads(outline, visible, folded).map((head) => [
      head.row.release.tag,
      Object.fromEntries(
        componentHeads(outline, visible).map((column) => [
          column.component.name,
          faces[cellAt(head, column) ?? -1]?.look,
        ]),
      ),
    ]),
  );
const looks = (folded: readonly string[], filters: Partial<Filters> = {}, report = REPORT) =>
  looksOf(shownOf(report, filters), folded);

describe('a line that is folded', () => {
  test('is compared with the stable release before it, while its rows are with each other', () => {
    expect(looks([])['v1.1.0-rc.2']).toEqual({
      early: 'unchanged',
      late: 'changed',
      old: 'unchanged',
      come: 'unchanged',
    });
    expect(looks(['1.1.0'])['v1.1.0-rc.2']).toEqual({
      early: 'changed',
      late: 'changed',
      old: 'unchanged',
      come: 'new',
    });
  });

  test('is told of so where one points at it', () => {
    const told = (folded: boolean, component: string) =>
      answerCard(knownOf(REPORT), { release: 'v1.1.0-rc.2', component: `backend#${component}`, folded })?.lines.slice(
        1,
      );
    expect([told(false, 'early'), told(false, 'come')]).toEqual([[], []]);
    const expected = [['changed since the stable release before'], ['new here']];
    expect([told(true, 'early'), told(true, 'come')]).toEqual(expected);
  });

  test('is headed by what the filters leave of it', () => {
    const twice = reportOf(
      ...LINE,
      ...stable('v1.0.0'),
      ...LINE.map(([keys, of]) => [keys.replace('rc', 'beta'), of] as const),
    );
    expect(looks(['1.1.0'], { stage: ['beta', 'stable'] }, twice)['v1.1.0-beta.2']).toMatchObject({ early: 'changed' });
  });

  test('without a stable release before it is compared as it is', () => {
    const alone = reportOf(...LINE);
    expect(looks(['1.1.0'], {}, alone)).toEqual({ 'v1.1.0-rc.2': looks([], {}, alone)['v1.1.0-rc.2'] });
  });

  test('of which a stable release has changed is handed over anew, and nothing else is', () => {
    const sender = matrixSender();
    let shown: ShownMatrix | null = null;
    const hand = (report: typeof REPORT) => {
      const updates = [...sender.next(report, visibleOf(report), true)];
      for (const update of updates) shown = takeUpdate(shown, structuredClone(update));
      return updates.flatMap(({ cells }) => cells.map(({ tag }) => tag));
    };
    hand(REPORT);
    const now = reportOf(...LINE, ...stable('v1.0.0', 'bbbbbbb'), ...stable('v0.9.0', 'ccccccc'));
    // Rows that are as before are the same objects, as a report that is made of the one before has them.
    const rows = now.rows.map((row, at) => (row.release.tag === 'v1.0.0' ? row : (REPORT.rows[at] ?? row)));
    expect(hand({ ...now, components: REPORT.components, rows })).toEqual(['v1.1.0-rc.2', 'v1.0.0']);
    expect(shown && looksOf(shown, ['1.1.0'])['v1.1.0-rc.2']).toMatchObject({ early: 'unchanged', old: 'changed' });
  });

  test('is handed over by the next telling, where one was given up before its turn', () => {
    // So many components that each row is told by itself.
    const oldest = Array.from({ length: 10_001 }, (_, index) => `v0.1.0 backend#x${index}`);
    const estate = (newest: string, commit: string) =>
      reportOf(...stable('v1.2.0', newest), ...LINE, ...stable('v1.0.0', commit), ...oldest);
    const sender = matrixSender();
    const before = estate('aaaaaaa', 'aaaaaaa');
    expect([...sender.next(before, visibleOf(before), true)]).toHaveLength(5);
    const other = estate('ddddddd', 'bbbbbbb');
    const rows = other.rows.map((row, at) => (row.release.line === '1.1.0' ? (before.rows[at] ?? row) : row));
    const now = { ...other, components: before.components, rows };
    const tagOf = (update: MatrixUpdate | undefined) => update?.cells.map(({ tag }) => tag);
    const [first] = sender.next(now, visibleOf(now), true);
    expect(tagOf(first)).toEqual(['v1.2.0']);
    expect([...sender.next(now, visibleOf(now), true)].flatMap(tagOf)).toEqual(['v1.1.0-rc.2', 'v1.0.0', 'v0.1.0']);
  });
});
