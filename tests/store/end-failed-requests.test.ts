import { expect, test } from 'vitest';
import { EMULATOR_CREDENTIALS } from '../../src/contract/emulator-credentials.ts';
import { connectTable, type TableConnection } from '../../src/store/client.ts';
import { endingFailed } from '../../src/store/end-failed-requests.ts';

const { config } = connectTable({ region: 'eu-central-1', credentials: EMULATOR_CREDENTIALS });
type Handler = typeof config.requestHandler;
const REQUEST = {} as Parameters<Handler['handle']>[0];

/** A handler whose requests do not end, unless said; `signals` are those by which they may be stopped. */
function hanging(
  more: Partial<TableConnection['requestHandler']> = {},
  ending: Promise<never> = new Promise(() => {}),
) {
  const signals: AbortSignal[] = [];
  const handle: Handler['handle'] = (_, options) => {
    if (options !== undefined && 'abortSignal' in options) signals.push(options.abortSignal as AbortSignal);
    return ending;
  };
  return { handler: endingFailed({ ...config.requestHandler, handle, ...more }), signals };
}

test.each([
  ['without options', undefined],
  ['without a signal', {}],
])('a request %s goes on', (_, options) => {
  const { handler, signals } = hanging();
  void handler.handle(REQUEST, options);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
});

test('whoever stops a call ends its request, and says why', () => {
  const { handler, signals } = hanging();
  const stop = new AbortController();
  void handler.handle(REQUEST, { abortSignal: stop.signal });
  expect(signals).toMatchObject([{ aborted: false }]);
  stop.abort('enough');
  expect(signals).toMatchObject([{ aborted: true, reason: 'enough' }]);
});

test('a request of a call that was stopped before is stopped from the beginning', () => {
  const { handler, signals } = hanging();
  void handler.handle(REQUEST, { abortSignal: AbortSignal.abort('enough') });
  expect(signals).toMatchObject([{ aborted: true, reason: 'enough' }]);
});

test('a request that fails is ended, and its fault told', async () => {
  const fault = new Error('Not now.');
  const { handler, signals } = hanging({}, Promise.reject(fault));
  await expect(handler.handle(REQUEST)).rejects.toBe(fault);
  expect(signals).toMatchObject([{ aborted: true, reason: fault }]);
});

test('all else is left to the handler, so that a client that is done with closes its connections', () => {
  let closed = 0;
  const { handler } = hanging({ destroy: () => (closed += 1) });
  handler.destroy?.();
  expect([closed, handler.metadata]).toEqual([1, config.requestHandler.metadata]);
});
