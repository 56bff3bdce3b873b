import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Item } from '../../src/release/item/item.ts';
import {
  CHANGES_KEY,
  type ChangeTotal,
  changedSince,
  changeTotalOf,
  TOTAL_KEY,
} from '../../src/store/change-counter.ts';
import { type CutLine, cutLine } from '../store/cut-line.ts';
import { eachDynamo } from '../store/each-dynamo.ts';
import { builtProgram } from './built-program.ts';
import { releaseMatrix } from './command.ts';
import { type RunningTable, runningTable } from './running-table.ts';

// A table for each point at which a publisher can be killed.
vi.setConfig({ testTimeout: 120_000 });

let folder = '';
let program: ReturnType<typeof builtProgram>;
beforeAll(() => {
  program = builtProgram();
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-killed-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  program.remove();
});

const FRAGMENT = [
  'publish',
  '--release',
  'v1.4.0',
  '--type',
  'backend',
  '--component',
  'api',
  '--date',
  '2026-11-20T10:00:00Z',
  '--commit',
  'abcdef2',
];

/** How a reader that polls the change counter learns of what is in the table. */
type FoundBy = 'nothing to find' | 'total' | 'the release’s own counter' | 'whole reading';

interface Scenario {
  readonly name: string;
  readonly words: readonly string[];
  /** What somebody published before. */
  readonly before: readonly (readonly string[])[];
  /** After each call that the table has done: whether the item is the new one, and how a reader finds that. */
  readonly after: readonly (readonly [operation: string | null, commit: string | null, foundBy: FoundBy])[];
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a new fragment',
    words: FRAGMENT,
    before: [],
    after: [
      [null, null, 'nothing to find'],
      ['DescribeTable', null, 'nothing to find'],
      ['PutItem', 'abcdef2', 'whole reading'],
      ['UpdateItem', 'abcdef2', 'the release’s own counter'],
      ['UpdateItem', 'abcdef2', 'total'],
    ],
  },
  {
    name: 'a fragment that replaces another',
    words: [...FRAGMENT, '--replace'],
    before: [[...FRAGMENT.slice(0, -1), 'abcdef1']],
    after: [
      [null, 'abcdef1', 'nothing to find'],
      ['DescribeTable', 'abcdef1', 'nothing to find'],
      ['PutItem', 'abcdef1', 'nothing to find'],
      ['GetItem', 'abcdef1', 'nothing to find'],
      ['PutItem', 'abcdef2', 'whole reading'],
      ['UpdateItem', 'abcdef2', 'the release’s own counter'],
      ['UpdateItem', 'abcdef2', 'total'],
    ],
  },
];

eachDynamo('against $name', (dynamo) => {
  const totalOf = async (table: RunningTable): Promise<ChangeTotal> => {
    const Key = { version: CHANGES_KEY, 'component#name': TOTAL_KEY };
    const { Item } = await dynamo.client.send(new GetCommand({ TableName: table.table, Key, ConsistentRead: true }));
    return changeTotalOf((Item as Item | undefined) ?? null);
  };
  /** A table as it was before, and what a reader knew of it. */
  const prepared = async ({ before }: Scenario) => {
    const table = await runningTable(dynamo);
    for (const words of before) {
      expect((await releaseMatrix([...words, ...table.words])).exitCode).toBe(0);
    }
    const known = { total: await totalOf(table), counters: await table.counters(), commit: await commitOf(table) };
    return { table, known };
  };
  /** What our own reader sees: the one fragment's commit, from a table without anything that it cannot read. */
  const commitOf = async (table: RunningTable): Promise<unknown> => {
    const { stdout } = await releaseMatrix(['check', 'v1.4.0', '--format', 'json', ...table.words]);
    const codes = JSON.parse(stdout).findings.map(({ code }: { code: string }) => code);
    expect(codes).not.toContain('invalid-fragment');
    const exported = await releaseMatrix(['export', '-', ...table.words]);
    const items = exported.stdout.split('\n').filter((line) => line !== '');
    expect(items.length).toBeLessThanOrEqual(1);
    return items.map((line) => JSON.parse(line).commit)[0] ?? null;
  };
  const foundBy = async (
    table: RunningTable,
    known: Awaited<ReturnType<typeof prepared>>['known'],
    commit: unknown,
  ): Promise<FoundBy> => {
    if (commit === known.commit) return 'nothing to find';
    if (changedSince(await totalOf(table), known.total.count)?.includes('v1.4.0')) return 'total';
    const counters = await table.counters();
    return counters['release#v1.4.0'] === known.counters['release#v1.4.0']
      ? 'whole reading'
      : 'the release’s own counter';
  };
  /** Whatever was left: the fragment as it was or as it shall be, and again puts everything right. */
  const judge = async (
    { after }: Scenario,
    calls: number,
    { table, known }: Awaited<ReturnType<typeof prepared>>,
    line: CutLine,
    again: readonly string[],
  ) => {
    expect(line.done()).toEqual(after.slice(1, calls + 1).map(([operation]) => operation));
    const commit = await commitOf(table);
    expect([calls, commit, await foundBy(table, known, commit)]).toEqual([calls, ...(after[calls]?.slice(1) ?? [])]);
    expect(await releaseMatrix([...again, ...table.words])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await commitOf(table)).toBe('abcdef2');
    await line.close();
    await table.drop();
  };

  test.each(SCENARIOS)('F27: $name, killed (SIGKILL) after each call that the table has done', async (scenario) => {
    for (let calls = 0; calls < scenario.after.length; calls += 1) {
      const state = await prepared(scenario);
      let kill = () => {};
      const line = await cutLine(Number(new URL(state.table.origin).port), calls, () => kill());
      const { child, ended } = program.start([
        ...[...scenario.words, '--table', state.table.table, '--endpoint', line.origin],
      ]);
      kill = () => child.kill('SIGKILL');
      expect(await ended).toMatchObject({ signal: 'SIGKILL' });
      await judge(scenario, calls, state, line, scenario.words);
    }
  });

  test.each(SCENARIOS)(
    'F28: $name, the line cut for good after each call: said, saved where it may not be written',
    async (scenario) => {
      for (let calls = 0; calls < scenario.after.length; calls += 1) {
        const state = await prepared(scenario);
        const line = await cutLine(Number(new URL(state.table.origin).port), calls);
        const save = join(folder, `${state.table.table}.ndjson`);
        const said = await releaseMatrix([
          ...[...scenario.words, '--table', state.table.table, '--endpoint', line.origin],
          ...['--save', save],
        ]);
        const written =
          scenario.after[calls]?.[2] !== 'nothing to find' && scenario.after[calls - 1]?.[2] !== 'nothing to find';
        // Once its own answer is here, only the counting can fail.
        expect([calls, said.exitCode]).toEqual([calls, written ? 0 : 3]);
        expect(said.stderr).toContain(written ? 'Written, but not counted as changed' : `saved as ${save}`);
        const replace = scenario.words.filter((word) => word === '--replace');
        const again = written ? scenario.words : ['publish', '--input', save, ...replace];
        await judge(scenario, calls, state, line, again);
      }
    },
  );

  test('many fragments of two releases, the line cut after each call: each is there whole or not at all, and again completes', async () => {
    const fragments = Array.from({ length: 5 }, (_, index) => ({
      release: `v1.${index % 2}.0`,
      type: 'backend',
      component: `c${index}`,
      owner: `team-${index}`,
      links: { a: 'https://a.example/', b: 'https://b.example/' },
    }));
    const input = join(folder, 'many.json');
    writeFileSync(input, JSON.stringify(fragments));
    for (let calls = 0; ; calls += 1) {
      const table = await runningTable(dynamo);
      const line = await cutLine(Number(new URL(table.origin).port), calls);
      const save = join(folder, `${table.table}.ndjson`);
      const words = ['publish', '--input', input];
      await releaseMatrix([...words, '--table', table.table, '--endpoint', line.origin, '--save', save]);
      const complete = line.done().length < calls;
      await line.close();
      for (const item of await table.items()) {
        const index = Number(String(item.owner).slice('team-'.length));
        expect(item).toMatchObject({ version: `v1.${index % 2}.0`, links: fragments[index]?.links });
      }
      expect((await releaseMatrix([...words, ...table.words])).exitCode).toBe(0);
      expect(await table.items()).toHaveLength(fragments.length);
      await table.drop();
      if (complete) break;
    }
  });
});
