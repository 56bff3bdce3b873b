import { writeFileSync } from 'node:fs';
import { foldEnvironment } from '../../release/item/environment.ts';
import { readItems } from '../../release/item/fragment.ts';
import { compareKeys, readReleaseKey } from '../../release/item/release.ts';
import type { Plan } from '../../release/plan/plan-document.ts';
import { faultOfCommand, TAG_BY_GITHUB } from '../../release/plan/plan-script.ts';
import { planPromotion, told } from '../../release/plan/promotion.ts';
import { planRollBack } from '../../release/plan/roll-back.ts';
import { faultOfForm, type WrittenTagForm } from '../../release/plan/tag-form.ts';
import { targetOf } from '../../release/plan/target.ts';
import type { Policy } from '../../release/policy/policy.ts';
import type { GateReport } from '../../release/report/gate.ts';
import { makeReport } from '../../release/report/make-report.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { globMatcher } from '../../release/text/glob.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode, ExitError, usage } from '../context/exit-codes.ts';
import { type Output, refuseMixed, writeOutput } from '../context/outputs.ts';
import { formsOfPlan, type PLAN_FORMATS } from '../reports/plan-forms.ts';
import { reportRelease } from '../reports/release-report.ts';
import { policyInForce } from '../table/policy-option.ts';
import { readItemsOf, type TableOptions } from '../table/table-options.ts';

export interface PlanOptions extends TableOptions {
  readonly policy?: string;
  /** ISO 8601; the machine's clock at the end of the reading where absent. */
  readonly now?: string;
  /** A stage or a release. */
  readonly to?: string;
  /** Of a roll-back. */
  readonly environment?: string;
  /** Types of which what is absent is not asked for. */
  readonly notYet?: readonly string[];
  readonly format?: readonly Output<(typeof PLAN_FORMATS)[number]>[];
  readonly command?: string;
  readonly tagForm?: readonly WrittenTagForm[];
  /** How long a wave of the script waits, as `check --wait` takes it. */
  readonly wait: string;
  readonly force?: boolean;
}

/** Reads a form of tags: `{component}@{version}`, or `frontend#*={component}@{version}` for some components. */
export function readWrittenForm(text: string): WrittenTagForm | { readonly fault: string } {
  const cut = text.indexOf('=');
  const [glob, form] = cut === -1 ? ['*', text] : [text.slice(0, cut), text.slice(cut + 1)];
  const fault = faultOfForm(form);
  return fault === null ? { matches: globMatcher(glob), form } : { fault };
}

/**
 * Tells what is left to do until a release is promoted, or an environment is back at one. Does nothing of it.
 *
 * @throws ExitError for bad input (`usage`), and for what cannot be read or is not known (`unknown`)
 */
export async function plan(release: string, options: PlanOptions, context: CliContext): Promise<ExitCode> {
  const outputs = options.format ?? [{ format: 'text', file: null } as const];
  refuseMixed(outputs.map(({ file }) => file));
  const fault = usageFault(options);
  if (fault !== null) throw usage(fault);
  const read = await readItemsOf(options, context);
  const now = options.now ?? context.now();
  const { policy } = policyInForce(options.policy, read.items, read.keys);
  const table = { ...readItems(read.items, read.keys, policy.environments), readAt: now };
  const { report, survey } = makeReport(null, table, policy);
  const row = rowOf(report, release);
  let made: { readonly plan: Plan; readonly gate: GateReport | null };
  if (options.to === undefined) made = { plan: rollBack(report, policy, row, options.environment ?? ''), gate: null };
  else {
    const target = targetOf(report, row, options.to);
    if ('fault' in target) throw usage(target.fault);
    const { said: gate } = reportRelease(read, release, { ...pickGate(options), as: target.stage, now });
    const promotion = { row, target, gate, forms: options.tagForm ?? [], estate: survey.estate };
    made = { plan: told(planPromotion(report, policy, promotion), options.force === true), gate };
  }
  const forms = formsOfPlan(made.plan, made.gate?.completeness ?? null, {
    command: options.command ?? (made.plan.kind === 'promotion' ? TAG_BY_GITHUB : null),
    wait: options.wait,
    table: tableWords(options),
  });
  for (const { format, file } of outputs) {
    if (file === null) context.stdout(forms[format]());
    else writeOutput(file, () => writeFileSync(file, forms[format]()));
  }
  return exitOf(made.plan);
}

function usageFault({ to, environment, command, tagForm, notYet, force }: PlanOptions): string | null {
  if ((to === undefined) === (environment === undefined)) {
    return 'Expected --to stable, rc, beta or a release, to promote; or --environment, to go back.';
  }
  const forTags = { '--tag-form': tagForm, '--not-yet': notYet, '--force': force };
  const stray = Object.entries(forTags).find(([, value]) => value !== undefined);
  if (environment !== undefined && stray !== undefined) return `${stray[0]} is for a promotion, by --to.`;
  const fault = command === undefined ? null : faultOfCommand(command, to === undefined ? 'roll-back' : 'promotion');
  return fault === null ? null : `--command: ${fault}`;
}

/** @throws ExitError (unknown) where there is no fragment of it */
function rowOf({ rows }: Report, release: string): ReportRow {
  const known = rows.filter(({ fragments }) => fragments > 0);
  const found = known.find((row) => row.release.tag === release);
  if (found !== undefined) return found;
  const newest = known.slice(0, 3).map((row) => row.release.tag);
  const hint = newest.length === 0 ? 'There are no releases.' : `The newest are ${newest.join(', ')}.`;
  throw new ExitError(EXIT.unknown, `There is no fragment of ${release}. ${hint}`);
}

/** @throws ExitError (unknown) where nothing is known to run in the environment */
function rollBack(report: Report, policy: Policy, row: ReportRow, environment: string): Plan {
  const made = planRollBack(report, policy, row, foldEnvironment(environment, policy.environments));
  if (made !== null) {
    const [newest, key] = [readReleaseKey(made.newest ?? ''), readReleaseKey(made.release)];
    if (newest === null || key === null || compareKeys(newest, key) >= 0) return made;
    throw usage(
      `${made.release} comes after ${made.newest}, the newest that runs in ${made.environment}: --environment is for a roll-back.`,
    );
  }
  const known = report.environments.length === 0 ? 'none' : report.environments.join(', ');
  throw new ExitError(EXIT.unknown, `No workload is known to run in ${environment}. Environments: ${known}.`);
}

function pickGate({ policy, notYet }: PlanOptions): Pick<PlanOptions, 'policy' | 'notYet'> {
  return { ...(policy === undefined ? {} : { policy }), ...(notYet === undefined ? {} : { notYet }) };
}

/** The options that lead another command to the same table; null: it was standard input. */
function tableWords({ from, table, region, profile, endpoint, policy }: PlanOptions): string[] | null {
  if (from === '-') return null;
  const given = {
    '--from': from,
    '--table': table,
    '--region': region,
    '--profile': profile,
    '--endpoint': endpoint,
    '--policy': policy,
  };
  return Object.entries(given).flatMap(([option, value]) => (value === undefined ? [] : [option, value]));
}

function exitOf(made: Plan): ExitCode {
  if (made.kind === 'roll-back' || made.blocked === null || made.forced) return EXIT.pass;
  const fails = made.blocked.verdict === 'fail' || made.blocked.conflicts.length > 0;
  return fails ? EXIT.blocked : EXIT.unknown;
}
