import { expect, test } from 'vitest';
import { buildMatrix } from '../../src/release/matrix/matrix.ts';
import { ownersOf } from '../../src/release/matrix/owners.ts';
import { fragment } from './items.ts';

const api = (release: string, owner?: string) => fragment(release, 'backend#api', owner === undefined ? {} : { owner });

test.each([
  ['its own fragment', [api('v1.3.0', 'old'), api('v1.4.0', 'own'), api('v1.5.0', 'new')], 'own'],
  ['the newest lower release', [api('v1.2.0', 'older'), api('v1.3.0', 'old'), api('v1.5.0', 'new')], 'old'],
  ['a lower one, where its own does not say', [api('v1.3.0', 'old'), api('v1.4.0')], 'old'],
  ['the next higher release', [api('v1.6.0', 'newest'), api('v1.5.0', 'new')], 'new'],
  ['nobody, where it is blank', [api('v1.4.0', '  ')], undefined],
  ['nobody, where nothing is known', [], undefined],
])('a component is owned by what %s says', (_, fragments, owner) => {
  for (const order of [fragments, fragments.toReversed()]) {
    const matrix = buildMatrix(order, [], { releases: ['v1.4.0'], components: [] });
    const row = matrix.releases.findIndex(({ tag }) => tag === 'v1.4.0');
    expect(ownersOf(matrix, row).get('backend#api')).toBe(owner);
  }
});

test.each([
  ['itself', { owner: 'platform' }, 'platform'],
  ['the component whose image it runs', {}, 'own'],
  ['nobody, where nobody knows whose the image is', { imageRef: 'docker.io/envoy:1.33' }, undefined],
])('a workload is owned by whom %s says', (_, attributes, owner) => {
  const fragments = [
    api('v1.3.0', 'old'),
    fragment('v1.4.0', 'backend#api', { owner: 'own', artifact: 'ghcr.io/acme/api:1.4.0' }),
    fragment('v1.4.0', 'k8s#prod-deployment/gateway', { imageRef: 'ghcr.io/acme/api:1.4.0', ...attributes }),
  ];
  expect(ownersOf(buildMatrix(fragments, []), 0).get('k8s#gateway')).toBe(owner);
});

test('a workload that is missing is owned by whom the nearest release that has it says', () => {
  const fragments = [
    fragment('v1.3.0', 'backend#api', { owner: 'old', artifact: 'ghcr.io/acme/api:1.3.0' }),
    fragment('v1.3.0', 'k8s#prod-deployment/gateway', { imageRef: 'ghcr.io/acme/api:1.3.0' }),
    api('v1.4.0', 'own'),
  ];
  expect(ownersOf(buildMatrix(fragments, []), 0).get('k8s#gateway')).toBe('old');
});
