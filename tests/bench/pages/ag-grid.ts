import {
  ClientSideRowModelModule,
  type ColDef,
  ColumnApiModule,
  createGrid,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
} from 'ag-grid-community';
import { drawnReport } from '../drawn-estate.ts';
import { framed, framedText } from './bench-page.ts';

ModuleRegistry.registerModules([ClientSideRowModelModule, ColumnApiModule, RenderApiModule, RowApiModule]);

let change: (round: number) => Promise<number> = () => Promise.reject(new Error('Nothing has been drawn.'));

// The peer at its defaults, with our sizes of rows and columns, a pinned first column, and the same texts.
window.bench = {
  async draw(size) {
    const report = drawnReport(size);
    const rowData = report.rows.map(({ release, cells }) => ({ tag: release.tag, cells }));
    type Row = (typeof rowData)[number];
    const columnDefs: ColDef<Row>[] = [
      { headerName: 'Release', valueGetter: ({ data }) => data?.tag, pinned: 'left', width: 252 },
      ...report.components.map(
        ({ name }, index): ColDef<Row> => ({
          headerName: name,
          colId: index === 0 ? 'first' : `column-${index}`,
          width: 88,
          valueGetter: ({ data }) => data?.cells[index]?.text ?? '·',
        }),
      ),
    ];
    const place = document.getElementById('place');
    if (place === null) throw new Error('The page has no place to draw in.');
    const started = performance.now();
    const grid = createGrid(place, { columnDefs, rowData, rowHeight: 44, headerHeight: 118 });
    await framed('.ag-cell:not(.ag-cell-last-left-pinned)');
    const paint = performance.now() - started;
    change = async (round) => {
      const text = `9.0.${round}`;
      const node = grid.getDisplayedRowAtIndex(0);
      if (!node?.data) throw new Error('The grid has no row.');
      const [first, ...rest] = node.data.cells;
      node.data = { ...node.data, cells: [first ? { ...first, text } : null, ...rest] };
      const began = performance.now();
      grid.refreshCells({ rowNodes: [node], columns: ['first'] });
      await framedText('[row-index="0"] [col-id="first"]', text);
      return performance.now() - began;
    };
    return paint;
  },
  change: (round) => change(round),
};
