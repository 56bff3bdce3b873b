import { DescribeTableCommand, type DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import { DOCUMENTED_KEYS, type KeyNames } from '../release/item/item.ts';
import { type CallOptions, send } from './send.ts';

/** What is known of a table before it is read. */
export interface DescribedTable {
  /** As calls name it: the table's name or its ARN. */
  readonly table: string;
  readonly keys: KeyNames;
  /** Who says what the keys are called. Anything but `table` is a guess that the screen must own up to. */
  readonly keysFrom: 'table' | 'settings' | 'documentation';
  /** Why DescribeTable gave no answer; null where it did. */
  readonly denied: ReadFault | null;
  /** Items, as of up to six hours ago on AWS; null: unknown. */
  readonly itemCount: number | null;
  /** Bytes, equally old; null: unknown. */
  readonly sizeBytes: number | null;
  /** `ACTIVE`, `UPDATING`, …; null: unknown. */
  readonly status: string | null;
}

export interface DescribeOptions extends CallOptions {
  readonly table: string;
  /** Key names of the settings, for tables that deny DescribeTable; null: the documented ones. */
  readonly configuredKeys: KeyNames | null;
}

/** Statuses in which a table cannot be read. */
const NOT_READABLE: ReadonlySet<string | null> = new Set([
  'CREATING',
  'DELETING',
  'ARCHIVING',
  'ARCHIVED',
  'INACCESSIBLE_ENCRYPTION_CREDENTIALS',
]);

/**
 * Asks the table for its key names, size and status. Where that call is denied, or the endpoint does not know it, the
 * configured or documented names are taken, and the result says so.
 *
 * @throws ReadFault `table-missing`, `table-not-ready`, `keys-unsuitable` where there is no RANGE key or a key is no
 *   string; whatever else a call can fail with
 */
export async function describeTable(client: DynamoDBClient, options: DescribeOptions): Promise<DescribedTable> {
  let description: TableDescription | undefined;
  try {
    description = (await send(client, new DescribeTableCommand({ TableName: options.table }), options)).Table;
  } catch (fault) {
    if (!(fault instanceof ReadFault)) throw fault;
    if (fault.code !== 'access-denied' && fault.errorName !== 'UnknownOperationException') throw fault;
    return {
      table: options.table,
      keys: options.configuredKeys ?? DOCUMENTED_KEYS,
      keysFrom: options.configuredKeys === null ? 'documentation' : 'settings',
      denied: fault,
      itemCount: null,
      sizeBytes: null,
      status: null,
    };
  }
  if (description === undefined) {
    throw new ReadFault('unexpected-answer', 'Received an answer to DescribeTable without a table.');
  }
  const status = description.TableStatus ?? null;
  if (NOT_READABLE.has(status)) {
    throw new ReadFault('table-not-ready', `Table ${options.table} is ${status}.`);
  }
  return {
    table: options.table,
    keys: keyNamesOf(options.table, description),
    keysFrom: 'table',
    denied: null,
    itemCount: description.ItemCount ?? null,
    sizeBytes: description.TableSizeBytes ?? null,
    status,
  };
}

function keyNamesOf(table: string, description: TableDescription): KeyNames {
  const name = (type: 'HASH' | 'RANGE', holds: string): string => {
    const attribute = description.KeySchema?.find((key) => key.KeyType === type)?.AttributeName;
    if (attribute === undefined) {
      throw new ReadFault(
        'keys-unsuitable',
        `Table ${table} has no ${type} key; expected one of type S that holds ${holds}.`,
      );
    }
    const scalar = description.AttributeDefinitions?.find((known) => known.AttributeName === attribute)?.AttributeType;
    if (scalar !== 'S') {
      throw new ReadFault(
        'keys-unsuitable',
        `The ${type} key ${JSON.stringify(attribute)} of table ${table} is of type ${scalar ?? 'unknown'}; expected S.`,
      );
    }
    return attribute;
  };
  return { release: name('HASH', 'the release'), component: name('RANGE', '<type>#<name>') };
}
