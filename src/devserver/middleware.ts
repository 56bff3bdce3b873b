import type { Server } from 'node:http';
import type { Connect } from 'vite';
import type { NamedStart, PageStart, TokenedStart } from '../contract/local-server.ts';
import { describeRequest, REFUSED, sendError } from './guard/answer.ts';
import type { Refusal } from './guard/guard.ts';
import { assertFirst, guardMiddleware, guardUpgrades, installFirst, limitRequests } from './guard/guard-install.ts';
import { identity } from './guard/identity.ts';
import { oneTimeCodes } from './guard/one-time-code.ts';
import { proofKeeper } from './guard/proof-check.ts';
import { createRunSecret } from './guard/run-secret.ts';
import { contentSecurityPolicy, type InlineContent } from './guard/security-headers.ts';
import type { LocalServerOptions, ServerContext } from './local-server.ts';
import { asksForPage, createNonce, scriptDigests, writePage } from './page.ts';
import { ownRoutes, type TableRoutes } from './routes.ts';
import type { OwnTablePort, TablePort } from './table/table-port.ts';

/** What is put in front of Vite: the guard, our routes and the page. */
export interface MiddlewareOptions extends Pick<LocalServerOptions, 'serving' | 'middlewares' | 'readHtml'> {
  readonly server: Server;
  /** What the page is told, but for the token. */
  readonly start: NamedStart;
  /** What the server proves itself by, and what the pages keep is encrypted under. */
  readonly secret: string;
  /**
   * Others use this machine: then neither token nor start stands in the page, a one-time code gets them. Null: nobody
   * does.
   */
  readonly sharedMachine: { readonly onCodeUsed: () => void } | null;
  readonly credentials: TableRoutes['credentials'];
  readonly signIn: TableRoutes['signIn'];
  /** The table behind our route; null when the page calls DynamoDB itself. */
  readonly port: TablePort | null;
  /** Steers the simulated CI of the demo; null: there is none. */
  readonly demo: OwnTablePort['steer'] | null;
  /** The same of the tables that the settings name besides. */
  readonly others: readonly (Pick<MiddlewareOptions, 'credentials' | 'signIn' | 'port'> & {
    readonly start: NamedStart;
  })[];
  readonly context: Pick<ServerContext, 'checks' | 'now' | 'log'>;
}

export interface Middleware {
  /** To be called when all middleware is in place: it throws if anything stands before the guard. */
  readonly assertFirst: () => void;
  /** @returns a fresh one-time code, by which the page opens where others use this machine */
  readonly issueCode: () => string;
}

/** So many different refusals are told in the terminal; a flood of them tells nothing more. */
const TOLD_REFUSALS = 20;

/**
 * Puts guard, routes and page in front of everything that Vite serves.
 */
export function installMiddleware(options: MiddlewareOptions): Middleware {
  const { serving, middlewares, server, sharedMachine } = options;
  const { checks, now, log } = options.context;
  const token = createRunSecret();
  // Another one: the ticket is sent by a page that does not know yet whom it asks, so nothing may be proved by it.
  const ticket = createRunSecret();
  const told = { ticket: sharedMachine === null ? null : ticket.value };
  const start: TokenedStart = {
    ...options.start,
    others: options.others.map((other) => other.start),
    chosen: null,
    token: token.value,
    secret: options.secret,
    ...told,
  };
  const issued = oneTimeCodes(checks.code, now);
  const codes: typeof issued = {
    ...issued,
    redeem(candidate) {
      const outcome = issued.redeem(candidate);
      if (outcome === 'good') sharedMachine?.onCodeUsed();
      return outcome;
    },
  };
  const proofs = proofKeeper(token.value);
  const dynamodbOrigins = [start, ...start.others].flatMap(({ source }) =>
    source.kind === 'aws' ? [new URL(source.endpoint).origin] : [],
  );
  const policy = (port: number, inline: InlineContent | null): string =>
    contentSecurityPolicy({ serving, port, dynamodbOrigins, inline });

  const named = new Set<string>();
  const onRefusal = ({ reason }: Refusal): void => {
    if (named.has(reason) || named.size >= TOLD_REFUSALS) return;
    named.add(reason);
    log(`Refused a request: ${reason}.`);
  };

  const answerOwn = ownRoutes({
    checks,
    now,
    proofs,
    identify: identity(options.secret, told),
    locked: sharedMachine === null ? null : { start, codes, ticket },
    ...routesOf(options),
    demo: options.demo,
    others: new Map(options.others.map((other) => [other.start.name, routesOf(other)])),
    log,
  });

  const sendPage: Connect.NextHandleFunction = async (request, response) => {
    const description = describeRequest(request);
    const nonce = serving === 'dev' ? createNonce() : null;
    const html = writePage(await options.readHtml(), sharedMachine === null ? start : null, nonce);
    const inline = nonce === null ? null : { scriptDigests: scriptDigests(html), styleNonce: nonce };
    const page = Buffer.from(html);
    response.writeHead(200, {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy(description.port, inline),
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': page.length,
    });
    response.end(description.method === 'HEAD' ? undefined : page);
  };

  const handle: Connect.NextHandleFunction = async (request, response, next) => {
    try {
      if (await answerOwn(request, response)) return;
      // Vite needs no POST; only our own routes take one.
      if (request.method === 'POST') return sendError(response, 405, REFUSED, { Allow: 'GET, HEAD' });
      if (!asksForPage(describeRequest(request))) return next();
      await sendPage(request, response, next);
    } catch (error) {
      // Connect would answer with the stack, and a stack tells paths of this machine.
      log(`The page could not be served: ${error instanceof Error ? error.message : 'unexpected error'}`);
      sendError(response, 500, { Code: 'Internal', Message: 'The local server failed; its terminal says why.' });
    }
  };

  const guard = guardMiddleware({
    checks: checks.request,
    policyFor: (port) => policy(port, null),
    proveAnswer: proofs.prove,
    onRefusal,
  });
  installFirst(middlewares, handle);
  installFirst(middlewares, guard);
  guardUpgrades(server, { checks: checks.upgrade, onRefusal });
  limitRequests(server);
  const check = (): void => assertFirst(middlewares, guard);
  server.prependListener('listening', check);
  return { assertFirst: check, issueCode: codes.issue };
}

function routesOf({ start, credentials, signIn, port }: MiddlewareOptions['others'][number]): TableRoutes {
  const table = port === null ? null : { port, name: start.table, unreachable: describeUnreachable(start) };
  return { credentials, signIn, table };
}

function describeUnreachable(start: PageStart): string {
  return start.source.kind === 'loopback'
    ? `${start.source.endpoint} does not answer. Is the emulator running?`
    : 'The embedded table does not answer.';
}
