import { memo } from 'react';
import { GridCell, type GridCellProps, sameCellProps } from './GridCell.tsx';

interface CellChunkProps {
  /** Distance from the grid's left, CSS pixels, and how wide it is. */
  readonly left: number;
  readonly width: number;
  readonly cells: readonly GridCellProps[];
}

/** The few neighbouring cells that are drawn together: see `chunk` of SIZES. */
export const CellChunk = memo(
  function CellChunk({ left, width, cells }: CellChunkProps) {
    return (
      <div className="mx-chunk" style={{ left, width }}>
        {cells.map((cell) => (
          <GridCell key={cell.column} {...cell} />
        ))}
      </div>
    );
  },
  (before, after) =>
    before.left === after.left &&
    before.width === after.width &&
    before.cells.length === after.cells.length &&
    before.cells.every((cell, index) => sameCellProps(cell, after.cells[index] ?? cell)),
);
