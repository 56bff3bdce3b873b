import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import { MAX_CALL_MS } from '../limits/limits.ts';
import type { Item } from '../release/item/item.ts';
import { attributeValues } from './attribute-value.ts';
import { withinTime } from './time-limit.ts';
import type { Condition } from './unchanged-condition.ts';
import { answerTaker, isRecord } from './wire-answer.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for one call, the SDK's retries included. */
  readonly timeLimitMs?: number;
}

/**
 * Puts an item where a condition holds.
 *
 * @returns whether it was put: false where the condition did not hold
 * @throws what the SDK throws, for `faultFrom`
 */
export async function putWhere(
  client: DynamoDBDocumentClient,
  table: string,
  item: Item,
  condition: Condition,
  { signal, timeLimitMs = MAX_CALL_MS }: CallOptions,
): Promise<boolean> {
  const command = new PutItemCommand({ TableName: table, Item: attributeValues(item), ...condition });
  return await held(withinTime((abortSignal) => client.send(command, { abortSignal }), timeLimitMs, signal));
}

/**
 * Sets attributes of an item where a condition holds, and leaves the others as they are, whoever wrote them.
 *
 * @param attributes texts by name; null: the attribute is removed
 * @returns whether they were set: false where the condition did not hold
 * @throws what the SDK throws, for `faultFrom`
 */
export async function setWhere(
  client: DynamoDBDocumentClient,
  table: string,
  key: Item,
  attributes: Readonly<Record<string, string | null>>,
  condition: Condition,
  { signal, timeLimitMs = MAX_CALL_MS }: CallOptions,
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
  return await held(withinTime((abortSignal) => client.send(command, { abortSignal }), timeLimitMs, signal));
}

async function held(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

/**
 * Reads an item as it is now and not as a replica remembers it. (`ReturnValuesOnConditionCheckFailure` would save this
 * call after a put that did not hold, but not every endpoint knows it.)
 *
 * @returns the item in the wire's form; null: there is none
 * @throws what the SDK throws, for `faultFrom`
 */
export async function getConsistently(
  client: DynamoDBDocumentClient,
  table: string,
  key: Record<string, unknown>,
  { signal, timeLimitMs = MAX_CALL_MS }: CallOptions,
): Promise<Readonly<Record<string, unknown>> | null> {
  const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
  const taker = answerTaker(client);
  command.middlewareStack.add(taker.middleware, taker.place);
  await withinTime((abortSignal) => client.send(command, { abortSignal }), timeLimitMs, signal);
  const answer = taker.answer();
  if (!isRecord(answer)) throw new ReadFault('unexpected-answer', 'Received JSON that is no object.');
  if (answer.Item === undefined) return null;
  if (!isRecord(answer.Item)) throw new ReadFault('unexpected-answer', 'Received an item that is no map.');
  return answer.Item;
}
