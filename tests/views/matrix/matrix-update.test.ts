import { expect, test } from 'vitest';
import { applyFilters } from '../../../src/views/filters/apply-filters.ts';
import { matrixSender, takeUpdate } from '../../../src/views/matrix/matrix-update.ts';
import { WHOLE_VIEW } from '../../dashboard/whole-view.ts';
import { item, reportOf } from '../../release/report-of.ts';

const updates = () => {
  const sender = matrixSender();
  const report = reportOf([item('v1.0.0', 'backend#api')]);
  const visible = applyFilters(report, WHOLE_VIEW);
  return [...sender.next(report, visible, true), ...sender.next(report, visible, true)];
};

test('an update that says what differs is nothing by itself: what is left would pass for the whole', () => {
  const [first, second] = updates();
  if (first === undefined || second === undefined) throw new Error('expected two updates');
  const shown = takeUpdate(takeUpdate(null, first), second);
  expect(shown.outline.rows.map(({ release }) => release.tag)).toEqual(['v1.0.0']);
  expect(() => takeUpdate(null, second)).toThrow('The beginning of the matrix did not arrive.');
});

test('of an empty table the first update says that it is', () => {
  const report = reportOf([]);
  const [first] = matrixSender().next(report, applyFilters(report, WHOLE_VIEW), true);
  expect(first === undefined ? null : takeUpdate(null, first).outline.rows).toEqual([]);
});
