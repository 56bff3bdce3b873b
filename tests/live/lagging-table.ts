import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { attributeValues } from '../../src/store/attribute-value.ts';
import { CHANGES_KEY, releaseCounterKey, TOTAL_KEY } from '../../src/store/change-counter.ts';
import type { TableConnection } from '../../src/store/client.ts';

/** The time of a simulated world, milliseconds since 1970. */
export interface Clock {
  now: number;
}

/** What the SDK hands over for HTTP, as far as it is looked at. */
export interface HttpRequest {
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/**
 * A table in memory that answers as DynamoDB does over HTTP: a read without `ConsistentRead` comes from a replica, which
 * knows the table as it was a while ago. It counts the read units that DynamoDB would.
 */
export interface LaggingTable {
  readonly requestHandler: NonNullable<TableConnection['requestHandler']>;
  /** What the handler answers by. */
  answer(request: HttpRequest): { readonly response: { readonly statusCode: number } };
  put(release: string, component: string, attributes: Item): void;
  remove(release: string, component: string): void;
  /** As `countChanges` does: first the release's own counter … */
  countRelease(release: string): void;
  /** … then the total. */
  countTotal(release: string): void;
  /** What the table holds now, without what is not a fragment. */
  fragments(): readonly Item[];
  /** @returns read units and calls since this was asked last */
  take(): { readonly readUnits: number; readonly calls: readonly string[] };
}

export interface LaggingOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Replicas are behind by up to so many milliseconds. */
  readonly lagMs: number;
  /** Items of one page; DynamoDB ends a page at 1 MB. */
  readonly pageItems?: number;
  /** How long a call takes; whatever happens meanwhile is to happen in it. */
  readonly pass?: () => void;
  /** How often a call fails, from 0 to 1. */
  readonly failing?: number;
}

interface Version {
  readonly at: number;
  /** Null: removed. */
  readonly wire: object | null;
  readonly item: Item | null;
  readonly bytes: number;
}

const { release: HASH, component: RANGE } = DOCUMENTED_KEYS;

export function laggingTable(options: LaggingOptions): LaggingTable {
  const { clock, random, lagMs, pageItems = 400, pass = () => {}, failing = 0 } = options;
  /** By release and component: what was written, the latest last; older than any replica remembers is dropped. */
  const partitions = new Map<string, Map<string, Version[]>>();
  const counts = new Map<string, { count: number; last: string[] }>();
  let readUnits = 0;
  let calls: string[] = [];

  const write = (release: string, component: string, item: Item | null): void => {
    const partition = partitions.get(release) ?? new Map<string, Version[]>();
    partitions.set(release, partition);
    const before = partition.get(component) ?? [];
    const oldest = before.findLastIndex(({ at }) => at <= clock.now - lagMs);
    const kept = before.slice(Math.max(oldest, 0));
    const whole = item === null ? null : { [HASH]: release, [RANGE]: component, ...item };
    const wire = whole === null ? null : attributeValues(whole);
    kept.push({ at: clock.now, wire, item: whole, bytes: wire === null ? 0 : JSON.stringify(wire).length * 0.8 });
    partition.set(component, kept);
  };
  const count = (range: string, release: string): void => {
    const known = counts.get(range) ?? { count: 0, last: [] };
    const next = { count: known.count + 1, last: [release, ...known.last].slice(0, 16) };
    counts.set(range, next);
    const names = range === TOTAL_KEY ? next.last : [];
    write(CHANGES_KEY, range, {
      count: next.count,
      ...Object.fromEntries(names.map((name, place) => [`last${place + 1}`, name])),
    });
  };
  /** As a replica that is behind by `lag` knows it. */
  const versionAt = (versions: readonly Version[], lag: number): Version | undefined =>
    versions.findLast(({ at }) => at <= clock.now - lag);

  const keysOf = (input: Record<string, unknown>): [string, string][] => {
    const { Segment: segment = 0, TotalSegments: segments = 1 } = input;
    return [...partitions.entries()].flatMap(([release, partition], place) =>
      place % Number(segments) === segment
        ? [...partition.keys()].sort().map((component): [string, string] => [release, component])
        : [],
    );
  };
  const page = (keys: [string, string][], input: Record<string, unknown>, lag: number) => {
    const start = nativeKey(input.ExclusiveStartKey);
    const from = start === null ? 0 : keys.findIndex(([r, c]) => r === start[0] && c === start[1]) + 1;
    const slice = keys.slice(from, from + pageItems);
    const found = slice.flatMap(([release, component]) => {
      const version = versionAt(partitions.get(release)?.get(component) ?? [], lag);
      return version?.wire == null ? [] : [version];
    });
    const last = slice.at(-1);
    const bytes = found.reduce((sum, each) => sum + each.bytes, 0);
    return {
      Items: found.map(({ wire }) => wire),
      Count: found.length,
      ...(last !== undefined && from + pageItems < keys.length
        ? { LastEvaluatedKey: attributeValues({ [HASH]: last[0], [RANGE]: last[1] }) }
        : {}),
      ...consumed(bytes, input),
    };
  };
  const consumed = (bytes: number, input: Record<string, unknown>) => {
    const units = (Math.max(1, Math.ceil(bytes / 4096)) * (input.ConsistentRead === true ? 2 : 1)) / 2;
    readUnits += units;
    return { ConsumedCapacity: { CapacityUnits: units } };
  };

  const answer = (operation: string, input: Record<string, unknown>): object => {
    const lag = input.ConsistentRead === true || random() < 0.5 ? 0 : random() * lagMs;
    switch (operation) {
      case 'DescribeTable':
        return {
          Table: {
            TableStatus: 'ACTIVE',
            KeySchema: [
              { AttributeName: HASH, KeyType: 'HASH' },
              { AttributeName: RANGE, KeyType: 'RANGE' },
            ],
            AttributeDefinitions: [HASH, RANGE].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          },
        };
      case 'GetItem': {
        const [release, component] = nativeKey(input.Key) ?? ['', ''];
        const version = versionAt(partitions.get(release)?.get(component) ?? [], lag);
        return { ...(version?.wire == null ? {} : { Item: version.wire }), ...consumed(version?.bytes ?? 0, input) };
      }
      case 'Query': {
        const [release] = Object.values(textsOf(input.ExpressionAttributeValues));
        const partition = partitions.get(release ?? '') ?? new Map<string, Version[]>();
        return page(
          [...partition.keys()].sort().map((component) => [release ?? '', component]),
          input,
          lag,
        );
      }
      case 'Scan':
        return page(keysOf(input), input, lag);
      default:
        throw new Error(`A dashboard does not call ${operation}.`);
    }
  };

  const handle = (request: HttpRequest) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    calls.push(operation);
    pass();
    const fails = operation !== 'DescribeTable' && random() < failing;
    const body = fails
      ? { __type: 'com.amazonaws.dynamodb.v20120810#ValidationException', message: 'Not now.' }
      : answer(operation, JSON.parse(textOf(request.body)));
    return {
      response: {
        statusCode: fails ? 400 : 200,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: new TextEncoder().encode(JSON.stringify(body)),
      },
    };
  };

  return {
    requestHandler: {
      metadata: { handlerProtocol: 'in-process' },
      handle: async (request: HttpRequest) => handle(request),
    },
    answer: handle,
    put: write,
    remove: (release, component) => write(release, component, null),
    countRelease: (release) => count(releaseCounterKey(release), release),
    countTotal: (release) => count(TOTAL_KEY, release),
    fragments: () =>
      [...partitions].flatMap(([release, partition]) =>
        release === CHANGES_KEY
          ? []
          : [...partition.values()].map((versions) => versions.at(-1)?.item ?? null).filter((item) => item !== null),
      ),
    take() {
      const taken = { readUnits, calls };
      readUnits = 0;
      calls = [];
      return taken;
    },
  };
}

function nativeKey(value: unknown): [string, string] | null {
  const texts = textsOf(value);
  const [release, component] = [texts[HASH], texts[RANGE]];
  return release === undefined || component === undefined ? null : [release, component];
}

/** The texts of `{ "name": { "S": "text" } }`. */
function textsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, typed]: [string, unknown]) =>
      typeof typed === 'object' && typed !== null && 'S' in typed && typeof typed.S === 'string'
        ? [[name, typed.S]]
        : [],
    ),
  );
}

function textOf(body: unknown): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
}
