import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** Everything that came over the wire. */
  readonly text: string;
}

/** Sends exact bytes and reads until the server closes; browsers and `fetch` cannot forge what these tests must. */
export async function sendRaw(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  return parseAnswer(await readAnswer(connect(port, '127.0.0.1'), bytes));
}

/** An answer that has not come to its end by then will not (milliseconds). */
const PATIENCE_MS = 8_000;

/** @returns everything that comes over a connection after these bytes, until the other end closes it */
export function readAnswer(socket: Duplex, bytes: string | Buffer, patienceMs = PATIENCE_MS): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.write(bytes);
    const parts: Buffer[] = [];
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`No answer to ${JSON.stringify(bytes.toString().slice(0, 200))}`));
    }, patienceMs);
    socket.on('data', (part: Buffer) => {
      parts.push(part);
      // A connection that was upgraded stays open.
      if (parts[0]?.toString('latin1').startsWith('HTTP/1.1 101')) socket.destroy();
    });
    socket.on('error', (error) => {
      // The server may close while we still send; what it said before counts.
      if (parts.length === 0) reject(error);
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(parts).toString('utf8'));
    });
  });
}

export function parseAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end < 0 ? text.length : end).split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: end < 0 ? '' : text.slice(end + 4), text };
}

/** A request as lines. The connection is asked to be closed, so that the answer has an end. */
export function lines(first: string, headers: readonly string[], body = ''): string {
  return [`${first} HTTP/1.1`, ...headers, 'Connection: close', '', body].join('\r\n');
}
