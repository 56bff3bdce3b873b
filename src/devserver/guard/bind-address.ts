import { createServer, isIP } from 'node:net';

/** The one address that is bound: the literal, because `localhost` may be answered by another process on `::1`. */
export const BIND_ADDRESS = '127.0.0.1';

/**
 * Whether a wish for a host leads to the address we bind anyway. All else would show the page, and with it the way to
 * credentials, to the network.
 *
 * @param wish of `--host` or the Vite config
 */
export function isOwnAddress(wish: string | boolean | undefined): boolean {
  return wish === undefined || wish === false || wish === '' || wish === BIND_ADDRESS || wish === 'localhost';
}

/** Whether a text is an address that a server could listen on, and not the name of something. */
export function isAddress(text: string): boolean {
  return isIP(text.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

/** Ports that this process serves, kept over restarts of Vite (which load this module anew). */
const SERVED = Symbol.for('release-matrix.served-ports');

function servedPorts(): Set<number> {
  const held: unknown = Reflect.get(globalThis, SERVED);
  if (held instanceof Set) return held;
  const ports = new Set<number>();
  Reflect.set(globalThis, SERVED, ports);
  return ports;
}

/** Notes that this process serves a port: a restart of Vite opens the new server before it closes the old one. */
export function noteServed(port: number): void {
  servedPorts().add(port);
}

/** Whether somebody else has the port already. Vite would say so too, but with a stack. */
export function isPortTaken(port: number): Promise<boolean> {
  if (port === 0 || servedPorts().has(port)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve('code' in error && error.code === 'EADDRINUSE'));
    probe.listen(port, BIND_ADDRESS, () => probe.close(() => resolve(false)));
  });
}
