import { READING_ACTIONS } from '../store/reader-policy.ts';

export type ReadingCall = (typeof READING_ACTIONS)[number];

export type CallVerdict =
  /** `body` is the call written anew: what was checked is what is executed (a repeated key cannot hide another table). */
  { readonly allowed: true; readonly call: ReadingCall; readonly body: Buffer } | { readonly allowed: false };

const TARGET = /^DynamoDB_20120810\.(\w+)$/;

/**
 * Decides whether a call of DynamoDB's JSON protocol only reads the one table. Writing, other tables and PartiQL stay
 * outside.
 *
 * @param target the `X-Amz-Target` header
 * @param table the configured table's name
 */
export function judgeCall(target: string | null, body: Buffer, table: string): CallVerdict {
  const named = TARGET.exec(target ?? '')?.[1];
  const call = READING_ACTIONS.find((name) => name === named);
  if (call === undefined) return { allowed: false };
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8'));
    if (!isRecord(input) || !readsOnly(call, input, table)) return { allowed: false };
    return { allowed: true, call, body: Buffer.from(JSON.stringify(input)) };
  } catch {
    return { allowed: false }; // no JSON, or nested deeper than the engine follows
  }
}

function readsOnly(call: ReadingCall, input: Record<string, unknown>, table: string): boolean {
  if (call !== 'BatchGetItem') return Object.hasOwn(input, 'TableName') && input.TableName === table;
  if (!Object.hasOwn(input, 'RequestItems') || !isRecord(input.RequestItems)) return false;
  const tables = Object.keys(input.RequestItems);
  return tables.length === 1 && tables[0] === table;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
