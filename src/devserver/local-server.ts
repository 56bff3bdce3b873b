import { Server } from 'node:http';
import type { Connect } from 'vite';
import { CODE_FRAGMENT, type NamedStart, TABLE_PATH, type TableSource } from '../contract/local-server.ts';
import { accountOfTable } from '../contract/table-arn.ts';
import { MAX_CODE_MS } from '../limits/limits.ts';
import type { PolicyDocument } from '../release/policy/policy-document.ts';
import type { Settings } from '../store/settings.ts';
import { ALL_CHECKS, type Checks } from './checks.ts';
import { type CredentialSource, openCredentialSource } from './credentials/credentials.ts';
import { openSignIn, type SignInDesk } from './credentials/sign-in.ts';
import { BIND_ADDRESS, isPortTaken, noteServed } from './guard/bind-address.ts';
import type { CodePage } from './guard/code-page.ts';
import { keptSecret } from './guard/kept-secret.ts';
import type { Serving } from './guard/security-headers.ts';
import { installMiddleware } from './middleware.ts';
import { stop } from './stop.ts';
import { openLoopbackPort } from './table/loopback-port.ts';
import type { OwnTablePort, TablePort } from './table/table-port.ts';

/** What the local server takes from outside and the suite sets. */
export interface ServerContext {
  /** What requests are asked. */
  readonly checks: Checks;
  /** Milliseconds, never runs backwards. */
  readonly now: () => number;
  /** Writes to the terminal, standard output. */
  readonly print: (text: string) => void;
  /** One line for the terminal, standard error. */
  readonly log: (line: string) => void;
}

/** All requests are asked everything, and what is told goes to the terminal. */
export const REAL: ServerContext = {
  checks: ALL_CHECKS,
  now: () => performance.now(),
  print: (text) => void process.stdout.write(text),
  log: (line) => void process.stderr.write(`Release Matrix: ${line}\n`),
};

/** The server that the local server is part of (Vite’s development server, its preview, or the package’s), and its settings. */
export interface LocalServerOptions {
  readonly serving: Serving;
  readonly middlewares: Connect.Server;
  /** Its type admits servers that the guard cannot protect, as Vite's does. */
  readonly httpServer: unknown;
  readonly port: number;
  /** The page's HTML, before its start is written into it. */
  readonly readHtml: () => Promise<string>;
  /** Takes what is printed when it listens, and again when somebody asks for it. */
  readonly setPrintUrls: (print: () => void) => void;
  readonly settings: Settings;
  /** What the table of the settings is called, and the tables that they name besides. */
  readonly name: string;
  readonly others: readonly { readonly name: string; readonly settings: Settings }[];
  /** Leads the browser to the page where others use this machine; null: nobody does. */
  readonly codePage: CodePage | null;
  readonly context: ServerContext;
  /** The document of the policy file; null: none is named. */
  readonly policy: PolicyDocument | null;
  readonly env: NodeJS.ProcessEnv;
}

/** The source as the page is told it, and what stands behind our routes for it. */
interface OpenedSource {
  readonly source: TableSource;
  readonly port: TablePort | null;
  readonly credentials: CredentialSource | null;
  readonly signIn: SignInDesk | null;
  /** Steers the simulated CI of the demo; null: there is none. */
  readonly demo: OwnTablePort['steer'] | null;
  /** What the terminal must be told of it, as a sentence; null: nothing. */
  readonly notice: string | null;
}

/**
 * Opens the source of the settings and puts the local server in front of Vite.
 *
 * @param openTable opens the embedded table
 * @returns a check to call when all middleware is in place: it throws if anything stands before the guard
 */
export async function startLocalServer(
  options: LocalServerOptions,
  openTable: (settings: Settings) => Promise<OwnTablePort>,
): Promise<() => void> {
  const { settings, httpServer } = options;
  if (!(httpServer instanceof Server)) throw new Error('The local server needs a plain HTTP server of its own.');
  if (await isPortTaken(options.port)) {
    stop(1, [`Port ${options.port} is in use. End the other program, or set PORT (the address changes with it).`]);
  }
  const desks = new Map<string, SignInDesk>();
  const open = (of: Settings): Promise<OpenedSource> => openSource(of, options.env, openTable, desks);
  const { source, notice, ...first } = await open(settings);
  const start = startOf(options.name, settings, source, options.policy);
  const others: (Omit<OpenedSource, 'source' | 'notice' | 'demo'> & { readonly start: NamedStart })[] = [];
  for (const { name, settings: own } of options.others) {
    const { source: ownSource, port, credentials, signIn } = await open(own);
    others.push({ port, credentials, signIn, start: startOf(name, own, ownSource, null) });
  }
  const { codePage } = options;
  const secret = keptSecret(codePage === null ? 'normal' : 'shared-machine', options.env);
  const middleware = installMiddleware({
    ...options,
    server: httpServer,
    start,
    secret: secret.value,
    sharedMachine: codePage === null ? null : { onCodeUsed: codePage.remove },
    ...first,
    others,
  });
  httpServer.once('listening', () => {
    const address = httpServer.address();
    const actual = typeof address === 'object' && address !== null ? address.port : options.port;
    noteServed(actual);
    let expiry: NodeJS.Timeout | undefined;
    /** @returns lines for the terminal: the ways in, of which both have the same code */
    const openFor = (page: CodePage): readonly string[] => {
      const code = middleware.issueCode();
      clearTimeout(expiry);
      expiry = setTimeout(page.remove, MAX_CODE_MS).unref();
      try {
        page.write(`http://${BIND_ADDRESS}:${actual}/${CODE_FRAGMENT}${code}`);
      } catch {
        return [`  Code for the page: ${code}  ${CODE_NOTICE}`];
      }
      return [`  Open ${page.url}`, `  or paste this code into the page: ${code}`, `  ${CODE_NOTICE}`];
    };
    // Now, for a browser that Vite opens before it prints.
    if (codePage !== null) openFor(codePage);
    options.setPrintUrls(() => {
      const lines = [
        banner(start, actual),
        ...others.map((other) => otherBanner(other.start, actual)),
        ...(codePage === null ? [] : openFor(codePage)),
        ...settings.notices,
      ];
      if (notice !== null) lines.push(notice);
      if (secret.trouble !== null) lines.push(secret.trouble);
      options.context.print(`${lines.join('\n')}\n`);
    });
  });
  httpServer.once('close', () => {
    codePage?.end();
    for (const desk of desks.values()) desk.end();
    for (const { port } of [first, ...others]) void port?.close();
  });
  return middleware.assertFirst;
}

function startOf(name: string, settings: Settings, source: TableSource, policy: PolicyDocument | null): NamedStart {
  const { table, region, keyNames, pollIntervalMs, readUnitsPerHour } = settings;
  return { name, source, table, region, keyNames, policy, pollIntervalMs, readUnitsPerHour };
}

/** @param desks one for each profile, whatever number of tables it reads: one sign-in at a time */
async function openSource(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  openTable: (settings: Settings) => Promise<OwnTablePort>,
  desks: Map<string, SignInDesk>,
): Promise<OpenedSource> {
  const { source } = settings;
  switch (source.kind) {
    case 'embedded': {
      const port = await openTable(settings).catch((error: unknown) => {
        // By its name: to import the class would load the embedded table, which other sources do without.
        if (error instanceof Error && error.name === 'StoreFolderInUse') return stop(1, [error.message]);
        throw error;
      });
      const told = { kind: 'embedded', data: port.data, simulatedCi: settings.simulatedCi } as const;
      return { source: told, port, credentials: null, signIn: null, demo: port.steer ?? null, notice: port.notice };
    }
    case 'loopback':
      return {
        source,
        port: openLoopbackPort(source.endpoint),
        credentials: null,
        signIn: null,
        demo: null,
        notice: null,
      };
    case 'aws': {
      const profile = source.credentials.kind === 'profile' ? source.credentials.profile : null;
      const credentials = openCredentialSource({
        profile,
        region: settings.region,
        tableName: settings.tableName,
        tableAccount: accountOfTable(settings.table),
        readerRoleArn: settings.readerRoleArn,
        env,
      });
      const signIn = profile === null ? null : (desks.get(profile) ?? openSignIn({ profile, env }));
      if (profile !== null && signIn !== null) desks.set(profile, signIn);
      const told = { kind: 'aws', profile, endpoint: source.endpoint } as const;
      return { source: told, port: null, credentials, signIn, demo: null, notice: null };
    }
  }
}

/** Beside a one-time code. */
const CODE_NOTICE = `Once, within ${MAX_CODE_MS / 1000} s. For a new code: u + Enter, or a new start.`;

/** One line: address, source, table. */
function banner({ source, table, region }: NamedStart, port: number): string {
  return `  Release Matrix  http://${BIND_ADDRESS}:${port}/  ${describeSource(source, region)}, table ${table}`;
}

function otherBanner({ name, source, table, region }: NamedStart, port: number): string {
  return `  ${name}  http://${BIND_ADDRESS}:${port}${TABLE_PATH}${name}  ${describeSource(source, region)}, table ${table}`;
}

function describeSource(source: TableSource, region: string): string {
  switch (source.kind) {
    case 'embedded':
      return `embedded table (${source.data})`;
    case 'loopback':
      return `emulator at ${source.endpoint} (key id ${source.keyId})`;
    case 'aws':
      return `AWS ${region}, ${source.profile === null ? 'keys of the environment' : `profile ${source.profile}`}`;
  }
}
