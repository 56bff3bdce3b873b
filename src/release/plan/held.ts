import type { Fragment } from '../item/fragment.ts';
import type { Item } from '../item/item.ts';
import { compareKeys, readReleaseKey } from '../item/release.ts';
import type { Report, ReportRow } from '../report/report.ts';

/** What a release has of the component of a column, carried over or its own; empty for nothing. */
export function heldIn({ rows }: Report, { cells }: ReportRow, column: number): readonly Fragment[] {
  const cell = cells[column];
  if (cell == null) return [];
  if (cell.carriedFrom === null) return cell.entries;
  return rows.find(({ release }) => release.tag === cell.carriedFrom)?.cells[column]?.entries ?? [];
}

/** What the newest stable release below another has of the component of a column; empty where none has it. */
export function heldBefore({ rows }: Report, { release }: ReportRow, column: number): readonly Fragment[] {
  const key = readReleaseKey(release.tag);
  if (key === null) return [];
  const before = rows.find((row) => {
    if (row.release.stage !== 'stable' || row.withdrawn !== undefined || (row.cells[column]?.entries.length ?? 0) === 0)
      return false;
    const other = readReleaseKey(row.release.tag);
    return other !== null && compareKeys(other, key) < 0;
  });
  return before?.cells[column]?.entries ?? [];
}

/** A further fact of an item, of its attribute `meta`, which readers show as it is; null for none, or no text. */
export function metaText(item: Item, name: string): string | null {
  const meta = Object.hasOwn(item, 'meta') ? item.meta : undefined;
  if (meta === null || typeof meta !== 'object' || !Object.hasOwn(meta, name)) return null;
  const value = (meta as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
