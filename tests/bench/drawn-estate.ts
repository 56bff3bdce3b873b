import type { Finding } from '../../src/release/finding/finding.ts';
import { type Component, sortComponents } from '../../src/release/item/component.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { type Fragment, readItem } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { sortReleases } from '../../src/release/item/release.ts';
import type { Report, ReportCell, ReportRow } from '../../src/release/report/report.ts';
import { seededRandom } from './random.ts';

/** How large a matrix is to be drawn. */
export interface EstateSize {
  readonly releases: number;
  readonly components: number;
}

const TYPES = ['frontend', 'backend', 'kafka', 'infra', 'k8s'] as const;
/** Different cells of one component. The others are these again: a million cells of their own would measure memory. */
const CELLS_OF_COMPONENT = 12;

/**
 * A report to draw: as many releases and components as asked for, about 8 % of the cells missing or not there, a third
 * changed, and among the Kubernetes cells some with two environments. It is made without reading a million fragments,
 * since it serves to measure drawing alone.
 */
export function drawnReport({ releases, components }: EstateSize): Report {
  const random = seededRandom(7);
  const columns = sortComponents(
    Array.from({ length: components }, (_, index): Component => {
      const type = TYPES[index % TYPES.length] ?? 'backend';
      const name = `${type === 'frontend' ? '@acme/' : ''}component-${index}`;
      return { id: `${type}#${name}`, type, name };
    }),
  );
  const pools = columns.map((component) =>
    Array.from({ length: CELLS_OF_COMPONENT }, (_, index) => drawnCell(component, index, random)),
  );
  const rows = sortReleases(tagsOf(releases)).map((release): ReportRow => {
    const cells = pools.map((pool) => pool[Math.floor(random() * pool.length)] ?? null);
    const missing = cells.flatMap((cell, index) => (cell?.state === 'missing' ? [columns[index]?.id ?? ''] : []));
    return {
      release,
      cells,
      completeness: {
        roster: 'inferred',
        expected: components,
        present: components - missing.length,
        missing,
      },
      findings: missing.map((component) => missingFinding(release.tag, component)),
      evidence: [],
      verdict: {
        result: missing.length > 0 ? 'fail' : 'pass',
        unknown: [],
        errors: missing.length,
        warnings: 0,
        infos: 0,
        waived: 0,
        waiversEndingSoon: [],
      },
      fragments: components - missing.length,
      startedAt: '2026-11-01T10:00:00.000Z',
      updatedAt: '2026-11-01T12:00:00.000Z',
    };
  });
  return {
    readAt: '2026-11-22T10:00:00.000Z',
    components: columns,
    rows,
    rejected: [],
    environments: ['staging', 'prod'],
    fragments: releases * components,
  };
}

/** Lines of a stable release and two candidates, from the oldest up. */
export function tagsOf(releases: number): string[] {
  return Array.from({ length: releases }, (_, index) => {
    const line = Math.floor(index / 3);
    const suffix = ['-rc.1', '-rc.2', ''][index % 3] ?? '';
    return `v${1 + Math.floor(line / 50)}.${line % 50}.0${suffix}`;
  });
}

function drawnCell(component: Component, index: number, random: () => number): ReportCell | null {
  if (index === 0) return random() < 0.5 ? null : missingCell(component);
  const state = index % 3 === 0 ? 'changed' : 'unchanged';
  const version = `1.${index}.${Math.floor(random() * 20)}${index % 5 === 0 ? '-rc.1' : ''}`;
  const environments = component.type === 'k8s' ? (index % 4 === 0 ? ['staging', 'prod'] : ['prod']) : [''];
  const entries = environments.map((environment) => drawnFragment(component, environment, version));
  return { state, text: version, entries, carriedFrom: null, expected: true, findings: [] };
}

function drawnFragment(component: Component, environment: string, version: string): Fragment {
  const key = environment === '' ? component.id : `k8s#${environment}-deployment/${component.name}`;
  const item: Item = {
    version: 'v1.0.0',
    'component#name': key,
    componentVersion: version,
    ...(environment === '' ? {} : { replicas: 3, readyReplicas: 3 }),
  };
  const reading = readItem(item, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
  if (!('fragment' in reading)) throw new Error(`Expected a fragment of ${key}.`);
  return reading.fragment;
}

function missingCell(component: Component): ReportCell {
  const findings = [missingFinding('v1.0.0', component.id)];
  return { state: 'missing', text: 'missing', entries: [], carriedFrom: null, expected: true, findings };
}

function missingFinding(release: string, component: string): Finding {
  return {
    code: 'missing-component',
    severity: 'error',
    release,
    component,
    environment: null,
    details: {
      lastSeenIn: null,
      lastSeenAt: null,
      expectedBy: { releases: [] },
      arriving: false,
      perhapsRetired: false,
    },
    waived: null,
  };
}
