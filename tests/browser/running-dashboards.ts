import { DeleteCommand, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
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

/** Settings in the environment of a local server; tests with the same ones share a dashboard. */
type DashboardSettings = Readonly<Record<'POLL_INTERVAL_SECONDS' | 'READ_UNITS_PER_HOUR', string>>;

interface RunningDashboard {
  readonly faults: FaultServer;
  readonly server: DashboardServer;
}

/**
 * Tests on the demo estate, which stands still (`demo`, `open`), and on a table of their own (`live`), which is empty and
 * without faults at first. `pollSeconds`: the settings' poll interval, 2 at least;
 * `readUnitsPerHour`: their limit, `''` for none.
 *
 * The servers start when a test first wants them and last as long as the worker: to start them takes longer than most
 * tests. One object for all test files, as a worker is only kept for tests with the same fixtures.
 */
export const test = base.extend<
  { open: (search?: string) => Promise<void>; pollSeconds: number; readUnitsPerHour: string; live: LiveTable },
  { demo: DashboardServer; dashboardWith: (settings: DashboardSettings) => Promise<RunningDashboard> }
>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const server = await startDashboardServer({ mode: 'preview', env: { SIMULATED_CI: 'off' } });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  /** Opens the page on the demo estate with these URL parameters and waits for the first reading. */
  open: async ({ demo, page }, use) => {
    await use(async (search = '') => {
      await page.goto(`${demo.url}${search}`);
      // Not for a view: filters that leave nothing leave no grid either, and a release has no filters.
      await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    });
  },
  pollSeconds: [2, { option: true }],
  readUnitsPerHour: ['', { option: true }],
  dashboardWith: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const dashboards = new Map<string, Promise<RunningDashboard>>();
      const start = async (env: DashboardSettings): Promise<RunningDashboard> => {
        const faults = await startFaultServer(TABLE);
        const server = await startDashboardServer({ mode: 'preview', env: { DYNAMODB_ENDPOINT: faults.url, ...env } });
        return { faults, server };
      };
      await use((settings) => {
        const key = JSON.stringify(settings);
        const dashboard = dashboards.get(key) ?? start(settings);
        dashboards.set(key, dashboard);
        return dashboard;
      });
      for (const { faults, server } of await Promise.all(dashboards.values())) {
        await server.stop();
        await faults.stop();
      }
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  live: async ({ pollSeconds, readUnitsPerHour, dashboardWith }, use) => {
    const { faults, server } = await dashboardWith({
      POLL_INTERVAL_SECONDS: String(pollSeconds),
      READ_UNITS_PER_HOUR: readUnitsPerHour,
    });
    faults.fail(null);
    faults.release();
    await emptyTable(faults);
    faults.takeCalls();
    await use({
      faults,
      server,
      put: putInto(faults),
      async remove(release, component) {
        const Key = { version: release, 'component#name': component };
        await faults.table.client.send(new DeleteCommand({ TableName: TABLE, Key }));
      },
    });
  },
});

/** Past all faults. */
async function emptyTable({ table }: FaultServer): Promise<void> {
  // Page by page: what one test leaves may be more than the megabyte of one.
  for await (const { Items = [] } of paginateScan({ client: table.client }, { TableName: TABLE })) {
    for (const { version, 'component#name': name } of Items) {
      const Key = { version, 'component#name': name };
      await table.client.send(new DeleteCommand({ TableName: TABLE, Key }));
    }
  }
  await table.measure();
}

/** Puts a fragment, dated now, past all faults. */
export type Put = (release: string, component: string, attributes?: Record<string, unknown>) => Promise<void>;

export function putInto({ table }: FaultServer): Put {
  return async (release, component, attributes = {}) => {
    const Item = { version: release, 'component#name': component, date: new Date().toISOString(), ...attributes };
    await table.client.send(new PutCommand({ TableName: TABLE, Item }));
  };
}
