import {
  ClientSideRowModelModule,
  type ColDef,
  ColumnApiModule,
  createGrid,
  ModuleRegistry,
  RowApiModule,
} from 'ag-grid-community';
import { drawnReport } from '../drawn-estate.ts';
import { framed } from './bench-page.ts';

ModuleRegistry.registerModules([ClientSideRowModelModule, ColumnApiModule, RowApiModule]);

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
          width: 88,
          valueGetter: ({ data }) => data?.cells[index]?.text ?? '·',
        }),
      ),
    ];
    const place = document.getElementById('place');
    if (place === null) throw new Error('The page has no place to draw in.');
    const started = performance.now();
    createGrid(place, { columnDefs, rowData, rowHeight: 44, headerHeight: 118 });
    await framed('.ag-cell:not(.ag-cell-last-left-pinned)');
    return performance.now() - started;
  },
};
