import { beforeAll, expect, test } from 'vitest';
import { releaseMatrix } from '../cli/command.ts';
import { documentedFragments } from '../docs/fragment-commands.ts';
import { awsDynamodb, createReleaseTable, dynamodbLocalEndpoint } from './aws-cli.ts';

const TABLE = 'documented-commands';
const documented = documentedFragments();

beforeAll(() => createReleaseTable(TABLE));

test('the commands of docs/fragments.md put what our own reader reads, and the gate passes', async () => {
  for (const { command } of documented) {
    awsDynamodb(...command.slice(1).map((word) => (word === 'ReleaseFragments' ? TABLE : word)));
  }
  const words = ['--table', TABLE, '--endpoint', dynamodbLocalEndpoint()];
  const exported = await releaseMatrix(['export', '-', ...words]);
  const items = exported.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(items).toHaveLength(documented.length);
  expect(items).toEqual(expect.arrayContaining(documented.map(({ item }) => item)));
  const { stdout } = await releaseMatrix(['check', 'v1.4.0', '--format', 'json', ...words]);
  expect(JSON.parse(stdout)).toMatchObject({ release: 'v1.4.0', fragments: documented.length });
});
