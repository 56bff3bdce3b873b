import { expect, test } from 'vitest';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { matchingRows } from '../../src/release/policy/matching-rows.ts';
import { resolvePolicy } from '../../src/release/policy/resolve-policy.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import { NOW } from './checks/said.ts';
import { item } from './items.ts';

const roster = ['backend#*', 'backend#api', 'frontend#*', '*#api', 'backend#api'].map((component) => ({ component }));

test.each([
  ['backend#api', [0, 1, 3, 4]],
  ['backend#other', [0]],
  ['frontend#api', [2, 3]],
  ['k8s#x', []],
])('the rows that match %s, in the order of the roster', (component, expected) => {
  const policy = resolvePolicy({ roster });
  expect(matchingRows(policy.roster)(component)).toEqual(expected.map((at) => policy.roster[at]));
});

test('each wildcard is matched with each component once, whatever number of releases there is', () => {
  const asked: string[] = [];
  const policy = resolvePolicy({ roster: [{ component: '*a' }, { component: 'backend#*' }] });
  const counting = {
    ...policy,
    roster: policy.roster.map((row) => ({
      ...row,
      matches: (component: string) => {
        asked.push(`${row.component} ${component}`);
        return row.matches(component);
      },
    })),
  };
  const items = ['v1.0.0', 'v1.1.0', 'v1.2.0', 'v1.3.0'].flatMap((release) =>
    ['a', 'b', 'c'].map((name) => item(release, `backend#${name}`, { componentVersion: '1.0.0' })),
  );
  const read = readItems(items, DOCUMENTED_KEYS, policy.environments);
  const { rows } = makeReport(null, { ...read, readAt: NOW }, counting).report;
  expect(rows.map(({ completeness }) => completeness.roster)).toContain('policy');
  expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
  expect(asked).toHaveLength(6);
});
