import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { eachDynamo } from '../store/each-dynamo.ts';
import { EXAMPLE_ESTATE, judgedEstate, publishItems } from './published-estate.ts';
import { runningTable } from './running-table.ts';

/** As any other client writes it: texts and numbers, and nothing of ours beside them. */
const wireItem = (item: (typeof EXAMPLE_ESTATE)[number]): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: `${value}` } : { S: `${value}` },
    ]),
  );

eachDynamo('against $name', (dynamo) => {
  test('an estate put by another client is judged, compared and told like the same estate published', async () => {
    const [plain, published] = [await runningTable(dynamo), await runningTable(dynamo)];
    for (const item of EXAMPLE_ESTATE) {
      await dynamo.client.send(new PutItemCommand({ TableName: plain.table, Item: wireItem(item) }));
    }
    expect((await publishItems(EXAMPLE_ESTATE, published.words)).exitCode).toBe(0);
    expect(await plain.items()).toEqual(expect.arrayContaining([...EXAMPLE_ESTATE]));
    expect(await plain.counters()).toEqual({});

    const said = await judgedEstate(plain.words);
    expect(said).toEqual(await judgedEstate(published.words));
    expect(said).toMatchObject({
      'check v1.3.0': { exitCode: 0, verdict: 'pass' },
      'check v1.4.0': { exitCode: 1, verdict: 'fail', completeness: { missing: ['backend#payment-service'] } },
    });
    // What another client put is published already, for a publisher that says the same.
    const again = await publishItems(EXAMPLE_ESTATE, plain.words);
    expect([again.exitCode, again.stdout.match(/^(already published|observed again) /gm)?.length]).toEqual([
      0,
      EXAMPLE_ESTATE.length,
    ]);
    await plain.drop();
    await published.drop();
  });
});
