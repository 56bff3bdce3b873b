import { expect, test } from 'vitest';
import { answerComponent } from '../../../src/views/details/component-answer.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../known-of.ts';

const image = (version: string) => ({ artifact: `ghcr.io/acme/api:${version}` });
const runs = (release: string, environment: string, version: string, readyReplicas = 2) =>
  item(release, `k8s#${environment}-deployment/gateway`, {
    imageRef: `ghcr.io/acme/api:${version}`,
    replicas: 2,
    readyReplicas,
  });
const ITEMS = [
  item('v1.1.0', 'backend#api', { ...image('1.1.0'), owner: 'identity', repo: 'acme/api' }),
  item('v1.1.0', 'backend#other'),
  runs('v1.1.0', 'staging', '1.1.0', 1),
  item('v1.0.0', 'backend#api', { ...image('1.0.0'), owner: 'platform' }),
  item('v1.0.0', 'backend#other'),
  runs('v1.0.0', 'prod', '1.0.0'),
];
const answer = (component: string) => {
  const told = answerComponent(knownOf(reportOf(ITEMS)), { component });
  if (told.kind === 'unknown') throw new Error(`${component} is unknown`);
  return told;
};

test('whose it is now, and every release that has it', () => {
  const { owner, repo, history, plot } = answer('backend#api');
  expect([owner, repo]).toEqual(['identity', 'acme/api']);
  expect(history.map(({ release }) => release)).toEqual(['v1.1.0', 'v1.0.0']);
  expect(plot.map(({ tag }) => tag)).toEqual(['v1.0.0', 'v1.1.0']);
});

test.each(['backend#api', 'k8s#gateway'])('%s runs where the workload runs its image', (id) => {
  const told = answer(id).runs.map(({ environment, name, version, ready }) => [environment, name, version, ready]);
  expect(told).toEqual([
    ['staging', 'gateway', '1.1.0', '1/2'],
    ['prod', 'gateway', '1.0.0', '2/2'],
  ]);
});

test('what is found of it in current releases', () => {
  expect(answer('k8s#gateway').findings).toContainEqual({
    release: 'v1.1.0',
    environment: 'staging',
    weight: expect.any(String),
    what: '1 of 2 ready',
    fact: '',
  });
  expect(answer('backend#other')).toMatchObject({ owner: null, repo: null, runs: [], findings: [] });
});

test('one that no release has is unknown', () => {
  expect(answerComponent(knownOf(reportOf(ITEMS)), { component: 'backend#none' })).toEqual({ kind: 'unknown' });
});
