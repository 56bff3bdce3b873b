import { memo } from 'react';
import { GridCell, type GridCellProps, sameCellProps } from './GridCell.tsx';
import { CHUNK_COLUMNS, COLUMN_PX, HEAD_COLUMN_PX } from './geometry.ts';

interface CellChunkProps {
  /** Index of the chunk in its row. */
  readonly chunk: number;
  /** The row's height above its cells, CSS pixels. */
  readonly top: number;
  readonly cells: readonly GridCellProps[];
}

/** The few neighbouring cells that are drawn together: see CHUNK_COLUMNS. */
export const CellChunk = memo(
  function CellChunk({ chunk, top, cells }: CellChunkProps) {
    return (
      <div className="mx-chunk" style={{ left: HEAD_COLUMN_PX + chunk * CHUNK_COLUMNS * COLUMN_PX, top }}>
        {cells.map((cell) => (
          <GridCell key={cell.column} {...cell} />
        ))}
      </div>
    );
  },
  (before, after) =>
    before.chunk === after.chunk &&
    before.top === after.top &&
    before.cells.length === after.cells.length &&
    before.cells.every((cell, index) => sameCellProps(cell, after.cells[index] ?? cell)),
);
