import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Plugin, PreviewServer, ViteDevServer } from 'vite';
import type { Settings } from '../store/settings.ts';
import { BIND_ADDRESS, isOwnAddress } from './guard/bind-address.ts';
import type { CodePage } from './guard/code-page.ts';
import { type LocalServerOptions, REAL, type ServerContext, startLocalServer } from './local-server.ts';
import { readStartSettings, type StartSettings, wayIn } from './start-settings.ts';
import { stop } from './stop.ts';
import type { OwnTablePort } from './table/table-port.ts';
import { viteOptions } from './vite-options.ts';

export interface ReleaseMatrixOptions {
  /** Opens the embedded table. */
  readonly openTable: (settings: Settings) => Promise<OwnTablePort>;
  /** It holds the demo estate, and is opened only where neither a profile nor an endpoint is set. Default: it is shown. */
  readonly isDemo?: boolean;
  /** Where settings come from. Default: the env files of the root, and the environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** For the suite, which leaves out one check at a time to see that it is needed, sets the clock, reads the print. */
  readonly context?: Partial<ServerContext>;
}

/**
 * The local server of the release matrix, in front of Vite's development server and of its preview: guard, page,
 * credentials of the named profile, and the route to a table on this machine. It has no part in the build.
 *
 * A start that cannot succeed is told in plain lines on stderr and ends the process: 2 for settings, 1 otherwise.
 */
export function releaseMatrix(options: ReleaseMatrixOptions): Plugin {
  let read: StartSettings | null = null;
  let codePage: CodePage | null = null;
  const install = async (
    server: Omit<LocalServerOptions, keyof StartSettings | 'codePage' | 'context'>,
  ): Promise<() => void> => {
    if (read === null) throw new Error('The settings were not read before the server was made.');
    const context = { ...REAL, ...options.context };
    return startLocalServer({ ...server, ...read, codePage, context }, options.openTable);
  };
  return {
    name: 'release-matrix',
    enforce: 'pre',
    apply: 'serve',
    async config(config, { isPreview = false }) {
      const root = resolve(config.root ?? '.');
      const host = (isPreview ? config.preview : config.server)?.host;
      read = await readStartSettings({
        root,
        ...(options.env === undefined ? {} : { env: options.env }),
        ownTable: options.isDemo !== true,
        faults: [
          ...(isOwnAddress(host)
            ? []
            : [`--host: the local server listens on ${BIND_ADDRESS} only, as it hands out credentials; leave it out.`]),
          ...(/[#?]/.test(root)
            ? [`${root}: Vite serves no files out of a folder with # or ? in its path; move the checkout.`]
            : []),
        ],
      });
      if (isPreview) requireBuild(root, config.build?.outDir ?? 'dist');
      const port = (isPreview ? config.preview : config.server)?.port ?? read.settings.port;
      codePage = wayIn(read.settings);
      const isOpened = Boolean((isPreview ? config.preview : config.server)?.open);
      return viteOptions({ root, port, isPreview, open: isOpened ? (codePage?.url ?? null) : null });
    },
    configResolved({ server, preview }) {
      for (const bound of [server, preview]) {
        if (bound.host !== BIND_ADDRESS || bound.cors !== false || bound.allowedHosts === true || bound.https) {
          throw new Error('Another plugin has changed host, cors, allowedHosts or https of the local server.');
        }
      }
    },
    configureServer(server) {
      return install({
        serving: 'dev',
        middlewares: server.middlewares,
        httpServer: server.httpServer,
        port: server.config.server.port,
        readHtml: async () => {
          const html = await readFile(resolve(server.config.root, 'index.html'), 'utf8');
          return server.transformIndexHtml('/index.html', html);
        },
        setPrintUrls: (print) => setPrintUrls(server, print),
      });
    },
    configurePreviewServer(server) {
      const { root, build } = server.config;
      return install({
        serving: 'preview',
        middlewares: server.middlewares,
        httpServer: server.httpServer,
        port: server.config.preview.port,
        readHtml: () => readFile(resolve(root, build.outDir, 'index.html'), 'utf8'),
        setPrintUrls: (print) => setPrintUrls(server, print),
      });
    },
  };
}

/** Vite's preview has no key that prints the address again, and a one-time code is good only once. */
function setPrintUrls(server: ViteDevServer | PreviewServer, print: () => void): void {
  server.printUrls = print;
  const shortcut = { key: 'u', description: 'show server url', action: () => server.printUrls() };
  if ('ws' in server) return;
  const bind = server.bindCLIShortcuts.bind(server);
  server.bindCLIShortcuts = (given) =>
    bind({ ...given, customShortcuts: [shortcut, ...(given?.customShortcuts ?? [])] });
}

/** Vite would start all the same, and answer every request with a fault. */
function requireBuild(root: string, outDir: string): void {
  const page = resolve(root, outDir, 'index.html');
  if (!existsSync(page)) stop(1, ['There is no build to preview. Make one first: npm run build']);
}
