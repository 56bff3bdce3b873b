import { EMULATOR_CREDENTIALS } from '../../../src/contract/emulator-credentials.ts';
import { connectTable } from '../../../src/store/client.ts';
import { readTable } from '../../../src/store/read-table.ts';
import { describeTable } from '../../../src/store/table-keys.ts';
import { CANNED_TABLE } from '../canned-names.ts';
import { bareScan } from './bare-scan.ts';
import './bench-page.ts';

async function bare(endpoint: string, segments: number): Promise<number> {
  return (await bareScan(endpoint, segments)).reduce((sum, { Items }) => sum + Items.length, 0);
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
    const started = performance.now();
    const items = way === 'reader' ? await reader(endpoint) : await bare(endpoint, way === 'bare4' ? 4 : 1);
    return { ms: performance.now() - started, items };
  },
};
