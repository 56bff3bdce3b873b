import { type DynamoDBClientConfig, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { EMULATOR_CREDENTIALS } from '../../contract/emulator-credentials.ts';
import { DOCUMENTED_KEYS } from '../../release/item/item.ts';
import { connectTable } from '../../store/client.ts';
import { send } from '../../store/send.ts';
import { createReleaseTable } from '../../store/write-items.ts';
import { handOver } from './handed-call.ts';
import { type FolderStore, openFolderStore } from './store-folder.ts';
import type { OwnTablePort, TableAnswer } from './table-port.ts';

export interface EmbeddedTableOptions {
  /** Name of the table that is made. */
  readonly table: string;
  /** Region the client of this table names; it has no effect. */
  readonly region: string;
  /** What the table is filled with, as the screen says it: “demo estate”. A table found filled says it itself. */
  readonly data: string;
  /** Folder in which the table stays; null or absent: in memory, gone when the process ends. */
  readonly folder?: string | null;
}

/**
 * A DynamoDB table inside this process: no port, and no file unless a folder was asked for.
 *
 * The class is not exported and has private state, so nothing else passes for an `EmbeddedTable`: whoever asks for one,
 * such as the simulated CI, cannot be handed a client of a real table.
 */
class InProcessTable implements OwnTablePort {
  readonly table: string;
  readonly data: string;
  /** The real SDK, without a socket. */
  readonly client: DynamoDBDocumentClient;
  /** What a person must be told of the folder, as a sentence; null: nothing. */
  readonly notice: string | null;
  /** Whether the table was found filled in its folder. */
  readonly isFilled: boolean;
  readonly #store: FolderStore;
  #size: Size = { items: 0, bytes: 0 };
  #closed = false;

  constructor({ table, region, data }: EmbeddedTableOptions, store: FolderStore) {
    this.table = table;
    this.data = store.filledWith ?? data;
    this.notice = store.notice;
    this.isFilled = store.filledWith !== null;
    this.#store = store;
    this.client = connectTable({
      region,
      credentials: EMULATOR_CREDENTIALS,
      endpoint: 'http://embedded.invalid', // never resolved: the handler below is all there is
      requestHandler: inProcessHandler((body, headers) => this.handle(body, headers)),
    });
  }

  async handle(body: Buffer, headers: Record<string, string>): Promise<TableAnswer> {
    if (this.#closed) throw new Error('The embedded table is closed.');
    const target = headers['x-amz-target'] ?? '';
    const answer = await handOver(this.#store.server, target, body);
    return answer.status === 200 && target.endsWith('.DescribeTable') ? withSize(answer, this.#size) : answer;
  }

  /**
   * Measures the table anew for the `ItemCount` and `TableSizeBytes` of DescribeTable, which dynalite leaves at 0. AWS
   * too updates those only now and then (about every six hours); here it is done after filling the table.
   *
   * @returns how many items there are
   */
  async measure(): Promise<number> {
    let items = 0;
    let units = 0;
    let from: ScanCommandInput['ExclusiveStartKey'];
    do {
      const asked = { Select: 'COUNT', ReturnConsumedCapacity: 'TOTAL', ExclusiveStartKey: from } as const;
      const page = await send(this.client, new ScanCommand({ TableName: this.table, ...asked }));
      items += page.Count ?? 0;
      units += page.ConsumedCapacity?.CapacityUnits ?? 0;
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    this.#size = { items, bytes: units * BYTES_PER_UNIT };
    return items;
  }

  /**
   * To be called when the table has been filled whole: it is measured, and a table in a folder is found filled from
   * then on. One whose filling was cut short is filled anew.
   *
   * @returns how many items there are
   */
  async filled(): Promise<number> {
    this.#store.fillNoted(this.data);
    return await this.measure();
  }

  /** Answers no further calls, and gives its folder free. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.client.destroy();
    await this.#store.close();
  }
}

export type EmbeddedTable = InProcessTable;

/**
 * Opens a table with the documented key names: empty, or as its folder holds it.
 *
 * @throws StoreFolderInUse when another process has the folder open
 * @throws Error when dynalite's database cannot be loaded: it loads `classic-level` even where it keeps everything in
 *   memory, whose binaries for the usual platforms are part of its package (no install script is needed)
 */
export async function openEmbeddedTable(options: EmbeddedTableOptions): Promise<EmbeddedTable> {
  const opened = new InProcessTable(options, await openFolderStore(options.folder ?? null, options.table));
  await createReleaseTable(opened.client, opened.table, DOCUMENTED_KEYS, { lookEveryMs: 5, limitMs: 5_000 });
  return opened;
}

/** The SDK's door to HTTP, leading to the table in this process instead. */
function inProcessHandler(handle: OwnTablePort['handle']): NonNullable<DynamoDBClientConfig['requestHandler']> {
  return {
    metadata: { handlerProtocol: 'in-process' },
    async handle(request: { readonly headers: Record<string, string>; readonly body?: unknown }) {
      const body: unknown = request.body;
      if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
        throw new Error('The embedded table takes whole bodies only, as text or bytes.');
      }
      // A view of the same bytes: Buffer.from(body) would call the SDK's own valueOf on them, which warns.
      const bytes =
        typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.length);
      const answer = await handle(bytes, request.headers);
      return { response: { statusCode: answer.status, headers: { ...answer.headers }, body: answer.body } };
    },
    destroy() {},
  };
}

interface Size {
  readonly items: number;
  readonly bytes: number;
}

/** An eventually consistent read unit covers 8 KB: half a unit for every 4 KB. */
const BYTES_PER_UNIT = 8192;

/** Puts our numbers into DescribeTable's answer; in a name, the quotation marks of the patterns would be escaped. */
function withSize(answer: TableAnswer, { items, bytes }: Size): TableAnswer {
  const text = answer.body
    .toString('utf8')
    .replace(/"ItemCount":\d+/, `"ItemCount":${items}`)
    .replace(/"TableSizeBytes":\d+/, `"TableSizeBytes":${bytes}`);
  const body = Buffer.from(text);
  // The checksum was that of the former body.
  const { 'x-amz-crc32': _, ...headers } = answer.headers;
  return { ...answer, headers: { ...headers, 'content-length': String(body.length) }, body };
}
