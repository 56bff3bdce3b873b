import { EMULATOR_CREDENTIALS } from '../../../src/contract/emulator-credentials.ts';
import { startIntake } from '../../../src/live/fragment-intake.ts';
import { reportMaker } from '../../../src/live/report-maker.ts';
import type { TableData } from '../../../src/live/table-data.ts';
import { readItem } from '../../../src/release/item/fragment.ts';
import { DEFAULTS_IN_FORCE } from '../../../src/release/policy/policy-item.ts';
import { connectTable } from '../../../src/store/client.ts';
import { readTable } from '../../../src/store/read-table.ts';
import { describeTable } from '../../../src/store/table-keys.ts';
import { CANNED_TABLE } from '../canned-names.ts';
import { WORK_MARK } from './bench-page.ts';

const { signal } = new AbortController();
const maker = reportMaker();
let table: TableData | null = null;

/** One poll of the dashboard: the whole table read, compared with what there was, and its report made. */
async function poll(endpoint: string): Promise<void> {
  const client = connectTable({ region: 'eu-west-1', credentials: EMULATOR_CREDENTIALS, endpoint });
  const described = await describeTable(client, { table: CANNED_TABLE, configuredKeys: null });
  const policy = DEFAULTS_IN_FORCE;
  const intake = startIntake(table, described.keys, policy.policy.environments, signal);
  const { items } = await readTable(client, { described, onPage: intake.take });
  const { fragments, evidence, rejected } = await intake.finish(items);
  await show({
    ...{ fragments, evidence, rejected, policy, keyNames: described.keys, keysFrom: described.keysFrom },
    ...{
      readAt: new Date().toISOString(),
      readUnits: null,
      tookMs: 1,
      incomplete: null,
      access: null,
      detection: null,
    },
  });
}

async function show(next: TableData): Promise<void> {
  table = next;
  maker.take(next);
  await maker.settled();
}

/** One fragment amid all others is replaced, as a cheap poll brings it. */
async function change(): Promise<void> {
  if (table === null) throw new Error('Nothing has been read yet.');
  const fragments = [...table.fragments];
  const at = Math.floor(fragments.length / 2);
  const reading = readItem(
    { ...fragments[at]?.item, commit: 'changed' },
    table.keyNames,
    table.policy.policy.environments,
  );
  if ('fragment' in reading) fragments[at] = reading.fragment;
  await show({ ...table, fragments, readAt: new Date().toISOString() });
}

const WAYS: ReadonlyMap<string, (endpoint: string) => Promise<void>> = new Map([
  ['first load', poll],
  ['poll that finds all unchanged', poll],
  ['one changed fragment', change],
]);

window.bench = {
  async work(way, endpoint) {
    performance.mark(WORK_MARK);
    const started = performance.now();
    await WAYS.get(way)?.(endpoint);
    return performance.now() - started;
  },
};
