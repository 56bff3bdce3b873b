import { afterAll, beforeAll, describe } from 'vitest';
import { TEST_DYNAMOS, type TestDynamo } from './tables.ts';

/**
 * A block of tests for each DynamoDB.
 *
 * @param title of the block, with `$name` for the name of the DynamoDB
 * @param tests its hooks and tests
 */
export function eachDynamo(title: string, tests: (dynamo: TestDynamo) => void): void {
  describe.each(TEST_DYNAMOS)(title, ({ start }) => tests(dynamoForAll(start)));
}

/** Starts a DynamoDB before the tests of a block, or of a file, and closes it after them. */
export function dynamoForAll(start: () => Promise<TestDynamo>): TestDynamo {
  let dynamo: TestDynamo;
  beforeAll(async () => {
    dynamo = await start();
  });
  afterAll(() => dynamo.close());
  return onceMade(() => dynamo);
}

/** What a hook makes later, to be handed to tests now: hooks and tests can use it, the block itself cannot. */
export function onceMade<Made extends object>(made: () => Made): Made {
  return new Proxy({} as Made, { get: (_, name) => Reflect.get(made(), name) });
}
