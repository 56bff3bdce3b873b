import { expect, test } from 'vitest';
import { policyOfDocument } from '../../../src/release/policy/read-policy.ts';
import { outlineOf } from '../../../src/views/matrix/outline.ts';
import { item, reportOf } from '../../release/report-of.ts';

const { policy } = policyOfDocument(
  { roster: ['backend#a', 'backend#b', 'backend#c'].map((component) => ({ component })) },
  'file',
);
const release = (tag: string, ...components: string[]) =>
  components.map((component) => item(tag, component, { date: '2026-11-01T12:00:00Z' }));
const LACKS_TWO = release('v1.0.0', 'backend#a');
const LACKS_ONE = release('v1.1.0', 'backend#a', 'backend#b');
const WHOLE = release('v1.2.0', 'backend#a', 'backend#b', 'backend#c');

test.each([
  ['nothing', [], { errors: 0, pastErrors: 0 }],
  ['the newest stable release', [LACKS_TWO], { errors: 2, pastErrors: 0 }],
  ['one that another has superseded', [LACKS_TWO, LACKS_ONE], { errors: 1, pastErrors: 2 }],
  ['none but those that another has superseded', [LACKS_TWO, LACKS_ONE, WHOLE], { errors: 0, pastErrors: 3 }],
])('counts what blocks the current releases, and what blocked past ones: %s', (_, releases, counts) => {
  expect(outlineOf(reportOf(releases.flat(), policy))).toMatchObject(counts);
});
