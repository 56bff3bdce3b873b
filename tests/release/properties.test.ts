import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Finding, isBlocking } from '../../src/release/finding.ts';
import { describeFinding } from '../../src/release/finding-words.ts';
import type { Item } from '../../src/release/item.ts';
import { STAGES } from '../../src/release/release.ts';
import type { Report, ReportRow } from '../../src/release/report.ts';
import { FINDING_CODES } from '../../src/release/severity.ts';
import { reportOf } from './checks/said.ts';
import { CROWDED, IGNORING_POLICY, ITEMS, POLICY } from './estates.ts';
import { item } from './items.ts';

const findingsOf = ({ rows }: Report) => rows.flatMap(({ findings }) => findings);
const rowOf = ({ rows }: Report, tag: string): ReportRow => {
  const row = rows.find(({ release }) => release.tag === tag);
  if (row === undefined) throw new Error(`there is no row ${tag}`);
  return row;
};
const sameFor = (items: readonly Item[], policy: Item) => ({ items, policy });
const isRenamed = ({ code, details }: Finding) => code === 'near-duplicate-name' && 'renamed' in details;
const isSpeltTwice = ({ code, details }: Finding) => code === 'near-duplicate-name' && 'spellings' in details;
const ESTATE = fc.record({ items: ITEMS, policy: fc.oneof(POLICY, fc.constant<Item>({})) });

test('of the crowded estate something is said under every code', () => {
  const codes = new Set(findingsOf(reportOf(CROWDED.items, CROWDED)).map(({ code }) => code));
  expect(FINDING_CODES.filter((code) => !codes.has(code))).toEqual([]);
});

test('the order of the items does not matter', () => {
  const shuffled = ESTATE.chain(({ items, policy }) =>
    fc.shuffledSubarray(items, { minLength: items.length }).map((other) => ({ ...sameFor(items, policy), other })),
  );
  fc.assert(
    fc.property(shuffled, ({ items, policy, other }) => {
      expect(reportOf(other, { policy })).toEqual(reportOf(items, { policy }));
    }),
  );
});

test('items without keys have an order of their own', () => {
  const items: Item[] = [{ a: 1 }, { a: 2 }, { version: 4 }, { 'component#name': 'x' }];
  expect(reportOf([...items].reverse())).toEqual(reportOf(items));
});

test('the program’s own items change nothing', () => {
  const own = [item('release-matrix:sequence', 'counter', { n: 7 }), item('policy', 'policy#release-matrix', {})];
  fc.assert(
    fc.property(ESTATE, ({ items, policy }) => {
      expect(reportOf([...own, ...items], { policy })).toEqual(reportOf(items, { policy }));
    }),
  );
});

test('a component that the policy ignores changes nothing that is said of the others', () => {
  const noise = fc.record({
    name: fc.constantFrom('api', 'x', 'prod-deployment/api'),
    attributes: fc.record({
      repo: fc.constant('acme/mono'),
      commit: fc.constant('ccc'),
      publishedAt: fc.constant('2026-11-01'),
    }),
    at: fc.nat(),
  });
  const judgement = ({ rows, components }: Report) =>
    rows.map(({ release, cells, completeness, findings, verdict }) => ({
      release,
      completeness,
      findings,
      verdict,
      cells: cells.filter((_, column) => components[column]?.type !== 'noise'),
    }));
  fc.assert(
    fc.property(ITEMS, IGNORING_POLICY, noise, (items, policy, { name, attributes, at }) => {
      const before = reportOf(items, { policy });
      // Of two spellings of a version the one with more fragments counts, whatever they are of.
      const rows = before.rows.filter(({ fragments, findings }) => fragments > 0 && !findings.some(isSpeltTwice));
      const row = rows[at % Math.max(1, rows.length)];
      if (row === undefined) return;
      const after = reportOf([...items, item(row.release.tag, `noise#${name}`, attributes)], { policy });
      expect(judgement(after)).toEqual(judgement(before));
    }),
  );
});

test('publishing what is missing never makes more of the release missing', () => {
  let published = 0;
  fc.assert(
    // Without a date: that of a release says which others are before it.
    fc.property(ESTATE, fc.constantFrom('2026-11-01', '2026-11-20T11:59:00Z'), ({ items, policy }, publishedAt) => {
      const before = reportOf(items, { policy });
      for (const { release, completeness } of before.rows) {
        const [gap] = completeness.missing;
        if (gap === undefined) continue;
        published++;
        const after = rowOf(reportOf([...items, item(release.tag, gap, { publishedAt })], { policy }), release.tag);
        const left = completeness.missing.filter((component) => component !== gap);
        expect(left).toEqual(expect.arrayContaining([...after.completeness.missing]));
      }
    }),
  );
  expect(published).toBeGreaterThan(0);
});

test('a waiver never makes a verdict worse, and hides nothing', () => {
  const worse = { pass: 0, unknown: 1, fail: 2 } as const;
  const waiver = fc.record(
    {
      code: fc.constantFrom(...FINDING_CODES),
      release: fc.constantFrom('v1.2.0', '*', '>=1.2'),
      component: fc.constantFrom('*', 'k8s#*', 'backend#api'),
      environment: fc.constantFrom('prod', 'staging'),
      reason: fc.constant('known'),
      by: fc.constant('rm'),
      expires: fc.constantFrom('2026-11-01', '2026-11-21', '2027-11-20'),
    },
    { requiredKeys: ['code', 'release', 'reason', 'by', 'expires'] },
  );
  fc.assert(
    fc.property(ESTATE, fc.array(waiver, { minLength: 1, maxLength: 6 }), ({ items, policy }, waivers) => {
      const before = reportOf(items, { policy });
      const after = reportOf(items, { policy: { ...policy, waivers } });
      after.rows.forEach(({ verdict, findings }, row) => {
        const was = before.rows[row];
        expect(worse[verdict.result]).toBeLessThanOrEqual(worse[was?.verdict.result ?? 'pass']);
        const kept = findings.filter(({ code }) => code !== 'waiver-expired');
        expect(kept.map((finding) => ({ ...finding, waived: null }))).toEqual(was?.findings);
      });
    }),
  );
});

describe('whatever the estate, and whatever it is evaluated as', () => {
  const asked = fc.record({ estate: ESTATE, as: fc.constantFrom(...STAGES) });

  test('a release fails if and only if something blocks, and passes only with fragments and a roster', () => {
    fc.assert(
      fc.property(asked, ({ estate: { items, policy }, as }) => {
        for (const { findings, verdict, completeness, fragments } of reportOf(items, { policy, as }).rows) {
          expect(verdict.result === 'fail').toBe(findings.some(isBlocking));
          expect(verdict.errors).toBe(findings.filter(isBlocking).length);
          if (verdict.result === 'pass') expect([fragments > 0, completeness.roster !== 'none']).toEqual([true, true]);
          if (fragments === 0) expect([verdict.result, findings]).toEqual(['unknown', []]);
        }
      }),
    );
  });

  test('a report is plain data, and each finding stands at its row and its cell', () => {
    fc.assert(
      fc.property(asked, ({ estate: { items, policy }, as }) => {
        const report = reportOf(items, { policy, as });
        expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report);
        for (const { release, findings, cells } of report.rows) {
          expect(findings.filter((finding) => finding.release !== release.tag)).toEqual([]);
          report.components.forEach(({ id }, column) => {
            const own = findings.filter(({ component }) => component === id);
            // What came under another name has no cell under the old one.
            if (cells[column] === null) expect(own.filter((finding) => !isRenamed(finding))).toEqual([]);
            else expect(cells[column]?.findings).toEqual(own);
          });
        }
      }),
    );
  });

  test('every finding has words', () => {
    const speaks = (report: Report) => {
      for (const finding of findingsOf(report)) {
        const { title, why, whatToDo } = describeFinding(finding);
        for (const text of [title, why, whatToDo]) {
          expect(text.trim()).not.toBe('');
          expect(text).not.toMatch(/undefined|null|NaN|\[object|function /);
        }
      }
    };
    speaks(reportOf(CROWDED.items, CROWDED));
    fc.assert(fc.property(asked, ({ estate: { items, policy }, as }) => speaks(reportOf(items, { policy, as }))));
  });
});
