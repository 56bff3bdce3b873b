import { describe, expect, test } from 'vitest';
import { DOCUMENTED_KEYS } from '../../../src/release/item/item.ts';
import { answerDetails, type CellDetails, type DetailsAnswer } from '../../../src/views/details/details-answer.ts';
import { lineOf } from '../../../src/views/matrix/outline.ts';
import { policyOf } from '../../release/items.ts';
import { item, READ_AT, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../known-of.ts';

/** Newest first: v1.3.0 lacks the api; v1.3.0-rc.1, a candidate, has it twice; v1.1.0 does not know it. */
const ITEMS = [
  item('v1.3.0', 'backend#other'),
  item('v1.3.0-rc.1', 'backend#api', { componentVersion: '2.1.0', date: '2026-11-20T12:00:00Z' }),
  item('v1.2.0', 'backend#api', { componentVersion: '2.0.0' }),
  item('v1.2.0', 'backend#other'),
  item('v1.2.0', 'no-fragment'),
  item('v1.1.0', 'backend#other'),
];
const CARRIED = policyOf({
  roster: [{ component: 'backend#api', expectation: 'carried' }, { component: 'backend#other' }],
  links: { commit: 'https://git.example/{repo}/{commit}' },
});

const answerOf = (policy: ReturnType<typeof policyOf>, release: string, component: string) => {
  const known = knownOf(reportOf(ITEMS, policy), { policy });
  return { known, answer: answerDetails(known, { release, component, first: null }) };
};

/** The answer without what stands whole in the report. */
function told(answer: DetailsAnswer) {
  if (answer.kind === 'unknown') return answer;
  const { row, cell, ofRelease, lastPublished, ...rest } = answer;
  return {
    ...rest,
    row: row.release.tag,
    cell: cell && [cell.state, cell.text, cell.entries.map(({ id }) => id), cell.findings.map(({ code }) => code)],
    ofRelease: ofRelease.map(({ code }) => code),
    lastPublished: lastPublished && [lastPublished.release, lastPublished.entries.map(({ id }) => id)],
  };
}

const API = { id: 'backend#api', type: 'backend', name: 'api' };
const RC: CellDetails['history'][number] = {
  release: 'v1.3.0-rc.1',
  state: 'changed',
  text: '2.1.0',
  date: '2026-11-20T12:00:00.000Z',
  entries: 1,
};
const STABLE: CellDetails['history'][number] = {
  release: 'v1.2.0',
  state: 'new',
  text: '2.0.0',
  date: null,
  entries: 1,
};

describe('the answer for a cell', () => {
  test('of a component that is missing', () => {
    const { answer } = answerOf(policyOf(undefined), 'v1.3.0', 'backend#api');
    expect(told(answer)).toEqual({
      kind: 'found',
      component: API,
      row: 'v1.3.0',
      cell: ['missing', 'missing', [], ['missing-component']],
      ofRelease: [],
      lastPublished: ['v1.3.0-rc.1', ['v1.3.0-rc.1\nbackend#api']],
      history: [{ release: 'v1.3.0', state: 'missing', text: 'missing', date: null, entries: 0 }, RC, STABLE],
      plot: [
        { tag: 'v1.2.0', version: '2.0.0', x: 0, y: 0, isMissing: false },
        { tag: 'v1.3.0-rc.1', version: '2.1.0', x: 0.5, y: 1, isMissing: false },
        { tag: 'v1.3.0', version: 'missing', x: 1, y: null, isMissing: true },
      ],
      newer: null,
      older: 'v1.3.0-rc.1',
      readAt: READ_AT,
      keyNames: DOCUMENTED_KEYS,
      commitTemplate: 'https://github.com/{repo}/commit/{commit}',
    });
  });

  test('of one that an early stage need not have yet', () => {
    const policy = policyOf({ roster: [{ component: 'backend#api' }, { component: 'backend#other' }] });
    const known = knownOf(reportOf([...ITEMS.slice(1, 4), item('v1.4.0-alpha.1', 'backend#other')], policy), {
      policy,
    });
    const answer = answerDetails(known, { release: 'v1.2.0', component: 'backend#api', first: null });
    expect(told(answer)).toMatchObject({
      history: [{ release: 'v1.4.0-alpha.1', state: 'arriving', text: 'not there yet' }, RC, { text: '2.0.0' }],
      plot: [{ y: 0 }, { y: 1 }, { tag: 'v1.4.0-alpha.1', y: null, isMissing: false }],
    });
  });

  test('of one that is carried over: from the stable release, not from the candidate', () => {
    const { answer } = answerOf(CARRIED, 'v1.3.0', 'backend#api');
    expect(told(answer)).toMatchObject({
      cell: ['carried', '2.0.0', [], ['rebuilt-after-rc']],
      lastPublished: ['v1.2.0', ['v1.2.0\nbackend#api']],
      history: [{ state: 'carried', text: '2.0.0', entries: 0 }, RC, STABLE, { state: 'missing' }],
      plot: [{ y: null }, { y: 0 }, { y: 1 }, { tag: 'v1.3.0', version: '2.0.0', y: 0 }],
      commitTemplate: 'https://git.example/{repo}/{commit}',
    });
  });

  test('of one that is there: its fragments whole, the head of its release, what is found of that as a whole', () => {
    const { known, answer } = answerOf(policyOf(undefined), 'v1.2.0', 'backend#api');
    const row = known.report.rows.find(({ release }) => release.tag === 'v1.2.0');
    if (row === undefined || answer.kind !== 'found') throw new Error('both are in the table');
    expect(answer.cell).toEqual(row.cells[0]);
    expect(answer.row).toEqual(lineOf(row));
    expect(told(answer)).toMatchObject({
      ofRelease: ['invalid-fragment'],
      lastPublished: null,
      newer: 'v1.3.0-rc.1',
      older: null,
    });
  });

  describe('of a workload in several environments tells first of the one that is meant', () => {
    const runs = (release: string, environment: string, readyReplicas: number) =>
      item(release, `k8s#${environment}-deployment/web`, { replicas: 2, readyReplicas });
    const items = [
      runs('v1.3.0', 'staging', 1),
      runs('v1.3.0', 'preprod', 1),
      runs('v1.3.0', 'prod-eu', 1),
      runs('v1.3.0', 'prod-us', 1),
    ];
    const policy = policyOf({ groups: { prod: ['prod-eu', 'prod-us'] } });
    const known = knownOf(reportOf(items, policy), { policy });
    const ORDER = ['staging', 'preprod', 'prod-eu', 'prod-us'];
    const WORST_FIRST = ['preprod', 'prod-eu', 'prod-us', 'staging'];
    test.each([
      [null, ORDER, WORST_FIRST],
      ['staging', ORDER, ORDER],
      ['preprod', ['preprod', 'staging', 'prod-eu', 'prod-us'], WORST_FIRST],
      ['prod-us', ['prod-us', 'staging', 'preprod', 'prod-eu'], ['prod-us', 'preprod', 'prod-eu', 'staging']],
      ['prod', ['prod-eu', 'prod-us', 'staging', 'preprod'], ['prod-eu', 'prod-us', 'preprod', 'staging']],
      ['__proto__', ORDER, WORST_FIRST],
    ])('%s', (first, order, findings) => {
      const answer = answerDetails(known, { release: 'v1.3.0', component: 'k8s#web', first });
      if (answer.kind === 'unknown' || answer.cell === null) throw new Error('it is in the table');
      expect(answer.cell.entries.flatMap(({ environments }) => environments)).toEqual(order);
      // What is of it weighs less in some of them: the order of findings is another.
      const notReady = answer.cell.findings.flatMap(({ code, environment }) =>
        code === 'not-ready' ? environment : [],
      );
      expect(notReady).toEqual(findings);
    });
  });

  test.each([
    ['v1.1.0', 'backend#api', { kind: 'found', cell: null, lastPublished: null, newer: 'v1.2.0', older: null }],
    ['v9.9.9', 'backend#api', { kind: 'unknown', releaseKnown: false, componentKnown: true }],
    ['v1.1.0', '__proto__', { kind: 'unknown', releaseKnown: true, componentKnown: false, component: '__proto__' }],
  ])('%s, %s', (release, component, expected) => {
    expect(answerOf(policyOf(undefined), release, component).answer).toMatchObject(expected);
  });

  test.each([
    ['v1.3.0', 'backend#api'],
    ['v1.2.0', 'backend#api'],
    ['v9.9.9', 'backend#api'],
  ])('is plain data: %s, %s', (release, component) => {
    const { answer } = answerOf(CARRIED, release, component);
    expect(structuredClone(answer)).toEqual(answer);
  });
});
