import type { Exportable } from '../../views/export/exportable.ts';
import { type Format, WRITERS } from '../../views/export/file-text.ts';
import { saveFile } from './save-file.ts';

/** Saves an export as a file. */
export function saveExport(format: Format, exported: Exportable): void {
  const { ending, type, text } = WRITERS[format](exported);
  saveFile(`${exported.name}.${ending}`, type, text);
}
