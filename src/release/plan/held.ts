import type { Fragment } from '../item/fragment.ts';
import type { Item } from '../item/item.ts';
import { type Estate, predecessorsWith } from '../matrix/estate.ts';
import type { Report, ReportRow } from '../report/report.ts';

/** What a release has of the component of a column, carried over or its own; empty for nothing. */
export function heldIn({ rows }: Report, { cells }: ReportRow, column: number): readonly Fragment[] {
  const cell = cells[column];
  if (cell == null) return [];
  if (cell.carriedFrom === null) return cell.entries;
  return rows.find(({ release }) => release.tag === cell.carriedFrom)?.cells[column]?.entries ?? [];
}

/** What the newest predecessor of a release has of the component of a column; empty where none has it. */
export function heldBefore(estate: Estate, { release }: ReportRow, column: number): readonly Fragment[] {
  const row = estate.matrix.releases.findIndex(({ tag }) => tag === release.tag);
  const [before] = predecessorsWith(estate, row, column, 1);
  return estate.matrix.entries[before ?? -1]?.[column] ?? [];
}

/** A further fact of an item, of its attribute `meta`, which readers show as it is; null for none, or no text. */
export function metaText(item: Item, name: string): string | null {
  const meta = Object.hasOwn(item, 'meta') ? item.meta : undefined;
  if (meta === null || typeof meta !== 'object' || !Object.hasOwn(meta, name)) return null;
  const value = (meta as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
