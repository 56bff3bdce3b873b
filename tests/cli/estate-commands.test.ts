import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { comparisonDocument } from '../../src/release/compare/compare-document.ts';
import { manifestDocument } from '../../src/release/history/manifest.ts';
import { CASES } from '../release/cases.ts';
import { releaseMatrix } from './command.ts';

let folder = '';
let from = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-estate-'));
  from = file('estate.json', ESTATE);
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const WHOLE = CASES.find(({ name }) => name === 'a whole and consistent stable release passes')?.items ?? [];
const workload = (version: string, key: string, more: object = {}) => ({
  version,
  'component#name': key,
  imageRef: `ghcr.io/acme/auth-service:${version.slice(1)}`,
  readyReplicas: 2,
  replicas: 3,
  date: '2026-11-19T10:00:00Z',
  ...more,
});
const ESTATE = [
  ...WHOLE.filter((item) => item['component#name'] !== 'k8s#prod-deployment/auth-service'),
  workload('v1.3.0', 'k8s#prod-deployment/auth-service', { readyReplicas: 3 }),
  workload('v1.4.0', 'k8s#staging-deployment/auth-service'),
  workload('v1.4.0', 'k8s#deployment/unplaced'),
];
const NOW = ['--now', '2026-11-20T12:00:00Z'];
const run = (...words: string[]) => releaseMatrix([...words, '--from', from, ...NOW]);

describe('compare', () => {
  test.each([
    ['v1.3.0', 'v1.4.0'],
    ['prev', 'v1.4.0'],
    ['1.3.0', '1.4.0'],
  ])('%s and %s, as text', async (a, b) => {
    const { exitCode, stdout, stderr } = await run('compare', a, b);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      [
        'v1.3.0 → v1.4.0',
        '1 new, 0 removed, 1 changed, 1 rebuilt, 3 unchanged',
        '',
        'new        k8s#unplaced  1.4.0',
        'changed    k8s#auth-service  1.3.0 → 1.4.0 (minor)',
        '  imageRef: ghcr.io/acme/auth-service:1.3.0 → ghcr.io/acme/auth-service:1.4.0',
        '  environments: prod → staging',
        'rebuilt    backend#auth-service  1.3.0 → 1.4.0',
        '  artifact: ghcr.io/acme/auth-service:1.3.0 → ghcr.io/acme/auth-service:1.4.0',
        '',
        'findings: fixed 0, still 0, new 2',
        'new  not-ready: auth-service in staging: 2 of 3 ready',
        'new  not-ready: unplaced: 2 of 3 ready',
        '',
        'read 2026-11-20T12:00:00.000Z',
        '',
      ].join('\n'),
    );
  });

  test('as JSON it is the published document; an environment is a side', async () => {
    const { exitCode, stdout } = await run('compare', '@production', 'v1.4.0', '--format', 'json');
    const document = comparisonDocument.parse(JSON.parse(stdout));
    expect([exitCode, document.from.environment, document.to.release]).toEqual([0, 'prod', 'v1.4.0']);
    expect(document.leftOut).toContain('frontend#shell');
    // Of an environment there are no findings.
    expect(document.findings).toBeUndefined();
  });

  test('as JSON: what became of the findings of a release since another, either way', async () => {
    const found = async (a: string, b: string) =>
      comparisonDocument.parse(JSON.parse((await run('compare', a, b, '--format', 'json')).stdout)).findings;
    const finding = (component: string, environment: string | null, message: string) => ({
      code: 'not-ready',
      severity: 'warning',
      component,
      environment,
      message,
      waived: false,
    });
    const [of, unplaced] = [
      finding('k8s#auth-service', 'staging', 'auth-service in staging: 2 of 3 ready'),
      finding('k8s#unplaced', null, 'unplaced: 2 of 3 ready'),
    ];
    const severe = [of, unplaced].map((one) => ({ ...one, severity: 'error' }));
    expect(await found('v1.3.0', 'v1.4.0')).toEqual({ new: severe, still: [], fixed: [], unknown: [] });
    // v1.3.0 runs neither in staging nor anything that is called unplaced.
    expect(await found('v1.4.0', 'v1.3.0')).toEqual({ new: [], still: [], fixed: [], unknown: severe });
    expect(await found('v1.4.0', 'v1.4.0')).toMatchObject({
      still: severe.map((one) => ({ ...one, since: 'v1.4.0' })),
    });
  });

  test.each<[string, string, number, string]>([
    ['prev', 'prev', 2, 'prev is the stable release before the other side'],
    ['', 'v1.4.0', 2, 'Expected a release'],
    ['v9.9.9', 'v1.4.0', 3, 'There is no fragment of v9.9.9. The newest are v1.4.0, v1.3.0, v1.2.0.'],
    ['v1.4.0', '@nowhere', 3, 'Nothing is known to run in nowhere. Environments: @staging, @prod.'],
    ['prev', 'v1.2.0', 3, 'There is no stable release before v1.2.0.'],
  ])('%j and %j end with their fault', async (a, b, code, words) => {
    const { exitCode, stdout, stderr } = await run('compare', a, b);
    expect([exitCode, stdout, stderr]).toEqual([code, '', expect.stringContaining(words)]);
  });
});

describe('manifest', () => {
  test('as JSON and as YAML it is the published document', async () => {
    const json = await run('manifest', 'v1.4.0');
    const yaml = await run('manifest', 'v1.4.0', '--format', 'yaml');
    const document = manifestDocument.parse(JSON.parse(json.stdout));
    expect([json.exitCode, yaml.exitCode, document.release, document.components.length]).toEqual([0, 0, 'v1.4.0', 6]);
    expect(parse(yaml.stdout)).toEqual(document);
    expect(yaml.stdout).not.toMatch(/[&*]a\d/);
  });

  test('as a table: the verdict, then a line for each fragment and for what is missing', async () => {
    const items = [
      ...ESTATE.filter((item) => item['component#name'] !== 'frontend#shell' || item.version !== 'v1.4.0'),
    ];
    const of = (format: string) =>
      releaseMatrix(['manifest', 'v1.4.0', '--format', format, '--from', file('part.json', items), ...NOW]);
    expect((await of('csv')).stdout.split('\r\n')).toEqual([
      '"component","state","version","environments","ready","desired","commit","date","carried from","findings"',
      '"","fail, 3 of 4 components, 3 errors","v1.4.0","","","","","","",""',
      '"frontend#shell","missing","","","","","","","","missing-component (error)"',
      `"backend#auth-service","changed","1.4.0","","","","${'a'.repeat(40)}","2026-11-01T10:00:00.000Z","",""`,
      '"kafka#user.created","unchanged","3.1.0","","","","","2026-11-01T10:00:00.000Z","",""',
      '"infra#helm-auth","unchanged","0.9.0","","","","","2026-11-01T10:00:00.000Z","",""',
      '"k8s#auth-service","changed","1.4.0","staging","2","3","","2026-11-19T10:00:00.000Z","","not-ready (error)"',
      '"k8s#unplaced","new","1.4.0","","2","3","","2026-11-19T10:00:00.000Z","","not-ready (error)"',
      '',
    ]);
    expect((await of('markdown')).stdout.split('\n')).toEqual([
      '| component | state | version | environments | ready | desired | commit | date | carried from | findings |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      '|  | fail, 3 of 4 components, 3 errors | `v1.4.0` |  |  |  |  |  |  |  |',
      '| `frontend#shell` | missing |  |  |  |  |  |  |  | missing-component (error) |',
      `| \`backend#auth-service\` | changed | \`1.4.0\` |  |  |  | \`${'a'.repeat(40)}\` | \`2026-11-01T10:00:00.000Z\` |  |  |`,
      '| `kafka#user.created` | unchanged | `3.1.0` |  |  |  |  | `2026-11-01T10:00:00.000Z` |  |  |',
      '| `infra#helm-auth` | unchanged | `0.9.0` |  |  |  |  | `2026-11-01T10:00:00.000Z` |  |  |',
      '| `k8s#auth-service` | changed | `1.4.0` | `staging` | 2 | 3 |  | `2026-11-19T10:00:00.000Z` |  | not-ready (error) |',
      '| `k8s#unplaced` | new | `1.4.0` |  | 2 | 3 |  | `2026-11-19T10:00:00.000Z` |  | not-ready (error) |',
      '',
      'Read 2026-11-20T12:00:00.000Z.',
      '',
    ]);
  });

  test('of a release that is not there ends with 3', async () => {
    expect(await run('manifest', 'v9.9.9')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'There is no fragment of v9.9.9. The newest are v1.4.0, v1.3.0, v1.2.0.\n',
    });
  });
});

describe('deployed', () => {
  test('as text: components down, environments across', async () => {
    expect(await run('deployed')).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: [
        'component         staging    prod',
        'k8s#auth-service  1.4.0 2/3  1.3.0 3/3, 1 behind v1.4.0',
        '',
        'Location unknown: k8s#unplaced',
        'read 2026-11-20T12:00:00.000Z',
        '',
      ].join('\n'),
    });
  });

  test('of a group of environments, each with the release of the group', async () => {
    const items = [
      workload('v1.4.0', 'k8s#staging-deployment/auth-service'),
      workload('v1.4.0', 'k8s#prod-eu-deployment/auth-service'),
      workload('v1.4.0', 'k8s#prod-eu-deployment/api'),
      workload('v1.3.0', 'k8s#prod-us-deployment/auth-service'),
    ];
    const policy = file('groups-policy.json', { groups: { prod: ['prod-eu', 'prod-us'] } });
    const { stdout } = await releaseMatrix([
      ...['deployed', '--environment', 'prod', '--policy', policy, '--format', 'json'],
      ...['--from', file('groups.json', items), ...NOW],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      environments: [
        { name: 'prod-eu', group: 'prod', release: 'v1.4.0' },
        { name: 'prod-us', group: 'prod', release: 'v1.4.0' },
      ],
      components: [
        { name: 'api', environments: { 'prod-eu': { differs: null } } },
        { name: 'auth-service', environments: { 'prod-eu': { differs: null }, 'prod-us': { differs: 'older' } } },
      ],
    });
  });

  test('as of a moment, and what is not known of it', async () => {
    const items = [
      workload('v1.3.0', 'k8s#prod-deployment/auth-service', { date: '2026-11-01T10:00:00Z' }),
      workload('v1.4.0', 'k8s#prod-deployment/auth-service'),
      workload('v1.4.0', 'k8s#staging-deployment/auth-service'),
      workload('v1.4.0', 'k8s#staging-deployment/api', { date: undefined }),
    ];
    const at = (...words: string[]) =>
      releaseMatrix(['deployed', '--at', '2026-11-10', ...words, '--from', file('then.json', items), ...NOW]);
    expect((await at()).stdout).toBe(
      [
        'component         prod',
        'k8s#auth-service  1.3.0 2/3',
        '',
        'What had been observed by 2026-11-10T23:59:59.999Z',
        'Not known for then: k8s#auth-service in staging (first observed 2026-11-19T10:00:00.000Z)',
        'Not in it: 1 fragment that does not say when it was observed',
        'read 2026-11-20T12:00:00.000Z',
        '',
      ].join('\n'),
    );
    expect(JSON.parse((await at('--format', 'json', '--environment', 'prod')).stdout)).toMatchObject({
      readAt: '2026-11-20T12:00:00.000Z',
      components: [{ environments: { prod: { release: 'v1.3.0', behindStable: { to: 'v1.3.0', level: true } } } }],
      asOf: { at: '2026-11-10T23:59:59.999Z', notKnown: [], undated: 1 },
    });
    expect((await at('--format', 'markdown')).stdout).toContain('What had been observed by 2026-11-10T23:59:59.999Z.');
  });

  test.each([
    ['nonsense', 2, '--at: “nonsense” is neither a date such as 2026-11-15 nor a time such as 2026-11-15T12:00:00Z\n'],
    ['2027-01-01', 2, '--at: 2027-01-01 is still to come\n'],
    [
      '2020-01-01',
      3,
      'Nothing is known to have run at 2020-01-01T23:59:59.999Z. The first observation is of 2026-11-19T10:00:00.000Z.\n',
    ],
  ])('at %s ends with %i', async (at, exitCode, stderr) => {
    expect(await run('deployed', '--at', at)).toEqual({ exitCode, stdout: '', stderr });
  });

  test('as JSON, of one environment by whatever name it goes', async () => {
    const { exitCode, stdout } = await run('deployed', '--environment', 'Production', '--format', 'json');
    expect([exitCode, JSON.parse(stdout)]).toEqual([
      0,
      {
        schema: 1,
        readAt: '2026-11-20T12:00:00.000Z',
        environments: [{ name: 'prod', newest: 'v1.3.0', release: 'v1.3.0' }],
        components: [
          {
            component: 'k8s#auth-service',
            type: 'k8s',
            name: 'auth-service',
            kind: 'running',
            environments: {
              prod: {
                release: 'v1.3.0',
                stage: 'stable',
                version: '1.3.0',
                date: '2026-11-19T10:00:00.000Z',
                readiness: { state: 'ready', ready: 3, desired: 3, waitsFor: null },
                behindStable: { to: 'v1.4.0', level: false, standing: 'behind', releases: 1, days: 0 },
                behindNewest: { to: 'v1.4.0', level: false, standing: 'behind', releases: 1, days: 0 },
                differs: null,
                asReleased: true,
                marks: [],
                findings: [],
                key: 'k8s#prod-deployment/auth-service',
                commit: null,
                image: 'ghcr.io/acme/auth-service:1.3.0',
                beside: [],
              },
            },
          },
        ],
        withoutEnvironment: ['k8s#unplaced'],
      },
    ]);
  });

  test('N1: what was observed last runs, a release rolled back; its image may be another than that of its release', async () => {
    const at = (release: string, environment: string, image: string, publishedAt: string) => ({
      version: release,
      'component#name': `k8s#${environment}-deployment/api`,
      imageRef: `acme/api:${image}`,
      replicas: 2,
      readyReplicas: 2,
      publishedAt,
    });
    const rolledBack = file('rolled-back.json', [
      at('v1.4.0', 'prod', '1.4.0', '2026-11-18T12:00:00Z'),
      at('v1.3.0', 'prod', '1.3.0', '2026-11-19T12:00:00Z'),
      at('v1.4.0', 'staging', '1.4.0-rc.2', '2026-11-18T12:00:00Z'),
    ]);
    const ask = async (...words: string[]) => (await releaseMatrix([...words, '--from', rolledBack, ...NOW])).stdout;
    expect(await ask('deployed')).toContain(
      'k8s#api    1.4.0-rc.2 2/2, not v1.4.0, split  1.3.0 2/2, 1 behind v1.4.0\n',
    );
    expect(await ask('compare', '@staging', '@prod')).toContain('k8s#api  1.4.0-rc.2 → 1.3.0 (downgrade)\n');
  });

  test.each(['nowhere', 'constructor', '__proto__'])('in %s, where nothing runs, ends with 3', async (name) => {
    const { exitCode, stdout, stderr } = await run('deployed', '--environment', name);
    expect([exitCode, stdout, stderr]).toEqual([
      3,
      '',
      `Nothing is known to run in ${name}. Environments: staging, prod.\n`,
    ]);
  });
});

describe.each([
  'hello\n::add-mask::pass\n  ::warning::pwned\r::x',
  `${'long '.repeat(20)}\n::warning::pwned`,
  '##[set-env name=x]y',
  'x ##vso[task.complete result=Failed;]x',
  '::error::x',
  'a\n::x',
  '\u001b[2J',
  '`x`',
  'a|b\\|c',
  '<img src=x>',
  '@team',
  '\u202e',
  'constructor',
])('somebody’s text %j does nothing', (text) => {
  const hostile = () =>
    file('hostile.json', [
      ...ESTATE,
      workload('v1.4.0', `k8s#prod-deployment/${text}`, { componentVersion: text, environment: [text, 'prod'] }),
      { version: 'v1.4.0', 'component#name': `${text}#x`, artifact: text, owner: text, changelog: text },
    ]);

  test.each([
    ...['text', 'json', 'markdown', 'csv'].flatMap((format) => [
      `compare v1.3.0 v1.4.0 --format ${format}`,
      `deployed --format ${format}`,
      `findings --format ${format}`,
    ]),
    'manifest v1.4.0 --format json',
    'manifest v1.4.0 --format yaml',
    'manifest v1.4.0 --format csv',
    'manifest v1.4.0 --format markdown',
  ])('T48: no command to GitHub in %s', async (words) => {
    const { exitCode, stdout } = await releaseMatrix([...words.split(' '), '--from', hostile(), ...NOW]);
    expect([exitCode, stdout]).toEqual([0, expect.not.stringMatching(/^\s*::|##\w*\[/m)]);
  });

  test.each([['compare', 'v1.3.0', 'v1.4.0'], ['deployed'], ['findings']])('in %s', async (...words) => {
    const plain = await releaseMatrix([...words, '--from', hostile(), ...NOW]);
    expect(plain.exitCode).toBe(0);
    expect(plain.stdout).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(plain.stdout.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
    const { stdout } = await releaseMatrix([...words, '--from', hostile(), ...NOW, '--format', 'markdown']);
    const html = renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm] }, stdout));
    const rest = html.replace(/<code>[^<]*<\/code>|<pre><code[^>]*>[^<]*<\/code><\/pre>/g, '');
    expect(rest).not.toMatch(/<(?!\/?(?:h[234]|p|ul|li|table|thead|tbody|tr|th|td)>)|@|::/);
    const columns = [...html.matchAll(/<tr>.*?<\/tr>/gs)].map(([row]) => [...row.matchAll(/<t[hd]>/g)].length);
    expect(new Set(columns).size).toBeLessThanOrEqual(1);
  });
});
