import * as http from 'node:http';
import * as https from 'node:https';
import { MAX_ANSWER_BYTES, MAX_CALL_MS } from '../../limits/limits.ts';
import { withinTime } from '../../store/time-limit.ts';
import type { TableAnswer, TablePort } from './table-port.ts';

/**
 * Forwards calls to an emulator on this machine, so that its CORS rules do not matter to the page.
 *
 * @param endpoint a loopback URL; the caller has checked that it is one
 * @param limitMs milliseconds for a whole call, its body included; the page waits no longer
 */
export function openLoopbackPort(endpoint: string, limitMs = MAX_CALL_MS): TablePort {
  const url = new URL(endpoint);
  const { Agent, request } = url.protocol === 'http:' ? http : https;
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const send = (body: Buffer, headers: Record<string, string>, signal: AbortSignal): Promise<TableAnswer> =>
    new Promise<TableAnswer>((resolve, reject) => {
      const call = request(url, {
        method: 'POST',
        headers: { ...headers, 'accept-encoding': 'identity', 'content-length': body.length },
        signal,
        agent,
      });
      call.on('error', (error: NodeJS.ErrnoException) => {
        // The emulator may close an idle connection at the very moment we use it again. The call, which only reads,
        // is then made once more, on the next idle connection or a new one.
        if (call.reusedSocket && error.code === 'ECONNRESET') resolve(send(body, headers, signal));
        else reject(error);
      });
      call.on('response', (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          size += part.length;
          if (size > MAX_ANSWER_BYTES) call.destroy(new Error('the answer is too long'));
          else parts.push(part);
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 502,
            headers: singleHeaders(response.headers),
            body: Buffer.concat(parts),
          }),
        );
      });
      call.end(body);
    });
  return {
    handle: (body, headers, signal) => withinTime((limited) => send(body, headers, limited), limitMs, signal),
    async close() {
      agent.destroy();
    },
  };
}

function singleHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') single[name] = value;
  }
  return single;
}
