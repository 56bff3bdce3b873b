import type { Comparison } from '../../release/compare/compare-document.ts';
import { compareAsRows } from '../../release/compare/compare-words.ts';
import { exportNote } from '../export/export-note.ts';
import type { Exportable } from '../export/exportable.ts';
import { fileNamePart } from '../words/file-name.ts';
import type { ShownComparison } from './shown-comparison.ts';

/**
 * What the filters leave of a comparison. Unfiltered its JSON is the documented form to the letter; a part of it must
 * not pass for the whole, and so says what is hidden in two attributes that this form does not have.
 */
export function exportComparison(whole: Comparison, { comparison, hidden }: ShownComparison): Exportable {
  const { from, to, readAt, components, leftOut } = comparison;
  const shown = components.length + leftOut.length;
  const of = hidden === 0 ? '' : ` of ${(shown + hidden).toLocaleString('en')}`;
  const words = `${from.name} to ${to.name}, ${shown.toLocaleString('en')}${of} components`;
  const note = exportNote(readAt, words, [[hidden, 'component']]);
  return {
    name: `compare-${fileNamePart(from.name)}-${fileNamePart(to.name)}`,
    title: 'Comparison',
    rows: compareAsRows(comparison),
    json: hidden === 0 ? whole : { ...comparison, note, hidden: { components: hidden } },
    note,
  };
}
