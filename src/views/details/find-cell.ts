import type { Component } from '../../release/item/component.ts';
import type { Fragment } from '../../release/item/fragment.ts';
import type { Release } from '../../release/item/release.ts';
import type { Report, ReportCell, ReportRow } from '../../release/report/report.ts';

/** One release's word on one component, in the component's history. */
export interface HistoryEntry {
  readonly release: Release;
  readonly cell: ReportCell;
}

/** What a selection of a release and a component stands for. */
export type FoundCell =
  | { readonly kind: 'unknown'; readonly releaseKnown: boolean; readonly componentKnown: boolean }
  | {
      readonly kind: 'found';
      readonly component: Component;
      readonly release: Release;
      readonly row: ReportRow;
      /** null: the release neither has nor expects the component. */
      readonly cell: ReportCell | null;
      /** The releases that have or expect the component, newest first. */
      readonly history: readonly HistoryEntry[];
      /** The nearest of those above and below the release itself. */
      readonly newer: Release | null;
      readonly older: Release | null;
      /**
       * What the newest lower release that has the component holds of it, or the one it is carried over from; null
       * where there is none.
       */
      readonly lastPublished: { readonly release: Release; readonly entries: readonly Fragment[] } | null;
    };

/** Looks up a cell of a report. The selection comes from the URL: either part of it may name nothing. */
export function findCell(report: Report, releaseTag: string, componentId: string): FoundCell {
  const column = report.components.findIndex(({ id }) => id === componentId);
  const row = report.rows.findIndex(({ release }) => release.tag === releaseTag);
  const component = report.components[column];
  const selected = report.rows[row];
  if (component === undefined || selected === undefined) {
    return { kind: 'unknown', releaseKnown: selected !== undefined, componentKnown: component !== undefined };
  }
  const history: HistoryEntry[] = [];
  const cell = selected.cells[column] ?? null;
  const carriedFrom = cell?.carriedFrom ?? null;
  let newer: Release | null = null;
  let older: Release | null = null;
  let lastPublished: { release: Release; entries: readonly Fragment[] } | null = null;
  report.rows.forEach(({ release, cells }, at) => {
    const other = cells[column];
    if (!other) return;
    history.push({ release, cell: other });
    if (at < row) newer = release;
    if (at > row) older ??= release;
    // Only a stable release hands on what it has: a newer pre-release may hold something else.
    const isIt = carriedFrom === null ? at > row : release.tag === carriedFrom;
    if (isIt && other.entries.length > 0) lastPublished ??= { release, entries: other.entries };
  });
  return {
    kind: 'found',
    component,
    release: selected.release,
    row: selected,
    cell,
    history,
    newer,
    older,
    lastPublished,
  };
}
