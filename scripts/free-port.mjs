import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Finds a port of the loopback interface that nobody listens on. Until the caller uses it, another process can take it;
 * a caller that must not fail tries again with a new one.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error(`Expected an IP address, got ${address}.`);
  return address.port;
}
