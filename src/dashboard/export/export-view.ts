import type { Report } from '../../release/report.ts';
import type { Visible } from '../filters/visible.ts';
import type { ViewState } from '../view-state.ts';
import type { ExportedView } from './ExportMenu.tsx';
import type { Exporter } from './exportable.ts';
import { type Format, WRITERS } from './file-text.ts';
import { exportFindings } from './findings-export.ts';
import { exportMatrix } from './matrix-export.ts';
import { saveFile } from './save-file.ts';

const EXPORTERS = { matrix: exportMatrix, findings: exportFindings } satisfies Record<ExportedView, Exporter>;

/** Saves what a view shows as a file. */
export function exportView(
  name: ExportedView,
  format: Format,
  report: Report,
  visible: Visible,
  view: ViewState,
): void {
  const exported = EXPORTERS[name](report, visible, view);
  const { ending, type, text } = WRITERS[format](exported);
  saveFile(`${exported.name}.${ending}`, type, text);
}
