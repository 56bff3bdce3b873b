import type { Comparison, ComponentComparison } from '../../release/compare/compare-document.ts';
import type { ChangeClass, VersionStep } from '../../release/matrix/classify-change.ts';
import { placesOf } from '../../release/matrix/matrix.ts';
import type { Report } from '../../release/report/report.ts';
import { countWords } from '../../release/text/count-words.ts';
import { applyFilters } from '../filters/apply-filters.ts';
import type { Filters } from '../params.ts';

/** What the filters leave of a comparison. */
export interface ShownComparison {
  readonly comparison: Comparison;
  /** Components that are in the whole comparison and not in this one. */
  readonly hidden: number;
}

/**
 * The comparison of the components that the filters leave. Only type, owner and what the text says of components count: the others choose
 * releases and entries, and which of those are compared is what the two sides say.
 */
export function shownComparison(
  report: Report,
  whole: Comparison,
  { type, owner, q }: Pick<Filters, 'type' | 'owner' | 'q'>,
): ShownComparison {
  if (type.length + owner.length === 0 && q.trim() === '') return { comparison: whole, hidden: 0 };
  const { columns } = applyFilters(report, { stage: [], env: [], problems: false, type, owner, q });
  const left = new Set(columns.map((column) => report.components[column]?.id));
  const components = whole.components.filter(({ component }) => left.has(component));
  const leftOut = whole.leftOut.filter((component) => left.has(component));
  const notKnown = whole.notKnown?.filter((component) => left.has(component));
  const counts = { new: 0, removed: 0, changed: 0, rebuilt: 0, unchanged: 0 } satisfies Record<ChangeClass, number>;
  for (const { class: of } of components) counts[of]++;
  const findings =
    whole.findings && findingsOf(whole.findings, (component) => component === null || left.has(component));
  const hidden = whole.components.length + whole.leftOut.length - components.length - leftOut.length;
  const shown = {
    ...whole,
    components,
    leftOut,
    counts,
    ...(notKnown === undefined ? {} : { notKnown }),
    ...(findings === undefined ? {} : { findings }),
  };
  return { comparison: shown, hidden };
}

type Findings = NonNullable<Comparison['findings']>;

function findingsOf(
  { new: added, still, fixed, unknown }: Findings,
  isLeft: (component: string | null) => boolean,
): Findings {
  const leftOf = <F extends Findings['new'][number]>(list: readonly F[]) =>
    list.filter(({ component }) => isLeft(component));
  return { new: leftOf(added), still: leftOf(still), fixed: leftOf(fixed), unknown: leftOf(unknown) };
}

/** The steps in the order in which changed components are listed: those that want a look most come first. */
export const STEPS = [
  'downgrade',
  'not-comparable',
  'same-version',
  'major',
  'minor',
  'patch',
  'pre-release',
] as const satisfies readonly VersionStep[];

/**
 * What became of a component as the screen tells it, and in which order: what matters comes first. What is not there yet need not
 * be, and says little more than what is the same.
 */
export const OUTCOMES = ['missing', 'gone', 'new', 'changed', 'rebuilt', 'not-yet', 'unchanged'] as const;
/**
 * What was removed is `missing` where the other side expects it, `not-yet` there where that release is still arriving, and
 * else `gone`.
 */
export type Outcome = (typeof OUTCOMES)[number];

/** What can be listed alone: what all became the same, and of what changed the steps. */
export const LISTED_ALONE = [...OUTCOMES, ...STEPS] as const;
export type ListedAlone = (typeof LISTED_ALONE)[number];

/** The components by what became of them; of the changed ones first those that want a look most. */
export function membersOf(
  report: Report,
  { components, to }: Comparison,
): (of: Outcome) => readonly ComponentComparison[] {
  const cells = report.rows.find(({ release }) => release.tag === to.release)?.cells;
  const columnOf = placesOf(report.components);
  const outcomeOf = ({ class: of, expected, component }: ComponentComparison): Outcome => {
    if (of !== 'removed') return of;
    if (!expected) return 'gone';
    return cells?.[columnOf.get(component) ?? -1]?.state === 'arriving' ? 'not-yet' : 'missing';
  };
  const groups = new Map<Outcome, ComponentComparison[]>(OUTCOMES.map((of) => [of, []]));
  for (const component of components) groups.get(outcomeOf(component))?.push(component);
  const rank = ({ step }: ComponentComparison) => (step === null ? STEPS.length : STEPS.indexOf(step));
  groups.get('changed')?.sort((a, b) => rank(a) - rank(b));
  return (of) => groups.get(of) ?? [];
}

/** What is hidden, for whoever reads the text or the file without the screen; null where nothing is. */
export function hiddenWords(hidden: number): string | null {
  if (hidden === 0) return null;
  return `The filters hide ${countWords(hidden, 'component')} of this comparison.`;
}
