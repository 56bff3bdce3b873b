import type { Fragment } from '../item/fragment.ts';
import { onceFor } from '../text/once-for.ts';
import type { ReportRow } from './report.ts';

/** What a release has in one environment. */
export interface RowPlace {
  readonly columns: readonly number[];
  /** As many, each of the column at the same place. */
  readonly entries: readonly Fragment[];
}

/** What a row has in each environment that any of its entries names. */
export const placesInRow = onceFor(({ cells }: ReportRow): ReadonlyMap<string, RowPlace> => {
  const places = new Map<string, { columns: number[]; entries: Fragment[] }>();
  for (const [column, cell] of cells.entries()) {
    for (const entry of cell?.entries ?? []) {
      for (const environment of entry.environments) {
        const there = places.get(environment) ?? { columns: [], entries: [] };
        places.set(environment, there);
        there.columns.push(column);
        there.entries.push(entry);
      }
    }
  }
  return places;
});
