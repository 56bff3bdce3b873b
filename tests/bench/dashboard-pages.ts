import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { NONCE_HEADER, type ProfileCredentials, ROUTES, type TokenedStart } from '../../src/contract/local-server.ts';
import { describeRequest, sendJson } from '../../src/devserver/guard/answer.ts';
import { soleHeader } from '../../src/devserver/guard/guard.ts';
import { identity } from '../../src/devserver/guard/identity.ts';
import { proofKeeper } from '../../src/devserver/guard/proof-check.ts';
import { contentSecurityPolicy, FIXED_HEADERS } from '../../src/devserver/guard/security-headers.ts';
import { writePage } from '../../src/devserver/page.ts';
import { type BenchServer, servePages } from './bench-server.ts';
import { CANNED_TABLE } from './canned-names.ts';

/**
 * Serves the built dashboard as its own server does for a table of AWS: the page told its start, under the same policy,
 * and credentials for the asking. Each table has a page of its own at `/<name>`, so that a run can go from one to another.
 *
 * @param folder of the build
 * @param tablesOrigin where the canned tables are
 * @param names of the tables, with their latency: `generated@40`
 */
export async function serveDashboard(
  folder: string,
  tablesOrigin: string,
  names: readonly string[],
  pollIntervalMs: number,
): Promise<BenchServer> {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const send = (response: ServerResponse, type: string, body: string) => {
    const policy = contentSecurityPolicy({
      serving: 'preview',
      port: 0,
      dynamodbOrigins: tablesOrigin === null ? [] : [tablesOrigin],
      inline: null,
    });
    const headers = { ...FIXED_HEADERS, 'content-security-policy': policy, 'content-type': type };
    response.writeHead(200, headers).end(body);
  };
  // As the local server does: the page believes nothing else.
  const proofs = proofKeeper(TOKEN);
  const identify = identity(SECRET, { ticket: null });
  const pages = names.map((name): [string, (request: IncomingMessage, response: ServerResponse) => void] => {
    const start: TokenedStart = {
      name: CANNED_TABLE,
      others: [],
      chosen: null,
      token: TOKEN,
      secret: SECRET,
      ticket: null,
      source: { kind: 'aws', profile: 'benchmark', endpoint: `${tablesOrigin}/${name}` },
      table: CANNED_TABLE,
      region: 'eu-west-1',
      keyNames: null,
      policy: null,
      pollIntervalMs,
      readUnitsPerHour: 40_000,
    };
    return [
      `/${name}`,
      (_request, response) => send(response, 'text/html; charset=utf-8', writePage(html, start, null)),
    ];
  });
  return servePages(
    folder,
    new Map([
      ...pages,
      [
        ROUTES.credentials,
        (request, response) => {
          proofs.prove(describeRequest(request), response);
          sendJson(response, 200, credentials());
        },
      ],
      [
        ROUTES.identity,
        (request, response) => {
          const description = describeRequest(request);
          sendJson(response, 200, identify(description.port, soleHeader(description, NONCE_HEADER) ?? ''));
        },
      ],
    ]),
  );
}

const TOKEN = 'benchmark';
const SECRET = 'A'.repeat(43);
const LIFE_MS = 3_600_000;

function credentials(): ProfileCredentials {
  return {
    AccessKeyId: 'benchmark',
    SecretAccessKey: 'benchmark',
    Token: 'benchmark',
    Expiration: new Date(Date.now() + LIFE_MS).toISOString(),
    ExpiresInMs: LIFE_MS,
    ServerTime: new Date().toISOString(),
    Profile: 'benchmark',
    Scope: 'session',
  };
}
