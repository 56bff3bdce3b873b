import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { FindingFilters } from '../../src/release/finding/finding-filters.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULT_POLICY } from '../../src/release/policy/policy.ts';
import type { GateFinding, GateReport } from '../../src/release/report/gate.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import { answerExport, type Exported } from '../../src/views/export/export-answer.ts';
import type { Format } from '../../src/views/export/file-text.ts';
import type { Filters } from '../../src/views/params.ts';
import { WHOLE_VIEW } from '../dashboard/whole-view.ts';
import { item } from '../release/items.ts';
import { releaseMatrix } from './command.ts';

// A question has one answer: what a screen saves is, byte by byte, what the command prints, as long as no filter is set.

const HOSTILE = '##vso[x]|a\\|\n::x `y` \u202e=1+1, <b>@team';
const ITEMS: readonly Item[] = [
  item('v1.3.0', 'backend#api', { commit: 'abcdef1', repo: 'acme/api', date: '2026-11-01T10:00:00Z' }),
  item('v1.3.0', 'backend#gone', { date: '2026-11-01T10:00:00Z' }),
  item('v1.4.0', 'backend#api', {
    commit: 'abcdef2',
    repo: 'acme/api',
    changelog: HOSTILE,
    date: '2026-11-10T10:00:00Z',
  }),
  item('v1.3.0', 'k8s#prod-deployment/api', { replicas: 2, readyReplicas: 2, date: '2026-11-02T10:00:00Z' }),
  item('v1.4.0', 'k8s#staging-deployment/api', { replicas: 2, readyReplicas: 1, date: '2026-11-11T10:00:00Z' }),
  item('v1.4.0', `k8s#prod-deployment/${HOSTILE}`, { environment: 'prod', replicas: 2, componentVersion: HOSTILE }),
  item('v1.4.0', 'k8s#deployment/unplaced', { replicas: 1, readyReplicas: 1 }),
];

const folder = mkdtempSync(join(tmpdir(), 'release-matrix-exports-'));
afterAll(() => rmSync(folder, { recursive: true }));
const from = join(folder, 'items.json');
writeFileSync(from, JSON.stringify(ITEMS));

async function printed(words: string, format: Format): Promise<string> {
  const { exitCode, stdout } = await releaseMatrix([
    ...words.split(' '),
    '--from',
    from,
    '--format',
    format.toLowerCase(),
  ]);
  expect(exitCode).toBe(0);
  return stdout;
}

function saved(of: Exported, format: Format, filters: Partial<Filters> = {}): string | undefined {
  const read = readItems(ITEMS, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
  const made = makeReport(null, { ...read, readAt: '2026-11-20T12:00:00.000Z' }, DEFAULT_POLICY);
  const known = { ...read, ...made, policy: DEFAULT_POLICY, policies: [], keyNames: DOCUMENTED_KEYS, activity: null };
  return answerExport(known, { format, filters: { ...WHOLE_VIEW, ...filters }, of })?.text;
}

const NOW: Exported = { view: 'environments', off: null, at: null };
const ALL_FINDINGS: FindingFilters = { severity: [], code: [], waived: 'show' };
const FOUND: Exported = { view: 'findings', ...ALL_FINDINGS };
const BETWEEN: Exported = { view: 'compare', a: 'v1.3.0', b: 'v1.4.0' };

test.each(
  (
    [
      ['deployed', NOW],
      ['deployed --at 2026-11-05', { ...NOW, at: '2026-11-05' }],
      ['compare v1.3.0 v1.4.0', BETWEEN],
      ['compare @prod @staging', { ...BETWEEN, a: '@prod', b: '@staging' }],
      ['findings', FOUND],
    ] as const
  ).flatMap(([words, of]) => (['CSV', 'JSON', 'Markdown'] as const).map((format) => [words, format, of] as const)),
)('%s, as %s', async (words, format, of) => {
  expect(saved(of, format)).toBe(await printed(words, format));
});

test.each<[Exported, Partial<Filters>, string]>([
  [NOW, { env: ['staging'] }, 'The filters hide 1 component and 1 environment.'],
  [BETWEEN, { q: 'gone' }, 'The filters hide 4 components of this comparison.'],
  [FOUND, { type: ['backend'] }, 'The filters hide 3 findings.'],
  [FOUND, { stage: ['rc'] }, 'The filters hide 4 findings and 1 unknown release.'],
])('a part of it says so at its end: %j', async (of, filters, words) => {
  expect(saved(of, 'Markdown', filters)).toMatch(new RegExp(`\n\n${words}\n$`));
  expect(saved(of, 'CSV', filters)?.split('\r\n').at(-2)).toMatch(/^"# Read .* The filters hide /);
});

test.each(['CSV', 'Markdown'] as const)(
  'a release as %s is what manifest prints, whatever is filtered',
  async (format) => {
    const of: Exported = { view: 'release', release: 'v1.4.0' };
    const said = await printed('manifest v1.4.0', format);
    expect([saved(of, format), saved(of, format, { type: ['frontend'] })]).toEqual([said, said]);
  },
);

test('a release as JSON is what check prints of it, but for the digest, and its contents as manifest prints them', async () => {
  const { digest: _, ...said } = JSON.parse(await printed('report v1.4.0', 'JSON'));
  const contents = JSON.parse(await printed('manifest v1.4.0', 'JSON'));
  const release = JSON.parse(saved({ view: 'release', release: 'v1.4.0' }, 'JSON') ?? '');
  expect(release).toMatchObject({ ...said, manifest: contents });
  expect(said.findings.length).toBeGreaterThan(1);
});

test('findings as JSON are those that check prints, with their owner and their words', async () => {
  const { findings } = JSON.parse(saved(FOUND, 'JSON') ?? '');
  const said = JSON.parse(await printed('report --all', 'JSON')).flatMap((of: GateReport) => of.findings);
  const key = ({ release, code, message }: GateFinding) => `${release} ${code} ${message}`;
  const sorted = (all: GateFinding[]) => all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  expect(sorted(findings)).toMatchObject(sorted(said));
  expect(Object.keys(findings[0]).slice(-3)).toEqual(['owner', 'why', 'whatToDo']);
});

test('nothing that the filters leave is no table', () => {
  expect(saved(NOW, 'Markdown', { q: 'no such component' })).toMatch(/^Nothing\.\n/);
});
