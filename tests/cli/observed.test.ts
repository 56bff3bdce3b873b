import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { lossyProxy } from '../store/lossy-proxy.ts';
import { releaseMatrix } from './command.ts';
import { eachTable } from './each-table.ts';

/** What was seen last is what runs: every observation writes when it was made, also where nothing else has changed. */

const cluster = (version: string) =>
  JSON.stringify({
    kind: 'Deployment',
    metadata: { name: 'api', namespace: 'prod', generation: 2 },
    spec: {
      replicas: 2,
      template: { spec: { containers: [{ name: 'api', image: `ghcr.io/acme/api:${version}` }] } },
    },
    status: { observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 },
  });

eachTable((table, dynamo) => {
  const observe = (version: string, hour: string, ...more: string[]) =>
    releaseMatrix(
      [
        ...['publish', '--from', 'kube', '--environment', 'prod', '--release', `v${version}`],
        ...['--json', cluster(version), ...table.words, ...more],
      ],
      {},
      { now: () => `2026-11-20T${hour}:00:00.000Z` },
    );
  const times = async () =>
    Object.fromEntries((await table.items()).map(({ version, publishedAt }) => [String(version), publishedAt]));

  test.each([[['--replace']], [[]]])(
    'F26: a roll-back is the observation of the older release again (%s)',
    async (more) => {
      await observe('1.3.0', '10', ...more);
      await observe('1.4.0', '11', ...more);
      expect(await observe('1.3.0', '12', ...more)).toEqual({
        exitCode: 0,
        stdout: 'observed again     v1.3.0  k8s#prod-deployment/api\n',
        stderr: '',
      });
      expect(await times()).toEqual({ 'v1.3.0': '2026-11-20T12:00:00.000Z', 'v1.4.0': '2026-11-20T11:00:00.000Z' });
      // Dashboards learn of it as of any other change.
      expect(await table.counters()).toMatchObject({ 'release#v1.3.0': 2, 'release#v1.4.0': 1 });
      const [older, newer] = await table.items();
      expect(older).toMatchObject({ firstPublishedAt: '2026-11-20T10:00:00.000Z' });
      expect(older).not.toHaveProperty('replaced');
      expect(newer).not.toHaveProperty('firstPublishedAt');
    },
  );

  test('an observer whose answer comes late does not undo a later one', async () => {
    await observe('1.3.0', '12');
    expect((await observe('1.3.0', '11')).stdout).toMatch(/^already published/);
    expect(await times()).toEqual({ 'v1.3.0': '2026-11-20T12:00:00.000Z' });
  });

  test('what another client put gets the time as well, and stays as it was put', async () => {
    const item = { version: 'v1.3.0', 'component#name': 'k8s#prod-deployment/api', ReadyReplicas: 2, replicas: 2 };
    await dynamo.client.send(new PutCommand({ TableName: table.table, Item: item }));
    const words = ['--release', 'v1.3.0', '--type', 'k8s', '--component', 'api', '--kind', 'deployment'];
    const counts = ['--environment', 'prod', '--replicas', '2', '--ready-replicas', '2'];
    const said = await releaseMatrix(['publish', ...words, ...counts, ...table.words]);
    expect(said).toMatchObject({ exitCode: 0, stdout: /^observed again/, stderr: '' });
    expect(await table.items()).toEqual([
      {
        ...item,
        publishedAt: '2026-11-20T12:00:00.000Z',
        firstPublishedAt: 'unknown',
        writeId: expect.any(String),
      },
    ]);
  });

  test('an answer that is lost: told once, counted once', async () => {
    await observe('1.3.0', '10');
    const lossy = await lossyProxy(Number(new URL(table.origin).port), 'UpdateItem');
    const said = await releaseMatrix(
      [
        ...['publish', '--from', 'kube', '--environment', 'prod', '--release', 'v1.3.0', '--json', cluster('1.3.0')],
        ...['--table', table.table, '--endpoint', lossy.origin],
      ],
      {},
      { now: () => '2026-11-20T11:00:00.000Z' },
    );
    await lossy.close();
    expect([said.exitCode, said.stderr]).toEqual([0, '']);
    expect(await times()).toEqual({ 'v1.3.0': '2026-11-20T11:00:00.000Z' });
    expect(await table.counters()).toMatchObject({ 'release#v1.3.0': 2 });
  });

  test('what a run has made is not observed: published again it keeps its time', async () => {
    const words = ['publish', '--release', 'v1.3.0', '--type', 'backend', '--component', 'api', ...table.words];
    await releaseMatrix(words, {}, { now: () => '2026-11-20T10:00:00.000Z' });
    const again = await releaseMatrix(words, {}, { now: () => '2026-11-20T11:00:00.000Z' });
    expect(again.stdout).toMatch(/^already published/);
    expect(await times()).toEqual({ 'v1.3.0': '2026-11-20T10:00:00.000Z' });
  });
});
