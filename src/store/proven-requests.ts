import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { bytesOf, PROOF_HEADER, type Prover } from '../contract/proof.ts';
import { ReadFault } from '../contract/read-fault.ts';

type Handler = DynamoDBClient['config']['requestHandler'];

/** What is said where an answer has no proof: nothing of the answer itself, which anybody may have written. */
export function unproven(): ReadFault {
  return new ReadFault('local-server-foreign', 'The answer does not prove that it is of the local server.');
}

/**
 * A handler of HTTP for the local server's route to a table: each request carries its proof, and no answer is believed
 * without one, whatever its status.
 *
 * @param handler the SDK's
 * @throws ReadFault (from `handle`) `local-server-foreign`
 */
export function provingHandler(handler: Handler, prover: Prover): Handler {
  const handle: Handler['handle'] = async (request, options) => {
    const body = await wholeBody(request.body);
    const signed = await prover.sign(
      { method: request.method, path: request.path, action: request.headers['x-amz-target'] ?? null, refused: false },
      body,
    );
    request.headers[PROOF_HEADER] = signed.proof;
    const answer = await handler.handle(request, options);
    const { response } = answer;
    const bytes = await wholeBody(response.body);
    if (!(await signed.isAnswer(response.statusCode, bytes, response.headers[PROOF_HEADER] ?? null))) throw unproven();
    response.body = bytes;
    return answer;
  };
  return new Proxy(handler, { get: (own, name) => (name === 'handle' ? handle : Reflect.get(own, name, own)) });
}

/** A body in any of the forms that the SDK's handlers take and give, in the browser and in Node. */
async function wholeBody(body: unknown): Promise<Uint8Array<ArrayBuffer>> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return bytesOf(body);
  if (body instanceof Uint8Array) return new Uint8Array(body);
  if (body instanceof Blob) return new Uint8Array(await body.arrayBuffer());
  if (body instanceof ReadableStream) return new Uint8Array(await new Response(body).arrayBuffer());
  if (isIterable(body)) {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of body) parts.push(new Uint8Array(part));
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }
  throw new TypeError('A body that cannot be read whole.');
}

function isIterable(body: object): body is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in body;
}
