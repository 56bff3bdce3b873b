import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { openEmbeddedTable } from '../../src/devserver/table/embedded-table.ts';

/**
 * Writes items into a kept table one after the other, four at a time, and names each on its own line once it was
 * acknowledged. Goes on until it is killed. Arguments: the folder, and a word that all keys begin with.
 */
const [folder = '', run = ''] = process.argv.slice(2);
const table = await openEmbeddedTable({ table: 'ReleaseFragments', region: 'eu-central-1', data: 'test', folder });
if (table.notice !== null) throw new Error(table.notice);

let next = 0;
const write = async (): Promise<void> => {
  for (;;) {
    const component = `backend#${run}-${next++}`;
    const Item = { version: 'v1.0.0', 'component#name': component, changelog: 'x'.repeat(500 + (next % 7) * 900) };
    await table.client.send(new PutCommand({ TableName: table.table, Item }));
    process.stdout.write(`${component}\n`);
  }
};
const failed = await Promise.race(Array.from({ length: 4 }, write)).catch((error: unknown) => error);
// Where it was not killed but refused, the table must still be there for readers.
const read = await table.measure().then(
  (items) => `still reads ${items}`,
  (error: unknown) => `reads fail: ${String(error)}`,
);
process.stdout.write(`refused: ${String(failed)}; ${read}\n`);
