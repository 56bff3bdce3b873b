import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import connect from 'connect';
import sirv from 'sirv';
import type { Settings } from '../store/settings.ts';
import { BIND_ADDRESS } from './guard/bind-address.ts';
import { REAL, startLocalServer } from './local-server.ts';
import { readStartSettings, wayIn } from './start-settings.ts';
import type { OwnTablePort } from './table/table-port.ts';

export interface BuiltServerOptions {
  /** The folder of the page as it was built. */
  readonly page: string;
  /** The folder in which env files lie, and from which the policy file is named. */
  readonly root: string;
  /** In place of PORT. */
  readonly port?: number;
  /** Opens the embedded table. */
  readonly openTable: (settings: Settings) => Promise<OwnTablePort>;
}

export interface BuiltServer {
  /** Prints the address once more, with a fresh code where others use this machine. */
  readonly print: () => void;
  /** Ends it; what is under way is broken off. */
  readonly close: () => Promise<void>;
}

/**
 * The local server without Vite: guard and routes as in development, in front of the page as it was built. A start that
 * cannot succeed is told in plain lines on stderr and ends the process: 2 for settings, 1 otherwise.
 *
 * @returns when it listens, and its address has been printed
 */
export async function serveBuilt({ page, root, port: asked, openTable }: BuiltServerOptions): Promise<BuiltServer> {
  const start = await readStartSettings({ root, ownTable: false });
  const port = asked ?? start.settings.port;
  const middlewares = connect();
  const server = createServer(middlewares);
  let print = (): void => {};
  const assertFirst = await startLocalServer(
    {
      serving: 'preview',
      middlewares,
      httpServer: server,
      port,
      readHtml: () => readFile(join(page, 'index.html'), 'utf8'),
      setPrintUrls(replaced) {
        print = replaced;
      },
      ...start,
      codePage: wayIn(start.settings),
      context: REAL,
    },
    openTable,
  );
  // The page itself is sent by the front, with its start and its policy.
  middlewares.use(sirv(page, { dotfiles: false, etag: true, single: false }));
  middlewares.use((_, response) => void response.writeHead(404).end());
  assertFirst();
  await new Promise<void>((listening, fail) => {
    server.once('error', fail);
    server.listen(port, BIND_ADDRESS, listening);
  });
  print();
  return {
    print: () => print(),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
