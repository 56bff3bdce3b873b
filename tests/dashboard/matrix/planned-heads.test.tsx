import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { keepHeads, releaseHeads } from '../../../src/dashboard/grid/heads.ts';
import { ReleaseRowHeading } from '../../../src/dashboard/matrix/ReleaseHeading.tsx';
import { type ShownMatrix, shownMatrix } from '../../../src/views/matrix/matrix-update.ts';
import { releaseName } from '../../../src/views/words/release-words.ts';
import { policyOf } from '../../release/items.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { visibleOf } from '../../views/matrix/estate.ts';

// What the policy plans and withdraws, at the heads of the rows.

const ITEMS = ['v1.5.0-rc.1', 'v1.5.0-beta.1', 'v1.4.0', 'v1.3.0'].flatMap((release) => [
  item(release, 'backend#api'),
  ...(release === 'v1.5.0-rc.1' ? [] : [item(release, 'backend#web')]),
]);
const WITHDRAWN = [{ release: 'v1.4.0', reason: 'deletes drafts', by: 'jane', date: '2026-11-20' }];
const matrixOf = (due: string): ShownMatrix => {
  const lines = { '1.5': { due, manager: 'jane' }, '1.3': { due } };
  const report = reportOf(ITEMS, policyOf({ lines, withdrawn: WITHDRAWN }));
  return shownMatrix(report, visibleOf(report));
};

test('the head of a line that is due says so, and no other', () => {
  const { outline, visible } = matrixOf('2026-11-25');
  expect(releaseHeads(outline, visible, []).map(({ row, due }) => [row.release.tag, due])).toEqual([
    [
      'v1.5.0-rc.1',
      {
        words: 'due in 3 days, 1 not ready',
        late: false,
        whole: 'Line 1.5.0 is due 2026-11-25 (jane): due in 3 days, 1 not ready',
      },
    ],
    ['v1.5.0-beta.1', undefined],
    ['v1.4.0', undefined],
    ['v1.3.0', undefined],
  ]);
});

test('a head is drawn again when its line is due otherwise, and the others are not', () => {
  const [before, now] = [matrixOf('2026-11-25'), matrixOf('2026-11-20')].map(({ outline, visible }) =>
    releaseHeads({ ...outline, rows: matrixOf('2026-11-25').outline.rows }, visible, []),
  );
  const same = [before ?? [], before?.map((head) => ({ ...head })) ?? []] as const;
  expect(keepHeads(...same)).toBe(before);
  const rows = new Map(before?.map((head) => [head.id, head.row]));
  const kept = keepHeads(before ?? [], now?.map((head) => ({ ...head, row: rows.get(head.id) ?? head.row })) ?? []);
  expect(kept.map((head, at) => head === before?.[at])).toEqual([false, true, true, true]);
});

test('a release that is withdrawn is named and struck through so', () => {
  const { outline, visible } = matrixOf('2026-11-20');
  const heads = releaseHeads(outline, visible, []);
  expect(heads.map(({ row }) => releaseName(row).split(', ').slice(0, 2))).toEqual([
    ['v1.5.0-rc.1', 'rc'],
    ['v1.5.0-beta.1', 'beta'],
    ['v1.4.0', 'withdrawn'],
    ['v1.3.0', 'stable'],
  ]);
  for (const head of heads) render(<ReleaseRowHeading head={head} />);
  const struck = heads.filter(({ row }) =>
    screen.getByRole('link', { name: `Open release ${row.release.tag}` }).classList.contains('line-through'),
  );
  expect(struck.map(({ row }) => row.release.tag)).toEqual(['v1.4.0']);
  expect(screen.getByTitle('Line 1.5.0 is due 2026-11-20 (jane): 2 days late, 1 not ready')).toHaveClass(
    'text-warning',
  );
});

test('a long tag keeps its end, by which it differs from those beside it', () => {
  const report = reportOf([item('v1.10.0-alpha.12', 'backend#api')]);
  const { outline, visible } = shownMatrix(report, visibleOf(report));
  for (const head of releaseHeads(outline, visible, [])) render(<ReleaseRowHeading head={head} />);
  const link = screen.getByRole('link', { name: 'Open release v1.10.0-alpha.12' });
  expect([...link.childNodes].map(({ textContent }) => textContent)).toEqual(['v1.10.0', '-alpha.12']);
});
