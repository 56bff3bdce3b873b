import { componentsOf, type Finding } from '../finding/finding.ts';
import { describeFinding } from '../finding/finding-words.ts';
import { compareLink } from '../item/commit-links.ts';
import type { Component } from '../item/component.ts';
import type { Fragment } from '../item/fragment.ts';
import { sameCommit } from '../matrix/checked-release.ts';
import { type ChangeClass, fieldDifferences } from '../matrix/classify-change.ts';
import type { Estate } from '../matrix/estate.ts';
import { type Pair, pairUp, strongest } from '../matrix/pairs.ts';
import type { Policy } from '../policy/policy.ts';
import type { Owned } from '../report/current-owners.ts';
import type { Report } from '../report/report.ts';
import { sinceInReport } from '../report/since.ts';
import type {
  ChangelogPart,
  ComparedFinding,
  ComparedSide,
  Comparison,
  ComponentComparison,
  Difference,
  HoldingSide,
} from './compare-document.ts';
import { type Held, type ResolvedSide, readSide, resolveSide, type SideFault } from './compare-sides.ts';

export type ComparisonReading = { readonly comparison: Comparison } | { readonly faults: readonly SideFault[] };

/**
 * Compares two sides as they are written: `v1.3.0`, `@prod`, `@prod{2026-11-15}`, `prev`.
 *
 * @param policy names the environments, and the template of compare links
 * @param estate what the report was made of
 * @param owned whose components alone are compared; null: all
 * @returns the comparison, or what is wrong with either side
 */
export function compareTexts(
  report: Report,
  policy: Policy,
  a: string,
  b: string,
  estate: Estate,
  owned: Owned | null = null,
): ComparisonReading {
  const [sideA, sideB] = [readSide(a), readSide(b)];
  const from = resolveSide(report, policy, estate, sideA, sideB);
  const to = resolveSide(report, policy, estate, sideB, sideA);
  if ('side' in from && 'side' in to) {
    const comparison = compareSides(report, policy, from.side, to.side, owned);
    const findings = findingsBetween(report, estate, from.side, to.side, owned);
    return { comparison: findings === null ? comparison : { ...comparison, findings } };
  }
  // `prev` of a side that is at fault has the same fault: said once.
  const faults = [from, to].flatMap((reading) => ('fault' in reading ? [reading.fault] : []));
  return { faults: faults.filter(({ message }, at) => faults.findIndex((other) => other.message === message) === at) };
}

/**
 * Compares what two sides hold, component by component. A component that both lack is not in it. Against an
 * environment only what names environments can be compared; the rest is listed as left out.
 */
export function compareSides(
  report: Report,
  policy: Policy,
  from: ResolvedSide,
  to: ResolvedSide,
  owned: Owned | null = null,
): Comparison {
  const components: ComponentComparison[] = [];
  const leftOut: string[] = [];
  const notKnown: string[] = [];
  let others = 0;
  report.components.forEach((component, column) => {
    const [a, b] = [from.held[column] ?? null, to.held[column] ?? null];
    const isListed = owned === null || owned.components.has(component.id);
    if (!isListed) {
      if (holds(a) || holds(b)) others++;
    } else if (from.notKnown.includes(component.id) || to.notKnown.includes(component.id)) notKnown.push(component.id);
    else if (isOutOfPlace(from, to, a, b)) leftOut.push(component.id);
    else if (holds(a) || holds(b)) {
      const compared = compareHeld(component, from, to, a, b, policy);
      components.push({ ...compared, changelogs: changelogsBetween(report, column, a, from, b, to) });
    }
  });
  const counts = { new: 0, removed: 0, changed: 0, rebuilt: 0, unchanged: 0 } satisfies Record<ChangeClass, number>;
  for (const { class: of } of components) counts[of]++;
  return {
    schema: 1,
    readAt: report.readAt,
    from: describeSide(report, from),
    to: describeSide(report, to),
    counts,
    components,
    leftOut,
    ...(notKnown.length === 0 ? {} : { notKnown }),
    ...(owned && { owner: { names: [...owned.names], others } }),
  };
}

/** What became of the findings of a release since another; of an environment there are none. */
function findingsBetween(
  report: Report,
  estate: Estate,
  from: ResolvedSide,
  to: ResolvedSide,
  owned: Owned | null,
): NonNullable<Comparison['findings']> | null {
  if (from.release === null || to.release === null) return null;
  const since = sinceInReport(report, estate, to.release, from.release);
  if (since === null) return null;
  const isListed = (finding: Finding) => owned === null || componentsOf(finding).some((id) => owned.components.has(id));
  return {
    new: since.new.filter(isListed).map(describe),
    still: since.still
      .filter(({ finding }) => isListed(finding))
      .map(({ finding, since: first }) => ({ ...describe(finding), since: first })),
    fixed: since.fixed.filter(isListed).map(describe),
    unknown: since.unknown.filter(isListed).map(describe),
  };
}

function describe(finding: Finding): ComparedFinding {
  const { code, severity, component, environment, waived } = finding;
  return { code, severity, component, environment, message: describeFinding(finding).title, waived: waived !== null };
}

function describeSide({ rows }: Report, { name, release, environment, at }: ResolvedSide): ComparedSide {
  const stage = rows.find((row) => row.release.tag === release)?.release.stage ?? null;
  return { name, release, stage, environment, ...(at === null ? {} : { at }) };
}

function holds(held: Held | null): held is Held {
  return held !== null && held.fragments.length > 0;
}

/** Held by a release under no environment's name, and so by no environment. */
function isOutOfPlace(from: ResolvedSide, to: ResolvedSide, a: Held | null, b: Held | null): boolean {
  if ((from.environment === null) === (to.environment === null)) return false;
  const [ofRelease, ofEnvironment] = from.environment === null ? [a, b] : [b, a];
  return (
    !holds(ofEnvironment) &&
    holds(ofRelease) &&
    ofRelease.fragments.every(({ environments }) => environments.length === 0)
  );
}

function compareHeld(
  { id, type, name }: Component,
  from: ResolvedSide,
  to: ResolvedSide,
  a: Held | null,
  b: Held | null,
  policy: Policy,
): Omit<ComponentComparison, 'changelogs'> {
  const pairs = holds(a) && holds(b) ? pairsOf(a, from, b, to) : [];
  const primary = pairs.at(-1);
  const holdingA = holdingOf(a, pairs.length === 0 ? a?.fragments : pairs.map((pair) => pair.from), primary?.from);
  const holdingB = holdingOf(b, pairs.length === 0 ? b?.fragments : pairs.map((pair) => pair.to), primary?.to);
  const places = a !== null && b !== null && from.environment === null && to.environment === null ? [a, b] : [];
  return {
    component: id,
    type,
    name,
    ...(primary === undefined ? absence(a) : strongest(pairs)),
    from: holdingA,
    to: holdingB,
    expected: (a !== null && !holds(a)) || (b !== null && !holds(b)),
    differences: [...pairs.flatMap((pair) => differencesIn(pair, pairs.length > 1)), ...placesDiffer(places)],
    compareLink: linkBetween(holdingA, holdingB, policy.links.compare),
  };
}

/** Of a group every environment is compared, where the other side is of none of them. */
function pairsOf(a: Held, from: ResolvedSide, b: Held, to: ResolvedSide): Pair[] {
  const pairs = pairUp(a.fragments, b.fragments);
  const [first] = pairs;
  if (first === undefined || first.environment !== null || from.isGroup === to.isGroup) return pairs;
  const each = (from.isGroup ? a : b).fragments.filter(
    ({ kind }) => kind === first.to.kind || kind === first.from.kind,
  );
  return each.map((fragment) => ({
    environment: fragment.environments[0] ?? null,
    from: from.isGroup ? fragment : first.from,
    to: to.isGroup ? fragment : first.to,
  }));
}

function absence(a: Held | null): Pick<ComponentComparison, 'class' | 'step'> {
  return { class: holds(a) ? 'removed' : 'new', step: null };
}

function differencesIn({ environment, from, to }: Pair, ofSeveral: boolean): Difference[] {
  return fieldDifferences(from, to).map((difference) => ({
    field: difference.field,
    environment: ofSeveral ? environment : null,
    from: difference.from,
    to: difference.to,
  }));
}

function placesDiffer([a, b]: readonly Held[]): Difference[] {
  if (!a || !b || !holds(a) || !holds(b)) return [];
  const [from, to] = [placesOf(a), placesOf(b)];
  return from === to ? [] : [{ field: 'environments', environment: null, from, to }];
}

function placesOf({ fragments }: Held): string | null {
  const names = [...new Set(fragments.flatMap(({ environments }) => environments))];
  return names.length === 0 ? null : names.join(', ');
}

function holdingOf(
  held: Held | null,
  shown: readonly Fragment[] | undefined,
  primary: Fragment | undefined,
): HoldingSide | null {
  if (!holds(held) || shown === undefined) return null;
  const from = primary ?? held.fragments.at(-1);
  return {
    release: held.release,
    version: [...new Set(shown.map(({ ownVersion }) => ownVersion))].join(' / '),
    carried: held.carried,
    repo: from?.fields.repo ?? null,
    commit: from?.fields.commit ?? null,
  };
}

function linkBetween(from: HoldingSide | null, to: HoldingSide | null, template: string): string | null {
  if (from === null || to === null) return null;
  if (from.commit !== null && to.commit !== null && sameCommit(from.commit, to.commit)) return null;
  return compareLink(template, from, to);
}

/**
 * The changelogs of a component after the older side up to and with the newer one, oldest first, whichever side is the
 * newer: after a downgrade, what is taken back. A text that several releases repeat, as a line's pre-releases do, is
 * there once. Where a side has no place among the releases, only the newer side's own.
 */
function changelogsBetween(
  { rows }: Report,
  column: number,
  a: Held | null,
  from: ResolvedSide,
  b: Held | null,
  to: ResolvedSide,
): ChangelogPart[] {
  const rowOf = (tag: string | null) => rows.findIndex(({ release }) => release.tag === tag);
  const [rowA, rowB] = [rowOf(a?.release ?? from.release), rowOf(b?.release ?? to.release)];
  if (rowB === -1 || rowA === rowB) return [];
  const ordered = [rowA, rowB].every((row) => rows[row]?.release.version != null);
  const [newer, older] = ordered ? [Math.min(rowA, rowB), Math.max(rowA, rowB)] : [rowB, rowB + 1];
  const byText = new Map<string, string[]>();
  for (let row = older - 1; row >= newer; row--) {
    const tag = rows[row]?.release.tag ?? '';
    for (const { fields } of rows[row]?.cells[column]?.entries ?? []) {
      if (fields.changelog === undefined) continue;
      const releases = byText.get(fields.changelog);
      if (releases === undefined) byText.set(fields.changelog, [tag]);
      else if (releases.at(-1) !== tag) releases.push(tag);
    }
  }
  return [...byText].map(([text, releases]) => ({ releases, text }));
}
