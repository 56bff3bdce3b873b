import { createServer, request } from 'node:http';
import { originOf } from './tables.ts';

/** Passes calls on, but drops the first answer to an operation, after the table has done it. */
export async function lossyProxy(port: number, dropped: string) {
  const calls: string[] = [];
  const server = createServer((incoming, answer) => {
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const drop = operation === dropped && !calls.some((call) => call.startsWith(dropped));
    calls.push(drop ? `${operation} (answer dropped)` : operation);
    const onward = request({ port, host: '127.0.0.1', method: 'POST', headers: incoming.headers }, (reply) => {
      if (drop) {
        reply.resume().on('end', () => incoming.socket.destroy());
        return;
      }
      answer.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(answer);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: originOf(server),
    calls: () => calls,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
