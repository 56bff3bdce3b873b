import { describe, expect, test } from 'vitest';
import { componentHeads, type ReleaseHead, releaseHeads } from '../../../src/dashboard/grid/heads.ts';
import { foldAfter, positionAfter } from '../../../src/dashboard/grid/keyboard.ts';
import { nearest, placeAt, positionOf } from '../../../src/dashboard/grid/place.ts';
import { reportOf, shownOf } from '../../views/matrix/estate.ts';

function shown(report: ReturnType<typeof reportOf>, filters = {}) {
  const { outline, visible } = shownOf(report, filters);
  return [outline, visible] as const;
}

const SHAPE = { rows: 30, columns: 20, pageRows: 10, pageColumns: 6 };

/** "Ctrl+End" as a key press. */
function press(keys: string) {
  const held = keys.split('+');
  return {
    key: held.at(-1) ?? '',
    ctrlKey: held.includes('Ctrl'),
    metaKey: held.includes('Meta'),
    altKey: held.includes('Alt'),
    shiftKey: held.includes('Shift'),
  };
}

describe('where a key leads', () => {
  test.each<[string, [number, number], [number, number] | null]>([
    ['ArrowDown', [3, 4], [4, 4]],
    ['ArrowDown', [29, 4], [29, 4]],
    ['ArrowUp', [3, 4], [2, 4]],
    ['ArrowUp', [0, 4], [-1, 4]],
    ['ArrowUp', [-1, 4], [-1, 4]],
    ['ArrowUp', [0, -1], [0, -1]],
    ['ArrowLeft', [3, 0], [3, -1]],
    ['ArrowLeft', [-1, 0], [-1, 0]],
    ['ArrowRight', [3, -1], [3, 0]],
    ['ArrowRight', [3, 19], [3, 19]],
    ['Ctrl+ArrowDown', [3, 4], [29, 4]],
    ['Ctrl+ArrowUp', [3, 4], [0, 4]],
    ['Ctrl+ArrowRight', [3, 4], [3, 19]],
    ['Meta+ArrowLeft', [3, 4], [3, 0]],
    ['Home', [3, 4], [3, 0]],
    ['Home', [-1, 4], [-1, 0]],
    ['End', [3, -1], [3, 19]],
    ['Ctrl+Home', [3, 4], [0, 0]],
    ['Ctrl+End', [3, 4], [29, 19]],
    ['PageDown', [3, 4], [13, 4]],
    ['PageDown', [25, 4], [29, 4]],
    ['PageDown', [-1, 4], [9, 4]],
    ['PageUp', [13, 4], [3, 4]],
    ['PageUp', [3, 4], [0, 4]],
    ['PageUp', [-1, 4], [-1, 4]],
    ['Alt+PageDown', [3, 4], [3, 10]],
    ['Alt+PageDown', [3, -1], [3, 5]],
    ['Alt+PageUp', [3, 4], [3, 0]],
    ['Ctrl+PageDown', [3, 4], null],
    ['Alt+ArrowLeft', [3, 4], null],
    ['Shift+ArrowDown', [3, 4], null],
    ['Tab', [3, 4], null],
    ['a', [3, 4], null],
  ])('%s from %j to %j', (keys, [row, column], to) => {
    expect(positionAfter(press(keys), { row, column }, SHAPE)).toEqual(to && { row: to[0], column: to[1] });
  });
});

describe('keys on the head of a line', () => {
  const head = (folded: boolean): ReleaseHead => {
    const report = reportOf('v1.0.0 backend#api', 'v1.0.0-rc.1 backend#api');
    const [first] = releaseHeads(...shown(report), folded ? ['1.0.0'] : []);
    if (!first) throw new Error('Expected the head of a line.');
    return first;
  };
  test.each([
    { key: ' ', folded: false, down: true, result: true },
    { key: ' ', folded: true, down: true, result: false },
    { key: 'ArrowLeft', folded: false, down: true, result: true },
    { key: 'ArrowLeft', folded: true, down: true, result: null },
    { key: 'ArrowRight', folded: true, down: true, result: false },
    { key: 'ArrowRight', folded: false, down: true, result: null },
    { key: 'ArrowRight', folded: true, down: false, result: null },
    { key: ' ', folded: true, down: false, result: false },
    { key: 'Alt+ArrowLeft', folded: false, down: true, result: null },
    { key: 'Ctrl+ArrowRight', folded: true, down: true, result: null },
    { key: 'Shift+ ', folded: false, down: true, result: null },
    { key: 'Enter', folded: true, down: true, result: null },
    { key: 'ArrowDown', folded: true, down: true, result: null },
  ])('"$key", folded $folded, heads down $down: $result', ({ key, folded, down, result }) => {
    expect(foldAfter(press(key), head(folded), down)).toEqual(
      result === null ? null : { line: '1.0.0', folded: result },
    );
  });

  test('a release that no other folds under takes none of them', () => {
    const report = reportOf('v1.0.0 backend#api');
    const [only] = releaseHeads(...shown(report), []);
    expect(only && foldAfter(press(' '), only, true)).toBeNull();
  });
});

describe('a place holds, whatever moves', () => {
  const report = reportOf(
    ...['v1.2.0', 'v1.1.0', 'v1.0.0'].flatMap((tag) => ['backend#a', 'backend#b', 'k8s#c'].map((id) => `${tag} ${id}`)),
  );
  const axes = (filters = {}, folded: string[] = []) => {
    const of = shown(report, filters);
    return { down: releaseHeads(...of, folded), across: componentHeads(...of) };
  };
  const flipped = ({ down, across }: ReturnType<typeof axes>) => ({ down: across, across: down });
  const cell = { release: 'v1.1.0', component: 'backend#b' };

  test.each([
    { at: { row: 1, column: 1 }, place: cell },
    { at: { row: -1, column: 2 }, place: { release: null, component: 'k8s#c' } },
    { at: { row: 0, column: -1 }, place: { release: 'v1.2.0', component: null } },
  ])('$at is $place, and flipped the other way round', ({ at, place }) => {
    expect(placeAt(axes(), at)).toEqual(place);
    expect(positionOf(axes(), place)).toEqual(at);
    expect(positionOf(flipped(axes()), place)).toEqual({ row: at.column, column: at.row });
  });

  test('what the filters hide is nowhere, and its neighbour stands in for it', () => {
    const last = { row: 1, column: 1 };
    expect(positionOf(axes({ q: 'k8s' }), cell)).toBeNull();
    expect(nearest(axes({ q: 'k8s' }), cell, last)).toEqual({ row: 1, column: 0 });
    expect(nearest(axes({ q: '1.2.0' }), cell, last)).toEqual({ row: 0, column: 1 });
    expect(nearest(axes(), cell, { row: 0, column: 0 })).toEqual(last);
  });
});
