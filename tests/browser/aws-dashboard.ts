import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from '@playwright/test';
import { type StsStub, startSts } from '../aws/sts-stub.ts';
import { type DashboardServer, startDashboardServer } from './dashboard-server.ts';
import { type FaultServer, startFaultServer } from './fault-server.ts';
import { fill } from './live-page.ts';
import { type Put, putInto, TABLE } from './running-dashboards.ts';

/** DynamoDB in AWS, which no test may call. */
export const AWS_ENDPOINT = 'https://dynamodb.eu-west-1.amazonaws.com';

/** The keys of the profile, easy to find wherever they are left. */
export const LONG_LIVED = { id: 'AKIACANARY0000000001', secret: 'canary-long-lived-secret' } as const;

/** An error in DynamoDB's own form; null: the table answers. Asked for every call of a page. */
export type Refuse = (request: Request) => { readonly __type: string; readonly message: string } | null;

/** A page, or a context for all its pages. */
interface Routed {
  readonly route: Page['route'];
}

/** Answers the pages' own calls to AWS from the table of a fault server, with the CORS headers of DynamoDB. */
export async function answerForAws(place: Routed, { table }: FaultServer, refuse: Refuse = () => null): Promise<void> {
  const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
  await place.route(`${AWS_ENDPOINT}/**`, async (route, request) => {
    if (request.method() === 'OPTIONS') return route.fulfill({ status: 200, headers: cors });
    // Whether it is there at all.
    if (request.method() === 'GET') return route.fulfill({ status: 200, body: 'healthy' });
    const refusal = refuse(request);
    if (refusal !== null) return route.fulfill({ status: 400, headers: cors, json: refusal });
    const { status, headers, body } = await table.handle(request.postDataBuffer() ?? Buffer.alloc(0), {
      'x-amz-target': request.headers()['x-amz-target'] ?? '',
    });
    return route.fulfill({ status, headers: { ...headers, ...cors }, body });
  });
}

/** A dashboard on a table in AWS that holds two releases, by a profile of long-lived keys that a stub of STS exchanges. */
export interface AwsDashboard {
  readonly server: DashboardServer;
  readonly sts: StsStub;
  readonly put: Put;
  stop(): Promise<void>;
}

/** @param env settings beside those of the profile, which is read every two seconds */
export async function startAwsDashboard(
  place: Routed,
  options: {
    readonly mode: 'dev' | 'preview';
    readonly env?: Readonly<Record<string, string>>;
    readonly refuse?: Refuse;
  },
): Promise<AwsDashboard> {
  const sts = await startSts();
  const faults = await startFaultServer(TABLE);
  const server = await startDashboardServer({
    mode: options.mode,
    env: {
      AWS_PROFILE: 'canary',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_STS: sts.endpoint,
      POLL_INTERVAL_SECONDS: '2',
      ...options.env,
    },
  });
  writeProfile(server.home);
  const put = putInto(faults);
  await fill({ put });
  await answerForAws(place, faults, options.refuse);
  return {
    server,
    sts,
    put,
    async stop() {
      await server.stop();
      await faults.stop();
      await sts.close();
    },
  };
}

/** Writes the profile `canary` into a home folder. */
export function writeProfile(home: string): void {
  mkdirSync(join(home, '.aws'));
  writeFileSync(
    join(home, '.aws', 'credentials'),
    `[canary]\naws_access_key_id = ${LONG_LIVED.id}\naws_secret_access_key = ${LONG_LIVED.secret}\n`,
  );
}
