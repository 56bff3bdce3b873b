import { ReadFault } from '../../contract/read-fault.ts';
import { type WaiverRow, type WithdrawnRow, withWaiver, withWithdrawal } from '../../release/policy/change-policy.ts';
import type { PolicyDocument } from '../../release/policy/policy-document.ts';
import { announcePolicy, changePolicyItem, PolicyTooLarge, type StoredPolicy } from '../../store/policy-item.ts';
import { policyWriterPolicy } from '../../store/publisher-policy.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode, ExitError, usage } from '../context/exit-codes.ts';
import { logLines, printable, printableName, say } from '../context/printable.ts';
import { writeFaultWords } from '../publish/write-errors.ts';
import type { ConnectionOptions } from '../table/table-options.ts';
import {
  digestOf,
  documentIn,
  documentText,
  policyOfDocument,
  policyOfFile,
  policyOfRow,
  versionWords,
  withPolicyTable,
} from './policy-documents.ts';

// What changes the policy of a table: docs/life-cycle.md, "The policy, by commands".

export interface PutPolicyOptions extends ConnectionOptions {
  /** Digest of the document that is to be replaced; `none`: there is none. */
  readonly ifUnchanged?: string;
}

/**
 * Puts a document in the place of the table's policy.
 *
 * @throws ExitError `usage` for a broken document; `conflict` where another is there than was expected; `unknown` where
 *   it cannot be written
 */
export async function putPolicy(file: string, options: PutPolicyOptions, context: CliContext): Promise<ExitCode> {
  const { document } = policyOfFile(file);
  const { ifUnchanged } = options;
  return await changePolicy(options, context, `${printableName(file)} is the policy`, (stored) => {
    const there = digestOf(stored);
    if (ifUnchanged === undefined || ifUnchanged === there || there === digestOf({ document })) return document;
    const found = stored === null ? 'none' : versionWords(stored);
    throw new ExitError(
      EXIT.conflict,
      `The policy has changed: expected ${ifUnchanged}, found ${found}.\nSee what it is now (policy show), and apply your change to that.`,
    );
  });
}

export interface WaiveOptions extends ConnectionOptions {
  readonly release: string;
  readonly component?: string;
  readonly environment?: string;
  /** A date, or a time with its zone. */
  readonly until: string;
  readonly reason: string;
  readonly by?: string;
}

/**
 * Adds a waiver to the table's policy, or renews the one of the same finding.
 *
 * @throws ExitError `usage` for a waiver that is none or is over, and where the table's own document is broken; `unknown`
 *   where it cannot be written
 */
export async function waive(code: string, options: WaiveOptions, context: CliContext): Promise<ExitCode> {
  const { release, component, environment, until, reason, by } = options;
  const rowBy = (caller: string) => ({
    code,
    ...given({ component, release, environment }),
    reason,
    by: by ?? caller,
    expires: until,
  });
  const [waiver] = policyOfRow({ waivers: [rowBy('the caller')] }).policy.waivers;
  if (waiver !== undefined && waiver.endsAt < Date.parse(context.now())) {
    throw usage(`--until: expected a day or time to come, received ${until}.`);
  }
  const done = `${code} is waived for ${printableName(component ?? 'all')} in ${printableName(release)} until ${until}`;
  return await changePolicy(options, context, done, (stored, caller) =>
    withWaiver(documentIn(stored), rowBy(caller) as WaiverRow),
  );
}

export interface WithdrawOptions extends ConnectionOptions {
  readonly release?: string;
  readonly component?: string;
  readonly releases?: string;
  readonly environment?: string;
  readonly reason: string;
  /** A date, or a time with its zone; today in UTC where absent. */
  readonly date?: string;
  readonly by?: string;
}

/**
 * Withdraws a release, a component or an environment by the table's policy.
 *
 * @throws ExitError as `waive`
 */
export async function withdraw(options: WithdrawOptions, context: CliContext): Promise<ExitCode> {
  const { release, component, releases, environment, reason, date = context.now().slice(0, 10), by } = options;
  const rowBy = (caller: string) => ({
    ...given({ release, component, releases, environment }),
    reason,
    by: by ?? caller,
    date,
  });
  policyOfRow({ withdrawn: [rowBy('the caller')] });
  const done = `${printableName(release ?? component ?? environment ?? '')} is withdrawn`;
  return await changePolicy(options, context, done, (stored, caller) =>
    withWithdrawal(documentIn(stored), rowBy(caller) as WithdrawnRow),
  );
}

function given(parts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * Writes the policy of a table by one conditional put, and says what became of it.
 *
 * @param done what is so afterwards, as the beginning of a sentence
 * @param next the document that shall be there; asked again where somebody was faster
 */
async function changePolicy(
  options: ConnectionOptions,
  context: CliContext,
  done: string,
  next: (stored: StoredPolicy | null, caller: string) => PolicyDocument,
): Promise<ExitCode> {
  const { stop: signal } = context;
  return await withPolicyTable(options, context, async (table, described, retry) => {
    const { client } = table;
    const publishedBy = await table.caller();
    const stamp = { publishedAt: context.now(), publishedBy, writeId: context.newId() };
    const textOf = (stored: StoredPolicy | null): string | null => {
      const document = next(stored, publishedBy);
      if (stored !== null && digestOf({ document }) === digestOf(stored)) return null;
      // One row more may be one too many.
      policyOfDocument(document, 'The policy with it');
      return documentText({ document: JSON.stringify(document) });
    };
    const { written, forgotten } = await retry
      .run((timeLimitMs) => changePolicyItem(client, described, textOf, stamp, { timeLimitMs, signal }))
      .catch((error: unknown) => {
        if (error instanceof PolicyTooLarge) throw usage(`The policy is too large: ${error.message}.`);
        if (!(error instanceof ReadFault) || error.code === 'cancelled') throw error;
        throw new ExitError(EXIT.unknown, writeFaultWords(error, table, policyWriterPolicy));
      });
    context.stdout(logLines([printable(written ? `${done}, by ${publishedBy}.` : `${done} already.`)]));
    if (forgotten > 0) {
      const oldest = forgotten === 1 ? 'The oldest document is' : `The ${forgotten} oldest documents are`;
      say(context, `${oldest} not kept any more.`);
    }
    const { RELEASE_POLICY: file } = context.environment;
    if (file)
      say(context, `RELEASE_POLICY names ${file}: a dashboard of that setting goes by the file, not by the table.`);
    if (!written) return EXIT.pass;
    await retry
      .run((timeLimitMs) => announcePolicy(client, described, { timeLimitMs, signal }))
      .catch((error: unknown) => {
        if (!(error instanceof ReadFault)) throw error;
        say(context, `Open dashboards could not be notified; they see it within a minute: ${error.message}`);
      });
    return EXIT.pass;
  });
}
