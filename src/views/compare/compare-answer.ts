import type {
  ChangelogPart,
  ComparedSide,
  Comparison,
  ComponentComparison,
} from '../../release/compare/compare-document.ts';
import type { SideFault } from '../../release/compare/compare-sides.ts';
import { compareAsMarkdown } from '../../release/compare/compare-words.ts';
import { CHANGE_CLASSES, type ChangeClass, type VersionStep } from '../../release/matrix/classify-change.ts';
import { holdsFindings, sinceWords } from '../../release/report/since-words.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import { comparisonOf } from './comparison-of.ts';
import { componentsOf, hiddenWords, type ShownComparison, STEPS, shownComparison } from './shown-comparison.ts';

/** Two sides as they are written, and the filters that have a say in what is shown of them. */
export interface ComparisonAsks extends Pick<Filters, 'type' | 'q'> {
  readonly a: string;
  readonly b: string;
}

export interface CompareAsks extends ComparisonAsks {
  /** Of how many components of each class the lines are wanted at most. */
  readonly first: number;
  /** The classes of which all are wanted. */
  readonly whole: readonly ChangeClass[];
  /** The classes of which none is wanted, as they are folded away. */
  readonly folded: readonly ChangeClass[];
}

/** What is wrong with the sides, or what became of every component between them. */
export type CompareAnswer = { readonly faults: readonly SideFault[] } | { readonly compared: Compared };

/** A comparison as it is drawn, as far as the filters leave it. */
export interface Compared {
  readonly from: ComparedSide;
  readonly to: ComparedSide;
  readonly counts: Comparison['counts'];
  /** Whatever the filters leave: both sides hold the same of every component. */
  readonly same: boolean;
  /** How many components the filters hide. */
  readonly hidden: number;
  /** Those that have components. */
  readonly classes: readonly ComparedClass[];
  /** Ids of what names no environment, and so is not compared. */
  readonly leftOut: readonly string[];
  /** "fixed 2, still 1 (since v1.3.0), new 1": of two releases that have findings, else null. */
  readonly findings: string | null;
}

export interface ComparedClass {
  readonly of: ChangeClass;
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
  /** How many there are between the sides: they may be long, and are asked for when somebody wants to read them. */
  readonly changelogs: number;
}

export type ComparedVersion = Pick<NonNullable<ComponentComparison['from']>, 'release' | 'version' | 'carried'>;

/** Two sides, and what became of every component between them. */
export function answerCompare(known: Known, asks: CompareAsks): CompareAnswer {
  const reading = comparisonOf(known, asks.a, asks.b);
  if ('faults' in reading) return { faults: reading.faults };
  const { comparison: whole } = reading;
  const { comparison, hidden } = shownComparison(known.report, whole, asks);
  const { from, to, counts, leftOut, findings } = comparison;
  return {
    compared: {
      from,
      to,
      counts,
      same: CHANGE_CLASSES.every((of) => of === 'unchanged' || whole.counts[of] === 0),
      hidden,
      classes: CHANGE_CLASSES.filter((of) => counts[of] > 0).map((of) => classOf(comparison, of, asks)),
      leftOut,
      findings: findings !== undefined && holdsFindings(findings) ? sinceWords(findings) : null,
    },
  };
}

function classOf(comparison: Comparison, of: ChangeClass, { first, whole, folded }: CompareAsks): ComparedClass {
  const components = componentsOf(comparison, of);
  const most = folded.includes(of) ? 0 : whole.includes(of) ? components.length : first;
  const types = of === 'changed' ? [] : [...new Set(components.map(({ type }) => type))];
  return {
    of,
    steps: STEPS.flatMap((step) => {
      const count = components.filter((each) => each.step === step).length;
      return count === 0 ? [] : [{ step, count }];
    }),
    types: types.map((type) => ({ type, count: components.filter((each) => each.type === type).length })),
    lines: components.slice(0, most).map(lineOf),
  };
}

function lineOf(compared: ComponentComparison): ComparedLine {
  const { component, type, name, step, expected, differences, compareLink, from, to, changelogs } = compared;
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
    changelogs: changelogs.length,
  };
}

function versionOf(side: ComponentComparison['from']): ComparedVersion | null {
  return side === null ? null : { release: side.release, version: side.version, carried: side.carried };
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

/** What the filters leave of a comparison as Markdown, which says what they hide; null where it cannot be compared. */
export function answerComparedMarkdown(known: Known, asks: ComparisonAsks): string | null {
  const reading = comparisonOf(known, asks.a, asks.b);
  if ('faults' in reading) return null;
  return markdownOf(shownComparison(known.report, reading.comparison, asks));
}

function markdownOf({ comparison, hidden }: ShownComparison): string {
  const note = hiddenWords(hidden);
  return `${compareAsMarkdown(comparison)}${note === null ? '' : `\n${note}\n`}`;
}
