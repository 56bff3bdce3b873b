import { READING_ACTIONS } from '../../contract/reader-policy.ts';
import { isRecord } from '../../store/wire-answer.ts';
import type { GuardCheck } from '../guard/guard.ts';

/** A call of DynamoDB's JSON protocol, as the checks see it. */
export interface TableCall {
  /** The action of the `X-Amz-Target` header; null: the header names none in exactly the form of the protocol. */
  readonly action: string | null;
  readonly input: Readonly<Record<string, unknown>>;
  /** The call written anew: what was checked is what is executed (a repeated key cannot hide another table). */
  readonly body: Buffer;
  /** The one table that may be read. */
  readonly table: string;
}

const TARGET = /^DynamoDB_20120810\.(\w+)$/;

/** Writing and PartiQL stay outside. */
const callOnlyReads: GuardCheck<TableCall> = ({ action }) =>
  READING_ACTIONS.some((name) => name === action) ? null : { status: 400, reason: 'a call that is not a reading one' };

const callNamesOwnTable: GuardCheck<TableCall> = ({ action, input, table }) =>
  action === 'BatchGetItem' || isNamed(input.TableName, input, table)
    ? null
    : { status: 400, reason: 'a call on another table' };

/** A batch names its tables in another place, and can name several. */
const batchNamesOwnTable: GuardCheck<TableCall> = ({ action, input, table }) =>
  action !== 'BatchGetItem' || isBatchOf(input, table) ? null : { status: 400, reason: 'a batch over another table' };

/** What is asked of a call behind our route to the table. */
export const CALL_CHECKS = {
  callOnlyReads,
  callNamesOwnTable,
  batchNamesOwnTable,
} as const satisfies Record<string, GuardCheck<TableCall>>;

/**
 * Reads a call for the checks.
 *
 * @param target the `X-Amz-Target` header
 * @param table the configured table's name
 * @returns null when it is no call at all: no JSON object, or nested deeper than the engine follows
 */
export function readCall(target: string | null, body: Buffer, table: string): TableCall | null {
  try {
    const input: unknown = JSON.parse(body.toString('utf8'));
    if (!isRecord(input)) return null;
    return { action: TARGET.exec(target ?? '')?.[1] ?? null, input, body: Buffer.from(JSON.stringify(input)), table };
  } catch {
    return null;
  }
}

function isNamed(name: unknown, input: object, table: string): boolean {
  return Object.hasOwn(input, 'TableName') && name === table;
}

function isBatchOf(input: Readonly<Record<string, unknown>>, table: string): boolean {
  if (!Object.hasOwn(input, 'RequestItems') || !isRecord(input.RequestItems)) return false;
  const tables = Object.keys(input.RequestItems);
  return tables.length === 1 && tables[0] === table;
}
