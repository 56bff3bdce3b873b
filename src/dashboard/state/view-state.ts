import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
import { useCallback } from 'react';
import { SEVERITIES } from '../../release/finding/finding.ts';
import { WAIVED_SHOWN } from '../../release/finding/finding-filters.ts';
import { FINDING_CODES } from '../../release/finding/severity.ts';
import { STAGES } from '../../release/item/release.ts';
import { LISTED_ALONE } from '../../views/compare/shown-comparison.ts';
import { GROUPINGS, MANIFEST_FORMATS, VIEWS, type View, ZOOMS } from '../../views/params.ts';

/** What of the view lives in the URL, so that a link reopens it exactly: view, filters, selection, orientation. */
const PARSERS = {
  view: parseAsStringLiteral(VIEWS).withDefault('matrix'),
  /** Of a link that was copied: the fingerprint of its table (`tableMark`). */
  table: parseAsString,
  /** What is written in the search box. */
  q: parseAsString.withDefault(''),
  stage: parseAsArrayOf(parseAsStringLiteral(STAGES)).withDefault([]),
  type: parseAsArrayOf(parseAsString).withDefault([]),
  env: parseAsArrayOf(parseAsString).withDefault([]),
  owner: parseAsArrayOf(parseAsString).withDefault([]),
  problems: parseAsBoolean.withDefault(false),
  /** Components down, releases across. */
  flip: parseAsBoolean.withDefault(false),
  /** How closely one looks at the matrix. */
  zoom: parseAsStringLiteral(ZOOMS).withDefault('text'),
  /** The cell whose details are open: a tag and a component id. */
  release: parseAsString,
  component: parseAsString,
  /** Of those details: the environment, or the group of them, of which they tell first. */
  first: parseAsString,
  /** Lines whose pre-releases are folded away; null: those that fold by themselves. */
  folded: parseAsArrayOf(parseAsString),
  /** Of the environments: the one of which only what is not as released is shown; `*`: of any; null: all is shown. */
  off: parseAsString,
  /** Of the environments: groups that are shown one environment by one. */
  unfolded: parseAsArrayOf(parseAsString).withDefault([]),
  /** Of the environments: the date or time to show; null: now. */
  at: parseAsString,
  /**
   * Of a release: the stage as which it is judged, null for the one that comes next; and how its manifest is
   * written, null where it is not shown.
   */
  as: parseAsStringLiteral(STAGES),
  manifest: parseAsStringLiteral(MANIFEST_FORMATS),
  /**
   * The sides of a comparison as they are written: `v1.4.0`, `@prod` or `prev`; whether what is the same is listed; and
   * whether what is not there yet is, null where that is so if it is short.
   */
  a: parseAsString.withDefault(''),
  b: parseAsString.withDefault(''),
  same: parseAsBoolean.withDefault(false),
  yet: parseAsBoolean,
  /** Of a comparison: the class, or the step of what changed, that alone is listed; null: all. */
  only: parseAsStringLiteral(LISTED_ALONE),
  /** Of the findings: what they are grouped by, and which are left. */
  group: parseAsStringLiteral(GROUPINGS).withDefault('release'),
  severity: parseAsArrayOf(parseAsStringLiteral(SEVERITIES)).withDefault([]),
  code: parseAsArrayOf(parseAsStringLiteral(FINDING_CODES)).withDefault([]),
  waived: parseAsStringLiteral(WAIVED_SHOWN).withDefault('show'),
  /** The groups that are shut, those whose notes are listed, and whether past releases are. */
  shut: parseAsArrayOf(parseAsString).withDefault([]),
  notes: parseAsArrayOf(parseAsString).withDefault([]),
  past: parseAsBoolean.withDefault(false),
};

/** The address of a view: `?view=findings&group=release`. What is at its default is left out. */
export const addressOf: (view: Partial<ViewState>) => string = createSerializer(PARSERS);

/**
 * The query of an address of before the search box was one: what the box for versions held goes before what that for
 * components did.
 */
export function withOneBox(search: string): string {
  const query = new URLSearchParams(search);
  const version = query.get('version');
  if (version === null) return search;
  query.delete('version');
  const q = [version, query.get('q') ?? ''].filter(Boolean).join(' ');
  if (q !== '') query.set('q', q);
  return query.size === 0 ? '' : `?${query}`;
}

const load = createLoader(PARSERS);

/** What an address shows, from its `?` on; what it does not say is at its default. */
export function viewOf(address: string): ViewState {
  return load(withOneBox(address));
}

export type ViewState = inferParserType<typeof PARSERS>;

/** Changes some of the view state; null takes a value back to its default. */
export type ChangeView = (change: { readonly [K in keyof ViewState]?: ViewState[K] | null }) => void;

/** What one chooses to look at, rather than leaves out of what one looks at. */
const LOOKED_AT = ['view', 'release', 'component', 'a', 'b'] as const satisfies readonly (keyof ViewState)[];

/**
 * The view state and the way to change it. Typing in a filter replaces the history entry; choosing something to look
 * at pushes one, so that Back closes it.
 */
export function useViewState(): [ViewState, ChangeView] {
  const [state, setState] = useQueryStates(PARSERS);
  const change = useCallback<ChangeView>(
    (values) => {
      const looks = LOOKED_AT.some((name) => name in values);
      void setState((now) => ({ ...closedBy(values, now.view), ...values }), { history: looks ? 'push' : 'replace' });
    },
    [setState],
  );
  return [state, change];
}

/** What is open beside a view is of that view, and the environment that comes first is of one component's details. */
function closedBy(values: Parameters<ChangeView>[0], now: View): Parameters<ChangeView>[0] {
  if ('view' in values && values.view !== now) return { release: null, component: null, first: null };
  return 'component' in values ? { first: null } : {};
}
