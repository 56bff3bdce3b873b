import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { DEFAULT_ENVIRONMENTS } from '../../release/item/environment.ts';
import { type Covered, EVIDENCE_NAME, type TestCounts } from '../../release/item/evidence.ts';
import { type Covers, type EvidenceInput, itemOfEvidence } from '../../release/item/evidence-input.ts';
import { readItems } from '../../release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item, type KeyNames } from '../../release/item/item.ts';
import { sortReleases, WEIGHED_STAGES, type WeighedStage } from '../../release/item/release.ts';
import { documentOfEvidence, evidenceAsMarkdown, evidenceAsRows } from '../../release/report/evidence-document.ts';
import { makeReport } from '../../release/report/make-report.ts';
import { releaseContents } from '../../release/report/release-contents.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { publisherPolicy, signerPolicy } from '../../store/publisher-policy.ts';
import { alignedLines } from '../context/aligned.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode, ExitError, usage } from '../context/exit-codes.ts';
import { formatOption, openOutputs, WRITE_FORMATS, type WriteOutput, writeOutput } from '../context/outputs.ts';
import { logLines, printableName, say } from '../context/printable.ts';
import { among, repeated, single } from '../context/single-option.ts';
import { coversOf, readSnapshot, snapshotText } from '../evidence/covers-file.ts';
import { principalOf } from '../evidence/principal.ts';
import { readTestReports } from '../evidence/test-reports.ts';
import { ciFacts } from '../publish/ci-facts.ts';
import { type Writing, writeInto } from '../publish/write-all.ts';
import { outcomeLines } from '../publish/write-results.ts';
import { addReadingOptions, type ReportOptions } from '../reports/report-options.ts';
import { policyInForce } from '../table/policy-option.ts';
import {
  addConnectionOptions,
  type ConnectionOptions,
  configuredKeys,
  type ItemsRead,
  readItemsOf,
  readWhole,
  type TableConnected,
  withTable,
} from '../table/table-options.ts';

interface SayingOptions extends ConnectionOptions {
  readonly policy?: string;
  readonly covers?: string;
  readonly format?: readonly WriteOutput[];
}

interface AttestOptions extends SayingOptions {
  readonly result?: 'pass' | 'fail';
  readonly junit?: readonly string[];
  readonly component?: string;
  readonly environment?: string;
  readonly link?: string;
  readonly note?: string;
  readonly snapshot?: string;
}

interface SignOptions extends SayingOptions {
  readonly reject?: true;
  readonly revoke?: true;
  readonly reason?: string;
}

interface EvidenceOptions extends ReportOptions {
  readonly as?: WeighedStage;
  readonly form: 'text' | 'json' | 'markdown';
}

/**
 * Adds the commands that say what was checked of a release and signed.
 *
 * @param end is told what a command ended with
 */
export function addEvidenceCommands(program: Command, context: CliContext, end: (code: ExitCode) => void): void {
  addSayingOptions(program.command('attest'))
    .description('records a check of a release, with its result')
    .argument('<release>', 'its tag, such as v1.4.0')
    .argument('[name]', 'what was checked, such as e2e', evidenceName)
    .addOption(among('--result <result>', 'its result', ['pass', 'fail']))
    .addOption(
      repeated('--junit <glob>', 'test reports to take the result from, such as "reports/**/*.xml"; may be repeated'),
    )
    .addOption(single('--component <id>', 'the component that was checked, such as backend#api'))
    .addOption(single('--environment <name>', 'where it ran, such as qa'))
    .addOption(single('--link <address>', 'address of the report'))
    .addOption(single('--note <text>', 'a note'))
    .addOption(
      single('--snapshot <file>', 'only write what the release holds now, for --covers; - for standard output'),
    )
    .action(async (release: string, name: string | undefined, options: AttestOptions) =>
      end(await attest(release, name, options, context)),
    );

  addSayingOptions(program.command('sign'))
    .description('signs a release, as your AWS identity')
    .argument('<release>', 'its tag, such as v1.4.0')
    .argument('<name>', 'what is signed, such as qa', evidenceName)
    .option('--reject', 'reject the release instead')
    .option('--revoke', 'revoke what you signed')
    .addOption(single('--reason <text>', 'why'))
    .action(async (release: string, name: string, options: SignOptions) =>
      end(await sign(release, name, options, context)),
    );

  addReadingOptions(program.command('evidence'))
    .description('what was checked and signed of a release, what of it is still valid, and what is required')
    .argument('<release>', 'its tag, such as v1.4.0')
    .addOption(among('--as <stage>', 'what this stage requires', WEIGHED_STAGES))
    .addOption(among('--format <format>', 'what to print', ['text', 'json', 'markdown']))
    .action(async (release: string, options: EvidenceOptions & { readonly format?: EvidenceOptions['form'] }) =>
      end(await evidence(release, { ...options, form: options.format ?? 'text' }, context)),
    );
}

function addSayingOptions(command: Command): Command {
  return addConnectionOptions(command)
    .addOption(single('--covers <file>', 'what was checked, as attest --snapshot wrote it; else what there is now'))
    .addOption(single('--policy <file>', 'policy document; else the table’s policy item, else defaults'))
    .addOption(formatOption(WRITE_FORMATS))
    .exitOverride();
}

function evidenceName(value: string): string {
  if (EVIDENCE_NAME.test(value)) return value;
  throw new InvalidArgumentError('Expected small letters, digits and hyphens, 64 at most, such as e2e.');
}

/**
 * Says that a check was made, or writes down what there is to be checked.
 *
 * @throws ExitError `usage` for options or reports that say nothing; `unknown` where there is nothing that could have been
 *   checked, or the table cannot be read
 */
async function attest(
  release: string,
  name: string | undefined,
  options: AttestOptions,
  context: CliContext,
): Promise<ExitCode> {
  if (options.snapshot !== undefined) return await writeSnapshot(release, name, options.snapshot, options, context);
  if (name === undefined) throw usage('Expected a name of what was checked, such as e2e.');
  const outputs = openOutputs(options.format, context);
  const { result, counts } = resultOf(options);
  const known = options.covers === undefined ? null : readSnapshot(options.covers, release);
  const { run } = await ciFacts(context, null);
  const { component, environment, link, note } = options;
  return await withTable(options, context, async (table) => {
    const covers = known ?? coversOf(await contentsIn(table, release, name, options, context));
    const said = {
      release,
      name,
      component,
      result,
      covers: onlyOf(covers, component),
      counts,
      environment,
      link,
      note,
    };
    const text =
      counts === undefined ? result : `${result}, ${counts.tests} tests, ${counts.failures + counts.errors} failed`;
    return await write(table, said, { run, what: name, text, policyFor: publisherPolicy }, options, outputs, context);
  });
}

function resultOf({ result, junit }: AttestOptions): { result: 'pass' | 'fail'; counts?: TestCounts } {
  if (junit !== undefined && result !== undefined)
    throw usage('Expected --result or --junit, which says it, not both.');
  if (junit !== undefined) return readTestReports(junit);
  if (result === undefined)
    throw usage('Expected --result pass, --result fail, or --junit with the reports of the tests.');
  return { result };
}

function onlyOf(covers: Covers, component: string | undefined): Covers {
  if (component === undefined) return covers;
  const found = Object.hasOwn(covers, component) ? covers[component] : undefined;
  if (found !== undefined) return { [component]: found };
  const known = Object.keys(covers);
  const more = known.length > MOST_NAMES ? ` and ${known.length - MOST_NAMES} more` : '';
  throw new ExitError(
    EXIT.unknown,
    `There is no ${component} that was built. There are ${known.slice(0, MOST_NAMES).join(', ')}${more}.`,
  );
}

const MOST_NAMES = 10;

async function writeSnapshot(
  release: string,
  name: string | undefined,
  file: string,
  options: AttestOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { result, junit, covers, component, environment, link, note, format } = options;
  if ([name, result, junit, covers, component, environment, link, note, format].some((one) => one !== undefined)) {
    throw usage('--snapshot only writes what there is of the release: expected no name and no result beside it.');
  }
  return await withTable(options, context, async (table) => {
    const readAt = context.now();
    const contents = await contentsIn(table, release, null, options, context);
    const text = snapshotText(release, readAt, contents);
    if (file === '-') context.stdout(text);
    else {
      writeOutput(file, () => writeFileSync(file, text));
      say(context, `${contents.length} components of ${release} are in ${file}.`);
    }
    return EXIT.pass;
  });
}

/**
 * Signs a release, or rejects it, or takes that back.
 *
 * @throws ExitError as `attest`; `unknown` where AWS does not say who it is
 */
async function sign(release: string, name: string, options: SignOptions, context: CliContext): Promise<ExitCode> {
  const { reject, revoke, reason, covers: file } = options;
  if (reject === true && revoke === true) throw usage('Expected --reject or --revoke, not both.');
  if (revoke === true && file !== undefined) throw usage('--revoke takes back what was said: expected no --covers.');
  const outputs = openOutputs(options.format, context);
  const known = file === undefined ? null : readSnapshot(file, release);
  return await withTable(options, context, async (table) => {
    const arn = await table.caller();
    const principal = principalOf(arn);
    const by = { release, name, principal, arn };
    const how = { run: null, what: `${name} by ${principal}`, policyFor: signerPolicy };
    if (revoke === true) {
      const said = await saidBefore(table, release, name, principal, context);
      const note = reason ?? said.note ?? undefined;
      const { result, covered } = said;
      const taken = { ...by, result, covers: coversOf(covered), note, revoked: true };
      return await write(table, taken, { ...how, text: 'taken back' }, options, outputs, context);
    }
    const covers = known ?? coversOf(await contentsIn(table, release, name, options, context));
    const result = reject === true ? 'fail' : 'pass';
    const text = reject === true ? 'rejected' : 'signed';
    return await write(table, { ...by, result, covers, note: reason }, { ...how, text }, options, outputs, context);
  });
}

/** @throws ExitError (usage) where the principal has said nothing of it */
async function saidBefore(
  table: TableConnected,
  release: string,
  name: string,
  principal: string,
  context: CliContext,
): Promise<{ result: 'pass' | 'fail'; covered: readonly Covered[]; note: string | null }> {
  const { items, keys } = await readWhole(table, context);
  const { evidence: all } = readItems(items, keys, DEFAULT_ENVIRONMENTS);
  const said = all.find((one) => one.release === release && one.name === name && one.principal === principal);
  if (said === undefined)
    throw usage(`${principal} has not signed ${name} of ${release}: there is nothing to take back.`);
  return { result: said.result, covered: said.covers, note: said.note };
}

/**
 * What there is of a release, as the table has it now.
 *
 * @param name of what is said, for a word where the policy does not ask for it; null: nothing is said
 * @throws ExitError `unknown` where there is nothing that could have been checked; as `readWhole`
 */
async function contentsIn(
  table: TableConnected,
  release: string,
  name: string | null,
  options: SayingOptions,
  context: CliContext,
): Promise<readonly Covered[]> {
  const { items, keys } = await readWhole(table, context);
  const { policy } = policyInForce(options.policy, items, keys);
  const read = readItems(items, keys, policy.environments);
  const contents = releaseContents({ ...read, readAt: context.now() }, policy, release);
  if (contents.length === 0) throw nothingOf(release, read.fragments);
  const asked = [...new Set(policy.evidence.map((rule) => rule.name))];
  if (name !== null && asked.length > 0 && !asked.includes(name)) {
    say(context, `The policy asks for ${asked.join(', ')}, and not for ${name}.`);
  }
  return contents;
}

function nothingOf(release: string, fragments: readonly { readonly release: string }[]): ExitError {
  const newest = sortReleases(fragments.map((one) => one.release)).slice(0, 3);
  const hint =
    newest.length === 0 ? 'There are no releases.' : `The newest are ${newest.map(({ tag }) => tag).join(', ')}.`;
  return new ExitError(
    EXIT.unknown,
    `There is no built component of ${release}: nothing can have been checked. ${hint}`,
  );
}

/** How something is said of what was written. */
interface Told {
  readonly run: string | null;
  readonly what: string;
  readonly text: string;
  readonly policyFor: Writing['policyFor'];
}

async function write(
  table: TableConnected,
  said: Omit<EvidenceInput, 'publishedAt'>,
  { run, what, text, policyFor }: Told,
  options: SayingOptions,
  outputs: ReturnType<typeof openOutputs>,
  context: CliContext,
): Promise<ExitCode> {
  // In the item from the first, so that it is of this moment however late it is written.
  const input = { ...said, publishedAt: context.now(), publishedBy: run ?? undefined };
  const of = (keys: KeyNames) => {
    const made = itemOfEvidence(input, keys);
    if ('faults' in made) throw usage(made.faults.join('\n'));
    const { item } = made;
    return {
      entries: [{ place: what, release: textOf(item[keys.release]), key: textOf(item[keys.component]), item }],
      invalid: [],
    };
  };
  const writing: Writing = {
    of,
    untilKnown: of(configuredKeys(context) ?? DOCUMENTED_KEYS),
    run,
    progress: null,
    saveAs: 'unpublished-evidence.ndjson',
    goOn: 'Continue with: release-matrix import',
    policyFor,
    text: (entries, outcomes) =>
      outcomeLines(
        entries.map((entry) => ({ ...entry, release: input.release, key: `${what}: ${text}` })),
        outcomes,
      ),
  };
  return await writeInto(table, writing, { ...options, replace: true }, outputs, context);
}

function textOf(value: Item[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}

/**
 * Tells what was checked of a release and signed.
 *
 * @throws ExitError `unknown` where there is no fragment of it
 */
async function evidence(release: string, options: EvidenceOptions, context: CliContext): Promise<ExitCode> {
  const read: ItemsRead = await readItemsOf(options, context);
  const { policy } = policyInForce(options.policy, read.items, read.keys);
  const input = { ...readItems(read.items, read.keys, policy.environments), readAt: options.now ?? context.now() };
  const { rows } = makeReport(null, input, policy, { stage: options.as }).report;
  const row = rows.find((one) => one.release.tag === release && one.fragments > 0);
  if (row === undefined) throw nothingOf(release, input.fragments);
  const document = documentOfEvidence(row, options.as ?? row.release.stage, input.readAt);
  context.stdout(
    {
      json: () => jsonText(document),
      markdown: () => evidenceAsMarkdown(document, row.release),
      text: () => {
        const { head, rows: told } = evidenceAsRows(document, row.release);
        return logLines([printableName(head), ...alignedLines(told.map((cells) => cells.map(printableName)))]);
      },
    }[options.form](),
  );
  return EXIT.pass;
}
