import type { ChangelogPart, ComparedSide, ComponentComparison } from '../../release/compare/compare-document.ts';
import type { SideFault } from '../../release/compare/compare-sides.ts';
import { notKnownWords } from '../../release/compare/compare-words.ts';
import { fieldOf } from '../../release/item/fields.ts';
import { CHANGE_CLASSES, VERSION_FIELDS, type VersionStep } from '../../release/matrix/classify-change.ts';
import { placesOf } from '../../release/matrix/matrix.ts';
import { ownerOf } from '../../release/matrix/owners.ts';
import type { Report } from '../../release/report/report.ts';
import { holdsFindings, sinceWords } from '../../release/report/since-words.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import { inShort } from '../words/changelog-short.ts';
import { FIELD_LABELS } from '../words/field-words.ts';
import { comparisonOf } from './comparison-of.ts';
import { membersOf, OUTCOMES, type Outcome, STEPS, shownComparison } from './shown-comparison.ts';

/** Two sides as they are written, and the filters that have a say in what is shown of them. */
export interface CompareAsks extends Pick<Filters, 'type' | 'owner' | 'q'> {
  readonly a: string;
  readonly b: string;
  /** Of how many components of each class the lines are wanted at most. */
  readonly first: number;
  /** What of which all is wanted. */
  readonly whole: readonly Outcome[];
  /** What of which none is wanted, as it is folded away. */
  readonly folded: readonly Outcome[];
  /** Of what changed the step of which alone the lines are wanted; null: of all. */
  readonly step: VersionStep | null;
}

/** What is wrong with the sides, or what became of every component between them. */
export type CompareAnswer = { readonly faults: readonly SideFault[] } | { readonly compared: Compared };

/** A comparison as it is drawn, as far as the filters leave it. */
export interface Compared {
  readonly from: ComparedSide;
  readonly to: ComparedSide;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Whatever the filters leave: both sides hold the same of every component. */
  readonly same: boolean;
  /** How many components the filters hide. */
  readonly hidden: number;
  /** Those that have components. */
  readonly classes: readonly ComparedClass[];
  /** Ids of what names no environment, and so is not compared. */
  readonly leftOut: readonly string[];
  /** "Not known for 2026-11-15T23:59:59.999Z", and the ids of which that is so; null: there are none. */
  readonly notKnown: { readonly words: string; readonly components: readonly string[] } | null;
  /** "fixed 2, still 1 (since v1.3.0), new 1": of two releases that have findings, else null. */
  readonly findings: string | null;
}

export interface ComparedClass {
  readonly of: Outcome;
  /** Of the changed, how many of each step. */
  readonly steps: readonly { readonly step: VersionStep; readonly count: number }[];
  /** Of the others, how many of each type. */
  readonly types: readonly { readonly type: string; readonly count: number }[];
  /** Those that were asked for. */
  readonly lines: readonly ComparedLine[];
}

/** What is drawn of a component. */
export interface ComparedLine
  extends Pick<
    ComponentComparison,
    'component' | 'type' | 'name' | 'step' | 'expected' | 'differences' | 'compareLink'
  > {
  readonly from: ComparedVersion | null;
  readonly to: ComparedVersion | null;
  /** Null: nobody says. */
  readonly owner: string | null;
  /** What the changelogs between say in short, else the first field that differs beside version and commit; may be empty. */
  readonly says: string;
  /** Of what is missing the newest release before that has it; null: it is not missing, or no finding says. */
  readonly lastSeen: string | null;
  /** How many there are between the sides: they may be long, and are asked for when somebody wants to read them. */
  readonly changelogs: number;
}

export type ComparedVersion = Pick<
  NonNullable<ComponentComparison['from']>,
  'release' | 'version' | 'carried' | 'commit'
>;

/** Two sides, and what became of every component between them. */
export function answerCompare(known: Known, asks: CompareAsks): CompareAnswer {
  const reading = comparisonOf(known, asks.a, asks.b);
  if ('faults' in reading) return { faults: reading.faults };
  const { comparison: whole } = reading;
  const { comparison, hidden } = shownComparison(known.report, whole, asks);
  const { from, to, leftOut, notKnown = [], findings } = comparison;
  const members = membersOf(known.report, comparison);
  const counts = Object.fromEntries(OUTCOMES.map((of) => [of, members(of).length])) as Compared['counts'];
  return {
    compared: {
      from,
      to,
      counts,
      same: CHANGE_CLASSES.every((of) => of === 'unchanged' || whole.counts[of] === 0),
      hidden,
      classes: OUTCOMES.filter((of) => counts[of] > 0).map((of) => classOf(known, of, members(of), to, asks)),
      leftOut,
      notKnown: notKnown.length === 0 ? null : { words: notKnownWords(from, to), components: notKnown },
      findings: findings !== undefined && holdsFindings(findings) ? sinceWords(findings) : null,
    },
  };
}

function classOf(
  known: Known,
  of: Outcome,
  components: readonly ComponentComparison[],
  to: ComparedSide,
  { first, whole, folded, step: asked }: CompareAsks,
): ComparedClass {
  const most = folded.includes(of) ? 0 : whole.includes(of) ? components.length : first;
  const wanted = of === 'changed' && asked !== null ? components.filter(({ step }) => step === asked) : components;
  const types = of === 'changed' ? [] : [...new Set(components.map(({ type }) => type))];
  return {
    of,
    steps: STEPS.flatMap((step) => {
      const count = components.filter((each) => each.step === step).length;
      return count === 0 ? [] : [{ step, count }];
    }),
    types: types.map((type) => ({ type, count: components.filter((each) => each.type === type).length })),
    lines: wanted.slice(0, most).map((compared) => lineOf(known, of, compared, to)),
  };
}

function lineOf(
  { survey, report }: Known,
  of: Outcome,
  compared: ComponentComparison,
  side: ComparedSide,
): ComparedLine {
  const { component, type, name, step, expected, differences, compareLink, from, to, changelogs } = compared;
  const { matrix } = survey.estate;
  const row = placesOf(matrix.releases).get(to?.release ?? side.release ?? from?.release ?? '') ?? 0;
  const said = inShort(changelogs.map(({ text }) => text).join('\n'));
  return {
    component,
    type,
    name,
    step,
    expected,
    differences,
    compareLink,
    from: versionOf(from),
    to: versionOf(to),
    owner: ownerOf(matrix, row, placesOf(matrix.components).get(component) ?? -1),
    says: said === '' ? differenceWords(differences) : said,
    lastSeen: of === 'missing' && side.release !== null ? lastSeenIn(report, side.release, component) : null,
    changelogs: changelogs.length,
  };
}

/** As the finding of it says. */
function lastSeenIn({ rows }: Report, release: string, component: string): string | null {
  const findings = rows.find((row) => row.release.tag === release)?.findings ?? [];
  for (const finding of findings) {
    if (finding.code === 'missing-component' && finding.component === component) return finding.details.lastSeenIn;
  }
  return null;
}

/** Told by columns of their own. */
const SHOWN_APART: ReadonlySet<string> = new Set(['commit', ...VERSION_FIELDS]);

/** "Values hash 580309524 → 4912186a9": the first field that differs and is not shown anyway. Empty: none does. */
function differenceWords(differences: ComponentComparison['differences']): string {
  const found = differences.find(({ field }) => !SHOWN_APART.has(field));
  if (found === undefined) return '';
  const known = fieldOf(found.field);
  const label = known === null ? found.field : FIELD_LABELS[known];
  return `${label} ${shortValue(found.from)} → ${shortValue(found.to)}`;
}

/** Of a digest or a hash as much as tells two apart. */
function shortValue(value: string | null): string {
  return value === null ? 'none' : value.replace(/[0-9a-f]{16,}/g, (digits) => `${digits.slice(0, 9)}…`);
}

function versionOf(side: ComponentComparison['from']): ComparedVersion | null {
  if (side === null) return null;
  const { release, version, carried, commit } = side;
  return { release, version, carried, commit };
}

export interface ComparedChangelogsAsks {
  readonly a: string;
  readonly b: string;
  /** Id. */
  readonly component: string;
}

/** The changelogs of a component between two sides, oldest first; none where it is not compared any more. */
export function answerComparedChangelogs(
  known: Known,
  { a, b, component }: ComparedChangelogsAsks,
): readonly ChangelogPart[] {
  const reading = comparisonOf(known, a, b);
  if ('faults' in reading) return [];
  return reading.comparison.components.find((compared) => compared.component === component)?.changelogs ?? [];
}
