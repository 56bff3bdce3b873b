import { createHash } from 'node:crypto';
import { ReadFault } from '../../contract/read-fault.ts';
import { isBlocking } from '../../release/finding/finding.ts';
import type { GateReport } from '../../release/report/gate.ts';
import { unknownReasonWords } from '../../release/report/unknown-words.ts';
import { claimNews, type News, settleNews } from '../../store/notify-state.ts';
import { notifierPolicy } from '../../store/publisher-policy.ts';
import { RetryWhileDown } from '../../store/retry-while-down.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode, ExitError, usage } from '../context/exit-codes.ts';
import { logLines, printable } from '../context/printable.ts';
import { writeFaultWords } from '../publish/write-errors.ts';
import { type ReleaseReport, reportRelease } from '../reports/release-report.ts';
import type { ReportOptions } from '../reports/report-options.ts';
import { reportAsSlack, slackMessage } from '../reports/report-slack.ts';
import { readWhole, type TableConnected, withTable } from '../table/table-options.ts';
import { readReport } from './check.ts';
import { postJson, webhookAsked } from './webhook.ts';

export interface NotifyOptions extends Omit<ReportOptions, 'format'> {
  /** A file that holds the webhook's address. */
  readonly webhookFile?: string;
  /** Print the message; post nothing and remember nothing. */
  readonly dryRun?: boolean;
}

/**
 * Posts a release to Slack where its verdict, or the set of what blocks it, is not what was last posted of it. Of a
 * release without any fragment nothing is posted: it may be a slip of the pen.
 *
 * @returns `pass` whatever the verdict, posted or not; `unknown` for an unknown verdict, posted all the same
 * @throws ExitError `usage` for bad input or a webhook that refuses; `unknown` where table or webhook cannot be reached
 */
export async function notify(release: string, options: NotifyOptions, context: CliContext): Promise<ExitCode> {
  const { stdout } = context;
  if (options.dryRun === true) {
    const report = await readReport(release, options, context);
    stdout(reportAsSlack(report));
    return exitOf(report);
  }
  if (options.from !== undefined) {
    throw usage('--from: what was posted is kept in the table, so only --dry-run takes a file.');
  }
  const webhook = webhookAsked(options.webhookFile, context);
  return await withTable(options, context, async (table) => {
    const told = await tellChange(table, release, options, webhook, context);
    stdout(logLines([printable(told.words)]));
    return told.exitCode;
  });
}

async function tellChange(
  table: TableConnected,
  release: string,
  options: NotifyOptions,
  webhook: URL,
  context: CliContext,
): Promise<{ readonly words: string; readonly exitCode: ExitCode }> {
  const { client } = table;
  const { stop, patience } = context;
  const { described, ...read } = await readWhole(table, context);
  const report = reportRelease(read, release, { ...options, now: options.now ?? context.now() });
  const exitCode = exitOf(report);
  const { said } = report;
  if (said.fragments === 0) return { words: `There is no fragment of ${release}: nothing is posted.`, exitCode };

  const news: News = { release, state: stateOf(said), readAt: said.readAt };
  const claim = { now: context.now(), claimId: context.newId(), signal: stop };
  const retry = new RetryWhileDown(patience, stop);
  const { outcome } = await retry
    .run((timeLimitMs) => claimNews(client, described, news, { ...claim, timeLimitMs }))
    .catch((error: unknown) => {
      // Whoever came so far may read the table; to remember what was posted is another right.
      if (!(error instanceof ReadFault) || error.code !== 'access-denied') throw error;
      throw new ExitError(EXIT.unknown, writeFaultWords(error, table, notifierPolicy));
    });
  if (outcome === 'told') return { words: `Nothing new of ${release}: ${said.verdict}, as was posted.`, exitCode };
  if (outcome === 'elsewhere') return { words: `Another job is posting, or has posted, of ${release}.`, exitCode };
  // Whoever stops us now must still leave the claim settled.
  const settle = (wasTold: boolean) => {
    const last = new RetryWhileDown(patience, new AbortController().signal);
    const { now, claimId } = { ...claim, now: context.now() };
    return last.run((timeLimitMs) => settleNews(client, described, news, wasTold, { now, claimId, timeLimitMs }));
  };
  try {
    await postJson(webhook, slackMessage(report), patience, stop);
  } catch (error) {
    // A claim that stays open runs out by itself; why nothing was posted is what somebody must know.
    await settle(false).catch(() => {});
    throw error;
  }
  await settle(true);
  const why = unknownReasonWords(said);
  return { words: `Posted: ${release} is ${said.verdict}${why === '' ? '' : `: ${why}`}.`, exitCode };
}

function exitOf({ said }: ReleaseReport): ExitCode {
  return said.verdict === 'unknown' ? EXIT.unknown : EXIT.pass;
}

/**
 * Names what a reader would call news: the verdict, why it is unknown, the stage it is judged as, and what blocks,
 * whatever its evidence.
 */
function stateOf({ verdict, unknown, evaluatedAs, findings }: GateReport): string {
  const blocking = findings
    .filter(isBlocking)
    .map(({ code, component, environment }) => JSON.stringify([code, component, environment]));
  const facts = JSON.stringify([
    verdict,
    evaluatedAs,
    [...new Set(blocking)].sort(),
    ...(unknown.length === 0 ? [] : [unknown]),
  ]);
  return `sha256:${createHash('sha256').update(facts).digest('hex')}`;
}
