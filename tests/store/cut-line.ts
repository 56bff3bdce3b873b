import { createServer, request } from 'node:http';
import { originOf } from './tables.ts';

export interface CutLine {
  readonly origin: string;
  /** The operations that the table has done, in their order. */
  readonly done: () => readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * A line to a table that is cut for good after so many calls. The last call that passes is done by the table, and its
 * answer never arrives: this is what is left of a publisher that is killed, or loses its network, at that point.
 *
 * @param calls how many calls the table gets; with 0 the line is dead from the start
 * @param onCut told once the table has done the last call, before anything else happens
 */
export async function cutLine(port: number, calls: number, onCut: () => void = () => {}): Promise<CutLine> {
  const done: string[] = [];
  let passing = 0;
  const server = createServer((incoming, answer) => {
    if (passing >= calls) {
      incoming.socket.destroy();
      if (calls === 0) onCut();
      return;
    }
    passing += 1;
    const last = passing === calls;
    const onward = request({ port, host: '127.0.0.1', method: 'POST', headers: incoming.headers }, (reply) => {
      done.push(String(incoming.headers['x-amz-target']).split('.')[1] ?? '');
      if (!last) {
        answer.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(answer);
        return;
      }
      reply.resume().on('end', () => {
        onCut();
        server.closeAllConnections();
      });
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: originOf(server),
    done: () => done,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
