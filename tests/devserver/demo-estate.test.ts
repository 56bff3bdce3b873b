import { describe, expect, it } from 'vitest';
import { buildEstate } from '../../src/demo/estate.ts';
import { PLANTED } from '../../src/demo/planted.ts';
import { deploymentsOf } from '../../src/release/deployed/deployments.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { problemsOf, reportOn } from './demo-findings.ts';

const NOW = '2026-11-20T12:00:00.000Z';

function planned(): string[] {
  return Object.entries(PLANTED)
    .flatMap(([code, faults]) =>
      faults.map(({ release, component, environment }) =>
        [code, release, component ?? '-', environment ?? '-'].join(' '),
      ),
    )
    .sort();
}

function report() {
  return reportOn(buildEstate({ now: NOW }).items, NOW);
}

describe('the demo estate', () => {
  it('holds every planted error and warning, and no other', () => {
    // The candidate without its dot only informs.
    const informative = ['invalid-version v1.4.2-rc10 - -'];
    expect([...problemsOf(buildEstate({ now: NOW }).items, NOW), ...informative].sort()).toEqual(planned());
  });

  it('stays so whatever the time of day or the season', () => {
    const findings = (now: string) => problemsOf(buildEstate({ now }).items, now);
    expect(findings('2027-03-28T01:30:00Z')).toEqual(findings(NOW));
  });

  it('is the same for the same time and seed, and another for another seed', () => {
    expect(buildEstate({ now: NOW }).items).toEqual(buildEstate({ now: NOW }).items);
    expect(buildEstate({ now: NOW, seed: 'other' }).items).not.toEqual(buildEstate({ now: NOW }).items);
  });

  it('is an estate of about sixty components of all types in about forty releases', () => {
    const { components, rows, environments, fragments, rejected } = report();
    const counts: Record<string, number> = {};
    for (const { type } of components) counts[type] = (counts[type] ?? 0) + 1;
    expect(counts).toEqual({ frontend: 14, backend: 20, kafka: 10, infra: 8, k8s: 12, docs: 1 });
    expect(rows.length).toBe(44);
    expect(new Set(rows.map(({ release }) => release.stage))).toEqual(
      new Set(['alpha', 'beta', 'rc', 'stable', 'other']),
    );
    expect(environments).toEqual(['dev', 'qa', 'staging', 'preprod', 'prod']);
    expect(fragments).toBeGreaterThan(1500);
    expect(fragments).toBeLessThan(2800);
    expect(rejected.map(({ release, key }) => `${release} ${key}`).sort()).toEqual([
      'v1.3.0-rc.1 #search-service',
      'v1.7.0-alpha.2 frontend#',
      'v1.7.0-beta.1 analytics-dashboard',
    ]);
  });

  it('has evidence that holds, is stale, failed and is missing, and a line that is due', () => {
    const { rows, due } = report();
    const evidence = (tag: string) =>
      rows.find(({ release }) => release.tag === tag)?.evidence.map(({ name, state }) => `${name} ${state}`);
    expect(evidence('v1.6.1-rc.1')).toEqual(['e2e held', 'smoke held']);
    expect(evidence('v1.7.0-beta.1')).toEqual(['smoke stale', 'e2e failed', 'regression missing', 'qa stale']);
    expect(due).toMatchObject([{ line: '1.7.0', due: '2026-12-02' }]);
  });

  it('shows one component missing from the newest stable release and one from v1.4.0, and a younger release still arriving', () => {
    const { rows } = report();
    const row = (tag: string) => rows.find(({ release }) => release.tag === tag);
    expect(row('v1.6.0')?.completeness.missing).toEqual(['backend#payment-service']);
    expect(row('v1.4.0')?.completeness).toEqual({
      roster: 'inferred',
      expected: 62,
      present: 61,
      missing: ['backend#media-service'],
    });
    expect(row('v1.8.0-alpha.2')?.cells.some((cell) => cell?.state === 'arriving')).toBe(true);
    expect(row('v1.0.0-rc.1')?.completeness.roster).toBe('none');
  });

  it('shows a hotfix of two components of which nobody has said whether it is whole', () => {
    const hotfix = report().rows.find(({ release }) => release.tag === 'v1.4.3');
    expect(hotfix?.verdict).toMatchObject({ result: 'unknown', unknown: ['partial'] });
    expect(hotfix?.completeness).toMatchObject({ roster: 'inferred', present: 2, expected: 62 });
    const states = hotfix?.cells.flatMap((cell) => cell?.state ?? []) ?? [];
    expect(states.filter((state) => state === 'changed').length).toBe(2);
    expect(states.filter((state) => state === 'left-out').length).toBe(60);
  });

  it('tells what runs where by what was observed last: a ledger that was rolled back in preprod', () => {
    const { rows } = deploymentsOf(report());
    const running = (id: string) =>
      rows
        .find(({ component }) => component.id === id)
        ?.cells.flatMap((cell) => (cell === null ? [] : [`${cell.environment} ${cell.release}`]));
    expect(running('k8s#orders')).toEqual([
      'dev v1.8.0-alpha.2',
      'qa v1.7.0-beta.1',
      'staging v1.6.1-rc.1',
      'preprod v1.6.1-rc.1',
      'prod v1.6.0',
    ]);
    expect(running('k8s#ledger')?.slice(-2)).toEqual(['preprod v1.5.1-rc.1', 'prod v1.6.0']);
  });

  it('changes little from a beta to its candidate outside the backends', () => {
    const { rows, components } = report();
    const candidate = rows.find(({ release }) => release.tag === 'v1.4.0-rc.1');
    const changed = components.flatMap(({ type, id }, column) =>
      type !== 'backend' && type !== 'k8s' && candidate?.cells[column]?.state === 'changed' ? [id] : [],
    );
    // Besides one, the charts that name the version of what they install.
    expect(changed).toEqual([
      'frontend#design-system',
      'infra#helm-auth',
      'infra#helm-gateway',
      'infra#helm-order',
      'infra#helm-payment',
    ]);
  });

  it('is dated before the time it was asked for, but for the one planted clock fault', () => {
    const late = buildEstate({ now: NOW }).items.filter(({ date }) => typeof date === 'string' && date > NOW);
    expect(late.map((item) => item[DOCUMENTED_KEYS.component])).toEqual([
      'backend#search-service', // “yesterday”, no time at all
      'backend#media-service',
    ]);
  });

  it('refuses a time that is none', () => {
    expect(() => buildEstate({ now: 'soon' })).toThrow(
      new RangeError('Expected a time such as 2026-11-20T12:00:00Z, received “soon”.'),
    );
  });
});
