import type { Finding } from '../../release/finding/finding.ts';
import { WEIGHT_WORDS, weightOf } from '../../release/finding/weights.ts';
import { readItems } from '../../release/item/fragment.ts';
import type { Policy } from '../../release/policy/policy.ts';
import { policyOfTable } from '../../release/policy/read-policy.ts';
import { makeReport } from '../../release/report/make-report.ts';
import { type ChangedFinding, type PolicyDiff, policyDiff } from '../../release/report/policy-diff.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { type PolicyVersion, readPolicyItem } from '../../store/policy-item.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode, ExitError } from '../context/exit-codes.ts';
import { logLines, printable, printableName, say } from '../context/printable.ts';
import { type ConnectionOptions, readItemsOf, type TableOptions } from '../table/table-options.ts';
import { digestOf, documentText, policyOfFile, versionWords, withPolicyTable } from './policy-documents.ts';

// What is said of the policy of a table: docs/life-cycle.md, "The policy, by commands".

/** Releases of which `diff` says what would become. */
const MOST_RELEASES = 20;

export interface ShowPolicyOptions extends ConnectionOptions {
  /** Digest of one of the documents that the item keeps. */
  readonly version?: string;
  readonly format?: 'text' | 'json';
}

/**
 * Prints the policy that a table holds, as a document that `put` takes; who wrote it, and what it replaced, on standard
 * error.
 *
 * @throws ExitError `unknown` where there is none, or none of that digest
 */
export async function showPolicy(options: ShowPolicyOptions, context: CliContext): Promise<ExitCode> {
  return await withPolicyTable(options, context, async ({ client }, described, retry) => {
    const stored = await retry.run((timeLimitMs) =>
      readPolicyItem(client, described, { timeLimitMs, signal: context.stop }),
    );
    if (stored === null)
      throw new ExitError(EXIT.unknown, 'The table holds no policy: the defaults hold (digest none).');
    const versions = [stored, ...stored.replaced];
    const { version } = options;
    const shown = version === undefined ? stored : versions.find((one) => digestOf(one) === version);
    if (shown === undefined) {
      const known = versions.map((one) => `  ${versionWords(one)}`).join('\n');
      throw new ExitError(EXIT.unknown, `--version: the table keeps no policy of ${version}. It keeps:\n${known}`);
    }
    if (options.format === 'json') {
      const [policy, ...replaced] = (version === undefined ? versions : [shown]).map(describeVersion);
      context.stdout(jsonText({ schema: 1, policy, replaced }));
      return EXIT.pass;
    }
    context.stdout(logLines(documentText(shown).split('\n').map(printable)));
    say(context, ...(version === undefined ? versions : [shown]).map(versionWords));
    return EXIT.pass;
  });
}

function describeVersion(version: PolicyVersion) {
  const { publishedAt, publishedBy } = version;
  return { digest: digestOf(version), publishedAt, publishedBy, document: JSON.parse(textOrNull(version)) };
}

/** A document that is not JSON is given as the text that it is. */
function textOrNull(version: PolicyVersion): string {
  const text = documentText(version);
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

/**
 * Says whether a file is a policy document.
 *
 * @throws ExitError (usage) where it is none, naming each fault
 */
export function checkPolicy(file: string, context: CliContext): ExitCode {
  const { document } = policyOfFile(file);
  context.stdout(logLines([printable(`${printableName(file)} is a policy document, ${digestOf({ document })}.`)]));
  return EXIT.pass;
}

export interface DiffPolicyOptions extends TableOptions {
  /** ISO 8601; the machine's clock at the end of the reading where absent. */
  readonly now?: string;
  readonly format?: 'text' | 'json';
}

/**
 * Prints of which of the newest releases the verdict would be another, were a document the policy.
 *
 * @returns `blocked` where one would; `pass` where none would
 * @throws ExitError `usage` for a broken document; `unknown` where the table cannot be read
 */
export async function diffPolicy(file: string, options: DiffPolicyOptions, context: CliContext): Promise<ExitCode> {
  const { policy: proposed } = policyOfFile(file);
  const { items, keys } = await readItemsOf(options, context);
  const readAt = options.now ?? context.now();
  const reportBy = (policy: Policy) =>
    makeReport(null, { ...readItems(items, keys, policy.environments), readAt }, policy).report;
  // Where the table's own document is broken the defaults hold, by which nothing passes.
  const diff = policyDiff(reportBy(policyOfTable(items, keys).policy), reportBy(proposed), MOST_RELEASES);
  context.stdout(options.format === 'json' ? jsonText({ schema: 1, readAt, ...diff }) : diffText(diff));
  return diff.changed.length === 0 ? EXIT.pass : EXIT.blocked;
}

function diffText({ looked, changed, otherFindings }: PolicyDiff): string {
  const lines = changed.flatMap(({ release, before, after, findings }) => [
    `${printableName(release)}: ${before} → ${after}`,
    ...findings.map((of) => `  ${changeWords(of)}`),
  ]);
  const others = otherFindings === 0 ? '' : `; ${otherFindings} of the others would have other findings`;
  return logLines([...lines, `${changed.length} of ${looked} verdicts would change${others}.`].map(printable));
}

function changeWords({ before, after }: ChangedFinding): string {
  const { code, component, environment } = after ?? before ?? { code: '', component: null, environment: null };
  const place = [component, environment].flatMap((name) => (name === null ? [] : [printableName(name)])).join(' in ');
  return `${code}${place === '' ? '' : ` ${place}`}: ${weightWord(before)} → ${weightWord(after)}`;
}

/** "error", "waived", "absent". */
function weightWord(finding: Finding | null): string {
  return finding === null ? 'absent' : WEIGHT_WORDS[weightOf(finding)][0];
}
