import { compareTexts } from '../../release/compare/compare.ts';
import type { Comparison } from '../../release/compare/compare-document.ts';
import type { SideFault } from '../../release/compare/compare-sides.ts';
import { compareAsLines, compareAsMarkdown, compareAsRows } from '../../release/compare/compare-words.ts';
import { asOf, pastMoment, sourceOf } from '../../release/deployed/as-of.ts';
import type { DeployedDocument } from '../../release/deployed/deployed-document.ts';
import {
  deployedAsMarkdown,
  deployedAsRows,
  deployedAsTable,
  deployedDocument,
  onlyEnvironment,
  onlyOwned,
  thenWords,
} from '../../release/deployed/deployed-words.ts';
import { deploymentsOf, hiddenWords } from '../../release/deployed/deployments.ts';
import { type Manifest, manifestOf } from '../../release/history/manifest.ts';
import { releaseAsMarkdown, releaseAsRows } from '../../release/history/release-table.ts';
import { foldEnvironment } from '../../release/item/environment.ts';
import { readItems } from '../../release/item/fragment.ts';
import type { Estate } from '../../release/matrix/estate.ts';
import type { Policy } from '../../release/policy/policy.ts';
import { type Owned, ownedBy } from '../../release/report/current-owners.ts';
import { makeReport } from '../../release/report/make-report.ts';
import { ownerFault } from '../../release/report/owned.ts';
import { ownerWords } from '../../release/report/owner-words.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { csvDocument } from '../../release/text/csv-text.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { yamlText } from '../../release/text/yaml-text.ts';
import { alignedLines } from '../context/aligned.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode, ExitError, usage } from '../context/exit-codes.ts';
import { logLines, printable, printableName } from '../context/printable.ts';
import { policyInForce } from '../table/policy-option.ts';
import { readItemsOf, type TableOptions } from '../table/table-options.ts';

// What the screens show, for a terminal and for programs.

/** How a comparison and a deployment are written. */
export const ESTATE_FORMATS = ['text', 'json', 'markdown', 'csv'] as const;
export const MANIFEST_FORMATS = ['json', 'yaml', 'csv', 'markdown'] as const;

export interface EstateOptions extends TableOptions {
  readonly policy?: string;
  /** ISO 8601; the machine's clock at the end of the reading where absent. */
  readonly now?: string;
  /** Whose components alone are told of. */
  readonly owner?: readonly string[];
}

export interface CompareOptions extends EstateOptions {
  readonly format: (typeof ESTATE_FORMATS)[number];
}

export interface ManifestOptions extends EstateOptions {
  readonly format: (typeof MANIFEST_FORMATS)[number];
}

export interface DeployedOptions extends EstateOptions {
  readonly environment?: string;
  /** A date or a time, as it was written: what ran then. */
  readonly at?: string;
  readonly format: (typeof ESTATE_FORMATS)[number];
}

const WRITE_COMPARISON = {
  text: (comparison) => logLines(compareAsLines(comparison, printableName).map(printable)),
  json: jsonText,
  markdown: (comparison) => compareAsMarkdown(comparison),
  csv: (comparison) => csvDocument(compareAsRows(comparison)),
} satisfies Record<CompareOptions['format'], (comparison: Comparison) => string>;

/** Asked for what cannot be, or for what nobody knows. */
const EXIT_OF_FAULT = {
  'no-side': EXIT.usage,
  'no-time': EXIT.usage,
  'previous-of-nothing': EXIT.usage,
  'unknown-release': EXIT.unknown,
  'nothing-runs': EXIT.unknown,
  'no-stable-before': EXIT.unknown,
} satisfies Record<SideFault['code'], ExitCode>;

/**
 * Compares two of: a release, `@prod`, `@prod{2026-11-15}`, `prev`.
 *
 * @throws ExitError `usage` for sides that cannot be asked for; `unknown` for those of which nothing is known
 */
export async function compare(a: string, b: string, options: CompareOptions, context: CliContext): Promise<ExitCode> {
  const { report, policy, estate, owned } = await readEstate(options, context);
  const reading = compareTexts(report, policy, a, b, estate, owned);
  if ('faults' in reading) {
    const codes = reading.faults.map(({ code }) => EXIT_OF_FAULT[code]);
    const code = codes.includes(EXIT.usage) ? EXIT.usage : EXIT.unknown;
    throw new ExitError(code, reading.faults.map(({ message }) => message).join('\n'));
  }
  context.stdout(WRITE_COMPARISON[options.format](reading.comparison));
  return EXIT.pass;
}

const WRITE_MANIFEST = {
  json: ({ document }) => jsonText(document),
  yaml: ({ document }) => yamlText(document),
  csv: ({ report, row }) => csvDocument(releaseAsRows(report, row)),
  markdown: ({ report, row }) => releaseAsMarkdown(report, row),
} satisfies Record<
  ManifestOptions['format'],
  (of: { readonly document: Manifest; readonly report: Report; readonly row: ReportRow }) => string
>;

/**
 * Prints what a release is made of; as a table also what is missing and what is found.
 *
 * @throws ExitError `unknown` where there is no fragment of it
 */
export async function manifest(release: string, options: ManifestOptions, context: CliContext): Promise<ExitCode> {
  const { report } = await readEstate(options, context);
  const document = manifestOf(report, release);
  const row = report.rows.find((of) => of.release.tag === release);
  if (document === null || row === undefined) {
    const tags = report.rows.filter(({ fragments }) => fragments > 0).map((of) => of.release.tag);
    const newest = tags.length === 0 ? 'There are no releases.' : `The newest are ${tags.slice(0, 3).join(', ')}.`;
    throw new ExitError(EXIT.unknown, `There is no fragment of ${release}. ${newest}`);
  }
  context.stdout(WRITE_MANIFEST[options.format]({ document, report, row }));
  return EXIT.pass;
}

const WRITE_DEPLOYED = {
  text: deployedText,
  json: jsonText,
  markdown: (document) => deployedAsMarkdown(document),
  csv: (document) => csvDocument(deployedAsRows(document)),
} satisfies Record<DeployedOptions['format'], (document: DeployedDocument) => string>;

/**
 * Prints what runs where, or ran.
 *
 * @throws ExitError `usage` for a time that is none, or is to come; `unknown` where nothing is known to run, or not in the
 *   environment asked for
 */
export async function deployed(options: DeployedOptions, context: CliContext): Promise<ExitCode> {
  const { report, policy, estate, owned } = await readEstate(options, context);
  const then = options.at === undefined ? null : asOf(sourceOf(estate), policy, momentAsked(options.at, report.readAt));
  const whole = { ...deployedDocument(deploymentsOf(then?.report ?? report), then), readAt: report.readAt };
  const asked = options.environment === undefined ? null : foldEnvironment(options.environment, policy.environments);
  const there = asked === null ? whole : onlyEnvironment(whole, asked);
  const document = owned === null || there === null ? there : onlyOwned(there, owned);
  if (document === null || document.components.length === 0) {
    const known = whole.environments.map(({ name }) => name);
    const [first] = then?.notKnown ?? [];
    const hint =
      known.length > 0
        ? `Environments: ${known.join(', ')}.`
        : first === undefined
          ? 'No fragment names an environment.'
          : `The first observation is of ${first.since}.`;
    const place = asked === null ? '' : ` in ${asked}`;
    const nothing = owned === null ? 'Nothing' : `Nothing of ${owned.names.join(', ')}`;
    const what =
      then === null ? `${nothing} is known to run${place}` : `${nothing} is known to have run${place} at ${then.at}`;
    throw new ExitError(EXIT.unknown, `${what}. ${hint}`);
  }
  context.stdout(WRITE_DEPLOYED[options.format](document));
  return EXIT.pass;
}

/** The moment that a date or a time names. @throws ExitError `usage` */
function momentAsked(at: string, readAt: string): string {
  const moment = pastMoment(at, readAt);
  if (typeof moment === 'string') return moment;
  throw usage(`--at: ${moment.fault}`);
}

function deployedText(document: DeployedDocument): string {
  const rows = deployedAsTable(document).map((row) => row.map((cell) => printableName(cell || '-')));
  const unplaced = document.withoutEnvironment.map(printableName).join(', ');
  return logLines([
    ...alignedLines(rows),
    '',
    ...(unplaced === '' ? [] : [`Location unknown: ${unplaced}`]),
    ...(document.withdrawn === undefined ? [] : [hiddenWords(document, printableName)]),
    ...ownerWords(document, printableName),
    ...thenWords(document, printableName),
    `read ${document.readAt}`,
  ]);
}

/**
 * Reads everything and says what there is to say of it.
 *
 * @throws ExitError for bad input (`usage`) and for what cannot be read (`unknown`)
 */
export async function readEstate(
  options: EstateOptions,
  context: CliContext,
): Promise<{
  readonly report: Report;
  readonly policy: Policy;
  readonly estate: Estate;
  readonly owned: Owned | null;
}> {
  const { items, keys } = await readItemsOf(options, context);
  const { policy } = policyInForce(options.policy, items, keys);
  const readAt = options.now ?? context.now();
  const read = readItems(items, keys, policy.environments);
  const fault = options.owner === undefined ? null : ownerFault(options.owner, read.fragments);
  if (fault !== null) throw usage(`--owner: ${fault}`);
  const { report, survey } = makeReport(null, { ...read, readAt }, policy);
  const owned = options.owner === undefined ? null : ownedBy(report, options.owner);
  return { report, policy, estate: survey.estate, owned };
}
