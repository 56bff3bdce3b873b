import { readFileSync } from 'node:fs';
import { CHANGES_KEY, TOTAL_KEY } from '../../src/store/change-counter.ts';
import { DOCUMENTED_SCHEMA } from '../store/documented-schema.ts';
import { CANNED_TABLE } from './canned-names.ts';
import type { TextItem } from './generated-items.ts';

/** DynamoDB ends a page at 1 MB of item size, which is less than its size on the wire. */
const PAGE_BYTES = 1024 * 1024;

/** Read units of a whole page of a Scan, and of one small item read with eventual consistency. */
const PAGE_UNITS = 128;
const ITEM_UNITS = 0.5;

/** Answers of a table to the calls of a reader, made before anything is measured. */
export interface CannedTable {
  readonly items: number;
  /** @returns the body of the answer and what it costs; undefined for a call that it does not know */
  answer(target: string, body: string): CannedAnswer | undefined;
  /**
   * Puts an item in the place of the one with its keys, and counts the change. A Scan does not see it.
   *
   * @returns when a Query first answered with it, by `Date.now`
   */
  publish(item: TextItem): Promise<number>;
}

export interface CannedAnswer {
  readonly body: Buffer;
  readonly readUnits: number;
}

/** @param segments every number of segments in which it will be scanned */
export function cannedTable(items: readonly TextItem[], segments: readonly number[]): CannedTable {
  const pages = new Map<string, Buffer>();
  for (const total of segments) {
    for (let segment = 0; segment < total; segment++) {
      const from = Math.floor((items.length * segment) / total);
      const to = Math.floor((items.length * (segment + 1)) / total);
      addPages(pages, `${segment}/${total}`, items.slice(from, to));
    }
  }
  const sizeBytes = items.reduce((sum, item) => sum + sizeOf(item), 0);
  const description = Buffer.from(
    JSON.stringify({
      Table: {
        TableName: CANNED_TABLE,
        TableStatus: 'ACTIVE',
        ItemCount: items.length,
        TableSizeBytes: sizeBytes,
        ...DOCUMENTED_SCHEMA,
      },
    }),
  );
  const published: TextItem[] = [];
  let tell: (at: number) => void = () => {};
  const total = () => ({
    count: { N: String(100 + published.length) },
    last1: { S: published.at(-1)?.version ?? 'v1.0.0' },
  });
  return {
    items: items.length,
    publish(item) {
      published.push(item);
      return new Promise((resume) => {
        tell = resume;
      });
    },
    answer(target, body) {
      if (target.endsWith('.DescribeTable')) return { body: description, readUnits: 0 };
      if (target.endsWith('.GetItem')) return { body: itemAnswer(JSON.parse(body), total()), readUnits: ITEM_UNITS };
      if (target.endsWith('.Query')) {
        const answer = queryAnswer(body, total(), items, published);
        if (!body.includes(CHANGES_KEY)) tell(Date.now());
        return { body: answer, readUnits: ITEM_UNITS };
      }
      if (!target.endsWith('.Scan')) return undefined;
      const call: { Segment?: number; TotalSegments?: number; ExclusiveStartKey?: unknown } = JSON.parse(body);
      const page = pages.get(pageName(`${call.Segment ?? 0}/${call.TotalSegments ?? 1}`, call.ExclusiveStartKey));
      return page && { body: page, readUnits: PAGE_UNITS };
    },
  };
}

const consumed = (CapacityUnits: number) => ({ TableName: CANNED_TABLE, CapacityUnits });

type Total = Readonly<Record<string, { readonly S: string } | { readonly N: string }>>;

/** All counters where these are asked for, else the items of one release. */
function queryAnswer(body: string, total: Total, items: readonly TextItem[], published: readonly TextItem[]): Buffer {
  const asked: { ExpressionAttributeValues?: Record<string, { S?: string }> } = JSON.parse(body);
  const values = Object.values(asked.ExpressionAttributeValues ?? {}).map(({ S }) => S);
  const isOf = ({ version }: TextItem): boolean => values.includes(version);
  const placed = new Map([...items, ...published].filter(isOf).map((item) => [item['component#name'], item]));
  const counters = { version: { S: CHANGES_KEY }, 'component#name': { S: TOTAL_KEY }, ...total };
  const Items = values.includes(CHANGES_KEY) ? [counters] : [...placed.values()].map(onTheWire);
  const counts = { Count: Items.length, ScannedCount: Items.length };
  return Buffer.from(JSON.stringify({ Items, ...counts, ConsumedCapacity: consumed(ITEM_UNITS) }));
}

/** The change counter; there is no policy item. */
function itemAnswer({ Key }: { Key: Record<string, { S: string }> }, total: Total): Buffer {
  const values = Object.values(Key).map(({ S }) => S);
  const isTotal = values.includes(CHANGES_KEY) && values.includes(TOTAL_KEY);
  const answer = isTotal ? { Item: { ...Key, ...total } } : {};
  return Buffer.from(JSON.stringify({ ...answer, ConsumedCapacity: consumed(ITEM_UNITS) }));
}

function onTheWire(item: TextItem): Record<string, { S: string }> {
  return Object.fromEntries(Object.entries(item).map(([key, S]) => [key, { S }]));
}

function addPages(pages: Map<string, Buffer>, segment: string, items: readonly TextItem[]): void {
  let name = pageName(segment, undefined);
  for (let at = 0; at < items.length || at === 0; ) {
    const page: TextItem[] = [];
    for (let bytes = 0; at < items.length && bytes < PAGE_BYTES; at++) {
      const item = items[at];
      if (item === undefined) break;
      page.push(item);
      bytes += sizeOf(item);
    }
    const last = page.at(-1);
    const next =
      at < items.length && last
        ? { version: { S: last.version }, 'component#name': { S: last['component#name'] } }
        : undefined;
    const wire = page.map(onTheWire);
    const answer = {
      Items: wire,
      Count: wire.length,
      ScannedCount: wire.length,
      LastEvaluatedKey: next,
      ConsumedCapacity: consumed(PAGE_UNITS),
    };
    pages.set(name, Buffer.from(JSON.stringify(answer)));
    if (next === undefined) return;
    name = pageName(segment, next);
  }
}

/** The start key by its values: its attributes may come back in another order. */
function pageName(segment: string, start: unknown): string {
  const values = typeof start === 'object' && start !== null ? Object.entries(start).sort() : [];
  return `${segment} ${JSON.stringify(values)}`;
}

/** Bytes as DynamoDB counts them: names and values in UTF-8. */
function sizeOf(item: TextItem): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  return bytes;
}

/** The releases of the Backstage file as fragments, as `npm run demo -- --data` makes them (docs/table.md). */
export function backstageItems(path: string): TextItem[] {
  const releases: { release: string; date: string; packages: Record<string, string> }[] = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  return releases.flatMap(({ release, date, packages }) =>
    Object.entries(packages).map(([name, npmVersion]) => ({
      version: `v${release}`,
      'component#name': `${name.includes('backend') ? 'backend' : 'frontend'}#${name}`,
      npmVersion,
      date,
    })),
  );
}
