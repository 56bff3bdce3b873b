import { beforeAll, expect, test } from 'vitest';
import { EXAMPLE_ESTATE, judgedEstate, publishItems } from '../cli/published-estate.ts';
import { awsDynamodb, createReleaseTable, dynamodbLocalEndpoint } from './aws-cli.ts';

const [PLAIN, PUBLISHED] = ['plain-estate', 'published-estate'];

beforeAll(() => {
  for (const table of [PLAIN, PUBLISHED]) createReleaseTable(table);
});

test('an estate that the AWS CLI put is judged, compared and told like the same estate published', async () => {
  for (const item of EXAMPLE_ESTATE) {
    const wire = Object.entries(item).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: `${value}` } : { S: value },
    ]);
    awsDynamodb('put-item', '--table-name', PLAIN, '--item', JSON.stringify(Object.fromEntries(wire)));
  }
  const wordsOf = (table: string) => ['--table', table, '--endpoint', dynamodbLocalEndpoint()];
  expect((await publishItems(EXAMPLE_ESTATE, wordsOf(PUBLISHED))).exitCode).toBe(0);
  const said = await judgedEstate(wordsOf(PLAIN));
  expect(said).toEqual(await judgedEstate(wordsOf(PUBLISHED)));
  expect(said).toMatchObject({
    'check v1.3.0': { exitCode: 0, verdict: 'pass' },
    'check v1.4.0': { exitCode: 1, verdict: 'fail' },
  });
  // The AWS CLI is started for every item, some seconds each where the machine is busy.
}, 240_000);
