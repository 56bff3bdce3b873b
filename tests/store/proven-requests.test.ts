import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EMULATOR_CREDENTIALS } from '../../src/contract/emulator-credentials.ts';
import { PROOF_HEADER, type ProvenRequest, proverOf } from '../../src/contract/proof.ts';
import { connectTable } from '../../src/store/client.ts';
import { provingHandler } from '../../src/store/proven-requests.ts';
import { answerProof, proofOf } from '../proofs.ts';

const TOKEN = 'token of the page';
const { config } = connectTable({ region: 'eu-central-1', credentials: EMULATOR_CREDENTIALS });
type Handler = typeof config.requestHandler;
type Request = Parameters<Handler['handle']>[0];

/** A handler that proves its answers, and the requests that it got. */
function answering(body: unknown, said: string, more: Partial<Handler> = {}) {
  const asked: Request[] = [];
  const handle: Handler['handle'] = async (request) => {
    asked.push(request);
    const proof = answerProof(TOKEN, request.headers[PROOF_HEADER] ?? '', 200, said);
    return { response: { statusCode: 200, headers: { [PROOF_HEADER]: proof }, body } } as Awaited<
      ReturnType<Handler['handle']>
    >;
  };
  return { handler: provingHandler({ ...config.requestHandler, handle, ...more }, proverOf(TOKEN)), asked };
}

const request = (more: object = {}) => ({ method: 'POST', path: '/table', headers: {}, ...more }) as Request;

/** Whether a request carries the proof of just this. */
const isProved = ({ headers }: Request, whole: Partial<ProvenRequest> & { readonly body?: string }) => {
  const proof = headers[PROOF_HEADER] ?? '';
  return proof === proofOf({ key: TOKEN, nonce: proof.split('.')[0] ?? '', path: '/table', ...whole });
};

test.each<[string, object, Partial<ProvenRequest> & { readonly body?: string }]>([
  ['without an action', {}, {}],
  ['by its method and path', { method: 'PUT', path: '/other' }, { method: 'PUT', path: '/other' }],
  ['by its action', { headers: { 'x-amz-target': 'Scan' } }, { action: 'Scan' }],
  ['by its body', { body: 'asked' }, { body: 'asked' }],
])('a request is proved: %s', async (_, more, whole) => {
  const { handler, asked } = answering('', '');
  await handler.handle(request(more));
  expect(asked.map((one) => isProved(one, whole))).toEqual([true]);
});

describe('an answer is taken whole, whatever its form', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  test.each<[string, unknown, string]>([
    ['none', undefined, ''],
    ['null', null, ''],
    ['a text', 'tölld', 'tölld'],
    ['bytes', bytes('told'), 'told'],
    ['a Blob', new Blob(['to', 'ld']), 'told'],
    ["a stream of Node's", Readable.from([bytes('to'), bytes('ld')]), 'told'],
    ['a stream of the browser', new Blob(['told']).stream(), 'told'],
  ])('%s', async (_, body, said) => {
    const { response } = await answering(body, said).handler.handle(request());
    expect(response.body).toEqual(bytes(said));
  });

  test('a stream of a browser that cannot go through one, as Safari', async () => {
    const { prototype } = ReadableStream;
    const iterator = Object.getOwnPropertyDescriptor(prototype, Symbol.asyncIterator) ?? {};
    Reflect.deleteProperty(prototype, Symbol.asyncIterator);
    onTestFinished(() => void Object.defineProperty(prototype, Symbol.asyncIterator, iterator));
    const { response } = await answering(new Blob(['told']).stream(), 'told').handler.handle(request());
    expect(response.body).toEqual(bytes('told'));
  });

  test('what is none of them is a fault', async () => {
    const { handler } = answering({}, '{}');
    await expect(handler.handle(request())).rejects.toThrow('A body that cannot be read whole.');
  });
});

test('all else is left to the handler, so that a client that is done with closes its connections', () => {
  let closed = 0;
  const { handler } = answering('', '', { destroy: () => (closed += 1) });
  handler.destroy?.();
  expect([closed, handler.metadata]).toEqual([1, config.requestHandler.metadata]);
});
