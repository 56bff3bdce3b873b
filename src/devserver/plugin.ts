import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Plugin, PreviewServer, ViteDevServer } from 'vite';
import { readProfileSays } from '../aws/profile-says.ts';
import type { PolicyDocument } from '../release/policy/policy-document.ts';
import { type ProfileSays, readSettings, type Settings } from '../store/settings.ts';
import { ALL_CHECKS } from './checks.ts';
import { lendAwsVariables, readEnvironment } from './env-files.ts';
import { BIND_ADDRESS, isAddress, isOwnAddress } from './guard/bind-address.ts';
import { type CodePage, codePage } from './guard/code-page.ts';
import { type Place, type ServerContext, startLocalServer } from './local-server.ts';
import { stop } from './stop.ts';
import { readPolicyFile } from './table/policy-file.ts';
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

const REAL: ServerContext = {
  checks: ALL_CHECKS,
  now: () => performance.now(),
  print: (text) => void process.stdout.write(text),
  log: (line) => void process.stderr.write(`Release Matrix: ${line}\n`),
};

/**
 * The local server of the release matrix, in front of Vite's development server and of its preview: guard, page,
 * credentials of the named profile, and the route to a table on this machine. It has no part in the build.
 *
 * A start that cannot succeed is told in plain lines on stderr and ends the process: 2 for settings, 1 otherwise.
 */
export function releaseMatrix(options: ReleaseMatrixOptions): Plugin {
  let settings: Settings | null = null;
  let policy: PolicyDocument | null = null;
  let env: NodeJS.ProcessEnv = {};
  let wayIn: CodePage | null = null;
  const stand = async (
    place: Omit<Place, 'settings' | 'policy' | 'env' | 'codePage' | 'context'>,
  ): Promise<() => void> => {
    if (settings === null) throw new Error('The settings were not read before the server was made.');
    return startLocalServer(
      { ...place, settings, policy, env, codePage: wayIn, context: { ...REAL, ...options.context } },
      options.openTable,
    );
  };
  return {
    name: 'release-matrix',
    enforce: 'pre',
    apply: 'serve',
    async config(config, { isPreview = false }) {
      const root = resolve(config.root ?? '.');
      // The SDK says at each start that its releases of 2027 want Node 22. The lockfile holds one that runs on 20.
      process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
      env = options.env ?? readEnvironmentOrStop(root);
      lendAwsVariables(env, process.env);
      const read = readSettings(env, {
        profileSays: await profileSaysOf(env),
        ownTable: options.isDemo !== true,
      });
      const faults = read.ok
        ? []
        : read.faults.map(
            ({ variable, expected, received }) => `${variable}: expected ${expected}; received ${received}.`,
          );
      // Read although other settings are faulty: all that keeps the server from starting is named at once.
      const policyFile = readPolicyFile(root, read.ok ? read.settings.policyFile : env.RELEASE_POLICY || null);
      if ('faults' in policyFile) faults.push(...policyFile.faults);
      if (!isOwnAddress((isPreview ? config.preview : config.server)?.host)) {
        faults.push(
          `--host: the local server listens on ${BIND_ADDRESS} only, as it hands out credentials; leave it out.`,
        );
      }
      if (/[#?]/.test(root)) {
        faults.push(`${root}: Vite serves no files out of a folder with # or ? in its path; move the checkout.`);
      }
      if (!read.ok || 'faults' in policyFile || faults.length > 0) {
        return stop(2, ['Release Matrix cannot start. Fix these settings (.env.example explains each):', ...faults]);
      }
      if (isPreview) requireBuild(root, config.build?.outDir ?? 'dist');
      settings = { ...read.settings, notices: [...read.settings.notices, ...hostNotice(env.HOST)] };
      policy = policyFile.document;
      const port = (isPreview ? config.preview : config.server)?.port ?? settings.port;
      wayIn = settings.sharedMachine ? codePageOrStop() : null;
      const isOpened = Boolean((isPreview ? config.preview : config.server)?.open);
      return viteOptions({ root, port, isPreview, open: isOpened ? (wayIn?.url ?? null) : null });
    },
    configResolved({ server, preview }) {
      for (const bound of [server, preview]) {
        if (bound.host !== BIND_ADDRESS || bound.cors !== false || bound.allowedHosts === true || bound.https) {
          throw new Error('Another plugin has changed host, cors, allowedHosts or https of the local server.');
        }
      }
    },
    configureServer(server) {
      return stand({
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
      return stand({
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

/** Of the profile whose credentials are to be used; with keys of the environment the AWS tools ask [default]. */
function profileSaysOf(env: NodeJS.ProcessEnv): Promise<ProfileSays | null> {
  const profile = env.AWS_PROFILE || (env.AWS_CREDENTIALS === 'environment' ? 'default' : '');
  return profile === '' ? Promise.resolve(null) : readProfileSays(profile, env);
}

/** Vite would start all the same, and answer every request with a fault. */
function requireBuild(root: string, outDir: string): void {
  const page = resolve(root, outDir, 'index.html');
  if (!existsSync(page)) stop(1, ['There is no build to preview. Make one first: npm run build']);
}

/** Shells set HOST to the name of the machine, and compilers to its kind: only an address was meant for us. */
function hostNotice(host: string | undefined): readonly string[] {
  if (host === undefined || isOwnAddress(host) || !isAddress(host)) return [];
  return [`HOST (${host}) is not used: the local server listens on ${BIND_ADDRESS} only.`];
}

function readEnvironmentOrStop(root: string): NodeJS.ProcessEnv {
  try {
    return readEnvironment(root, process.env);
  } catch (error) {
    return stop(2, [`An env file cannot be read: ${error instanceof Error ? error.message : 'unforeseen fault'}`]);
  }
}

function codePageOrStop(): CodePage {
  try {
    return codePage();
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unforeseen fault';
    return stop(1, [`There is no place for the file that opens the page: ${why}. Set TMPDIR to a folder of your own.`]);
  }
}
