import type {
  $Command,
  DynamoDBClient,
  DynamoDBClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';

/** Any command of DynamoDB's. */
export type TableCommand<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = $Command<
  Input,
  Output,
  DynamoDBClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>;

/**
 * Has a command's answer taken from the wire by us: a middleware between the HTTP handler and the SDK's deserializer
 * parses the body once and leaves the SDK an empty one (`plain-item.ts` says why). Signing, retries, endpoints and the
 * service's errors stay the SDK's. Sending then fails with a ReadFault `unexpected-answer` for a successful answer that
 * is not JSON.
 *
 * @param client by which the one command will be sent
 * @returns gives the answer's JSON, once the command was sent
 */
export function takeAnswer<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  client: DynamoDBClient,
  command: TableCommand<Input, Output>,
): () => unknown {
  let taken: unknown;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      // All that the types of a middleware leave open: the service is called by HTTP.
      const response = result.response as { statusCode: number; body: unknown };
      if (response.statusCode >= 300) return result;
      taken = parseAnswer(await textOf(response.body, client.config.streamCollector));
      response.body = new Uint8Array();
      return result;
    },
    // Added after the SDK's deserializer, so between it and the wire; what tells how soon an answer comes
    // (`outage-limit.ts`) has a lower priority, and so does not wait for the body.
    { step: 'deserialize' },
  );
  return () => taken;
}

/** Read capacity units of a call; null where the endpoint does not count them. */
export function readUnitsOf(answer: unknown): number | null {
  const consumed = isRecord(answer) ? answer.ConsumedCapacity : null;
  return isRecord(consumed) && typeof consumed.CapacityUnits === 'number' ? consumed.CapacityUnits : null;
}

function parseAnswer(text: string): unknown {
  if (text.trim() === '') throw new ReadFault('unexpected-answer', 'Received an empty answer.');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const what = /^\s*</.test(text) ? 'a web page' : `text that is not whole JSON (${text.length} characters)`;
    throw new ReadFault('unexpected-answer', `Received ${what} instead of DynamoDB's JSON.`, { cause });
  }
}

/** The body is a stream of the browser's or of Node's, or bytes where a handler of our own answers. */
async function textOf(body: unknown, collect: (stream: unknown) => Promise<Uint8Array>): Promise<string> {
  return new TextDecoder().decode(body instanceof Uint8Array ? body : await collect(body));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
