import { type Command, InvalidArgumentError, type Option } from 'commander';
import { WEIGHED_STAGES, type WeighedStage } from '../../release/item/release.ts';
import { formatOption } from '../context/outputs.ts';
import { among, RepeatedOption, repeated, single } from '../context/single-option.ts';
import { addTableOptions, type TableOptions } from '../table/table-options.ts';
import { REPORT_FORMATS, type ReportOutput } from './report-outputs.ts';

export interface ReportOptions extends TableOptions {
  readonly policy?: string;
  /** The stage it is evaluated as; its own where absent. */
  readonly as?: WeighedStage;
  /** Types of which what is absent is not asked for. */
  readonly notYet?: readonly string[];
  /** The release that its findings are held against, or `prev`. */
  readonly since?: string;
  /** The environment that it is to be rolled out to. */
  readonly environment?: string;
  /** Components, of which alone it is asked. */
  readonly only?: readonly string[];
  /** Whose findings alone are listed; the verdict is the release's all the same. */
  readonly owner?: readonly string[];
  /** ISO 8601; the machine's clock at the end of the reading where absent. */
  readonly now?: string;
  /** Template of an address with `{release}`. */
  readonly link?: string;
  readonly format?: readonly ReportOutput[];
}

/** What is asked of items that were read just now. */
export type Question = ReportOptions & Required<Pick<ReportOptions, 'now'>>;

/** What everything takes that reports one release, or all of them. */
export function addReportOptions(command: Command): Command {
  return addJudgingOptions(command.argument('[release]', 'its tag, such as v1.4.0'))
    .option('--all', 'every release of the table, newest first, instead of one')
    .addOption(
      repeated('--only <component>', 'check only these components, such as backend#api; may be repeated', componentId),
    )
    .addOption(ownerOption('list only findings of what they own; the verdict stays the release’s'))
    .option('--current', 'with --all: only the newest stable release, newer ones, and what runs somewhere')
    .addOption(formatOption(REPORT_FORMATS));
}

/** What everything takes that judges releases. */
export function addJudgingOptions(command: Command): Command {
  return addReadingOptions(command)
    .addOption(among('--as <stage>', 'use the severities of this stage', WEIGHED_STAGES))
    .addOption(typesOption('--not-yet <types>', 'before the roll-out: do not expect components of these types'))
    .addOption(
      single('--since <release>', 'compare its findings with this release; prev: the candidate or release before'),
    )
    .addOption(single('--environment <name>', 'before a roll-out to this environment: it may be frozen'))
    .addOption(single('--link <template>', 'address of a release on your dashboard, with {release}', linkTemplate));
}

/** What everything takes that reads items and judges them. */
export function addReadingOptions(command: Command): Command {
  return addTableOptions(command)
    .addOption(single('--policy <file>', 'policy document; else the table’s policy item, else defaults'))
    .addOption(nowOption())
    .exitOverride();
}

/** Whose things alone are listed. */
export function ownerOption(description: string): RepeatedOption {
  return repeated('--owner <owner>', `${description}; may be repeated`, ownerName);
}

export function nowOption(): Option {
  return single('--now <time>', 'fix the clock, ISO 8601 such as 2026-11-20T12:00:00Z', isoTime);
}

function isoTime(value: string): string {
  const time = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('Expected ISO 8601, such as 2026-11-20T12:00:00Z.');
  return new Date(time).toISOString();
}

/** As fragments name it, but for space around it. @throws InvalidArgumentError */
function ownerName(value: string): string {
  const name = value.trim();
  if (name === '') throw new InvalidArgumentError('Expected an owner as fragments name it, such as payments.');
  return name;
}

/** Only http and https: what a person may be made to follow. */
function linkTemplate(value: string): string {
  const filled = value.replaceAll('{release}', 'v1.4.0');
  const url = /^https?:\/\/[^\s\\]+$/i.test(value) && URL.canParse(filled) ? new URL(filled) : null;
  if (url === null || url.username !== '' || url.password !== '') {
    throw new InvalidArgumentError(
      'Expected http:// or https://, such as https://releases.example/?release={release}.',
    );
  }
  return value;
}

/** @throws InvalidArgumentError */
function componentId(value: string): string {
  if (/^[^#]*[^\s#][^#]*#.*\S/s.test(value)) return value;
  throw new InvalidArgumentError('Expected <type>#<name>, such as backend#api.');
}

/** What stands before the `#` of a component: readers take any, so only what could never be one is refused. */
const TYPE = /^[^\s#]+$/;

/** An option that holds types of components, `k8s` or `k8s,infra`, each once however often it is given. */
export function typesOption(flags: string, description: string): RepeatedOption {
  return new RepeatedOption(flags, `${description}, such as k8s,infra; may be repeated`).argParser(
    (value, before: readonly string[] | undefined) => [...new Set([...(before ?? []), ...readTypes(value)])],
  );
}

/** @throws InvalidArgumentError */
function readTypes(value: string): string[] {
  const types = value.split(',').map((type) => type.trim());
  if (types.every((type) => TYPE.test(type))) return types;
  throw new InvalidArgumentError('Expected types, which stand before the # of a component, such as k8s or k8s,infra.');
}
