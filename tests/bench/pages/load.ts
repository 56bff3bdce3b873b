import { connectTable, EMULATOR_CREDENTIALS } from '../../../src/store/client.ts';
import { readTable } from '../../../src/store/read-table.ts';
import { describeTable } from '../../../src/store/table-keys.ts';
import { CANNED_TABLE } from '../canned-names.ts';
import './bench-page.ts';

/** The limit: the pages one after the other, each parsed, nothing done with them. */
async function bare(endpoint: string): Promise<number> {
  let items = 0;
  let start: unknown;
  do {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.Scan' },
      body: JSON.stringify({ TableName: CANNED_TABLE, ExclusiveStartKey: start }),
      cache: 'no-store',
    });
    const page: { Items: unknown[]; LastEvaluatedKey?: unknown } = JSON.parse(await answer.text());
    items += page.Items.length;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

/** Ours: the DocumentClient as the dashboard makes it, key names first, then every page into plain items. */
async function reader(endpoint: string): Promise<number> {
  const client = connectTable({ region: 'eu-west-1', credentials: EMULATOR_CREDENTIALS, endpoint });
  const described = await describeTable(client, { table: CANNED_TABLE, configuredKeys: null });
  const { items } = await readTable(client, { described });
  return items.length;
}

window.bench = {
  async load(way, endpoint) {
    const read = way === 'bare' ? bare : reader;
    const started = performance.now();
    const items = await read(endpoint);
    return { ms: performance.now() - started, items };
  },
};
