import { connect } from 'node:net';
import { createServer } from 'node:tls';
import { ownCertificate } from '../browser/own-certificate.ts';

/**
 * An emulator as an endpoint elsewhere, which is called with the credentials of AWS and over TLS: its address is this
 * machine's, by another spelling than those that say so.
 *
 * @param origin of the emulator
 */
export async function remoteEndpoint(origin: string) {
  const port = Number(new URL(origin).port);
  const server = createServer(ownCertificate('emulator.example'), (socket) => {
    const behind = connect(port, '127.0.0.1');
    socket.on('error', () => behind.destroy());
    behind.on('error', () => socket.destroy());
    socket.pipe(behind).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The endpoint does not listen.');
  return {
    origin: `https://[::ffff:7f00:1]:${address.port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
