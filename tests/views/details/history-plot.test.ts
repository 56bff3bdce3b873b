import { expect, it } from 'vitest';
import { answerDetails } from '../../../src/views/details/details-answer.ts';
import { plotPoints, plotWords } from '../../../src/views/details/history-plot.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../known-of.ts';

/** The history of a component whose releases, oldest first, hold these versions; null: missing. */
function pointsOf(versions: readonly (string | null)[]) {
  const items = versions.flatMap((version, index) => [
    item(`v1.${index}.0`, 'backend#other'),
    ...(version === null ? [] : [item(`v1.${index}.0`, 'backend#api', { componentVersion: version })]),
  ]);
  const found = answerDetails(knownOf(reportOf(items)), { release: 'v1.0.0', component: 'backend#api', first: null });
  if (found.kind !== 'found') throw new Error('The component is not there.');
  return plotPoints(found.history);
}

it('ranks versions by SemVer, and leaves a gap where the component is missing', () => {
  const points = pointsOf(['1.9.0', '1.10.0', null, '1.9.0', '2.0.0-rc.1']);
  expect(points).toEqual([
    { tag: 'v1.0.0', version: '1.9.0', x: 0, y: 0, isMissing: false },
    { tag: 'v1.1.0', version: '1.10.0', x: 0.25, y: 0.5, isMissing: false },
    { tag: 'v1.2.0', version: 'missing', x: 0.5, y: null, isMissing: true },
    { tag: 'v1.3.0', version: '1.9.0', x: 0.75, y: 0, isMissing: false },
    { tag: 'v1.4.0', version: '2.0.0-rc.1', x: 1, y: 1, isMissing: false },
  ]);
  expect(plotWords(points)).toBe(
    'Own versions over 5 releases: from 1.9.0 in v1.0.0 to 2.0.0-rc.1 in v1.4.0, absent from 1, one step back',
  );
});

it('puts what is not SemVer above what is', () => {
  expect(pointsOf(['nightly', '1.0.0']).map(({ y }) => y)).toEqual([1, 0]);
});

it('needs no second version', () => {
  expect(pointsOf(['1.0.0', '1.0.0']).map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [1, 0],
  ]);
});
