import '../../../src/dashboard/styles.css';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Visible } from '../../../src/dashboard/filters/visible.ts';
import { MatrixView } from '../../../src/dashboard/matrix/MatrixView.tsx';
import type { ViewState } from '../../../src/dashboard/view-state.ts';
import type { Report } from '../../../src/release/report.ts';
import { drawnReport } from '../drawn-estate.ts';
import { framed } from './bench-page.ts';

const VIEW: ViewState = {
  view: 'matrix',
  version: '',
  stage: [],
  type: [],
  env: [],
  q: '',
  problems: false,
  flip: false,
  release: null,
  component: null,
  folded: [],
  a: '',
  b: '',
  same: false,
  group: 'code',
  severity: [],
  code: [],
  waived: 'show',
  shut: [],
  older: null,
  as: 'stable',
  manifest: 'json',
};

/** Our own grid, as the dashboard shows it, without what is around it. */
function MatrixPage({ report, visible }: { readonly report: Report; readonly visible: Visible }) {
  const [news] = useState(() => new Map<string, 'new' | 'changed'>());
  return <MatrixView report={report} visible={visible} news={news} view={VIEW} change={() => {}} onSeen={() => {}} />;
}

window.bench = {
  async draw(size) {
    const report = drawnReport(size);
    const visible: Visible = {
      rows: report.rows.map((_, index) => index),
      columns: report.components.map((_, index) => index),
      hiddenRows: 0,
      hiddenColumns: 0,
      withoutProblems: null,
      environments: null,
      versionFault: null,
    };
    const place = document.getElementById('place');
    if (place === null) throw new Error('The page has no place to draw in.');
    const started = performance.now();
    createRoot(place).render(<MatrixPage report={report} visible={visible} />);
    await framed('[role="gridcell"]');
    return performance.now() - started;
  },
};
