import type { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createServer, type PluginOption, preview } from 'vite';
import { PAGE_START_ID, type TokenedStart } from '../../src/contract/local-server.ts';
import { openDemoTable } from '../../src/demo/open-demo.ts';
import type { Serving } from '../../src/devserver/guard/security-headers.ts';
import { type ReleaseMatrixOptions, releaseMatrix } from '../../src/devserver/plugin.ts';
import { lines, sendRaw } from './raw-request.ts';

const PAGE = `<!doctype html><html lang="en"><head><title>Scratch</title></head>
<body><div id="root"></div><script type="module" src="/src/main.js"></script></body></html>`;

/** A project of its own in a temporary folder, with things in it that must never be read out. */
export function makeProject(): { readonly root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'release-matrix-'));
  const files: Record<string, string> = {
    'index.html': PAGE,
    'src/main.js': "document.getElementById('root').textContent = 'started';\n",
    '.env': 'SECRET_MARK=canary-env\n',
    '.env.local': 'SECRET_MARK=canary-env\n',
    '.aws/credentials': '[x]\naws_secret_access_key = canary-aws\n',
    '.git/config': 'canary-git\n',
    'src/server.pem': 'canary-pem\n',
    'src/store.sqlite': 'canary-db\n',
    'package.json': '{"name":"canary-package"}\n',
    'notes.txt': 'canary-notes\n',
    'node_modules/.keep': '',
    'dist/index.html': PAGE.replace('/src/main.js', '/assets/main.js'),
    'dist/assets/main.js': "document.getElementById('root').textContent = 'started';\n",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

export interface Served {
  readonly port: number;
  /** Empty where the page carries none. */
  readonly token: string;
  readonly start: TokenedStart | null;
  readonly httpServer: EventEmitter;
  printUrls(): void;
  close(): Promise<void>;
}

/** Starts the real Vite server with the plugin, in dev or preview, on a free port. */
export async function serve(
  serving: Serving,
  root: string,
  env: NodeJS.ProcessEnv,
  plugins: readonly PluginOption[] = [],
  options: Partial<Omit<ReleaseMatrixOptions, 'env'>> = {},
): Promise<Served> {
  const plugin = releaseMatrix({ env, openTable: openDemoTable, isDemo: options.openTable === undefined, ...options });
  const base = { configFile: false, root, logLevel: 'silent', plugins: [plugin, ...plugins] } as const;
  const server =
    serving === 'dev'
      ? await (await createServer({ ...base, plugins: [...base.plugins], server: { port: 0 } })).listen()
      : await preview({ ...base, plugins: [...base.plugins], preview: { port: 0 } });
  const { httpServer } = server;
  const address = httpServer?.address();
  if (httpServer === null || typeof address !== 'object' || address === null)
    throw new Error('The server does not listen.');
  const start = await readStart(address.port);
  return {
    port: address.port,
    token: start?.token ?? '',
    start,
    httpServer,
    printUrls: () => server.printUrls(),
    close: () => server.close(),
  };
}

/** Reads the start that the page is given, as the page does. */
async function readStart(port: number): Promise<TokenedStart | null> {
  const answer = await sendRaw(port, lines('GET /', [`Host: 127.0.0.1:${port}`]));
  const json = new RegExp(`id="${PAGE_START_ID}">(.*?)</script>`).exec(answer.body)?.[1];
  if (json === undefined) throw new Error(`No start in the page: ${answer.text}`);
  return JSON.parse(json);
}
