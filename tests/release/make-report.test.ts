import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/release/item/evidence.ts';
import { type Fragment, type ItemReading, type RejectedItem, readItem } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import type { Policy } from '../../src/release/policy/policy.ts';
import { type MadeReport, makeReport } from '../../src/release/report/make-report.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { changeOf } from './change-of.ts';
import { CROWDED, ITEMS, POLICY, WITHDRAWN } from './estates.ts';
import { fragment, policyOf } from './items.ts';

/** Reads items as the dashboard does: an item that stayed the same object stays the same fragment. */
function reader(policy: Policy) {
  const known = new Map<Item, ItemReading>();
  return (items: readonly Item[]) => {
    const fragments: Fragment[] = [];
    const evidence: Evidence[] = [];
    const rejected: RejectedItem[] = [];
    for (const one of items) {
      const reading = known.get(one) ?? readItem(one, DOCUMENTED_KEYS, policy.environments);
      known.set(one, reading);
      if ('fragment' in reading) fragments.push(reading.fragment);
      if ('evidence' in reading) evidence.push(reading.evidence);
      if ('rejected' in reading) rejected.push(reading.rejected);
    }
    return { fragments, evidence, rejected };
  };
}

/** In place, as a table does it. */
function putInto(table: readonly Item[], put: readonly Item[]): Item[] {
  const news = new Map(put.map((one) => [keyOf(one), one]));
  const kept = table.map((one) => {
    const other = news.get(keyOf(one));
    news.delete(keyOf(one));
    return other ?? one;
  });
  return [...kept, ...news.values()];
}

const keyOf = (one: Item) => JSON.stringify([one.version, one['component#name']]);

const WAIVERS = [
  { code: 'scaled-to-zero', release: '*', reason: 'quiet', by: 'rm', expires: '2026-11-21' },
  { code: 'version-mismatch', release: '*', reason: 'known', by: 'rm', expires: '2026-11-30' },
];

const RUNS = 100;

const POLICIES = fc.oneof(
  fc.constant<Item>({}),
  POLICY,
  fc.constant<Item>({ waivers: WAIVERS }),
  fc.constant(CROWDED.policy),
  fc.constant<Item>({ groups: { prod: ['preprod', 'staging'], qa: ['dev'] } }),
  fc.constant<Item>({
    lines: { '1.3': { due: '2026-11-22' }, '1.2': { due: '2026-11-20' }, '2': { due: '2026-11-21T01:00:00Z' } },
    freezes: [{ environment: 'prod', from: '2026-11-21', to: '2026-11-22', reason: 'r' }],
  }),
  fc.tuple(POLICY, WITHDRAWN).map(([policy, withdrawn]) => ({ ...policy, ...withdrawn })),
);

/**
 * A table that changes: each step puts some items (over those of the same keys), deletes some, lets time pass, and may
 * change the policy or the order in which the items come.
 */
const STEPS = fc.array(
  fc.record({
    put: ITEMS.map((items) => items.slice(0, 3)),
    drop: fc.array(fc.nat({ max: 60 }), { maxLength: 2 }),
    minutes: fc.constantFrom(0, 1, 45, 90, 24 * 60, 5 * 24 * 60),
    turn: fc.constantFrom(0, 0, 0, 1, 7),
    policy: fc.option(POLICIES, { freq: 9 }),
  }),
  { maxLength: 8 },
);

describe('a report made out of the one before', () => {
  test('is the one made anew, whatever changed in between', () => {
    const worlds = fc.record({
      start: fc.oneof(
        ITEMS,
        fc.tuple(ITEMS, ITEMS).map(([a, b]) => putInto(a, b)),
        fc.constant([...CROWDED.items]),
      ),
      policy: POLICIES,
      steps: STEPS,
    });
    fc.assert(
      fc.property(worlds, ({ start, policy: document, steps }) => {
        let policy = policyOf(document);
        let read = reader(policy);
        let now = Date.parse('2026-11-20T12:00:00Z');
        let table = start;
        let built: MadeReport | null = null;
        const first = { put: [], drop: [] as number[], minutes: 0, turn: 0, policy: null };
        for (const { put, drop, minutes, turn, policy: other } of [first, ...steps]) {
          if (other !== null) {
            policy = policyOf(other);
            read = reader(policy);
          }
          table = putInto(
            table.filter((_, at) => !drop.includes(at)),
            put,
          );
          table = [...table.slice(turn), ...table.slice(0, turn)];
          now += minutes * 60_000;
          const reading = read(table);
          const change = changeOf(built?.input.fragments ?? [], reading.fragments);
          const input = { ...reading, change, readAt: new Date(now).toISOString() };
          built = makeReport(built, input, policy);
          expect(built.report).toEqual(makeReport(null, input, policy).report);
        }
      }),
      { numRuns: RUNS },
    );
    // Beside other work on the same cores.
  }, 60_000);

  const releases = ['v1.0.0', 'v1.1.0', 'v1.2.0', 'v1.3.0', 'v1.4.0', 'v1.5.0', 'v1.6.0'];
  const estate = releases.flatMap((release) => [fragment(release, 'backend#api'), fragment(release, 'frontend#web')]);
  const at = { rejected: [], readAt: '2026-11-20T12:00:00Z' };

  test('keeps the rows that do not rest on what changed', () => {
    const first = makeReport(null, { fragments: estate, ...at });
    const other = fragment('v1.1.0', 'frontend#web', { componentVersion: '9.0.0' });
    const changed = estate.map((one) => (one.release === 'v1.1.0' && one.type === 'frontend' ? other : one));
    const second = makeReport(first, { fragments: changed, ...at, change: changeOf(estate, changed) });
    const kept = second.report.rows.filter((row, index) => row === first.report.rows[index]);
    // v1.2.0 to v1.4.0 ask it how the component was versioned in the last three releases before them, and say the same.
    expect(kept.map(({ release }) => release.tag)).toEqual(releases.filter((tag) => tag !== 'v1.1.0').reverse());
  });

  test('judges alone the row whose change nobody else looks at', () => {
    const first = makeReport(null, { fragments: estate, ...at });
    const other = fragment('v1.1.0', 'frontend#web', { owner: 'shop' });
    const changed = estate.map((one) => (one.release === 'v1.1.0' && one.type === 'frontend' ? other : one));
    const { rows } = makeReport(first, { fragments: changed, ...at, change: changeOf(estate, changed) }).report;
    expect(rows.flatMap((row, index) => (row === first.report.rows[index] ? [] : [row.release.tag]))).toEqual([
      'v1.1.0',
    ]);
  });

  test('keeps every row where nothing changed, or where only a release was added above', () => {
    const first = makeReport(null, { fragments: estate, ...at });
    const again = makeReport(first, { fragments: estate, ...at, readAt: '2026-11-20T12:00:05Z' });
    expect(again.report.rows.every((row, index) => row === first.report.rows[index])).toBe(true);
    const above = [...estate, fragment('v2.0.0', 'backend#api')];
    const { rows } = makeReport(again, { fragments: above, ...at, change: changeOf(estate, above) }).report;
    expect(rows.slice(1).every((row, index) => row === first.report.rows[index])).toBe(true);
    expect(rows[0]?.release.tag).toBe('v2.0.0');
  });

  test('another spelling that held only what cannot be read, and holds something now, is told of', () => {
    const rejected = ['v1.7.0-rc1', 'v1.7.0-rc.1'].map((release) => ({
      ...{ id: release, release, key: 'no-hash', reason: 'r', item: {} },
    }));
    const before = [...estate, fragment('v1.7.0-rc1', 'backend#api')];
    const now = [...before, fragment('v1.7.0-rc.1', 'frontend#web')];
    const first = makeReport(null, { fragments: before, ...at, rejected });
    const input = { fragments: now, ...at, rejected, change: changeOf(before, now) };
    expect(makeReport(first, input).report).toEqual(makeReport(null, input).report);
  });

  /** A report made a few times out of the one before, and what there was of those before. */
  async function madeAgainAndAgain(policy: Policy) {
    let fragments = estate;
    let made = makeReport(null, { fragments, ...at }, policy);
    const earlier: WeakRef<object>[] = [];
    for (const release of ['v1.7.0', 'v1.8.0', 'v1.9.0', 'v1.10.0']) {
      for (const part of [made.survey.estate, made.survey.rosters, made.report]) earlier.push(new WeakRef(part));
      // A stable release more has the rosters made anew, which rest on which of those below are whole.
      const now = [...fragments, fragment(release, 'backend#api'), fragment(release, 'frontend#web')];
      made = makeReport(made, { fragments: now, ...at, change: changeOf(fragments, now) }, policy);
      fragments = now;
      // Only after this turn may what a reference was made of be forgotten.
      await new Promise(setImmediate);
    }
    return { made, earlier };
  }

  test.each([
    ['an inferred roster', policyOf({})],
    ['a roster of the policy', policyOf({ roster: [{ component: 'backend#api' }, { component: 'frontend#*' }] })],
  ])('holds on to nothing of the reports before the last, with %s', async (_, policy) => {
    const { made, earlier } = await madeAgainAndAgain(policy);
    collectGarbage();
    // The very last may still be in a register of the machine.
    const gone = earlier.slice(0, -3);
    expect(gone.flatMap((one, place) => (one.deref() === undefined ? [] : [place]))).toEqual([]);
    // What has not changed in between is still there.
    expect(made.report.rows).toHaveLength(11);
  });

  test('takes nothing over from another policy', () => {
    const first = makeReport(null, { fragments: estate, ...at });
    const strict = policyOf({ roster: [{ component: 'backend#never-seen' }] });
    expect(makeReport(first, { fragments: estate, ...at }, strict).report).toEqual(
      makeReport(null, { fragments: estate, ...at }, strict).report,
    );
  });
});
