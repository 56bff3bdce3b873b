import { expect, test } from 'vitest';
import { findingName, isBlocking } from '../../src/release/finding/finding.ts';
import { type ChangeEvent, changesBetween } from '../../src/release/history/changes.ts';
import { verdictSteps } from '../../src/release/history/verdict-changes.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { contentDifferences } from '../../src/release/item/fragment-content.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import type { Report } from '../../src/release/report/report.ts';
import { surveySteps } from '../../src/release/report/survey.ts';
import { onceFor } from '../../src/release/text/once-for.ts';
import { finish } from '../../src/release/text/steps.ts';
import { keptContents } from '../../src/store/publish-fragment.ts';
import { seededRandom } from '../bench/random.ts';
import { item, policyOf } from './items.ts';

// A table is written by chance, and what was said of it after each write is kept. Whatever is told of its past by its last
// state must be what was said then.

const RELEASES = ['v1.0.0', 'v1.0.1', 'v1.1.0-rc.1', 'v1.1.0-rc.2', 'v1.1.0', 'v1.2.0-alpha.1', 'v1.2.0-rc.1'];
const KEYS = [
  ...['backend#a', 'backend#b', 'infra#chart', 'docs#guide', 'evidence#smoke'],
  ...['k8s#prod-deployment/edge', 'k8s#qa-deployment/edge', 'k8s#production-deployment/edge', 'k8s#qa-deployment/mesh'],
];
const POLICIES = [
  undefined,
  { evidence: [{ name: 'smoke', stages: ['rc', 'stable'] }] },
  { patchReleases: 'carried', graceMinutes: 5 },
  { severities: { 'environment-inversion': 'error' } },
  {
    roster: [
      { component: 'backend#*', expectation: 'required' },
      { component: 'backend#b', expectation: 'carried' },
    ],
    waivers: [
      { code: 'not-ready', component: 'k8s#edge', release: '*', reason: 'x', by: 'y', expires: '2026-11-20T20:00:00Z' },
    ],
  },
];

/** The states of a table, each with the time of the write that made it. */
interface State {
  readonly at: string;
  readonly items: ReadonlyMap<string, Item>;
}

/** @param others how much of it is put by others @param again how much of what runs is observed again */
function written(random: () => number, writes: number, others: number, again: number): State[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const states: State[] = [{ at: '2026-11-20T08:00:00.000Z', items: new Map() }];
  let time = Date.parse('2026-11-20T08:00:00.000Z');
  for (let write = 0; write < writes; write++) {
    time += random() < 0.5 ? Math.ceil(random() * 50_000) : Math.ceil(random() * 2_000_000);
    const at = new Date(time).toISOString();
    const items = new Map(states.at(-1)?.items);
    // The first come in order, so that something is whole.
    const release = write < 12 ? (RELEASES[Math.floor(write / 4)] ?? 'v1.0.0') : pick(RELEASES);
    const key = write < 12 ? (KEYS[write % 4] ?? 'backend#a') : pick(KEYS);
    const id = `${release} ${key}`;
    const before = items.get(id);
    const content = item(release, key, contentOf(key, random));
    const stamp = { publishedAt: at, writeId: `w${write}` };
    if (random() < others) items.set(id, random() < 0.5 ? { ...content, publishedAt: at } : content);
    else if (before === undefined) items.set(id, { ...content, ...stamp });
    else if (contentDifferences(before, content, DOCUMENTED_KEYS).length > 0) {
      items.set(id, { ...content, ...stamp, replaced: keptContents(before, content, DOCUMENTED_KEYS, at) });
    } else if (key.startsWith('k8s#') && random() < again) {
      const { firstPublishedAt, writeId, publishedAt } = before;
      const first = firstPublishedAt ?? (writeId === undefined ? 'unknown' : (publishedAt ?? 'unknown'));
      items.set(id, { ...before, ...stamp, firstPublishedAt: first });
    } else continue;
    states.push({ at, items });
  }
  return states;
}

function contentOf(key: string, random: () => number): Item {
  if (key.startsWith('evidence#')) {
    const covers = { 'backend#a': { commit: 'a'.repeat(40) }, 'backend#b': { commit: 'a'.repeat(40) } };
    return { result: random() < 0.7 ? 'pass' : 'fail', covers };
  }
  if (key.startsWith('k8s#')) return { imageRef: 'proxy:1', replicas: 2, readyReplicas: random() < 0.6 ? 2 : 1 };
  return { repo: 'acme/shop', commit: (random() < 0.8 ? 'a' : 'b').repeat(40) };
}

const readOf = onceFor(({ items }: State) => readItems(items.values(), DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS));

test.each([
  ['all of it by this program', { others: 0, again: 0, least: 150 }],
  ['much of it observed again', { others: 0, again: 0.5, least: 50 }],
  ['some of it by others', { others: 0.02, again: 0.1, least: 50 }],
])('what is told of the past of a table is what was said then: %s', (_, { others, again, least }) => {
  let told = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const policy = policyOf(POLICIES[seed % POLICIES.length]);
    const states = written(seededRandom(seed), 60, others, again);
    const last = states.at(-1) as State;
    const read = readOf(last);
    const readAt = new Date(Date.parse(last.at) + 5_000).toISOString();
    const survey = finish(surveySteps({ ...read, readAt }, policy, []));
    const sources = { ...read, survey, policies: [], keys: DOCUMENTED_KEYS, seen: [] };
    const changes = finish(verdictSteps(sources, new Set(RELEASES), ''));
    const reports = new Map<string, Report>();
    const reportOf = (state: State, at: string) => {
      const name = `${state.at} ${at}`;
      const report = reports.get(name) ?? makeReport(null, { ...readOf(state), readAt: at }, policy).report;
      reports.set(name, report);
      return report;
    };
    for (const { release, from, to, before, after, cause } of changes) {
      const said = (state: State | undefined, at: string) => {
        if (state === undefined) return null;
        const { rows } = reportOf(state, at);
        const row = rows.find((one) => one.release.tag === release);
        return row === undefined || row.fragments === 0 ? null : row;
      };
      // What it was is said of the moment before the first of what happened.
      const then = said(
        states.findLast(({ at }) => at < from),
        new Date(Date.parse(from) - 1).toISOString(),
      );
      const since = said(
        states.findLast(({ at }) => at <= to),
        to,
      );
      const of = { seed, release, from, to };
      const was = before === 'not-known' ? before : (then?.verdict.result ?? 'none');
      expect({ ...of, before: was, after: since?.verdict.result }).toEqual({ ...of, before, after });
      if (cause.kind !== 'blocks') continue;
      const [blocking, known] = [since, then].map((row) => row?.findings.filter(isBlocking).map(findingName) ?? []);
      const came = before === 'not-known' ? blocking : blocking?.filter((name) => !known?.includes(name));
      expect({ ...of, came }).toEqual({ ...of, came: cause.findings.map(findingName) });
    }
    told += changes.length;
  }
  expect(told).toBeGreaterThan(least);
});

test('no more is told where somebody saw it change and go', () => {
  const [first, ...states] = written(seededRandom(7), 60, 0, 0);
  const last = states.at(-1) as State;
  const read = readOf(last);
  const gone = changesBetween(readOf(states[30] as State).fragments.slice(0, 1), [], last.at);
  const survey = finish(surveySteps({ ...read, readAt: last.at }, policyOf(undefined), []));
  const sources = { ...read, survey, policies: [], keys: DOCUMENTED_KEYS };
  expect(first?.items.size).toBe(0);
  const told = (seen: ChangeEvent[]) => finish(verdictSteps({ ...sources, seen }, new Set(RELEASES), ''));
  expect(told([]).length).toBeGreaterThan(0);
  expect(told(gone)).toEqual([]);
});
