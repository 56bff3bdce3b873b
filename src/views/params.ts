import type { Stage } from '../release/item/release.ts';

/** The screens, as the URL names them. */
export const VIEWS = ['matrix', 'environments', 'compare', 'findings', 'activity', 'release'] as const;
export type View = (typeof VIEWS)[number];

/** What the header leads to: a release's page is reached from the release. */
export const HEADER_VIEWS = VIEWS.filter((view) => view !== 'release');

/** How closely one looks at the matrix: versions, signs, or all of it on one screen. */
export const ZOOMS = ['text', 'marks', 'overview'] as const;
export type Zoom = (typeof ZOOMS)[number];

/** What a release's composite manifest can be written as. */
export const MANIFEST_FORMATS = ['json', 'yaml'] as const;
export type ManifestFormat = (typeof MANIFEST_FORMATS)[number];

/** What the findings are grouped by. */
export const GROUPINGS = ['release', 'owner', 'code', 'component'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What of the view says what to leave out. A list that is empty leaves nothing out. */
export interface Filters {
  readonly stage: readonly Stage[];
  readonly type: readonly string[];
  /** Folded names. */
  readonly env: readonly string[];
  /** Who owns a component now. */
  readonly owner: readonly string[];
  /** What is written in the search box: `readSearchText` says what it means. */
  readonly q: string;
  readonly problems: boolean;
}
