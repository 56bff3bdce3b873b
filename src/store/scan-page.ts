import { type DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../release/item.ts';
import { plainItem } from './plain-item.ts';
import { ReadFault } from './read-fault.ts';

/** Where a segment goes on: the key attributes of the last item that was looked at. Always strings in our tables. */
export type StartKey = Readonly<Record<string, string>>;

/** One page of a Scan. */
export interface ScannedPage {
  /** In the table's order. An unreadable item stands there as its marker. */
  readonly items: readonly Item[];
  /** Null: this was the last page. */
  readonly next: StartKey | null;
  /** Read capacity units of the page; null where the endpoint does not count them. */
  readonly readUnits: number | null;
}

/**
 * Reads one page by the DocumentClient's ScanCommand, whose answer is taken from the wire by us: a middleware between
 * the HTTP handler and the SDK's deserializer parses the body once and leaves the SDK an empty one (`plain-item.ts`
 * says why). Signing, retries, endpoints and the service's errors stay the SDK's. It is also the faster way: the SDK
 * walks every value of a page twice more.
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
  let page: ScannedPage | null = null;
  const command = new ScanCommand(input);
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (!isAnswer(response) || response.statusCode >= 300) return result;
      page = pageFrom(await textOf(response.body, client.config.streamCollector));
      response.body = new TextEncoder().encode('{}');
      return result;
    },
    // Lower than the SDK's deserializer, so between it and the wire. The DocumentClient adds a command's middleware
    // twice; overriding by name keeps it single.
    { step: 'deserialize', priority: 'low', name: 'takeItems', override: true },
  );
  await client.send(command, { abortSignal: signal });
  // The closure's assignment is out of the compiler's sight.
  const taken = page as ScannedPage | null;
  if (taken === null) throw new ReadFault('failed', 'The SDK gave no answer to read items from.');
  return taken;
}

function pageFrom(text: string): ScannedPage {
  if (text.trim() === '') throw new ReadFault('unexpected-answer', 'Received an empty answer.');
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    const what = /^\s*</.test(text) ? 'a web page' : `text that is no whole JSON (${text.length} characters)`;
    throw new ReadFault('unexpected-answer', `Received ${what} instead of DynamoDB's JSON.`, { cause });
  }
  // `{}` and an empty body must never read as "no releases".
  if (!isRecord(answer) || !Array.isArray(answer.Items)) {
    throw new ReadFault('unexpected-answer', 'Received JSON without Items.');
  }
  return {
    items: answer.Items.map(plainItem),
    next: startKeyFrom(answer.LastEvaluatedKey),
    readUnits: unitsFrom(answer.ConsumedCapacity),
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

function unitsFrom(raw: unknown): number | null {
  return isRecord(raw) && typeof raw.CapacityUnits === 'number' ? raw.CapacityUnits : null;
}

/** The body is a stream of the browser's or of Node's, or bytes where a handler of our own answers. */
async function textOf(body: unknown, collect: (stream: unknown) => Promise<Uint8Array>): Promise<string> {
  if (body instanceof ReadableStream || body instanceof Blob) return await new Response(body).text();
  if (typeof body === 'string') return body;
  if (body === undefined || body === null) return '';
  return new TextDecoder().decode(body instanceof Uint8Array ? body : await collect(body));
}

function isAnswer(response: unknown): response is { statusCode: number; body: unknown } {
  return isRecord(response) && typeof response.statusCode === 'number' && 'body' in response;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
