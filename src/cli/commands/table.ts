import { UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../../contract/read-fault.ts';
import { MAX_CREATE_TABLE_MS } from '../../limits/limits.ts';
import { POLICY_ITEM, readItems } from '../../release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../release/item/item.ts';
import type { Policy } from '../../release/policy/policy.ts';
import { policyOfTable } from '../../release/policy/read-policy.ts';
import { makeReport } from '../../release/report/make-report.ts';
import { type OnlyChanges, onlyChangesLines, seemsToHoldOnlyChanges } from '../../release/report/only-changes.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { readTable } from '../../store/read-table.ts';
import { send } from '../../store/send.ts';
import type { Settings } from '../../store/settings.ts';
import { readItemAt } from '../../store/single-item.ts';
import { type DescribedTable, describeTable } from '../../store/table-keys.ts';
import { createReleaseTable } from '../../store/write-items.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode } from '../context/exit-codes.ts';
import { logLines, printable, say } from '../context/printable.ts';
import { type ConnectionOptions, type TableConnected, withTable } from '../table/table-options.ts';

export interface DescribeTableOptions extends ConnectionOptions {
  readonly format?: 'text' | 'json';
}

/**
 * Creates the table as documented, billed by request, encrypted by DynamoDB's default, with point-in-time recovery
 * where the endpoint has it, and waits until it can be used. A table that is there already is left as it is.
 *
 * @throws ExitError `unknown` where it cannot be created, or where a table of that name has other keys
 */
export async function createTable(options: ConnectionOptions, context: CliContext): Promise<ExitCode> {
  return await withTable(options, context, async (table) => {
    const { client, settings } = table;
    const keys = settings.keyNames ?? DOCUMENTED_KEYS;
    const found = await describeTable(client, { table: settings.table, configuredKeys: settings.keyNames }).catch(
      (error: unknown) => {
        // A table that is being created is waited for below.
        if (error instanceof ReadFault && ['table-missing', 'table-not-ready'].includes(error.code)) return null;
        throw error;
      },
    );
    if (found?.denied === null) {
      const { release, component } = found.keys;
      context.stdout(
        logLines([
          printable(
            `${settings.tableName} is there already${forKey(settings)}, with the keys ${release} and ${component}; it is left as it is.`,
          ),
        ]),
      );
      return EXIT.pass;
    }
    await createReleaseTable(client, settings.tableName, keys, {
      signal: context.stop,
      lookEveryMs: 500,
      limitMs: MAX_CREATE_TABLE_MS,
    });
    const recovery = await switchOnRecovery(table);
    context.stdout(
      logLines([
        printable(
          `${settings.tableName} is active${forKey(settings)}: keys ${keys.release} (HASH) and ${keys.component} (RANGE), billed by request, ${recovery}.`,
        ),
      ]),
    );
    return EXIT.pass;
  });
}

/** Emulators keep tables apart by it, so who calls by another sees another table. */
function forKey({ source }: Settings): string {
  return source.kind === 'loopback' ? ` for the key id ${source.keyId}` : '';
}

/** @returns what is to be said of it: a table without is a table all the same */
async function switchOnRecovery({ client, settings }: TableConnected): Promise<string> {
  try {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    const command = { TableName: settings.table, PointInTimeRecoverySpecification };
    await send(client, new UpdateContinuousBackupsCommand(command));
    return 'with point-in-time recovery';
  } catch (fault) {
    if (!(fault instanceof ReadFault)) throw fault;
    const reason = fault.errorName === 'UnknownOperationException' ? 'the endpoint has none' : fault.message;
    return `without point-in-time recovery (${reason})`;
  }
}

/**
 * Prints what is known of the table: its keys, size and status, the policy in force, and what its content seems to be.
 *
 * @throws ExitError `unknown` where it cannot be described
 */
export async function describeReleaseTable(options: DescribeTableOptions, context: CliContext): Promise<ExitCode> {
  return await withTable(options, context, async (table) => {
    const { client, settings } = table;
    const described = await describeTable(client, { table: settings.table, configuredKeys: settings.keyNames });
    const { item } = await readItemAt(client, described, POLICY_ITEM, { signal: context.stop });
    const { policy, source } = policyOfTable(item === null ? [] : [item], described.keys);
    const faults = policy.faults.map(({ path, reason }) => `${path === '' ? 'the document' : path}: ${reason}`);
    const content = await contentOf(table, described, policy, context);
    const { status, itemCount, sizeBytes, keys, keysFrom } = described;
    if (options.format === 'json') {
      const object = { schema: 1, table: settings.tableName, status, keys, keysFrom, itemCount, sizeBytes };
      const { onlyChanges } = content;
      context.stdout(jsonText({ ...object, policy: { source, faults }, onlyChanges }));
    } else {
      const lines = [
        ...tableLines(`${settings.tableName}${forKey(settings)}`, described),
        `policy    ${POLICY_WORDS[source]}`,
        ...faults.map((one) => `  ${one}`),
      ];
      context.stdout(logLines(lines.map(printable)));
    }
    say(context, ...content.words);
    return EXIT.pass;
  });
}

/** What the items of a table seem to be, and what is to be said of it. To describe a table one need not read it. */
async function contentOf(
  { client }: TableConnected,
  described: DescribedTable,
  policy: Policy,
  { stop, now }: CliContext,
): Promise<{ readonly onlyChanges: OnlyChanges | null; readonly words: readonly string[] }> {
  const unread = (reason: string) => ({ onlyChanges: null, words: [`What it holds could not be read: ${reason}`] });
  try {
    const { items, incomplete } = await readTable(client, { described, signal: stop });
    if (incomplete !== null) return unread(incomplete.message);
    const read = readItems(items, described.keys, policy.environments);
    const onlyChanges = seemsToHoldOnlyChanges(makeReport(null, { ...read, readAt: now() }, policy).report);
    if (onlyChanges === null) return { onlyChanges, words: [] };
    return { onlyChanges, words: onlyChangesLines(onlyChanges) };
  } catch (error) {
    if (!(error instanceof ReadFault)) throw error;
    return unread(error.message);
  }
}

const POLICY_WORDS = {
  table: 'the table’s own item',
  file: 'of a file',
  defaults: 'the defaults, as the table holds none',
} satisfies Record<ReturnType<typeof policyOfTable>['source'], string>;

const KEYS_WORDS = {
  table: 'by its key schema',
  settings: 'by RELEASE_KEY_NAMES, as DescribeTable is denied',
  documentation: 'as documented, as DescribeTable is denied',
} satisfies Record<DescribedTable['keysFrom'], string>;

function tableLines(name: string, { status, keys, keysFrom, itemCount, sizeBytes }: DescribedTable): string[] {
  return [
    `table     ${name}`,
    `status    ${status ?? 'unknown'}`,
    `keys      ${keys.release} (HASH), ${keys.component} (RANGE), ${KEYS_WORDS[keysFrom]}`,
    // DynamoDB counts about every six hours.
    `items     ${itemCount ?? 'unknown'}${itemCount === null ? '' : ' as of up to six hours ago'}`,
    `size      ${sizeBytes === null ? 'unknown' : `${sizeBytes} bytes`}`,
  ];
}
