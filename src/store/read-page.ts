import type { DynamoDBClient, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import type { Item } from '../release/item/item.ts';
import { plainItem } from './plain-item.ts';
import { type CallOptions, sendForJson } from './send.ts';
import { isRecord, readUnitsOf } from './wire-answer.ts';

/** Where a reading goes on: the key attributes of the last item that was looked at. Always strings in our tables. */
export type StartKey = Record<string, { readonly S: string }>;

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
 * Reads one page.
 *
 * @throws ReadFault `unexpected-answer` for a successful answer without `Items`; whatever else a call can fail with
 */
export async function readPage(
  client: DynamoDBClient,
  command: ScanCommand | QueryCommand,
  options: CallOptions,
): Promise<ScannedPage> {
  const answer = await sendForJson(client, command, options);
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
  if (!isRecord(raw)) throw new ReadFault('unexpected-answer', 'Received a LastEvaluatedKey that is not a key.');
  const entries = Object.entries(raw).map(([name, value]): [string, StartKey[string]] => {
    if (!isRecord(value) || typeof value.S !== 'string') {
      throw new ReadFault('keys-unsuitable', `Key attribute ${JSON.stringify(name)} is not a string (S).`);
    }
    return [name, { S: value.S }];
  });
  if (entries.length === 0) throw new ReadFault('unexpected-answer', 'Received an empty LastEvaluatedKey.');
  return Object.fromEntries(entries);
}
