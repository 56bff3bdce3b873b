import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareTexts } from '../../src/release/compare/compare.ts';
import { type Finding, isBlocking } from '../../src/release/finding/finding.ts';
import { describeFinding } from '../../src/release/finding/finding-words.ts';
import { FINDING_CODES } from '../../src/release/finding/severity.ts';
import { completenessByType } from '../../src/release/history/release-story.ts';
import { SIGN_OFFS_KEY } from '../../src/release/item/evidence.ts';
import type { Item } from '../../src/release/item/item.ts';
import { readRelease, STAGES } from '../../src/release/item/release.ts';
import {
  compareVersions,
  MATURITIES,
  maturityOf,
  readVersion,
  sameVersion,
  saysOtherVersion,
  spelling,
  type Version,
} from '../../src/release/item/version.ts';
import type { Report, ReportRow } from '../../src/release/report/report.ts';
import { madeReportOf, reportOf } from './checks/said.ts';
import { CROWDED, HISTORY, IGNORING_POLICY, ITEMS, POLICY } from './estates.ts';
import { item, policyOf } from './items.ts';

const findingsOf = ({ rows }: Report) => rows.flatMap(({ findings }) => findings);
const rowOf = ({ rows }: Report, tag: string): ReportRow => {
  const row = rows.find(({ release }) => release.tag === tag);
  if (row === undefined) throw new Error(`there is no row ${tag}`);
  return row;
};
const sameFor = (items: readonly Item[], policy: Item) => ({ items, policy });
const isSpeltTwice = ({ code, details }: Finding) => code === 'near-duplicate-name' && 'spellings' in details;
const ESTATE = fc.record({ items: ITEMS, policy: fc.oneof(POLICY, fc.constant<Item>({})) });

test('of the crowded estate something is said under every code but that of a gate for an environment', () => {
  const codes = new Set(findingsOf(reportOf(CROWDED.items, CROWDED)).map(({ code }) => code));
  expect(FINDING_CODES.filter((code) => !codes.has(code))).toEqual(['frozen']);
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
      date: fc.constantFrom('2026-11-01', '2026-11-15T10:00:00Z'),
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

/** The releases that the items are of; a sign-off names its own. */
const tagsOf = (items: readonly Item[]) => [
  ...new Set(
    items.flatMap(({ version, 'component#name': key }) =>
      version === SIGN_OFFS_KEY ? String(key).split('#', 1) : typeof version === 'string' ? [version] : [],
    ),
  ),
];
/** Policies whose rows apply to each release: by one whose rows expect nothing of a patch, the patch is whole. */
const EVERYWHERE = fc
  .oneof(POLICY, fc.constant<Item>({}))
  .filter(({ roster }) => !JSON.stringify(roster ?? []).includes('"releases"'));

/** What is said, without its evidence. */
const saidOf = ({ findings }: ReportRow, counts: (finding: Finding) => boolean = () => true) =>
  findings
    .filter(counts)
    .map(({ code, severity, component, environment }) => [code, severity, component, environment].join(' '));
const judgementOf = ({ completeness, verdict, ...row }: ReportRow) => ({
  said: saidOf(row as ReportRow),
  completeness,
  verdict,
});

test('maintenance of an earlier line that comes later changes nothing that is said of a release', () => {
  // Every release is dated, long before the maintenance: by a component that is built.
  const dated = (items: readonly Item[]) => [
    ...items.map(({ date, ...rest }) => rest as Item),
    ...tagsOf(items).map((tag) => item(tag, 'tooling#dated', { date: '2026-11-01T10:00:00Z' })),
  ];
  const maintenance = fc.record({
    tag: fc.constantFrom('v0.8.0', 'v0.8.7', 'v1.0.7'),
    keys: fc.subarray(['backend#api', 'backend#web-service', 'frontend#web', 'kafka#user.created', 'infra#helm-api'], {
      minLength: 1,
    }),
    componentVersion: fc.constantFrom('0.1.0', '9.0.0', '9.0.0-rc.1'),
  });
  fc.assert(
    fc.property(ESTATE, maintenance, ({ items, policy }, { tag, keys, componentVersion }) => {
      const product = dated(items);
      const later = keys.map((key) => item(tag, key, { componentVersion, date: '2026-11-10T10:00:00Z' }));
      const after = reportOf([...product, ...later], { policy });
      for (const before of reportOf(product, { policy }).rows) {
        expect(judgementOf(rowOf(after, before.release.tag))).toEqual(judgementOf(before));
      }
    }),
  );
});

test('a hotfix of one component changes nothing that is said of the others', () => {
  const LONE = 'tooling#lone';
  const hotfixes = fc.record({
    first: fc.constantFrom('v1.0.3', 'v1.2.11', 'v1.3.5'),
    versions: fc.array(fc.constantFrom('1.0.0', '2.0.0', '3.0.0-rc.1'), { minLength: 1, maxLength: 3 }),
  });
  let looked = 0;
  fc.assert(
    fc.property(ITEMS, EVERYWHERE, hotfixes, (items, policy, { first, versions }) => {
      const product = [...items, ...tagsOf(items).map((tag) => item(tag, LONE, { componentVersion: '1.0.0' }))];
      const fixes = versions.map((componentVersion, at) => item(`${first}${at}`, LONE, { componentVersion }));
      // One that is all of its roster is no hotfix of a part.
      const plain = reportOf([...product, ...fixes], { policy: { ...policy, patchReleases: 'whole' } });
      const isPart = ({ completeness: { present, expected } }: ReportRow) => present < expected * 0.75;
      if (!fixes.every((_, at) => isPart(rowOf(plain, `${first}${at}`)))) return;
      looked++;
      const after = reportOf([...product, ...fixes], { policy });
      for (const before of reportOf(product, { policy }).rows) {
        const ofOthers = ({ component }: Finding) => component !== null && component !== LONE;
        expect(saidOf(rowOf(after, before.release.tag), ofOthers)).toEqual(saidOf(before, ofOthers));
      }
    }),
  );
  expect(looked).toBeGreaterThan(0);
});

test('no number of patches of a part takes anything out of a roster', () => {
  let looked = 0;
  const world = fc.record({
    items: HISTORY,
    policy: EVERYWHERE,
    most: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(world, ({ items, policy, most }) => {
      const patch = (at: number, key: string) => item(`v1.2.${11 + at}`, key);
      const before = reportOf([...items, patch(0, 'tooling#probe')], { policy });
      const due = rowOf(before, 'v1.2.11').completeness.missing;
      // So that one of them is less than three quarters, look-alikes counted.
      const held = due.find((component) => !/api|web-service|web_service/i.test(component));
      if (held === undefined || due.length < 2) return;
      const patches = Array.from({ length: most }, (_, at) => patch(at, held));
      const after = reportOf([...items, ...patches], { policy });
      const without = reportOf(items, { policy });
      for (const { release, completeness } of without.rows) {
        looked++;
        expect(rowOf(after, release.tag).completeness).toEqual(completeness);
      }
    }),
  );
  expect(looked).toBeGreaterThan(0);
});

test('a component that is built and comes on top never makes a release fail for lack of another', () => {
  const isAbsence = ({ code }: Finding) =>
    code === 'missing-component' || code === 'partial-environment' || code === 'partial-release';
  let looked = 0;
  fc.assert(
    fc.property(
      ESTATE,
      fc.constantFrom('backend#api', 'backend#web_service', 'frontend#web', 'kafka#user.created', 'tooling#extra'),
      ({ items, policy }, key) => {
        for (const { release, verdict, cells } of reportOf(items, { policy }).rows) {
          if (
            verdict.result !== 'pass' ||
            items.some((one) => one.version === release.tag && one['component#name'] === key)
          )
            continue;
          looked += cells.length > 0 ? 1 : 0;
          const after = rowOf(reportOf([...items, item(release.tag, key)], { policy }), release.tag);
          expect(after.findings.filter((finding) => isAbsence(finding) && isBlocking(finding))).toEqual([]);
          expect(after.verdict.unknown).toEqual([]);
        }
      },
    ),
  );
  expect(looked).toBeGreaterThan(0);
});

test('the matrix calls changed what a comparison with the release before does: of a stable one the stable one before it, of another the one before it in its line, else a stable one', () => {
  fc.assert(
    fc.property(ESTATE, ({ items, policy: document }) => {
      const { report, survey } = madeReportOf(items, { policy: document });
      const policy = policyOf(document);
      report.rows.slice(0, -1).forEach(({ release, cells }, at) => {
        cells.forEach((cell, column) => {
          if (cell === null || cell.entries.length === 0) return;
          const lower = report.rows.slice(at + 1);
          const isStable = (row: (typeof lower)[number]) => row.release.stage === 'stable' && row.release.line !== null;
          const before = lower.filter(
            (row) =>
              release.line === null ||
              !lower.some(isStable) ||
              isStable(row) ||
              (release.stage !== 'stable' && row.release.line === release.line),
          );
          const below = before.find((row) => (row.cells[column]?.entries.length ?? 0) > 0);
          if (below === undefined) {
            expect(cell.state).toBe('new');
            return;
          }
          const compared = compareTexts(report, policy, below.release.tag, release.tag, survey.estate);
          if ('faults' in compared) throw new Error('both releases are there');
          const { id } = report.components[column] ?? {};
          const change = compared.comparison.components.find(({ component }) => component === id);
          expect([release.tag, id, cell.state]).toEqual([
            release.tag,
            id,
            change?.class === 'unchanged' ? 'unchanged' : 'changed',
          ]);
        });
      });
    }),
    { numRuns: 40 },
  );
});

test('completeness by type adds up to that of the release', () => {
  fc.assert(
    fc.property(ESTATE, ({ items, policy }) => {
      const report = reportOf(items, { policy });
      for (const row of report.rows) {
        const types = completenessByType(report, row);
        const sum = (of: 'expected' | 'present') => types.reduce((total, type) => total + type[of], 0);
        const { expected, present, missing } = row.completeness;
        expect([sum('expected'), sum('present')]).toEqual([expected, present]);
        expect(types.flatMap((type) => type.missing.map(({ id }) => id))).toEqual(missing);
      }
    }),
  );
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
            expect(cells[column]?.findings ?? []).toEqual(findings.filter(({ component }) => component === id));
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

describe('versions', () => {
  const word = fc.constantFrom(
    'rc',
    'RC',
    'alpha',
    'beta',
    'b',
    'a',
    'M',
    'dev',
    'next',
    'hotfix',
    'p',
    'debian',
    'b2c4d5e',
  );
  const number = fc
    .oneof(fc.nat({ max: 3 }), fc.constantFrom('00', '010', '20261120120000121', '20261120120000122'))
    .map(String);
  const separator = fc.constantFrom('-', '.', '_', '~', '');
  const suffixOf = (first: fc.Arbitrary<string>) =>
    fc
      .tuple(separator, first, fc.array(fc.tuple(separator, fc.oneof(word, number)), { maxLength: 3 }))
      .map(([head, start, rest]) => `${head}${start}${rest.flat().join('')}`);
  const numbers = fc.array(number, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
  const like = fc
    .tuple(
      fc.constantFrom('', 'v'),
      numbers,
      fc.option(suffixOf(word), { nil: '' }),
      fc.constantFrom('', '+5', '+build.12'),
    )
    .map((parts) => parts.join(''));

  test('whatever the text, nothing is thrown, and what is read is spelt in one way', () => {
    fc.assert(
      fc.property(fc.oneof(like, fc.string({ unit: 'binary' }), fc.string()), fc.oneof(like, fc.string()), (a, b) => {
        for (const scheme of ['any', 'semver'] as const) {
          const version = readVersion(a, scheme);
          const maturity = maturityOf(a, scheme, false);
          expect(maturity === null || MATURITIES.includes(maturity)).toBe(true);
          if (scheme === 'semver' || version === null) continue;
          const again = readVersion(spelling(version));
          // Parts that are no word of their own may read as another kind, and stay what they are.
          expect(again?.numbers).toEqual(version.numbers);
          expect(again?.parts).toEqual(version.parts);
          expect(again?.build).toEqual(version.build);
        }
        expect(sameVersion(a, b)).toBe(sameVersion(b, a));
        expect(sameVersion(a, a)).toBe(true);
        expect(saysOtherVersion(a, a, undefined)).toBe(false);
        expect(readRelease(a).tag).toBe(a);
      }),
      { numRuns: 500 },
    );
  });

  /** A strict weak order: what is equal to one is as that one to all others. */
  const isOrder = (arbitrary: fc.Arbitrary<string>, counts: (version: Version) => boolean) => {
    const version = arbitrary
      .map((text) => readVersion(text))
      .filter((read): read is Version => read !== null && counts(read));
    const sign = (a: Version, b: Version) => Math.sign(compareVersions(a, b));
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(sign(a, a)).toBe(0);
        expect(sign(b, a)).toBe(-sign(a, b) || 0);
        const [ab, bc] = [sign(a, b), sign(b, c)];
        if (ab <= 0 && bc <= 0) expect(sign(a, c)).toBe(Math.min(ab, bc));
      }),
      { numRuns: 1000 },
    );
  };

  test('pre-releases and releases have an order', () => isOrder(like, ({ kind }) => kind !== 'build'));

  test('builds of one shape have an order', () => {
    const build = fc.tuple(numbers, number, number).map(([of, one, two]) => `${of}-debian-${one}-r${two}`);
    isOrder(build, ({ kind }) => kind === 'build');
  });
});
