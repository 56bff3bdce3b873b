import { type DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import type { Item } from '../release/item/item.ts';
import { attributeValues } from './attribute-value.ts';
import { plainItem } from './plain-item.ts';
import { type CallOptions, send, sendForJson } from './send.ts';
import type { DescribedTable } from './table-keys.ts';
import type { Condition } from './unchanged-condition.ts';
import { isRecord, readUnitsOf } from './wire-answer.ts';

/**
 * Puts an item where a condition holds.
 *
 * @returns whether it was put: false where the condition did not hold
 * @throws ReadFault
 */
export async function putWhere(
  client: DynamoDBClient,
  table: string,
  item: Item,
  condition: Condition,
  options: CallOptions,
): Promise<boolean> {
  const command = new PutItemCommand({ TableName: table, Item: attributeValues(item), ...condition });
  return await held(send(client, command, options));
}

/**
 * Sets attributes of an item where a condition holds, and leaves the others as they are, whoever wrote them.
 *
 * @param attributes texts by name; null: the attribute is removed
 * @returns whether they were set: false where the condition did not hold
 * @throws ReadFault
 */
export async function setWhere(
  client: DynamoDBClient,
  table: string,
  key: Item,
  attributes: Readonly<Record<string, string | null>>,
  condition: Condition,
  options: CallOptions,
): Promise<boolean> {
  const set = Object.entries(attributes).flatMap(([name, text]) => (text === null ? [] : [{ name, text }]));
  const removed = Object.keys(attributes).filter((name) => attributes[name] === null);
  const command = new UpdateItemCommand({
    TableName: table,
    Key: attributeValues(key),
    UpdateExpression: [
      `SET ${set.map(({ name }) => `#set_${name} = :set_${name}`).join(', ')}`,
      ...(removed.length === 0 ? [] : [`REMOVE ${removed.map((name) => `#set_${name}`).join(', ')}`]),
    ].join(' '),
    ConditionExpression: condition.ConditionExpression,
    ExpressionAttributeNames: {
      ...condition.ExpressionAttributeNames,
      ...Object.fromEntries(Object.keys(attributes).map((name) => [`#set_${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...condition.ExpressionAttributeValues,
      ...Object.fromEntries(set.map(({ name, text }) => [`:set_${name}`, { S: text }])),
    },
  });
  return await held(send(client, command, options));
}

async function held(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ReadFault && error.errorName === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

interface GetOptions extends CallOptions {
  /** As it is now, for twice the units, and not as a replica remembers it. */
  readonly consistent?: boolean;
}

/**
 * Reads an item. (`ReturnValuesOnConditionCheckFailure` would save this call after a put that did not hold, but not every
 * endpoint knows it.)
 *
 * @returns the item in the wire's form, undefined: there is none; and the read capacity units: half of one for each begun
 *   4 KB of it, and where there is none; null where the endpoint does not count them
 * @throws ReadFault
 */
async function getItem(
  client: DynamoDBClient,
  table: string,
  key: Item,
  { consistent = false, ...options }: GetOptions,
): Promise<{ readonly raw: unknown; readonly readUnits: number | null }> {
  const command = new GetItemCommand({
    TableName: table,
    Key: attributeValues(key),
    ReturnConsumedCapacity: 'TOTAL',
    ...(consistent ? { ConsistentRead: true } : {}),
  });
  const answer = await sendForJson(client, command, options);
  // Only an object without `Item` may read as "there is none".
  if (!isRecord(answer)) throw new ReadFault('unexpected-answer', 'Received JSON that is not an object.');
  return { raw: answer.Item, readUnits: readUnitsOf(answer) };
}

/**
 * Reads an item as it is now, to be compared with.
 *
 * @returns the item in the wire's form; null: there is none
 * @throws ReadFault
 */
export async function getConsistently(
  client: DynamoDBClient,
  table: string,
  key: Item,
  options: CallOptions,
): Promise<Readonly<Record<string, unknown>> | null> {
  const { raw } = await getItem(client, table, key, { ...options, consistent: true });
  if (raw === undefined) return null;
  if (!isRecord(raw)) throw new ReadFault('unexpected-answer', 'Received an item that is not a map.');
  return raw;
}

/** The two keys of an item, as stored. */
export interface ItemKey {
  readonly release: string;
  readonly component: string;
}

/** One item of the table. */
export interface ItemAnswer {
  /** Null: there is none. */
  readonly item: Item | null;
  /** Read capacity units; null where the endpoint does not count them. */
  readonly readUnits: number | null;
}

/**
 * Reads one item by its keys.
 *
 * @throws ReadFault `access-denied` where GetItem is not allowed on the table; whatever else a call can fail with
 */
export async function readItemAt(
  client: DynamoDBClient,
  { table, keys }: Pick<DescribedTable, 'table' | 'keys'>,
  { release, component }: ItemKey,
  options: GetOptions = {},
): Promise<ItemAnswer> {
  const key = { [keys.release]: release, [keys.component]: component };
  const { raw, readUnits } = await getItem(client, table, key, options);
  return { item: raw === undefined ? null : plainItem(raw), readUnits };
}
