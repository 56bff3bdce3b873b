import { deployedAsMarkdown, deployedAsRows, deployedDocument } from '../../release/deployed/deployed-words.ts';
import { deploymentsOf } from '../../release/deployed/deployments.ts';
import { exportNote, hiddenNote } from '../export/export-note.ts';
import type { Exportable } from '../export/exportable.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import { environmentWords, shownWords } from './deployment-words.ts';
import { knownThen } from './known-then.ts';
import { offAsked, visibleDeployments } from './visible-deployments.ts';

/**
 * What runs where. Unfiltered it is what `deployed` prints; a part of it must not pass for the whole: its JSON says
 * what is hidden in attributes that the documented form does not have.
 */
export function exportEnvironments(
  known: Known,
  view: Filters & { readonly off: string | null; readonly at: string | null },
): Exportable {
  const then = knownThen(known, view.at);
  const { readAt } = known.report;
  const deployments = deploymentsOf(then?.report ?? known.report);
  const off = offAsked(deployments, view.off);
  const left = visibleDeployments(then?.report ?? known.report, deployments, view, off);
  const hidden = {
    components: left.all - left.shown,
    environments: deployments.environments.length - left.environments.length,
  };
  const shown = `${shownWords(left)} in ${environmentWords(left.environments.length, deployments.environments.length)}`;
  const shownThen = then === null ? shown : `${shown}, as observed by ${then.at}`;
  const counts = [
    [hidden.components, 'component'],
    [hidden.environments, 'environment'],
  ] as const;
  const hides = hiddenNote(counts);
  const note = hides === null ? null : exportNote(readAt, shownThen, counts);
  const cells = new Map(left.sections.flatMap(({ rows }) => rows.map((row) => [row.component.id, row.cells])));
  // In the order of the document: the screen has the worst first.
  const rows = deployments.rows.flatMap((row) => {
    const visible = cells.get(row.component.id);
    return visible === undefined ? [] : [{ ...row, cells: visible }];
  });
  const document = deployedDocument({ ...deployments, readAt, environments: left.environments, rows }, then);
  return {
    name: 'release-matrix-environments',
    rows: deployedAsRows(document),
    markdown: { text: deployedAsMarkdown(document, hides) },
    json: note === null ? document : { ...document, note, hidden, ...(off !== null && { notAsReleased: off }) },
    note,
  };
}
