/** What the filters leave of a report, and what they hide. Indexes are those of the report's rows and components. */
export interface Visible {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly hiddenRows: number;
  readonly hiddenColumns: number;
  /** How many of the hidden ones "Only problems" alone folds away; null where it is off. */
  readonly withoutProblems: { readonly rows: number; readonly columns: number } | null;
  /**
   * Folded environment names chosen in the filter; null for no such filter. Under it a cell shows only its entries
   * of these environments, and a cell without any is not shown.
   */
  readonly environments: readonly string[] | null;
  /** What is wrong with the range in the search box; it then hides nothing. */
  readonly rangeFault: string | null;
}
