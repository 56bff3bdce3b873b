import type { Browser } from '@playwright/test';
import { serveTables } from './bench-server.ts';
import { cannedTable } from './canned-table.ts';
import { serveDashboard } from './dashboard-pages.ts';
import { benchFelt } from './felt.ts';
import { generatedItems } from './generated-items.ts';
import { measureStart } from './measure-start.ts';
import { type Line, ratios } from './results.ts';
import { measureInTurn } from './turns.ts';

/** Polls must not come between, milliseconds. */
const NO_POLL_MS = 3_600_000;

/** The dashboard over a million fragments, from navigation to its final matrix, beside the bare page. */
export async function benchMillion(
  browser: Browser,
  dashboardFolder: string,
  pagesOrigin: string,
  rounds: number,
): Promise<Line[]> {
  const table = cannedTable(generatedItems(2_000, 500), [1, 4]);
  const served = await serveTables(new Map([['million', table]]));
  const dashboard = await serveDashboard(dashboardFolder, served.origin, ['million'], NO_POLL_MS);
  const bare = `${pagesOrigin}/bare.html?endpoint=${encodeURIComponent(`${served.origin}/million`)}`;
  try {
    const of = await measureInTurn(rounds, ['bare', 'ours'], (way) =>
      way === 'bare'
        ? measureStart(browser, bare, 'bare')
        : measureStart(browser, `${dashboard.origin}/million`, 'dashboard'),
    );
    const subject = `${table.items} items`;
    const line = (measure: string, key: 'painted' | 'heapMb', id: 'million-start' | 'million-heap'): Line => ({
      subject,
      measure: `${measure}, ratio to bare page`,
      ours: ratios(
        of('ours').map((each) => each[key]),
        of('bare').map((each) => each[key]),
      ),
      other: of('ours').map((each) => each[key]),
      otherName: 'itself',
      target: null,
      id,
    });
    return [
      line('final matrix', 'painted', 'million-start'),
      line('heap', 'heapMb', 'million-heap'),
      ...(await benchFelt(browser, dashboardFolder, [['1,000,000', 2_000, 500]], rounds)),
    ];
  } finally {
    await dashboard.stop();
    await served.stop();
  }
}
