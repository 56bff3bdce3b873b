import { currentReleases } from '../../release/deployed/current-releases.ts';
import type { FindingCode, Severity } from '../../release/finding/finding.ts';
import { type FindingFilters, filterFindings, type WaivedShown } from '../../release/finding/finding-filters.ts';
import type { FindingsDocument } from '../../release/report/findings-document.ts';
import {
  byRelease,
  documentOfFindings,
  findingCells,
  findingsAsMarkdown,
  findingsAsRows,
  findingsSummary,
} from '../../release/report/findings-words.ts';
import { placedFindings } from '../../release/report/placed-findings.ts';
import { csvDocument } from '../../release/text/csv-text.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { alignedLines } from '../context/aligned.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode, ExitError } from '../context/exit-codes.ts';
import { logLines, printableName } from '../context/printable.ts';
import { type ESTATE_FORMATS, type EstateOptions, readEstate } from './estate-commands.ts';

export interface FindingsOptions extends EstateOptions {
  /** Only of releases that no later one has superseded. */
  readonly current?: boolean;
  readonly severity?: readonly Severity[];
  readonly code?: readonly FindingCode[];
  readonly waived: WaivedShown;
  readonly format: (typeof ESTATE_FORMATS)[number];
}

const WRITE = {
  text: findingsText,
  json: jsonText,
  markdown: (document) => findingsAsMarkdown(document),
  csv: (document) => csvDocument(findingsAsRows(document)),
} satisfies Record<FindingsOptions['format'], (document: FindingsDocument) => string>;

/**
 * Prints what is found in the table. It is no gate: whatever is found, it ends well.
 *
 * @throws ExitError `usage` for an owner that nobody knows; `unknown` where there are no releases
 */
export async function findings(options: FindingsOptions, context: CliContext): Promise<ExitCode> {
  const { report, estate, owned } = await readEstate(options, context);
  if (report.rows.length === 0) throw new ExitError(EXIT.unknown, 'There are no releases.');
  const current = options.current === true ? currentReleases(report) : null;
  const rows = [...report.rows.keys()].filter((row) => current?.has(report.rows[row]?.release.tag ?? '') ?? true);
  const filters: FindingFilters = {
    severity: unique(options.severity),
    code: unique(options.code),
    waived: options.waived,
  };
  const placed = filterFindings(placedFindings(report, rows), filters).filter(
    ({ column }) => owned === null || (column !== null && owned.components.has(report.components[column]?.id ?? '')),
  );
  const isWhole =
    current === null &&
    owned === null &&
    filters.severity.length + filters.code.length === 0 &&
    filters.waived === 'show';
  const all = report.rows.reduce((sum, row) => sum + row.findings.length, 0);
  const owner = unique(owned?.names);
  const only = isWhole ? undefined : { current: current !== null, owner, ...filters, others: all - placed.length };
  context.stdout(WRITE[options.format](documentOfFindings(report, estate.matrix, placed, rows, only)));
  return EXIT.pass;
}

function unique<T>(list: readonly T[] = []): T[] {
  return [...new Set(list)];
}

/** A line for each finding beneath its release, then how much it is. */
function findingsText(document: FindingsDocument): string {
  const groups = [...byRelease(document)];
  const cells = groups.flatMap(([, of]) => of.map(findingCells));
  const lines = alignedLines(cells.map((of) => of.map((cell) => printableName(cell ?? '-'))));
  return logLines([
    ...groups.flatMap(([release, of]) => [printableName(release), ...lines.splice(0, of.length), '']),
    ...findingsSummary(document, printableName),
    `read ${document.readAt}`,
  ]);
}
