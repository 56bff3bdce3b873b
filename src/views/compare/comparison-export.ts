import type { Comparison } from '../../release/compare/compare-document.ts';
import { compareAsMarkdown, compareAsRows } from '../../release/compare/compare-words.ts';
import { exportNote } from '../export/export-note.ts';
import type { Exportable } from '../export/exportable.ts';
import { fileNamePart } from '../words/file-name.ts';
import { hiddenWords, type ShownComparison } from './shown-comparison.ts';

/**
 * What the filters leave of a comparison. Unfiltered it is what `compare` prints; a part of it must not pass for the
 * whole: its JSON says what is hidden in two attributes that the documented form does not have.
 */
export function exportComparison(whole: Comparison, { comparison, hidden }: ShownComparison): Exportable {
  const { from, to, readAt, components, leftOut } = comparison;
  const shown = components.length + leftOut.length;
  const of = hidden === 0 ? '' : ` of ${(shown + hidden).toLocaleString('en')}`;
  const words = `${from.name} to ${to.name}, ${shown.toLocaleString('en')}${of} components`;
  const note = hidden === 0 ? null : exportNote(readAt, words, [[hidden, 'component']]);
  return {
    name: `compare-${fileNamePart(from.name)}-${fileNamePart(to.name)}`,
    rows: compareAsRows(comparison),
    markdown: { text: compareAsMarkdown(comparison, hiddenWords(hidden)) },
    json: note === null ? whole : { ...comparison, note, hidden: { components: hidden } },
    note,
  };
}
