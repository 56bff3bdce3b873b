import {
  type DynamoDBDocumentClient,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import type { Item } from '../release/item/item.ts';
import { plainItem } from './plain-item.ts';
import { answerTaker, isRecord, readUnitsOf } from './wire-answer.ts';

/** Where a segment goes on: the key attributes of the last item that was looked at. Always strings in our tables. */
export type StartKey = Readonly<Record<string, string>>;

/** One page of a Scan or of a Query. */
export interface ScannedPage {
  /** In the table's order. An unreadable item stands there as its marker. */
  readonly items: readonly Item[];
  /** Null: this was the last page. */
  readonly next: StartKey | null;
  /** Read capacity units of the page; null where the endpoint does not count them. */
  readonly readUnits: number | null;
}

/**
 * Reads one page by the DocumentClient's ScanCommand, whose answer is taken from the wire by us (`wire-answer.ts`). It
 * is also the faster way: the SDK walks every value of a page twice more.
 *
 * @param client any DocumentClient
 * @param input the Scan; `ExclusiveStartKey` in native form
 * @param signal stops it, the body included
 * @throws ReadFault `unexpected-answer` for a successful answer without `Items`; the SDK's errors as they are
 */
export async function scanPage(
  client: DynamoDBDocumentClient,
  input: ScanCommandInput,
  signal: AbortSignal,
): Promise<ScannedPage> {
  const command = new ScanCommand(input);
  const taker = answerTaker(client);
  command.middlewareStack.add(taker.middleware, taker.place);
  await client.send(command, { abortSignal: signal });
  return pageOf(taker.answer());
}

/** Reads one page of a Query, as `scanPage` does one of a Scan. */
export async function queryPage(
  client: DynamoDBDocumentClient,
  input: QueryCommandInput,
  signal: AbortSignal,
): Promise<ScannedPage> {
  const command = new QueryCommand(input);
  const taker = answerTaker(client);
  command.middlewareStack.add(taker.middleware, taker.place);
  await client.send(command, { abortSignal: signal });
  return pageOf(taker.answer());
}

function pageOf(answer: unknown): ScannedPage {
  // `{}` must never read as "no releases".
  if (!isRecord(answer) || !Array.isArray(answer.Items))
    throw new ReadFault('unexpected-answer', 'Received JSON without Items.');
  return {
    items: answer.Items.map(plainItem),
    next: startKeyFrom(answer.LastEvaluatedKey),
    readUnits: readUnitsOf(answer),
  };
}

function startKeyFrom(raw: unknown): StartKey | null {
  if (raw === undefined || raw === null) return null;
  if (!isRecord(raw)) throw new ReadFault('unexpected-answer', 'Received a LastEvaluatedKey that is no key.');
  const entries = Object.entries(raw).map(([name, value]): [string, string] => {
    if (!isRecord(value) || typeof value.S !== 'string') {
      throw new ReadFault('keys-unsuitable', `Key attribute ${JSON.stringify(name)} is not a string (S).`);
    }
    return [name, value.S];
  });
  if (entries.length === 0) throw new ReadFault('unexpected-answer', 'Received an empty LastEvaluatedKey.');
  return Object.fromEntries(entries);
}
