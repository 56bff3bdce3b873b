import type { Browser, BrowserContext } from '@playwright/test';
import { chromium, test } from '@playwright/test';
import { startSts } from '../aws/sts-stub.ts';
import { writeProfile } from './aws-dashboard.ts';
import { type DashboardServer, startDashboardServer } from './dashboard-server.ts';
import { type FaultServer, startFaultServer } from './fault-server.ts';
import { fill } from './live-page.ts';
import { ownCertificate } from './own-certificate.ts';
import { type Put, putInto, TABLE } from './running-dashboards.ts';

/** How a page comes to its table: through the local server, or by itself, by https and under the rules of CORS. */
export const PATHS = ['local', 'AWS'] as const;
export type Path = (typeof PATHS)[number];

/** A dashboard on a table of two releases behind an endpoint that can be made to fail. */
export interface PathDashboard {
  readonly server: DashboardServer;
  readonly faults: FaultServer;
  readonly put: Put;
  /** How the browser is to find the endpoint, where that is one in AWS. */
  readonly hostRule: string | null;
  stop(): Promise<void>;
}

/** @param region of the endpoint in AWS; dashboards that share a browser have one each */
export async function startPath(path: Path, pollSeconds: number, region = 'eu-west-1'): Promise<PathDashboard> {
  const poll = { POLL_INTERVAL_SECONDS: String(pollSeconds) };
  if (path === 'local') {
    const faults = await startFaultServer(TABLE);
    const server = await startDashboardServer({ mode: 'preview', env: { DYNAMODB_ENDPOINT: faults.url, ...poll } });
    const put = putInto(faults);
    await fill({ put });
    return { server, faults, put, hostRule: null, stop: () => stopAll(server.stop, faults.stop) };
  }
  const host = `dynamodb.${region}.amazonaws.com`;
  const sts = await startSts();
  const faults = await startFaultServer(TABLE, ownCertificate(host));
  const server = await startDashboardServer({
    mode: 'preview',
    env: { AWS_PROFILE: 'canary', AWS_REGION: region, AWS_ENDPOINT_URL_STS: sts.endpoint, ...poll },
  });
  writeProfile(server.home);
  const put = putInto(faults);
  await fill({ put });
  return {
    server,
    faults,
    put,
    hostRule: `MAP ${host} 127.0.0.1:${faults.port}`,
    stop: () => stopAll(server.stop, faults.stop, sts.close),
  };
}

async function stopAll(...stops: readonly (() => Promise<void>)[]): Promise<void> {
  for (const stop of stops) await stop();
}

/** Starts a browser of its own for these dashboards, in which their endpoints in AWS are on this machine. */
export async function launchFor(dashboards: readonly PathDashboard[]): Promise<Browser> {
  const { launchOptions } = test.info().project.use;
  const own = dashboards.flatMap(({ hostRule }) => (hostRule === null ? [] : [hostRule]));
  const args = (launchOptions?.args ?? []).map((arg) =>
    // The first rule that fits holds.
    arg.startsWith('--host-resolver-rules=') ? arg.replace('=', `=${[...own, ''].join(', ')}`) : arg,
  );
  return await chromium.launch({ ...launchOptions, args });
}

/** A context that takes the endpoint's own certificate. */
export function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB', timezoneId: 'UTC' });
}
