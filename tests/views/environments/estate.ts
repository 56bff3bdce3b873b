import type { Item } from '../../../src/release/item/item.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { item, reportOf } from '../../release/report-of.ts';

/** Noon of a day of November 2026. */
const day = (of: number) => `2026-11-${String(of).padStart(2, '0')}T12:00:00Z`;

export function workload(release: string, environment: string, name: string, on: number, attributes: Item = {}): Item {
  return item(release, `k8s#${environment}-deployment/${name}`, {
    imageRef: `acme/${name}:${release.slice(1)}`,
    replicas: 3,
    readyReplicas: 3,
    date: day(on),
    ...attributes,
  });
}

/** Prod runs an api two releases behind, a worker ahead of staging, and a cron scaled to zero; docs are only declared. */
export function smallEstate(): Report {
  return reportOf([
    workload('v1.4.0', 'prod', 'api', 1, { owner: 'platform' }),
    workload('v1.5.0', 'staging', 'api', 3, { readyReplicas: 1 }),
    workload('v1.6.0', 'dev', 'api', 5),
    workload('v1.5.0', 'staging', 'worker', 3),
    workload('v1.6.0', 'prod', 'worker', 5),
    workload('v1.6.0', 'prod', 'cron', 5, { replicas: 0, readyReplicas: 0 }),
    item('v1.6.0', 'docs#guide', { environment: 'prod', date: day(5) }),
    item('v1.6.0', 'backend#api', { date: day(5) }),
  ]);
}
