import { expect, test } from 'vitest';
import type { Tool } from '../../src/cli/adapters/adapter-of-tool.ts';
import { SAMPLES } from './adapters/samples.ts';
import { releaseMatrix } from './command.ts';
import { eachTable } from './each-table.ts';

/**
 * The whole way of each tool: its own output is published to a table, and the gate says of it what is true: fail while the
 * components of the release before are missing, pass once they have been published.
 */

interface Flow {
  readonly tool: Tool;
  readonly sample: string;
  readonly words: readonly string[];
  readonly keys: readonly string[];
}

const FLOWS: readonly Flow[] = [
  {
    tool: 'changesets',
    sample: 'changesets/changesets-3-output.ndjson',
    words: ['--type', 'frontend'],
    keys: ['frontend#@acme/ui', 'frontend#shell'],
  },
  {
    tool: 'semantic-release',
    sample: 'semantic-release/semantic-release-next.json',
    words: ['--type', 'frontend', '--component', 'ui'],
    keys: ['frontend#ui'],
  },
  { tool: 'goreleaser', sample: 'goreleaser/goreleaser-2', words: [], keys: ['backend#ledger'] },
  {
    tool: 'release-please',
    sample: 'release-please/release-please-v4.json',
    words: ['--type', 'backend'],
    keys: ['backend#additional-sdk', 'backend#sdk'],
  },
  {
    tool: 'release-plz',
    sample: 'release-plz/release-plz-action.json',
    words: [],
    keys: ['backend#orders', 'backend#orders-core'],
  },
  { tool: 'npm', sample: 'npm/npm-12-pack.json', words: ['--type', 'frontend'], keys: ['frontend#@acme/ui'] },
  { tool: 'docker', sample: 'docker/docker-inspect.json', words: [], keys: ['backend#ledger'] },
  {
    tool: 'helm',
    sample: 'reported/helm-list-chart-v.json',
    words: ['--environment', 'prod'],
    keys: ['infra#auth', 'infra#cert-manager'],
  },
  {
    tool: 'kube',
    sample: 'reported/kube-istio-proxy-first.json',
    words: ['--environment', 'prod'],
    keys: ['k8s#prod-deployment/orders-v1'],
  },
  { tool: 'schema-registry', sample: 'schema-registry/schema-registry-put.ndjson', words: [], keys: ['kafka#Kafka'] },
  {
    tool: 'terraform',
    sample: 'terraform/terraform-output.json',
    words: ['--component', 'network', '--environment', 'prod', '--allow-output', 'vpc_id'],
    keys: ['infra#network'],
  },
];

eachTable((table) => {
  test.each(FLOWS)('$tool: $sample', async ({ tool, sample, words, keys }) => {
    const from = ['--from', tool, '--path', `${SAMPLES}${sample}`, ...words];
    const publish = (release: string, what: readonly string[]) =>
      releaseMatrix(['publish', '--release', release, ...what, ...table.words], {
        ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: `acme/${tool}`, GITHUB_SHA: 'a'.repeat(40) },
        ...{ GITHUB_SERVER_URL: 'https://github.com', GITHUB_RUN_ID: '7' },
      });
    const other = ['--type', 'library', '--component', 'other', '--repo', 'acme/other'];
    const verdict = async () => {
      // Long after all was published, so that nothing is excused for being on its way.
      const late = ['--now', '2026-11-20T18:00:00Z', '--format', 'json'];
      const said = await releaseMatrix(['check', 'v1.4.0', ...late, ...table.words]);
      const { verdict: word, findings } = JSON.parse(said.stdout);
      return { exitCode: said.exitCode, verdict: word, codes: findings.map(({ code }: { code: string }) => code) };
    };

    for (const what of [from, other]) expect((await publish('v1.3.0', what)).exitCode).toBe(0);
    expect((await publish('v1.4.0', other)).exitCode).toBe(0);
    const missing = keys.map(() => 'missing-component');
    expect(await verdict()).toEqual({ exitCode: 1, verdict: 'fail', codes: expect.arrayContaining(missing) });

    const said = await publish('v1.4.0', from);
    expect(said.exitCode).toBe(0);
    const published = said.stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s{2,}/));
    expect(published.toSorted()).toEqual(keys.map((key) => ['published', 'v1.4.0', key]));
    expect(await verdict()).toMatchObject({ exitCode: 0, verdict: 'pass' });

    const again = await publish('v1.4.0', from);
    expect([again.exitCode, again.stdout.match(/^already published/gm)?.length]).toEqual([0, keys.length]);
    const items = (await table.items()).filter(({ version }) => version === 'v1.4.0');
    for (const item of items) {
      expect(item).toMatchObject({
        publishedAt: '2026-11-20T12:00:00.000Z',
        publishedBy: `https://github.com/acme/${tool}/actions/runs/7`,
      });
    }
  });
});
