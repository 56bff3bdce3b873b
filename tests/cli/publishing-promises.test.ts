import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awsError, cannedServer } from '../store/canned-server.ts';
import { lossyProxy } from '../store/lossy-proxy.ts';
import { SAMPLES } from './adapters/samples.ts';
import { checkoutAfter, emptyCheckout } from './checkout.ts';
import { releaseMatrix } from './command.ts';
import { type OwnTable, ownTable } from './running-table.ts';

/**
 * Each sentence of docs/publishing.md that says what is refused, left out or never done, kept by trying it. A sentence that
 * is added or changed there needs its test here.
 */

const DOCUMENT = readFileSync(new URL('../../docs/publishing.md', import.meta.url), 'utf8');

function sentences(): string[] {
  const prose = DOCUMENT.replace(/^```.*?^```$/gms, '').replace(/^#.*$/gm, '');
  const blocks = prose.split(/\n\n|\n(?=- |\| )/).map((block) => block.replace(/\s+/g, ' ').trim());
  const all = blocks.flatMap((block) => block.split(/(?<=[.:;]) (?=[A-Z`*])/));
  return all.filter((sentence) => /\b(?:refuse[sd]?|left out|never)\b/.test(sentence));
}

let table: OwnTable;
beforeAll(async () => {
  table = await ownTable();
});
afterAll(() => table.close());

const BACKEND = ['--release', 'v1.4.0', '--type', 'backend'];
const API = [...BACKEND, '--component', 'api'];
const PROD = ['--release', 'v1.4.0', '--environment', 'prod'];

async function dryRun(words: readonly string[], environment = {}, more: Parameters<typeof releaseMatrix>[2] = {}) {
  const said = await releaseMatrix(['publish', '--dry-run', ...words], environment, more);
  const lines = said.stdout.split('\n').filter((line) => line !== '');
  return { ...said, items: lines.map((line) => JSON.parse(line)) };
}
const of = (tool: string, output: unknown, ...words: string[]) =>
  dryRun(['--from', tool, '--json', JSON.stringify(output), ...words]);
const sample = (tool: string, name: string, ...words: string[]) =>
  dryRun(['--from', tool, '--path', `${SAMPLES}${tool}/${name}`, ...words]);

const deployment = (name: string, spec: object = {}, namespace = 'shop') => ({
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: { template: { spec: { containers: [{ name, image: `ghcr.io/acme/${name}:1` }] } }, ...spec },
});
const listOf = (...items: object[]) => ({ kind: 'List', items });

/** What each sentence begins with, and what shows that it holds. */
const PROMISES: Readonly<Record<string, () => Promise<void>>> = {
  '`--component` and `--version` are refused if the output has several': async () => {
    const packages = ['a', 'b'].map((name) => ({ name, version: '1.0.0' }));
    for (const option of ['--component', '--version']) {
      const { exitCode, stdout } = await of('npm', packages, ...BACKEND, option, '1.0.0');
      expect([exitCode, stdout]).toEqual([2, '']);
    }
  },
  'A date belongs to its commit, and is never that of another': async () => {
    const checkout = checkoutAfter('ui@1.2.0');
    const words = ['--from', 'changesets', '--json', '[{"name":"ui","version":"1.2.0"}]', ...BACKEND];
    const { items } = await dryRun(words, {}, { git: checkout.door });
    expect(items).toMatchObject([{ commit: checkout.tagged, date: '2026-09-01T10:00:00.000Z' }]);
    // A commit that git does not have has no date, whatever that of HEAD or of the clock is.
    const other = await dryRun([...API, '--commit', 'abcdef1'], {}, { git: checkout.door });
    expect(other.items[0]).not.toHaveProperty('date');
    checkout.remove();
  },
  'A repository, commit, date, link or changelog that is invalid': async () => {
    const run = { GITLAB_CI: 'true', CI_PROJECT_PATH: 'a/b', CI_COMMIT_SHA: 'a'.repeat(40), CI_COMMIT_TIMESTAMP: '' };
    for (const [field, unfit] of [
      ['repo', { CI_PROJECT_PATH: 'Web Shop' }],
      ['commit', { CI_COMMIT_SHA: 'main' }],
      ['date', { CI_COMMIT_TIMESTAMP: '2026-11-20' }],
    ] as const) {
      const said = await dryRun(API, { ...run, ...unfit });
      expect([said.exitCode, said.items.length, said.items[0][field]]).toEqual([0, 1, undefined]);
      expect(said.stderr).toMatch(new RegExp(`^the fragment: ${field} is (?:no|not an?) .*; it is left out`));
    }
    const ahead = { ...run, CI_COMMIT_TIMESTAMP: '2026-11-21T12:00:00Z' };
    const late = await dryRun(API, ahead);
    expect([late.items.length, late.items[0].date, late.stderr]).toEqual([
      1,
      undefined,
      expect.stringMatching(/date is in the future.*it is left out/),
    ]);
    const link = await of(
      'semantic-release',
      { nextRelease: { version: '1.0.0' }, releases: [{ url: 'http://a.example/x' }] },
      ...API,
    );
    expect([link.exitCode, link.items[0].links]).toEqual([0, undefined]);
    for (const given of [
      ['--repo', 'Web Shop'],
      ['--commit', 'main'],
      ['--date', '2026-11-21T12:00:00Z'],
      ['--link', 'a=http://a.example'],
    ]) {
      const { exitCode, stdout } = await dryRun([...API, ...given]);
      expect([given, exitCode, stdout]).toEqual([given, 2, '']);
    }
  },
  'A tag that can be read in two ways is refused': async () => {
    const { exitCode, stderr } = await dryRun([...BACKEND, '--tag', 'foo-1.2.3-4.5.6']);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/can be read as .* or as /)]);
  },
  'A tag that git does not have is never invented': async () => {
    const checkout = checkoutAfter('other@1.0.0');
    const words = ['--from', 'changesets', '--json', '[{"name":"ui","version":"1.2.0"}]', ...BACKEND];
    const { items } = await dryRun(words, {}, { git: checkout.door });
    expect([items.length, items[0].meta]).toEqual([1, undefined]);
    checkout.remove();
  },
  '| GoReleaser |': async () => {
    const { exitCode, stderr } = await sample('goreleaser', 'goreleaser-snapshot', ...BACKEND);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('expected a release, received the snapshot')]);
  },
  'The label `version` is used only if it is one of the image': async () => {
    const image = (label: string) => [
      { RepoTags: ['a.example/api:1.4.0'], Config: { Labels: { 'org.opencontainers.image.version': label } } },
    ];
    expect((await of('docker', image('1.4.0'), ...BACKEND)).items[0].componentVersion).toBe('1.4.0');
    const foreign = await of('docker', image('24.04'), ...BACKEND);
    expect([foreign.items[0].componentVersion, foreign.stderr]).toEqual([undefined, expect.stringContaining('24.04')]);
  },
  '`helm list` joins chart and version': async () => {
    const { exitCode, stderr } = await sample('helm', 'helm-ambiguous-list.json', ...PROD);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/^helm: \S+: .*“redis-7\.2\.0-1\.0\.0” can be read as /m),
    ]);
  },
  'Releases that are uninstalled or superseded are left out': async () => {
    for (const [status, count] of [
      ...(['uninstalled', 'uninstalling', 'superseded'] as const).map((word) => [word, 0] as const),
      ...(['failed', 'pending-upgrade', 'unknown'] as const).map((word) => [word, 1] as const),
    ]) {
      const { items, stderr } = await of('helm', { name: 'a', chart: 'a', version: '1.0.0', status }, ...PROD);
      expect([status, items.length, stderr.includes(status)]).toEqual([status, count, true]);
    }
    const history = [
      { revision: 1, chart: 'a-1.0.0', status: 'superseded' },
      { revision: 2, chart: 'a-1.0.0', status: 'uninstalled' },
    ];
    expect((await of('helm', history, ...PROD, '--component', 'a')).items).toEqual([]);
  },
  'A subject without one is published without `evolutionPolicy`': async () => {
    const subject = (name: string) => ({ subject: name, version: 1, id: 1 });
    const { items } = await of(
      'schema-registry',
      [subject('a'), { compatibilityLevel: 'FULL' }, subject('b')],
      ...PROD,
    );
    expect(items.map(({ evolutionPolicy }) => evolutionPolicy)).toEqual(['FULL', undefined]);
  },
  'A roll-out is judged as `kubectl rollout status` judges each kind': async () => {
    const set = (strategy: object | undefined) => ({
      ...deployment('db', { replicas: 3, updateStrategy: strategy }),
      kind: 'StatefulSet',
      status: { readyReplicas: 3, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' },
    });
    for (const strategy of [{ type: 'RollingUpdate', rollingUpdate: { partition: 2 } }, { type: 'OnDelete' }]) {
      const [item] = (await of('kube', set(strategy), ...PROD)).items;
      expect([item.updatedReplicas, item.availableReplicas, item.meta.rollout]).toEqual([undefined, undefined, 'done']);
    }
    expect((await of('kube', set({ type: 'RollingUpdate' }), ...PROD)).items).toMatchObject([{ updatedReplicas: 1 }]);
  },
  'Of the counters that are left out where they are 0': async () => {
    const none = { readyReplicas: 0, availableReplicas: 0, updatedReplicas: 0 };
    expect((await of('kube', deployment('api', { replicas: 2 }), ...PROD)).items).toMatchObject([none]);
  },
  'A well-known proxy or sidecar is never taken for it': async () => {
    const containers = [
      { name: 'istio-proxy', image: 'istio/proxyv2:1' },
      { name: 'x', image: 'a.example/x:1' },
    ];
    const { items } = await of('kube', deployment('api', { template: { spec: { containers } } }), ...PROD);
    expect(items).toMatchObject([{ imageRef: 'a.example/x:1' }]);
  },
  'A Deployment that a Rollout has taken over': async () => {
    const rollout = {
      ...deployment('api', { replicas: 2, workloadRef: { kind: 'Deployment', name: 'api' } }),
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
    };
    const { items, stderr } = await of('kube', listOf(deployment('api', { replicas: 0 }), rollout), ...PROD);
    expect(items.map((item) => item['component#name'])).toEqual(['k8s#prod-rollout/api']);
    expect(stderr).toContain('Deployment api is left out');
  },
  'With `--environment-from namespace` each is one': async () => {
    const two = listOf(deployment('api', {}, 'shop-prod'), deployment('api', {}, 'shop-qa'));
    const both = await of('kube', two, ...PROD);
    expect([both.exitCode, both.items]).toEqual([2, []]);
    const names = ['--release', 'v1.4.0', '--environment-from', 'namespace'];
    expect((await of('kube', two, ...names)).items).toHaveLength(2);
    const mapped = await of('kube', two, ...names, '--environment-map', 'shop-prod=prod');
    expect([mapped.items.length, mapped.stderr]).toEqual([1, expect.stringContaining('shop-qa')]);
  },
  '| 3 | something may not be written': async () => {
    const server = await cannedServer(() => awsError('AccessDeniedException', 'no'));
    const save = ['--save', '/dev/null/not-saved'];
    const said = await releaseMatrix(['publish', ...API, '--endpoint', server.origin, ...save]);
    await server.close();
    expect(said.exitCode).toBe(3);
  },
  '`publish` never ends with it': async () => {
    const codes = [];
    for (const words of [['--owner', 'a'], ['--owner', 'a'], ['--owner', 'b'], ['--owner', ''], ['--colour']]) {
      codes.push((await releaseMatrix(['publish', ...API, ...table.words, ...words])).exitCode);
    }
    const down = ['--endpoint', 'http://127.0.0.1:1', '--save', '/dev/null/not-saved'];
    codes.push((await releaseMatrix(['publish', ...API, ...down])).exitCode);
    expect(codes).toEqual([0, 0, 4, 2, 2, 3]);
  },
  '- The newest 300 are kept, and 64 kB': async () => {
    const checkout = emptyCheckout();
    const stream = Array.from(
      { length: 303 },
      (_, at) =>
        `commit refs/heads/many\ncommitter a <a@a> ${1_790_000_000 + at} +0000\ndata <<E\n${'x'.repeat(199)}\nE\n`,
    );
    execFileSync('git', ['fast-import', '--quiet'], { cwd: checkout.folder, input: stream.join('\n') });
    checkout.git(['checkout', '--quiet', 'many']);
    const { items } = await dryRun(API, {}, { git: checkout.door });
    const { commits, cut } = (items[0]?.changes ?? { commits: [], cut: 0 }) as { commits: string[]; cut: number };
    // Each has 240 characters: 64 kB hold fewer than 300.
    expect([commits.length + cut, commits.length > 250, commits.length < 300]).toEqual([303, true, true]);
    checkout.remove();
  },
  'After a write the publisher counts it in items of its own': async () => {
    await releaseMatrix(['publish', ...API, ...table.words, '--component', 'counted'].toSpliced(5, 2));
    expect(Object.keys(await table.counters())).toContain('total');
    for (const words of [
      ['export', '-'],
      ['report', '--format', 'json'],
    ]) {
      const { stdout } = await releaseMatrix([...words, ...table.words]);
      expect([words, stdout.includes('release-matrix:changes')]).toEqual([words, false]);
    }
  },
  '`DeleteItem`, `BatchWriteItem`': async () => {
    const proxy = await lossyProxy(Number(new URL(table.origin).port), 'NoSuchOperation');
    const here = ['--table', table.table, '--endpoint', proxy.origin];
    const workload = ['--release', 'v9.0.0', '--type', 'k8s', '--component', 'api', ...here];
    for (const words of [
      ['--owner', 'a'],
      ['--owner', 'b'],
      ['--owner', 'b', '--replace'],
    ]) {
      await releaseMatrix(['publish', ...workload, ...words]);
    }
    await releaseMatrix(['publish', ...workload, '--owner', 'b'], {}, { now: () => '2026-11-20T13:00:00.000Z' });
    await proxy.close();
    expect([...new Set(proxy.calls())].toSorted()).toEqual(['DescribeTable', 'GetItem', 'PutItem', 'UpdateItem']);
  },
};

test('every such sentence has a test, and every test its sentence', () => {
  const kept = (sentence: string) => Object.keys(PROMISES).filter((start) => sentence.startsWith(start));
  expect(sentences().filter((sentence) => kept(sentence).length !== 1)).toEqual([]);
  expect(sentences()).toHaveLength(Object.keys(PROMISES).length);
});

test.each(Object.entries(PROMISES))('%s', async (_, keeps) => keeps());
