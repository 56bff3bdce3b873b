import { expect, test, vi } from 'vitest';
import type { Item } from '../../src/release/item/item.ts';
import { builtProgram } from './built-program.ts';
import { releaseMatrix } from './command.ts';
import { eachTable } from './each-table.ts';

// Two hundred commands at once, on cores that do other things too.
vi.setConfig({ testTimeout: 90_000 });

// In one process they wait for each other as two hundred machines would not. A call gets the time for that: else it is
// given up, and what it had to count is counted twice or not at all.
vi.mock(import('../../src/store/time-limit.ts'), async (original) => {
  const { withinTime, ...others } = await original();
  return { ...others, withinTime: (call, limitMs, ...more) => withinTime(call, 6 * limitMs, ...more) };
});
vi.mock(import('../../src/store/client.ts'), async (original) => {
  const { connectTable, ...others } = await original();
  return { ...others, connectTable: (connection) => connectTable({ ...connection, headTimeoutMs: 30_000 }) };
});

/** Jobs that a large estate may start by one push of many tags. */
const PUBLISHERS = 200;
/** Real processes. */
const PROCESSES = 10;

const words = (component: string, owner: string, ...more: string[]) => [
  ...['publish', '--release', 'v1.4.0', '--type', 'backend', '--component', component, '--owner', owner],
  ...more,
];
const outcomeOf = (stdout: string) => /^(published|already published|replaced|conflict) /.exec(stdout)?.[1] ?? stdout;
const tally = (said: readonly { readonly stdout: string; readonly exitCode: number }[]) => {
  const counts: Record<string, number> = {};
  for (const { stdout, exitCode } of said) {
    const name = `${outcomeOf(stdout)}, exit ${exitCode}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

eachTable((table) => {
  /** Runs the whole command for every publisher at once, each with a client of its own. */
  const race = (commands: readonly (readonly string[])[]) =>
    Promise.all(commands.map((command) => releaseMatrix([...command, ...table.words])));
  const every = <T>(make: (index: number) => T) => Array.from({ length: PUBLISHERS }, (_, index) => make(index));

  test('200 publishers, a key each: every fragment is there as its publisher gave it, each counted once', async () => {
    const said = await race(every((index) => words(`c${index}`, `team-${index}`)));
    expect(tally(said)).toEqual({ 'published, exit 0': PUBLISHERS });
    const items = new Map((await table.items()).map((item: Item) => [item['component#name'], item.owner]));
    expect(items).toEqual(new Map(every((index) => [`backend#c${index}`, `team-${index}`])));
    expect(await table.counters()).toEqual({ total: PUBLISHERS, 'release#v1.4.0': PUBLISHERS });
  });

  test('F24: 200 publishers of one key, all with other content: one wins and is stored, the others are told, counted once', async () => {
    const said = await race(every((index) => words('api', `team-${index}`)));
    expect(tally(said)).toEqual({ 'published, exit 0': 1, 'conflict, exit 4': PUBLISHERS - 1 });
    const winner = said.findIndex(({ exitCode }) => exitCode === 0);
    expect((await table.items()).map(({ owner }) => owner)).toEqual([`team-${winner}`]);
    expect(await table.counters()).toEqual({ total: 1, 'release#v1.4.0': 1 });
    // What the losers were shown is what is stored.
    for (const { stderr } of said.filter(({ exitCode }) => exitCode === 4)) {
      expect(stderr).toContain(`owner: published "team-${winner}"`);
    }
  });

  test('200 publishers of ten keys with two contents: a winner for each key, the same content is there already', async () => {
    const said = await race(every((index) => words(`c${index % 10}`, Math.floor(index / 10) % 2 === 0 ? 'a' : 'b')));
    expect(tally(said)).toEqual({
      'published, exit 0': 10,
      'already published, exit 0': 90,
      'conflict, exit 4': 100,
    });
    expect(await table.items()).toHaveLength(10);
    expect(await table.counters()).toEqual({ total: 10, 'release#v1.4.0': 10 });
  });

  test('racing replacements of one key: none is lost, each counted once', async () => {
    const replacing = 9;
    await race([words('api', 'team-first')]);
    const said = await race(
      Array.from({ length: replacing }, (_, index) => words('api', `team-${index}`, '--replace')),
    );
    expect(tally(said)).toEqual({ 'replaced, exit 0': replacing });
    const [item] = await table.items();
    const past = Array.isArray(item?.replaced) ? item.replaced : [];
    const owners = [item, ...past].map((one) => JSON.parse(JSON.stringify(one)).owner);
    expect(owners.toSorted()).toEqual(
      [...Array.from({ length: replacing }, (_, index) => `team-${index}`), 'team-first'].toSorted(),
    );
    expect(await table.counters()).toEqual({ total: 1 + replacing, 'release#v1.4.0': 1 + replacing });
  });

  test('processes of their own: half on one key, half on their own', async () => {
    const commands = Array.from({ length: PROCESSES }, (_, index) =>
      index % 2 === 0 ? words('shared', `team-${index}`) : words(`own-${index}`, `team-${index}`),
    );
    const program = builtProgram();
    const said = await Promise.all(commands.map((command) => program.start([...command, ...table.words]).ended));
    program.remove();
    expect(tally(said)).toEqual({ 'published, exit 0': 1 + PROCESSES / 2, 'conflict, exit 4': PROCESSES / 2 - 1 });
    expect(await table.items()).toHaveLength(1 + PROCESSES / 2);
    expect(await table.counters()).toEqual({ total: 1 + PROCESSES / 2, 'release#v1.4.0': 1 + PROCESSES / 2 });
  });
});
