import type { Browser } from '@playwright/test';
import { serveTables } from './bench-server.ts';
import { cannedTable } from './canned-table.ts';
import { estateItems } from './estate-items.ts';
import { generatedItems } from './generated-items.ts';
import { measureLoad } from './measure.ts';
import { type Line, ratios } from './results.ts';
import { measureInTurn } from './turns.ts';

/** G1 and G2: how fast the reader has a whole table, beside bare fetch and JSON.parse. */
export async function benchLoad(browser: Browser, pagesOrigin: string, rounds: number): Promise<Line[]> {
  const [estate, estateName] = estateItems();
  const tables = new Map([
    ['generated', cannedTable(generatedItems(500, 200), [1, 4])],
    ['estate', cannedTable(estate, [1, 4])],
  ]);
  const served = await serveTables(tables);
  const measure = (table: string, latency: string, ways: readonly ('bare' | 'bare4' | 'reader')[]) =>
    measureInTurn(rounds, ways, (way) =>
      measureLoad(
        browser,
        `${pagesOrigin}/load.html`,
        way,
        `${served.origin}/${table}${latency}`,
        tables.get(table)?.items ?? 0,
      ),
    );
  const lines: Line[] = [];
  try {
    for (const [table, name, id] of [
      ['generated', 'generated, 500 B each', 'load-generated'],
      ['estate', estateName, 'load-estate'],
    ] as const) {
      const of = await measure(table, '', ['bare', 'reader']);
      lines.push(...beside(`${tables.get(table)?.items} items (${name})`, 'bare', of('reader'), of('bare'), id));
    }
    const of = await measure('generated', '@40', ['bare', 'bare4', 'reader']);
    const subject = `${tables.get('generated')?.items} items (generated)`;
    lines.push(...beside(subject, 'bare', of('reader'), of('bare'), 'latency-bare'));
    lines.push(...beside(subject, 'bare, 4 segments', of('reader'), of('bare4'), 'latency-bare4'));
  } finally {
    await served.stop();
  }
  return lines;
}

function beside(subject: string, name: string, ours: number[], other: number[], id: NonNullable<Line['id']>): Line[] {
  return [
    {
      subject,
      measure: `ratio to ${name}`,
      ours: ratios(ours, other),
      other,
      otherName: `${name}, ms`,
      target: null,
      id,
    },
  ];
}
