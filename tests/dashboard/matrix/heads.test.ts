import { expect, test } from 'vitest';
import {
  cellAt,
  componentHeads,
  foldableLines,
  foldedByThemselves,
  releaseHeads,
} from '../../../src/dashboard/grid/heads.ts';
import { NOTHING_SHARED } from '../../../src/dashboard/grid/shared-parts.ts';
import {
  COMPONENT_HEAD_PX,
  headFor,
  isBanded,
  leanOf,
  offsetToShow,
  ROOMY_HEAD_PX,
  rowTops,
  slantOf,
} from '../../../src/dashboard/matrix/geometry.ts';
import { slantedText, slantFor, USUAL_SLANT_PX } from '../../../src/dashboard/matrix/slanted-text.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { shownText } from '../../../src/release/text/hidden-characters.ts';
import type { Filters } from '../../../src/views/params.ts';
import { releaseName } from '../../../src/views/words/release-words.ts';
import { reportOf, shownOf } from '../../views/matrix/estate.ts';

const TAGS = ['v2.0.0-beta.1', 'v2.0.0-alpha.1', 'v1.1.0', 'v1.0.0', 'v1.0.0-rc.1', 'v1.0.0-alpha.1', 'nightly'];
const REPORT = reportOf(...TAGS.map((tag) => `${tag} backend#api`));

function headsOf(report: Report, folded: readonly string[], filters: Partial<Filters> = {}) {
  const { outline, visible } = shownOf(report, filters);
  return releaseHeads(outline, visible, folded);
}

function componentsOf(report: Report, filters: Partial<Filters> = {}) {
  const { outline, visible } = shownOf(report, filters);
  return componentHeads(outline, visible);
}

/** Each release as "ordinal tag", indented where it folds away, with what its head says of the fold. */
function outline(folded: readonly string[], filters = {}): string[] {
  return headsOf(REPORT, folded, filters).map(({ ordinal, row, fold, under, group }) => {
    const sign = fold === null ? '' : ` ${fold.folded ? '+' : '-'}${fold.count}`;
    return `${under === null ? '' : '  '}${ordinal} ${row.release.tag}${sign} [${group.label} ${group.count}]`;
  });
}

test('pre-releases stand beneath their stable release, or beneath the newest of them', () => {
  expect(outline([])).toEqual([
    '0 v2.0.0-beta.1 -1 [2.0.0 2]',
    '  1 v2.0.0-alpha.1 [2.0.0 2]',
    '2 v1.1.0 [1.1.0 1]',
    '3 v1.0.0 -2 [1.0.0 3]',
    '  4 v1.0.0-rc.1 [1.0.0 3]',
    '  5 v1.0.0-alpha.1 [1.0.0 3]',
    '6 nightly [Not SemVer 1]',
  ]);
});

test('a folded line leaves its head, which says how many are under it; the others keep their ordinals', () => {
  expect(outline(['2.0.0', '1.0.0', 'no such line'])).toEqual([
    '0 v2.0.0-beta.1 +1 [2.0.0 2]',
    '2 v1.1.0 [1.1.0 1]',
    '3 v1.0.0 +2 [1.0.0 3]',
    '6 nightly [Not SemVer 1]',
  ]);
});

test('lines are made of what the filters leave', () => {
  expect(outline(['1.0.0'], { stage: ['rc', 'alpha'] })).toEqual([
    '0 v2.0.0-alpha.1 [2.0.0 1]',
    '1 v1.0.0-rc.1 +1 [1.0.0 2]',
  ]);
  expect(foldableLines(headsOf(REPORT, ['1.0.0']))).toEqual(['2.0.0', '1.0.0']);
});

test('in a long table past lines fold by themselves, and those of alphas alone; the current and the coming do not', () => {
  const tags = ['v2.1.0-alpha.2', 'v2.1.0-alpha.1', 'v2.0.0-beta.1', 'v2.0.0-alpha.1', 'v1.9.0', 'v1.9.0-rc.1'];
  const past = Array.from({ length: 8 }, (_, minor) => [`v1.${minor}.0`, `v1.${minor}.0-rc.1`]).flat();
  const report = reportOf(...[...tags, ...past].map((tag) => `${tag} backend#api`));
  const { outline, visible } = shownOf(report);
  const folded = foldedByThemselves(outline, visible);
  expect(folded).toContain('2.1.0');
  expect(folded).toContain('1.7.0');
  expect(folded).not.toContain('2.0.0');
  expect(folded).not.toContain('1.9.0');
  const few = shownOf(report, { q: '1.9' });
  expect(foldedByThemselves(few.outline, few.visible)).toEqual([]);
});

test('a line that folds away a problem says the worst of it', () => {
  const report = reportOf(
    'v1.1.0 backend#api',
    'v1.1.0-rc.1 backend#web',
    'v1.0.0 backend#api',
    'v1.0.0-rc.1 backend#api',
  );
  const folds = headsOf(report, []).flatMap(({ row, fold }) => (fold === null ? [] : [[row.release.tag, fold.worst]]));
  const errors = report.rows.map(({ release, verdict }) => [release.tag, verdict.errors]);
  expect(errors).toContainEqual(['v1.1.0-rc.1', 1]);
  expect(folds).toEqual([
    ['v1.1.0', 'error'],
    ['v1.0.0', null],
  ]);
});

test('two stable releases of one line (build metadata) are never folded away', () => {
  const report = reportOf('v1.0.0+b backend#api', 'v1.0.0+a backend#api', 'v1.0.0-rc.1 backend#api');
  const heads = headsOf(report, ['1.0.0']);
  expect(heads.map(({ row, fold }) => [row.release.tag, fold?.count ?? 0])).toEqual([
    ['v1.0.0+b', 1],
    ['v1.0.0+a', 0],
  ]);
});

test('components stand in groups of their types, with harmless ids whatever they are called', () => {
  const report = reportOf(
    'v1.0.0 wasm#__proto__',
    'v1.0.0 backend#constructor',
    'v1.0.0 backend#api',
    'v1.0.0 frontend#x',
  );
  expect(componentsOf(report, { q: 'r' }).map(({ id, ordinal, group }) => [id, ordinal, group])).toEqual([
    ['component:frontend#x', 0, { id: 'type:frontend', label: 'Frontend', count: 1, type: 'frontend' }],
    ['component:backend#constructor', 1, { id: 'type:backend', label: 'Backend', count: 1, type: 'backend' }],
    ['component:wasm#__proto__', 2, { id: 'type:wasm', label: 'wasm', count: 1, type: 'wasm' }],
  ]);
});

test('a cell is found by its two heads in either order', () => {
  const report = reportOf('v1.0.0 backend#api', 'v1.0.0 backend#web', 'v1.1.0 backend#web');
  const [newer, older] = headsOf(report, []);
  const [api, web] = componentsOf(report);
  if (!newer || !older || !api || !web) throw new Error('Expected two releases and two components.');
  const { faces } = shownOf(report);
  expect(faces[cellAt(older, api) ?? -1]?.text).toBe('1.0.0');
  expect(faces[cellAt(web, newer) ?? -1]?.text).toBe('1.1.0');
  expect(cellAt(newer, older)).toBeNull();
});

test('rows begin where the ones before end; a named group has room above', () => {
  const heads = headsOf(REPORT, ['1.0.0', '2.0.0']);
  expect(heads.map((_, index) => isBanded(heads, index))).toEqual([false, false, false, true]);
  expect(rowTops(heads, 100, { row: 26, band: 24 })).toEqual([100, 126, 152, 178, 228]);
  const components = componentsOf(reportOf('v1.0.0 backend#a', 'v1.0.0 backend#b', 'v1.0.0 infra#c'));
  expect(components.map((_, index) => isBanded(components, index))).toEqual([true, false, true]);
});

test.each([
  { name: 'in view', start: 500, end: 540, offset: 400 },
  { name: 'above', start: 320, end: 360, offset: 220 },
  { name: 'under the fixed heads', start: 480, end: 520, offset: 380 },
  { name: 'below', start: 1000, end: 1040, offset: 440 },
  { name: 'at the very top', start: 40, end: 80, offset: 0 },
])('the least scroll that shows what is $name', ({ start, end, offset }) => {
  expect(offsetToShow(start, end, { offset: 400, viewport: 600, covered: 100 })).toBe(offset);
});

test('a release is named by tag, stage, verdict, completeness and findings', () => {
  const report = reportOf('v1.1.0 backend#api', 'v1.0.0 backend#api', 'v1.0.0 backend#web', 'v1.1.0-rc.1 backend#api');
  expect(report.rows.map(releaseName)).toEqual([
    'v1.1.0, stable, fail, 1 of 2 components, 1 error',
    'v1.1.0-rc.1, rc, fail, 1 of 2 components, 1 error',
    'v1.0.0, stable, unknown: nothing says what belongs to it',
  ]);
});

test.each([
  ['auth-service', 'auth-service'],
  ['@backstage/cli', '@backstage/cli'],
  ['@backstage/plugin-catalog', 'plugin-catalog'],
  ['@backstage/plugin-catalog-backend-module-github', 'plugin-c…le-github'],
  ['a-very-long-service-name', 'a-very-…vice-name'],
  ['utility-list-filter', 'utility-list-filter'],
  ['feature-recommendations', 'feature-…endations'],
  ['@scope/', '@scope/'],
  ['v1.1.0\u200b', 'v1.1.0⟨U+200B⟩'],
])('on the slant %s reads %s', (name, shown) => {
  expect(slantedText(shownText(name))).toBe(shown);
});

test.each([
  {
    of: 'plugins of one scope',
    names: ['@backstage/cli', '@backstage/canon', '@backstage/catalog-client', 'app'],
    shown: ['cli', 'canon', 'catalog-client', 'app'],
  },
  {
    of: 'two of which would have one name without their scope',
    names: ['@backstage/cli', '@backstage/canon', '@backstage/app', 'app'],
    shown: ['@backstage/cli', '@backstage/canon', '@backstage/app', 'app'],
  },
  {
    of: 'most of which end with one word',
    names: ['source-controller', 'kustomize-controller', 'image-automation-controller', 'source-watcher'],
    shown: ['source-controller', 'kustomize-contro…', 'image-automatio…', 'source-watcher'],
  },
  {
    of: 'which end with one word of capital letters',
    names: ['anomalyDetectionDashboards', 'assistantDashboards', 'customImportMapDashboards', 'job-scheduler'],
    shown: ['anomalyDetectio…', 'assistantDashbo…', 'customImportMa…', 'job-scheduler'],
  },
  {
    of: 'most of which begin with one word',
    names: ['feature-cart', 'feature-search', 'feature-recommendations', 'feature-payments-and-subscriptions', 'shell'],
    shown: ['feature-cart', 'feature-search', '…recommendations', '…payments-and-…', 'shell'],
  },
  {
    of: 'some of which differ from their neighbours late',
    names: [
      'cli',
      'plugin-auth-module-aws-alb',
      'plugin-auth-module-github',
      'plugin-auth-module-oauth2-proxy',
      'shell',
    ],
    shown: ['cli', '…auth-m…-aws-alb', '…auth-m…le-github', '…au…oauth2-proxy', 'shell'],
  },
  {
    of: 'most of which begin and end with one word',
    names: ['plugin-auth-backend', 'plugin-catalog-import-backend', 'plugin-notifications-and-signals-backend'],
    shown: ['plugin-auth-back…', '…catalog-import-…', '…notifications-an…'],
  },
  {
    of: 'too few of which share anything',
    names: ['payment-authorisation-service', 'stock-reservation-service'],
    shown: ['payment…-service', 'stock-re…n-service'],
  },
])('names $of', ({ names, shown }) => {
  const heads = componentsOf(reportOf(...names.map((name) => `v1.0.0 backend#${name}`)));
  const found = new Map(
    heads.map(({ component: { name }, shared }) => [name, slantedText(shownText(name), USUAL_SLANT_PX, shared)]),
  );
  expect(names.map((name) => found.get(name))).toEqual(shown);
});

test('in smaller letters more of a name has room', () => {
  const name = shownText('notification-service');
  expect([12, 11].map((px) => slantedText(name, USUAL_SLANT_PX, undefined, px))).toEqual(['notifica…n-service', name]);
});

const FLUX = ['helm-controller', 'kustomize-controller', 'notification-controller', 'source-controller'];
test.each([
  { names: ['api', 'web'], releases: 40, head: 76, cut: [] },
  { names: ['api', 'fraud-scoring'], releases: 40, head: 83, cut: [] },
  {
    names: ['api', 'auth', 'cart', 'feature-recommendations'],
    releases: 40,
    head: COMPONENT_HEAD_PX,
    cut: ['feature-recommendations'],
  },
  { names: ['api', 'auth', 'cart', 'feature-recommendations'], releases: 12, head: 146, cut: [] },
  // More than every fourth would be cut, and need not be.
  { names: FLUX, releases: 168, head: 127, cut: [] },
  // What is longer than any head costs no row of all others.
  { names: ['api', 'x'.repeat(60), 'y'.repeat(60)], releases: 40, head: COMPONENT_HEAD_PX, cut: ['x', 'y'] },
])('the head of $names over $releases releases is as high as it need be', ({ names, releases, head, cut }) => {
  const slants = names.map((name) => slantFor(shownText(name), NOTHING_SHARED, 12));
  const px = headFor(slants, releases);
  const isCut = names.filter((_, at) => (slants[at] ?? 0) > slantOf(px));
  expect({ px, isCut: isCut.map((name) => (name.length === 60 ? name.slice(0, 1) : name)) }).toEqual({
    px: head,
    isCut: cut,
  });
});

test('a taller head has room for a longer name, and what leans beyond the last column has, too', () => {
  const name = shownText('feature-recommendations');
  expect(slantedText(name, slantOf(COMPONENT_HEAD_PX))).not.toBe(name);
  expect(slantedText(name, slantOf(ROOMY_HEAD_PX))).toBe(name);
  const long = shownText('image-automation-controller');
  expect(slantedText(long, slantOf(ROOMY_HEAD_PX))).toBe(long);
  for (const px of [COMPONENT_HEAD_PX, ROOMY_HEAD_PX]) {
    // No name is longer than the way from the corner of its head to the top.
    const slant = slantOf(px);
    expect(Math.hypot(leanOf(px), px)).toBeGreaterThan(slant);
    expect(slant * Math.sin((55 * Math.PI) / 180)).toBeLessThanOrEqual(px);
  }
});
