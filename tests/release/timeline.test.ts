import { describe, expect, test } from 'vitest';
import { groupHappenings, type Happening, timelineOf } from '../../src/release/history/timeline.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import type { WrittenPolicy } from '../../src/release/policy/policy-item.ts';

const at = (time: string) => `2026-11-20T${time}:00.000Z`;
const item = (release: string, key: string, more: Item = {}): Item => ({
  version: release,
  'component#name': key,
  ...more,
});

function timeline(items: readonly Item[], policies: readonly WrittenPolicy[] = []) {
  const { fragments, evidence } = readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
  return timelineOf({
    fragments,
    evidence,
    policies,
    keys: DOCUMENTED_KEYS,
    environments: DEFAULT_ENVIRONMENTS,
    readAt: at('12:00'),
  });
}

/** "10:00 published backend#api 1.0.0" */
function said(happening: Happening): string {
  const time = happening.at.slice(11, 16);
  switch (happening.kind) {
    case 'policy':
      return `${time} policy by ${happening.policy.publishedBy}`;
    case 'checked':
      return `${time} ${happening.evidence.name} ${happening.evidence.result}`;
    default: {
      const { fragment } = happening;
      const fields = 'change' in happening ? happening.change.fields.map(({ field }) => field).join(' ') : '';
      return `${time} ${happening.kind} ${fragment.component} ${fields || fragment.ownVersion}`;
    }
  }
}

describe('what the table says happened', () => {
  test('is told by when it was observed, whatever was read first', () => {
    const { happenings, undated } = timeline(
      [
        item('v1.1.0', 'backend#api', { publishedAt: at('10:30'), date: at('09:00') }),
        item('v1.0.0', 'backend#api', { date: at('10:00') }),
        item('v1.1.0', 'k8s#prod-deployment/api', { publishedAt: at('11:00'), imageRef: 'api:1.1.0' }),
        item('v1.1.0', 'evidence#smoke', {
          result: 'pass',
          covers: { 'backend#api': { version: '1.1.0' } },
          publishedAt: at('10:45'),
        }),
      ],
      [
        { publishedAt: at('10:50'), publishedBy: 'jane', changed: null },
        { publishedAt: null, publishedBy: null, changed: null },
      ],
    );
    expect(happenings.map(said)).toEqual([
      '10:00 published backend#api 1.0.0',
      '10:30 published backend#api 1.1.0',
      '10:45 smoke pass',
      '10:50 policy by jane',
      '11:00 rolled-out k8s#api 1.1.0',
    ]);
    expect(undated).toEqual([]);
  });

  test('holds what an item replaced, and how it differs', () => {
    const workload = { imageRef: 'api:1.0.0', replicas: 2 };
    const { happenings } = timeline([
      item('v1.0.0', 'backend#api', {
        publishedAt: at('11:00'),
        commit: 'b'.repeat(40),
        replaced: [
          { publishedAt: at('10:00'), commit: 'a'.repeat(40), replacedAt: at('11:00') },
          { publishedAt: at('09:00'), replacedAt: at('10:00') },
        ],
      }),
      item('v1.0.0', 'k8s#prod-deployment/api', {
        ...{ ...workload, publishedAt: at('10:30'), readyReplicas: 1 },
        replaced: [
          { ...workload, publishedAt: at('10:10'), readyReplicas: 2, replacedAt: at('10:30') },
          // Observed again, and all as it was.
          { ...workload, publishedAt: at('10:05'), readyReplicas: 2, replacedAt: at('10:10') },
          'no content',
        ],
      }),
    ]);
    expect(happenings.map(said)).toEqual([
      '09:00 published backend#api 1.0.0',
      '10:00 replaced backend#api commit',
      '10:05 rolled-out k8s#api 1.0.0',
      '10:30 ready k8s#api readyReplicas',
      '11:00 replaced backend#api commit',
    ]);
  });

  test('holds the earlier results of a check', () => {
    const covers = { 'backend#api': { version: '1.0.0' } };
    const { happenings } = timeline([
      item('v1.0.0', 'evidence#smoke', {
        ...{ result: 'pass', covers, publishedAt: at('11:00') },
        replaced: [{ result: 'fail', covers, publishedAt: at('10:00'), replacedAt: at('11:00') }, { result: 'odd' }],
      }),
    ]);
    expect(happenings.map(said)).toEqual(['10:00 smoke fail', '11:00 smoke pass']);
  });

  test('leaves out what says no time, or one that has not come', () => {
    const { happenings, undated } = timeline([
      item('v1.0.0', 'backend#undated'),
      item('v1.0.0', 'backend#ahead', { date: at('13:00') }),
      item('v1.0.0', 'backend#clock', { date: at('12:04') }),
    ]);
    expect(happenings.map(said)).toEqual(['12:04 published backend#clock 1.0.0']);
    expect(undated.map(({ name }) => name)).toEqual(['undated', 'ahead']);
  });
});

describe('what belongs together', () => {
  const grouped = (items: readonly Item[], policies: readonly WrittenPolicy[] = []) =>
    groupHappenings(timeline(items, policies).happenings).map(
      ({ kind, release, environment, from, to, happenings }) => {
        const place = [release, environment].filter(Boolean).join(' in ');
        return `${from.slice(11, 16)}–${to.slice(11, 16)} ${kind} ${place}: ${happenings.length}`;
      },
    );

  test('is one release, published or rolled out to one environment, with no hour between', () => {
    const pod = (environment: string, name: string, time: string) =>
      item('v1.0.0', `k8s#${environment}-deployment/${name}`, { date: at(time) });
    expect(
      grouped([
        item('v1.0.0', 'backend#a', { date: at('08:00') }),
        item('v1.0.0', 'backend#b', { date: at('09:00') }),
        item('v1.0.0', 'backend#late', { date: at('10:01') }),
        item('v0.9.1', 'backend#a', { date: at('08:30') }),
        pod('qa', 'a', '10:10'),
        pod('qa', 'b', '10:40'),
        pod('prod', 'a', '10:30'),
      ]),
    ).toEqual([
      '10:10–10:40 rolled-out v1.0.0 in qa: 2',
      '10:30–10:30 rolled-out v1.0.0 in prod: 1',
      '10:01–10:01 published v1.0.0: 1',
      '08:00–09:00 published v1.0.0: 2',
      '08:30–08:30 published v0.9.1: 1',
    ]);
  });

  test('is never two results of checks, nor two changes of the policy', () => {
    const check = (name: string, time: string) =>
      item('v1.0.0', `evidence#${name}`, {
        ...{ result: 'pass', covers: { 'backend#a': { version: '1.0.0' } }, environment: 'qa', publishedAt: at(time) },
      });
    const written = (time: string): WrittenPolicy => ({ publishedAt: at(time), publishedBy: 'jane', changed: [] });
    expect(grouped([check('smoke', '10:00'), check('e2e', '10:01')], [written('10:02'), written('10:03')])).toEqual([
      '10:03–10:03 policy : 1',
      '10:02–10:02 policy : 1',
      '10:01–10:01 checked v1.0.0 in qa: 1',
      '10:00–10:00 checked v1.0.0 in qa: 1',
    ]);
  });
});
