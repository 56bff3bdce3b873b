import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildEstate } from '../../src/demo/estate.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import type { Policy } from '../../src/release/policy/policy.ts';
import { policyOfTable } from '../../src/release/policy/read-policy.ts';
import { enoughSteps } from '../../src/release/report/enough-releases.ts';
import { type MadeReport, makeReport } from '../../src/release/report/make-report.ts';
import { sinceInReport } from '../../src/release/report/since.ts';
import { finish } from '../../src/release/text/steps.ts';
import { ITEMS, POLICY, WITHDRAWN } from './estates.ts';
import { policyOf } from './items.ts';

const NOW = '2026-11-20T12:00:00.000Z';

function read(items: readonly Item[], policy: Policy, judged: readonly string[] | null = null): MadeReport {
  const input = { ...readItems(items, DOCUMENTED_KEYS, policy.environments), readAt: NOW };
  return makeReport(null, { ...input, judged: judged === null ? undefined : new Set(judged) }, policy);
}

/** All that is said of a release, cells by their components. */
function saidOf({ report, survey }: MadeReport, tag: string) {
  const row = report.rows.find(({ release }) => release.tag === tag);
  if (row === undefined) return null;
  const cells = row.cells.flatMap((cell, at) => (cell === null ? [] : [[report.components[at]?.id, cell]]));
  return { ...row, cells, since: sinceInReport(report, survey.estate, tag) };
}

/** What is enough of items for some releases, judged anew from its items alone. */
function partOf(items: readonly Item[], policy: Policy, tags: readonly string[]) {
  const whole = read(items, policy);
  const { fragments, rejected, evidence = [] } = whole.input;
  const { report, survey } = whole;
  const enough = finish(enoughSteps({ fragments, evidence, rejected, policy, report, survey }, tags));
  const own = [...enough.fragments, ...enough.evidence, ...enough.rejected].map(({ item }) => item);
  return { whole, enough, part: read(own, policy, enough.judged) };
}

test('of any releases of any estate it says what the whole says', () => {
  const policies = fc.oneof(
    fc.constant<Item>({}),
    POLICY,
    fc.tuple(POLICY, WITHDRAWN).map(([policy, withdrawn]) => ({ ...policy, ...withdrawn })),
  );
  fc.assert(
    fc.property(ITEMS, policies, fc.nat(), fc.integer({ min: 1, max: 3 }), (items, document, first, many) => {
      const policy = policyOf(document);
      const tags = read(items, policy).report.rows.map(({ release }) => release.tag);
      fc.pre(tags.length > 0);
      const asked = [...new Set(Array.from({ length: many }, (_, at) => tags[(first + at * 7) % tags.length] ?? ''))];
      const { whole, enough, part } = partOf(items, policy, asked);
      for (const tag of asked) expect(saidOf(part, tag)).toEqual(saidOf(whole, tag));
      // Whatever is judged at all is judged alike.
      for (const tag of enough.judged ?? tags) {
        const [one, other] = [saidOf(part, tag), saidOf(whole, tag)];
        expect(one?.verdict).toEqual(other?.verdict);
        expect(one?.findings).toEqual(other?.findings);
      }
    }),
    { numRuns: 60 },
  );
});

test('a release of the demo takes a few others along, of which those that it does not know enough of are not judged', () => {
  const { items } = buildEstate({ now: NOW });
  const { policy } = policyOfTable(items, DOCUMENTED_KEYS);
  const { whole, enough, part } = partOf(items, policy, ['v1.4.0']);
  expect(saidOf(part, 'v1.4.0')).toEqual(saidOf(whole, 'v1.4.0'));
  expect(part.report.rows.length).toBeLessThan(20);
  expect(enough.judged).toContain('v1.4.0');
  const others = part.report.rows.filter(({ release }) => enough.judged?.includes(release.tag) !== true);
  expect(others.length).toBeGreaterThan(0);
  for (const { verdict, findings, completeness, fragments, startedAt } of others) {
    expect({ verdict, findings, completeness }).toMatchObject({
      verdict: { result: 'unknown', unknown: [] },
      findings: [],
      completeness: { roster: 'none', missing: [] },
    });
    expect(fragments).toBeGreaterThan(0);
    expect(startedAt).not.toBeNull();
  }
});

test('where all are asked for, all are judged; one that is not there counts for nothing', () => {
  const items: Item[] = ['v1.0.0', 'v1.1.0'].map((version) => ({ version, 'component#name': 'backend#api' }));
  const { enough } = partOf(items, policyOf({}), ['v1.0.0', 'v1.1.0', 'v9.9.9']);
  expect(enough.judged).toBeNull();
  expect(enough.fragments).toHaveLength(2);
});
