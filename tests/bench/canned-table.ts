import { readFileSync } from 'node:fs';
import { CANNED_TABLE } from './canned-names.ts';
import { tagsOf } from './drawn-estate.ts';
import { seededRandom } from './random.ts';

/** An item whose attributes are all text: enough for a table of fragments, and its size on the wire is that of any. */
export type TextItem = Readonly<Record<string, string>>;

/** DynamoDB ends a page at 1 MB of item size, which is less than its size on the wire. */
const PAGE_BYTES = 1024 * 1024;

/** Answers of a table to DescribeTable and Scan, made before anything is measured. */
export interface CannedTable {
  readonly items: number;
  /** @returns the body of the answer; undefined for a call that it does not know */
  answer(target: string, body: string): Buffer | undefined;
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
        KeySchema: [
          { AttributeName: 'version', KeyType: 'HASH' },
          { AttributeName: 'component#name', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'version', AttributeType: 'S' },
          { AttributeName: 'component#name', AttributeType: 'S' },
        ],
      },
    }),
  );
  return {
    items: items.length,
    answer(target, body) {
      if (target.endsWith('.DescribeTable')) return description;
      if (!target.endsWith('.Scan')) return undefined;
      const call: { Segment?: number; TotalSegments?: number; ExclusiveStartKey?: unknown } = JSON.parse(body);
      return pages.get(pageName(`${call.Segment ?? 0}/${call.TotalSegments ?? 1}`, call.ExclusiveStartKey));
    },
  };
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
    const wire = page.map((item) => Object.fromEntries(Object.entries(item).map(([key, S]) => [key, { S }])));
    const answer = {
      Items: wire,
      Count: wire.length,
      ScannedCount: wire.length,
      LastEvaluatedKey: next,
      ConsumedCapacity: { TableName: CANNED_TABLE, CapacityUnits: 128 },
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

/** Fragments with all the usual fields, about 500 bytes each; 8 % of the combinations are not there. */
export function generatedItems(releases: number, components: number): TextItem[] {
  const random = seededRandom(3);
  const hex = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const items: TextItem[] = [];
  for (const version of tagsOf(releases)) {
    for (let index = 0; index < components; index++) {
      if (random() < 0.08) continue;
      const name = `component-${index}`;
      items.push({
        version,
        'component#name': `${['frontend', 'backend', 'kafka', 'infra'][index % 4]}#${name}`,
        componentVersion: `${Math.floor(random() * 4)}.${Math.floor(random() * 30)}.${index % 10}`,
        repo: `acme/${name}`,
        commit: hex(40),
        date: '2026-11-01T10:00:00Z',
        artifact: `ghcr.io/acme/${name}@sha256:${hex(64)}`,
        digest: `sha256:${hex(64)}`,
        owner: `team-${index % 12}`,
        changelog: 'Fixes the order of events after a restart, and says in the log which one came twice.',
      });
    }
  }
  return items;
}

/** The releases of the Backstage file as fragments, by the rule its README gives. */
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
