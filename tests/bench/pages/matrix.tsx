import '../../../src/dashboard/styles.css';
import { useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { MatrixView } from '../../../src/dashboard/matrix/MatrixView.tsx';
import { allPartsAreHere } from '../../../src/live/later-part.ts';
import type { Report } from '../../../src/release/report/report.ts';
import type { Visible } from '../../../src/views/filters/visible.ts';
import {
  type MatrixUpdate,
  matrixSender,
  type ShownMatrix,
  takeUpdate,
} from '../../../src/views/matrix/matrix-update.ts';
import type { Zoom } from '../../../src/views/params.ts';
import { WHOLE_VIEW } from '../../dashboard/whole-view.ts';
import type { EstateSize } from '../drawn-estate.ts';
import { drawnReport } from '../drawn-estate.ts';
import { framed, framedText } from './bench-page.ts';

interface MatrixPageProps {
  readonly matrix: ShownMatrix;
  readonly zoom?: Zoom;
}

/** Our own grid, as the dashboard shows it, without what is around it. */
function MatrixPage({ matrix, zoom = 'text' }: MatrixPageProps) {
  const [news] = useState(() => new Map<string, 'new' | 'changed'>());
  return <MatrixView matrix={matrix} news={news} view={{ ...WHOLE_VIEW, zoom }} onSeen={() => {}} />;
}

interface Drawn {
  readonly root: Root;
  readonly visible: Visible;
  report: Report;
  matrix: ShownMatrix;
}

// There is no server of the page that could be asked for more.
allPartsAreHere();

let drawn: Drawn | null = null;

const sender = matrixSender();

/** What the worker would hand over: made and copied before the clock starts, as that is not the page's work. */
function handedOver(report: Report, visible: Visible): MatrixUpdate[] {
  return [...sender.next(report, visible, true)].map((update) => structuredClone(update));
}

/** What the page makes of it. */
function taken(before: ShownMatrix | null, updates: readonly MatrixUpdate[]): ShownMatrix {
  const matrix = updates.reduce<ShownMatrix | null>(takeUpdate, before);
  if (matrix === null) throw new Error('Nothing was handed over.');
  return matrix;
}

async function draw(size: EstateSize): Promise<number> {
  const report = drawnReport(size);
  const visible: Visible = {
    rows: report.rows.map((_, index) => index),
    columns: report.components.map((_, index) => index),
    hiddenRows: 0,
    hiddenColumns: 0,
    withoutProblems: null,
    environments: null,
    rangeFault: null,
  };
  const place = document.getElementById('place');
  if (place === null) throw new Error('The page has no place to draw in.');
  const root = createRoot(place);
  const updates = handedOver(report, visible);
  const started = performance.now();
  const matrix = taken(null, updates);
  drawn = { root, visible, report, matrix };
  root.render(<MatrixPage matrix={matrix} />);
  await framed(SCREENFUL);
  return performance.now() - started;
}

/** A report whose first cell says something else, as a poll brings it: all other cells are the same objects. */
function withChangedCell(report: Report, text: string): Report {
  const rows = report.rows.map((row, index) => {
    if (index > 0) return row;
    const [first, ...rest] = row.cells;
    const changed = { ...(first ?? SOUND), text };
    return { ...row, cells: [changed, ...rest] };
  });
  return { ...report, rows };
}

const SOUND = { state: 'changed', entries: [], carriedFrom: null, expected: true, findings: [] } as const;

window.bench = {
  draw,
  async change(round) {
    if (drawn === null) throw new Error('Nothing has been drawn.');
    const text = `9.0.${round}`;
    const report = withChangedCell(drawn.report, text);
    drawn.report = report;
    const updates = handedOver(report, drawn.visible);
    const started = performance.now();
    drawn.matrix = taken(drawn.matrix, updates);
    drawn.root.render(<MatrixPage matrix={drawn.matrix} />);
    await framedText('[data-row="0"] [data-column="0"]', text);
    return performance.now() - started;
  },
  async overview() {
    // Once for its program, which is loaded then.
    await zoomTo('overview', OVERVIEW);
    await zoomTo('text', SCREENFUL);
    return zoomTo('overview', OVERVIEW);
  },
};

/** All of the rows in view: they come a few at a time. */
const SCREENFUL = '[role="grid"]:not([aria-busy]) [role="row"] [role="gridcell"]';
const OVERVIEW = '.mx-overview canvas';

/** @returns milliseconds until the frame with what the selector means */
async function zoomTo(zoom: Zoom, selector: string): Promise<number> {
  if (drawn === null) throw new Error('Nothing has been drawn.');
  const { root, matrix } = drawn;
  const started = performance.now();
  root.render(<MatrixPage matrix={matrix} zoom={zoom} />);
  await framed(selector);
  return performance.now() - started;
}

// As an application starts: at once, without being told to.
const [releases, components] = (new URL(location.href).searchParams.get('draw') ?? '').split('x').map(Number);
if (releases && components) await draw({ releases, components });
