import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { freePort } from '../../scripts/free-port.mjs';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const VITE = join(REPOSITORY, 'node_modules/vite/bin/vite.js');
const BANNER_URL = /http:\/\/127\.0\.0\.1:\d+\//;
/** A cold start on two busy cores, with the compiling of the dashboard's packages. */
const START_LIMIT_MS = 60_000;
/** Between the choice of a free port and its use another process can take it. */
const START_ATTEMPTS = 3;

/** The user's folder in which a server keeps what a later one proves itself by; one for all servers of these tests. */
export const STATE = mkdtempSync(join(tmpdir(), 'release-matrix-state-'));
process.once('exit', () => rmSync(STATE, { recursive: true, force: true }));

/** How to start the local server, as a person would: by `vite` or `vite preview` and settings in the environment. */
export interface DashboardServerOptions {
  /** `dev` as `npm run dev`; `preview` serves what the global set-up has built into dist/. Default: dev. */
  readonly mode?: 'dev' | 'preview';
  /** The settings, for instance `{ DYNAMODB_ENDPOINT: … }`; nothing of our own environment is passed on but PATH. */
  readonly env?: Readonly<Record<string, string>>;
  /** Words for the command line, behind those that the mode wants. */
  readonly args?: readonly string[];
  /** The port to listen on; a free one where none is named. Named to restart a server at the same address. */
  readonly port?: number;
}

/** A running local server with an empty home folder (no AWS profile of the person who runs the tests is seen). */
export interface DashboardServer {
  /** The address of the page, with the slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The home folder it was given, in which a test may write `.aws/config`. */
  readonly home: string;
  /** @returns everything it has printed so far */
  output(): string;
  /** Ends it and waits until it has gone; a second call does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts the local server in a process of its own, so that neither environment nor settings leak between tests, and waits
 * until it names its address. It ends with {@link DashboardServer.stop}, or with the test process, however that ends.
 *
 * @throws Error with all that it printed, when it ends or does not name its address in time
 */
export async function startDashboardServer(options: DashboardServerOptions = {}): Promise<DashboardServer> {
  for (let attempt = 1; ; attempt += 1) {
    const started = await attemptStart(options, options.port ?? (await freePort()));
    if (!('failure' in started)) return started;
    const retry = options.port === undefined && attempt < START_ATTEMPTS && /in use|EADDRINUSE/i.test(started.failure);
    if (!retry) throw new Error(`The local server did not start. ${started.failure}`);
  }
}

async function attemptStart(
  { mode = 'dev', env = {}, args = [] }: DashboardServerOptions,
  port: number,
): Promise<DashboardServer | { readonly failure: string }> {
  const home = mkdtempSync(join(tmpdir(), 'release-matrix-home-'));
  const child = spawn(
    process.execPath,
    // Vite ends when its standard input ends, if somebody reads that: then no server outlives a killed test process.
    [
      '--import',
      'data:text/javascript,process.stdin.resume()',
      VITE,
      ...(mode === 'preview' ? ['preview'] : []),
      ...args,
    ],
    {
      cwd: REPOSITORY,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        XDG_STATE_HOME: STATE,
        ...unsetEnvFiles(),
        PORT: String(port),
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let output = '';
  let ended = false;
  const end = new Promise<void>((resume) => {
    child.once('close', () => {
      ended = true;
      rmSync(home, { recursive: true, force: true });
      resume();
    });
  });
  const stop = async (): Promise<void> => {
    if (!ended) child.kill('SIGTERM');
    // A server that a page still holds a socket to may take its time; a test does not wait for that.
    const overdue = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await end;
    clearTimeout(overdue);
  };

  const url = await new Promise<string | undefined>((resume) => {
    const limit = setTimeout(() => resume(undefined), START_LIMIT_MS);
    const settle = (value: string | undefined): void => {
      clearTimeout(limit);
      resume(value);
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const named = BANNER_URL.exec(output)?.[0];
        if (named !== undefined) settle(named);
      });
    }
    child.once('error', (fault) => {
      output += fault.message;
      settle(undefined);
    });
    void end.then(() => settle(undefined));
  });

  if (url === undefined || child.pid === undefined) {
    await stop();
    return { failure: `Expected its address on the standard output, got:\n${output}` };
  }
  return { url, port, pid: child.pid, home, output: () => output, stop };
}

/** @returns every variable of the project's own env files as empty, which counts as not set and wins over the files */
function unsetEnvFiles(): Record<string, string> {
  const names = ['.env', '.env.local']
    .map((file) => join(REPOSITORY, file))
    .filter((path) => existsSync(path))
    .flatMap((path) => Object.keys(parseEnv(readFileSync(path, 'utf8'))));
  return Object.fromEntries(names.map((name) => [name, '']));
}
