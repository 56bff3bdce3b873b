import { expect, it } from 'vitest';
import { currentOwners } from '../../src/release/report/current-owners.ts';
import { item, reportOf } from './report-of.ts';

it('says whose a component is now: by its newest word, and a workload’s by what runs in it', () => {
  const report = reportOf([
    item('v2.0.0', 'backend#orders', { artifact: 'r.example/orders:2.0.0', owner: ' ' }),
    item('v1.0.0', 'backend#orders', { artifact: 'r.example/orders:1.0.0', owner: 'fulfilment' }),
    item('v0.9.0', 'backend#orders', { owner: 'sales' }),
    item('v2.0.0', 'k8s#prod-deployment/worker', { imageRef: 'r.example/orders:2.0.0' }),
    item('v2.0.0', 'k8s#prod-deployment/proxy', { imageRef: 'r.example/envoy:1' }),
    item('v1.0.0', 'k8s#prod-deployment/own', { imageRef: 'r.example/orders:1.0.0', owner: 'platform' }),
    item('v1.0.0', 'infra#net'),
  ]);
  const owners = currentOwners(report);
  expect(Object.fromEntries(report.components.map(({ id }, column) => [id, owners[column]]))).toEqual({
    'backend#orders': 'fulfilment',
    'infra#net': null,
    'k8s#own': 'platform',
    'k8s#proxy': null,
    'k8s#worker': 'fulfilment',
  });
  expect(currentOwners(report)).toBe(owners);
});
