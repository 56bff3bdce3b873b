import type { HttpRequest, LaggingTable } from '../../live/lagging-table.ts';

/** What goes wrong with a table or the way to it, for as long as it does. */
export const FAULT_KINDS = [
  'throttled',
  'failing',
  /** The table was deleted, or has another name, and is back later. */
  'missing',
  'reset',
  'unanswered',
  'stalling',
  'three seconds late',
  'eight seconds late',
  /** One of three calls is throttled. */
  'flaky',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** By HTTP, from the browser: when nothing has come, the SDK's handler of requests gives up. */
const HEAD_LIMIT_MS = 5_000;
const USUAL_MS = 20;

export interface FaultyTransport {
  readonly requestHandler: LaggingTable['requestHandler'];
  /** From now on, requests fail so; null: they are answered. */
  fail(kind: FaultKind | null): void;
  /** Every request: when it was sent, milliseconds since 1970, and whether it was in vain. */
  sent(): readonly { readonly at: number; readonly inVain: boolean }[];
}

/** @param random from 0 to 1, the same at each run */
export function faultyTransport({ answer: good }: LaggingTable, random: () => number): FaultyTransport {
  let failing: FaultKind | null = null;
  const sent: { readonly at: number; inVain: boolean }[] = [];

  const answer = async (request: HttpRequest, kind: FaultKind | null, signal: AbortSignal) => {
    const lateBy = kind === 'three seconds late' ? 3_000 : kind === 'eight seconds late' ? 8_000 : USUAL_MS;
    const never = kind === 'unanswered';
    const limit = kind === 'stalling' ? null : HEAD_LIMIT_MS;
    await pause(Math.min(never ? Number.POSITIVE_INFINITY : lateBy, limit ?? Number.POSITIVE_INFINITY), signal);
    if (never || (limit !== null && lateBy > limit)) {
      throw Object.assign(new Error(`Request did not complete within ${limit} ms`), { name: 'TimeoutError' });
    }
    switch (kind) {
      case 'reset':
        throw new TypeError('Failed to fetch');
      case 'stalling':
        await pause(Number.POSITIVE_INFINITY, signal);
        throw new Error('Nothing ends this but the signal.');
      case 'flaky':
        return random() < 1 / 3 ? refusal(400, 'ProvisionedThroughputExceededException') : good(request);
      case 'throttled':
        return refusal(400, 'ProvisionedThroughputExceededException');
      case 'failing':
        return refusal(500, 'InternalServerError');
      case 'missing':
        return refusal(400, 'ResourceNotFoundException');
      default:
        return good(request);
    }
  };

  return {
    requestHandler: {
      metadata: { handlerProtocol: 'in-process' },
      async handle(request: HttpRequest, options?: { readonly abortSignal?: AbortSignal }) {
        const one = { at: Date.now(), inVain: true };
        sent.push(one);
        const answered = await answer(request, failing, options?.abortSignal ?? new AbortController().signal);
        one.inVain = answered.response.statusCode !== 200;
        return answered;
      },
    },
    fail(kind) {
      failing = kind;
    },
    sent: () => sent,
  };
}

function refusal(statusCode: number, name: string) {
  const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'Not now.' });
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  return { response: { statusCode, headers, body: new TextEncoder().encode(body) } };
}

/** Waits; for ever, where that is said. @throws the signal's reason, as soon as there is one */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resume, reject) => {
    const stop = () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    if (ms < Number.POSITIVE_INFINITY) setTimeout(resume, ms);
  });
}
