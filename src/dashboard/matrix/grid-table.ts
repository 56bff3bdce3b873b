import { createColumnHelper, metaHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Head, HeadGroup } from '../grid/heads.ts';
import type { Axes } from '../grid/place.ts';

const features = tableFeatures({
  columnMeta: metaHelper<{ head?: Head; group?: HeadGroup }>(),
});
const helper = createColumnHelper<typeof features, Head>();

/** A group of columns and the stretch it spans. */
export interface ColumnGroup {
  readonly group: HeadGroup;
  /** Index of its first column. */
  readonly first: number;
  readonly columns: number;
}

/** The grid as the table lays it out: rows, columns, and the groups above the columns. */
export interface GridTable extends Axes {
  readonly groups: readonly ColumnGroup[];
}

/**
 * Lays the heads out as a table: those down are its rows, those across its columns, in groups.
 *
 * @param axes with the same arrays as long as nothing in them has changed
 */
export function useGridTable(axes: Axes): GridTable {
  const columns = useMemo(() => columnsOf(axes.across), [axes.across]);
  const table = useTable({
    features,
    columns,
    data: axes.down,
    getRowId: (head) => head.id,
  });
  const { rows } = table.getRowModel();
  const leaves = table.getAllLeafColumns();
  const headerGroups = table.getHeaderGroups();
  return useMemo(() => {
    let first = 0;
    const groups = (headerGroups[0]?.headers ?? []).flatMap((header): ColumnGroup[] => {
      const { group } = header.column.columnDef.meta ?? {};
      const at = first;
      first += header.colSpan;
      return group === undefined ? [] : [{ group, first: at, columns: header.colSpan }];
    });
    const across = leaves.flatMap((column) => column.columnDef.meta?.head ?? []);
    return { down: rows.map((row) => row.original), across, groups };
  }, [rows, leaves, headerGroups]);
}

function columnsOf(across: readonly Head[]) {
  const groups: { group: HeadGroup; heads: Head[] }[] = [];
  for (const head of across) {
    const last = groups.at(-1);
    if (last?.group === head.group) last.heads.push(head);
    else groups.push({ group: head.group, heads: [head] });
  }
  return helper.columns(
    groups.map(({ group, heads }) =>
      helper.group({
        id: group.id,
        header: group.label,
        meta: { group },
        columns: heads.map((head) => helper.display({ id: head.id, meta: { head } })),
      }),
    ),
  );
}
