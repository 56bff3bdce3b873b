import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Locator, Page } from '@playwright/test';
import { type DashboardServer, startDashboardServer } from './dashboard-server.ts';
import { type FaultServer, startFaultServer } from './fault-server.ts';
import { test as base } from './page-guards.ts';

export const TABLE = 'ReleaseFragments';

/** A dashboard on a table behind an endpoint of this machine, which a test writes to and makes fail. */
export interface LiveTable {
  readonly faults: FaultServer;
  readonly server: DashboardServer;
  readonly put: Put;
  remove(release: string, component: string): Promise<void>;
}

/** Tests with a {@link LiveTable} of their own. `pollSeconds`: the settings' poll interval, 2 at least. */
export const test = base.extend<{ pollSeconds: number; live: LiveTable }>({
  pollSeconds: [2, { option: true }],
  live: async ({ pollSeconds }, use) => {
    const live = await openLiveTable(pollSeconds);
    await use(live);
    await live.stop();
  },
});

/** @param pollSeconds the settings' poll interval, 2 at least */
export async function openLiveTable(pollSeconds: number): Promise<LiveTable & { stop(): Promise<void> }> {
  const faults = await startFaultServer(TABLE);
  const server = await startDashboardServer({
    mode: 'preview',
    env: { DYNAMODB_ENDPOINT: faults.url, POLL_INTERVAL_SECONDS: String(pollSeconds) },
  });
  return {
    faults,
    server,
    put: putInto(faults),
    async remove(release, component) {
      const Key = { version: release, 'component#name': component };
      await faults.table.client.send(new DeleteCommand({ TableName: TABLE, Key }));
    },
    async stop() {
      await server.stop();
      await faults.stop();
    },
  };
}

/** Puts a fragment, dated now, past all faults. */
export type Put = (release: string, component: string, attributes?: Record<string, unknown>) => Promise<void>;

export function putInto({ table }: FaultServer): Put {
  return async (release, component, attributes = {}) => {
    const Item = { version: release, 'component#name': component, date: new Date().toISOString(), ...attributes };
    await table.client.send(new PutCommand({ TableName: TABLE, Item }));
  };
}

/** Two releases of two components. */
export async function fill(live: { readonly put: Put }): Promise<void> {
  for (const release of ['v1.0.0', 'v1.1.0']) {
    for (const component of ['backend#auth', 'frontend#shell']) await live.put(release, component);
  }
}

export const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Release matrix' });
export const status = (page: Page): Locator => page.getByRole('status');
export const cell = (page: Page, name: string): Locator => grid(page).getByRole('gridcell', { name, exact: true });

/** What a browser does when the tab goes behind another, or comes back. */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((hide) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hide ? 'hidden' : 'visible'),
    });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hide });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
}
