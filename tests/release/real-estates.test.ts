import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { differences, type Estate, estatesOf, itemsOf, judged, type Said, saidOf } from '../precision/estates.ts';

// What is found in release histories of real projects: tests/fixtures/estates/README.md.

const FOLDER = resolve(import.meta.dirname, '../fixtures/estates');
const NAMES = ['kubeflow', 'longhorn', 'opensearch', 'tekton'];

const estates = new Map<string, Estate>();
beforeAll(() => {
  for (const estate of estatesOf(FOLDER)) estates.set(estate.name, estate);
});

test('the histories are there, whole', () => {
  const sizes = [...estates].map(([name, { report }]) => [name, report.fragments, report.rows.length, report.rejected]);
  expect(sizes).toEqual([
    ['kubeflow', 985, 54, []],
    ['longhorn', 4851, 360, []],
    ['opensearch', 2374, 73, []],
    ['tekton', 378, 40, []],
  ]);
});

test.each(NAMES)('%s: each release has the verdict, the reasons and the findings that are expected', (name) => {
  const estate = estates.get(name);
  if (estate?.expected == null) throw new Error(`nobody has written down what to expect of ${name}`);
  expect(differences(saidOf(estate.report), estate.expected)).toEqual([]);
});

describe('what is known to be true is found', () => {
  const said = (name: string, tag: string) => {
    const row = estates.get(name)?.report.rows.find(({ release }) => release.tag === tag);
    if (row === undefined) throw new Error(`${name} has no ${tag}`);
    return row;
  };
  const errors = (name: string, tag: string) =>
    said(name, tag).findings.flatMap((one) => (one.severity === 'error' ? [`${one.code} ${one.component}`] : []));

  test('seven images under a moving tag in Longhorn v1.8.0', () => {
    const { findings, verdict } = said('longhorn', 'v1.8.0');
    const moving = findings.filter(({ code }) => code === 'immature-version').map(({ details }) => details);
    expect([verdict.result, moving.length]).toEqual(['fail', 7]);
    expect(moving.filter((details) => !('maturity' in details && details.maturity === 'moving'))).toEqual([]);
  });

  test('a component taken back in Tekton v0.77.1', () => {
    expect(errors('tekton', 'v0.77.1')).toEqual(['version-regressed backend#manual-approval-gate']);
  });

  test('parts in pre-release versions in Kubeflow', () => {
    const found = (estates.get('kubeflow')?.report.rows ?? []).filter(
      ({ release, findings }) =>
        release.stage === 'stable' &&
        findings.some(({ code, severity }) => code === 'immature-version' && severity === 'error'),
    );
    const tags = ['v1.10.0', 'v1.9.0', 'v1.7.0', 'v1.6.1', 'v1.6.0', 'v1.3.1', 'v1.3.0'];
    expect(found.map(({ release }) => release.tag)).toEqual(tags);
  });

  test.each(['3.3.1', '3.3.2'])('a part of OpenSearch in %s, of which nobody knows whether it is meant', (tag) => {
    expect(said('opensearch', tag).verdict).toMatchObject({ result: 'unknown', unknown: ['partial'] });
  });

  test('OpenSearch 3.4.0 passes, and not without its dashboards', () => {
    expect(said('opensearch', '3.4.0').verdict.result).toBe('pass');
    const items = itemsOf(resolve(FOLDER, 'opensearch.ndjson.gz'));
    const without = items.filter(
      (item) => item.version !== '3.4.0' || !/dashboards/i.test(String(item['component#name'])),
    );
    expect(items.length - without.length).toBeGreaterThan(10);
    const row = judged(without).rows.find(({ release }) => release.tag === '3.4.0');
    expect(row?.verdict.result).toBe('fail');
  });
});

test('a difference is told, whatever it is in', () => {
  const finding = { code: 'not-ready', severity: 'error', component: 'k8s#a', environment: 'prod' } as const;
  const expected: Said = {
    same: { verdict: 'fail', unknown: [], findings: [finding, { ...finding, component: null, environment: null }] },
    verdict: { verdict: 'pass', unknown: [], findings: [] },
    reason: { verdict: 'unknown', unknown: ['partial'], findings: [] },
    severity: { verdict: 'fail', unknown: [], findings: [finding] },
    twice: { verdict: 'fail', unknown: [], findings: [finding] },
    gone: { verdict: 'pass', unknown: [], findings: [] },
  };
  const said: Said = {
    same: { verdict: 'fail', unknown: [], findings: [{ ...finding, component: null, environment: null }, finding] },
    verdict: { verdict: 'fail', unknown: [], findings: [] },
    reason: { verdict: 'unknown', unknown: ['arriving'], findings: [] },
    severity: { verdict: 'fail', unknown: [], findings: [{ ...finding, severity: 'warning' }] },
    twice: { verdict: 'fail', unknown: [], findings: [finding, finding] },
    come: { verdict: 'pass', unknown: [], findings: [] },
  };
  expect(differences(said, expected)).toEqual([
    'verdict:\n  says fail\n  lacks pass',
    'reason:\n  says unknown arriving\n  lacks unknown partial',
    'severity:\n  says warning not-ready k8s#a in prod\n  lacks error not-ready k8s#a in prod',
    'twice:\n  says error not-ready k8s#a in prod (2)',
    'gone:\n  lacks pass',
    'come:\n  says pass',
  ]);
});
