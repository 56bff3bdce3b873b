import { afterEach, beforeEach } from 'vitest';
import { eachDynamo, onceMade } from '../store/each-dynamo.ts';
import type { TestDynamo } from '../store/tables.ts';
import { type RunningTable, runningTable } from './running-table.ts';

/** A block of tests `against` each DynamoDB, in which every test has an empty table of its own. */
export function eachTable(tests: (table: RunningTable, dynamo: TestDynamo) => void): void {
  eachDynamo('against $name', (dynamo) => tests(tableForEach(dynamo), dynamo));
}

/** Makes an empty table before each test of a block, or of a file, and drops it after it. */
export function tableForEach(dynamo: TestDynamo): RunningTable {
  let table: RunningTable;
  beforeEach(async () => {
    table = await runningTable(dynamo);
  });
  afterEach(() => table.drop());
  return onceMade(() => table);
}
