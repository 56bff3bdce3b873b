import { memo } from 'react';
import { GridCell, type GridCellProps, sameCellProps } from './GridCell.tsx';
import { CHUNK_COLUMNS, COLUMN_PX, HEAD_COLUMN_PX } from './geometry.ts';

interface CellChunkProps {
  /** Index of the chunk in its row. */
  readonly chunk: number;
  readonly cells: readonly GridCellProps[];
}

/** The few neighbouring cells that are drawn together: see CHUNK_COLUMNS. */
export const CellChunk = memo(
  function CellChunk({ chunk, cells }: CellChunkProps) {
    return (
      <div className="mx-chunk" style={{ left: HEAD_COLUMN_PX + chunk * CHUNK_COLUMNS * COLUMN_PX }}>
        {cells.map((cell) => (
          <GridCell key={cell.column} {...cell} />
        ))}
      </div>
    );
  },
  (before, after) =>
    before.chunk === after.chunk &&
    before.cells.length === after.cells.length &&
    before.cells.every((cell, index) => sameCellProps(cell, after.cells[index] ?? cell)),
);
