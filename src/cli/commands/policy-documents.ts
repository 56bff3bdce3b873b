import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { PlainValue } from '../../release/item/item.ts';
import type { Policy, PolicyFault } from '../../release/policy/policy.ts';
import type { PolicyDocument } from '../../release/policy/policy-document.ts';
import { type PolicyReading, readPolicy, readPolicyText } from '../../release/policy/read-policy.ts';
import type { PolicyVersion, StoredPolicy } from '../../store/policy-item.ts';
import { RetryWhileDown } from '../../store/retry-while-down.ts';
import { type DescribedTable, describeTable } from '../../store/table-keys.ts';
import type { CliContext } from '../context/cli-context.ts';
import { usage } from '../context/exit-codes.ts';
import { readText } from '../context/items-file.ts';
import { printableName } from '../context/printable.ts';
import { broken } from '../table/policy-option.ts';
import { type ConnectionOptions, type TableConnected, withTable } from '../table/table-options.ts';

/** A document that is good, and the policy that it makes. */
export interface GoodPolicy {
  readonly document: PolicyDocument;
  readonly policy: Policy;
}

/** @throws ExitError (usage) naming each fault */
export function policyOfFile(file: string): GoodPolicy {
  return good(readPolicyText(readText(file)), (faults) => broken(file, faults));
}

/** @param what it is, for the faults. @throws ExitError (usage) naming each fault */
export function policyOfDocument(document: object, what: string): GoodPolicy {
  return good(readPolicy(document), (faults) => broken(what, faults));
}

/** By which option a part of a row is given. */
const OPTION_OF: Readonly<Record<string, string>> = { code: '<code>', expires: '--until' };

/** A row that is to be added, read by itself. @throws ExitError (usage) naming the option of each fault */
export function policyOfRow(document: object): GoodPolicy {
  return good(readPolicy(document), (faults) => {
    const lines = faults.map(({ path, reason }) => {
      const name = path.replace(/^\w+\[0\]\.?/, '');
      return `${name === '' ? 'The options' : (OPTION_OF[name] ?? `--${name}`)}: ${reason}`;
    });
    return usage(lines.join('\n'));
  });
}

/** The document that a row is added to. @throws ExitError (usage) where the table's is broken */
export function documentIn(stored: StoredPolicy | null): PolicyDocument {
  const { document } = stored ?? {};
  if (document === undefined) return {};
  const reading = typeof document === 'string' ? readPolicyText(document) : readPolicy(document);
  return good(reading, (faults) =>
    usage(`${broken('The policy item of the table', faults).message}\nPut a good one in its place first (policy put).`),
  ).document;
}

function good(reading: PolicyReading, fault: (faults: readonly PolicyFault[]) => Error): GoodPolicy {
  if ('faults' in reading) throw fault(reading.faults);
  return { document: reading.policy.document ?? {}, policy: reading.policy };
}

/** In the place of a digest, where a table holds no policy. */
const NONE = 'none';

/**
 * Names a document by what it says, however it is written: of a map and of its text the digest is one.
 *
 * @returns `sha256:` and the beginning of one: it tells apart what one table ever held
 */
export function digestOf(version: { readonly document: unknown } | null): string {
  if (version === null || version.document === undefined) return NONE;
  const facts = canonicalize(parsed(version.document as PlainValue)) ?? '';
  return `sha256:${createHash('sha256').update(facts).digest('hex').slice(0, 16)}`;
}

/** A document as it is printed, and written into a file. */
export function documentText({ document = {} }: Pick<PolicyVersion, 'document'>): string {
  const value = parsed(document);
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** One that is broken stays the text that it is. */
function parsed(document: PlainValue): unknown {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document);
  } catch {
    return document;
  }
}

/** "sha256:0f…, 2026-11-20T12:00:00.000Z, arn:aws:sts::…" */
export function versionWords(version: PolicyVersion): string {
  const { publishedAt, publishedBy } = version;
  return [digestOf(version), publishedAt ?? 'time unknown', publishedBy ?? 'author unknown']
    .map(printableName)
    .join(', ');
}

/** Opens a table of which only the policy item is of interest. */
export async function withPolicyTable<T>(
  options: ConnectionOptions,
  context: CliContext,
  use: (table: TableConnected, described: DescribedTable, retry: RetryWhileDown) => Promise<T>,
): Promise<T> {
  return await withTable({ ...options, tries: 1 }, context, async (table) => {
    const retry = new RetryWhileDown(context.patience, context.stop);
    const { settings, client } = table;
    const asked = { table: settings.table, configuredKeys: settings.keyNames, signal: context.stop };
    const described = await retry.run((timeLimitMs) => describeTable(client, { ...asked, timeLimitMs }));
    return await use(table, described, retry);
  });
}
