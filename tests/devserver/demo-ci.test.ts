import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { type CiStep, ciScript } from '../../src/demo/ci-script.ts';
import { buildEstate } from '../../src/demo/estate.ts';
import { openDemoTable } from '../../src/demo/open-demo.ts';
import { type Clock, startSimulatedCi } from '../../src/demo/simulated-ci.ts';
import { openEmbeddedTable } from '../../src/devserver/table/embedded-table.ts';
import type { Item } from '../../src/release/item/item.ts';
import { problemsOf, reportOn } from './demo-findings.ts';

const NOW = '2026-11-20T12:00:00.000Z';
const TABLE = 'ReleaseFragments';

/** A clock that stands still until it is told to go on to what is due next. */
function handClock() {
  let now = Date.parse(NOW);
  let due: { at: number; run: () => void } | null = null;
  const clock: Clock = {
    now: () => now,
    after(milliseconds, run) {
      due = { at: now + milliseconds, run };
      return () => {
        due = null;
      };
    },
  };
  return {
    clock,
    /** @returns milliseconds that passed, or null where nothing is due */
    goOn(): number | null {
      if (due === null) return null;
      const { at, run } = due;
      const passed = at - now;
      now = at;
      due = null;
      run();
      return passed;
    },
  };
}

function keyOf(item: Item): string {
  return `${item.version} ${item['component#name']}`;
}

/** Performs steps on items in memory, four seconds after each other. */
function play(items: Map<string, Item>, step: CiStep, index: number): void {
  for (const item of step.puts(new Date(Date.parse(NOW) + index * 4000).toISOString())) items.set(keyOf(item), item);
  for (const release of step.retires) {
    for (const [key, item] of items) {
      const ofIt = item.version === release || key.startsWith(`release-matrix:sign-offs ${release}#`);
      if (ofIt) items.delete(key);
    }
  }
}

describe('the script of the simulated CI', () => {
  it('is the same for the same estate', () => {
    const first = (count: number) => {
      const script = ciScript(buildEstate({ now: NOW }));
      return Array.from({ length: count }, () => script.next().value).map(({ says, puts }) => [says, puts(NOW)]);
    };
    expect(first(300)).toEqual(first(300));
  });

  it('publishes pre-releases in the order of a train, and leaves each without a new problem', () => {
    const estate = buildEstate({ now: NOW });
    const items = new Map(estate.items.map((item) => [keyOf(item), item]));
    const later = '2026-11-21T12:00:00.000Z';
    const before = problemsOf([...items.values()], later);
    const published: string[] = [];
    let index = 0;
    for (const step of ciScript(estate, 50)) {
      const tag = step.says.split(':')[0] ?? '';
      if (tag !== published.at(-1)) {
        // A release has just been finished: what follows is the first of the next one.
        expect(problemsOf([...items.values()], later).filter((line) => !before.includes(line))).toEqual([]);
        published.push(tag);
        if (published.length === 10) break;
      }
      play(items, step, index++);
    }
    expect(published).toEqual([
      'v1.8.0-alpha.3',
      'v1.8.0-beta.1',
      'v1.8.0-rc.1',
      'v1.9.0-alpha.1',
      'v1.9.0-alpha.2',
      'v1.9.0-beta.1',
      'v1.9.0-rc.1',
      'v1.10.0-alpha.1',
      'v1.10.0-alpha.2',
      'v1.10.0-beta.1',
    ]);
  });

  it('tests a beta, and has a candidate signed', () => {
    const estate = buildEstate({ now: NOW });
    const items = new Map(estate.items.map((item) => [keyOf(item), item]));
    let index = 0;
    for (const step of ciScript(estate, 50)) {
      if (step.says.startsWith('v1.9.0')) break;
      play(items, step, index++);
    }
    const { rows } = reportOn([...items.values()], '2026-11-21T12:00:00.000Z');
    const evidenceOf = (tag: string) =>
      rows
        .find(({ release }) => release.tag === tag)
        ?.evidence.filter(({ asked, said }) => asked || said.some(({ by }) => by !== null))
        .map(({ name, state, said }) => [name, state, said.map(({ release, by }) => `${by} of ${release}`)]);
    expect(evidenceOf('v1.8.0-beta.1')).toEqual([
      ['smoke', 'held', ['null of v1.8.0-beta.1']],
      ['e2e', 'held', ['null of v1.8.0-beta.1']],
    ]);
    expect(evidenceOf('v1.8.0-rc.1')).toEqual([
      ['qa', 'held', ['Quality/ada@acme.example of v1.8.0-rc.1']],
      ['release-manager', 'held', ['ReleaseManager/jo@acme.example of v1.8.0-rc.1']],
    ]);
  });

  it('raises the ready replicas of a roll-out up to the desired ones', () => {
    const script = ciScript(buildEstate({ now: NOW }));
    const seen: string[] = [];
    for (let index = 0; index < 60; index++) {
      const { puts } = script.next().value;
      const api = puts(NOW).find((item) => keyOf(item) === 'v1.8.0-beta.1 k8s#staging-deployment/api');
      if (api !== undefined) seen.push(`${api.updatedReplicas}/${api.readyReplicas} of ${api.replicas}`);
    }
    expect(seen).toEqual(['1/0 of 2', '2/1 of 2', '2/2 of 2']);
  });

  it('does not grow for ever, and never touches the estate itself', () => {
    const estate = buildEstate({ now: NOW });
    const items = new Map(estate.items.map((item) => [keyOf(item), item]));
    const own = new Set(estate.items.map(({ version }) => version));
    const script = ciScript(estate, 2);
    let most = 0;
    for (let index = 0; index < 400; index++) {
      play(items, script.next().value, index);
      const simulated = new Set([...items.values()].map(({ version }) => version).filter((tag) => !own.has(tag)));
      most = Math.max(most, simulated.size);
    }
    expect(most).toBe(2);
    expect(estate.items.every((item) => items.get(keyOf(item)) === item)).toBe(true);
  });
});

describe('the simulated CI', () => {
  async function start(pauseMs: readonly [number, number], keep: number) {
    const table = await openEmbeddedTable({ table: TABLE, region: 'us-east-1', data: 'test' });
    const estate = buildEstate({ now: NOW });
    const hand = handClock();
    let stepped: () => void = () => {};
    const faults: unknown[] = [];
    const said: string[] = [];
    const ci = startSimulatedCi({
      table,
      estate,
      clock: hand.clock,
      pauseMs,
      keep,
      onStep: (says) => {
        said.push(says);
        stepped();
      },
      onFault: (fault) => {
        faults.push(fault);
        stepped();
      },
    });
    const goOn = async () => {
      const done = new Promise<void>((resolve) => {
        stepped = resolve;
      });
      const passed = hand.goOn();
      if (passed !== null) await done;
      return passed;
    };
    const tags = async () => {
      const { Items = [] } = await table.client.send(new ScanCommand({ TableName: TABLE }));
      return new Set(Items.map(({ version }) => String(version)));
    };
    return { table, ci, goOn, tags, faults, said };
  }

  it('writes a step into the embedded table at each pause, dated by the clock', async () => {
    const { table, ci, goOn, said } = await start([1000, 2000], 8);
    const pauses = [await goOn(), await goOn(), await goOn()];
    expect(pauses.every((pause) => pause !== null && pause >= 1000 && pause < 2000)).toBe(true);
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: TABLE }));
    expect(said.map((says) => says.split(':')[0])).toEqual(['v1.8.0-alpha.3', 'v1.8.0-alpha.3', 'v1.8.0-alpha.3']);
    expect(Items.length).toBeGreaterThanOrEqual(6);
    const dates = new Set(Items.map(({ date }) => Date.parse(String(date)) - Date.parse(NOW)));
    let at = 0;
    const expected = pauses.map((pause) => {
      at += pause ?? 0;
      return Math.floor(at);
    });
    expect([...dates].sort((a, b) => a - b)).toEqual(expected);
    await ci.stop();
    await table.close();
  });

  it('takes a step when it is told to, and pauses by another measure, or for ever', async () => {
    const { table, ci, goOn, said } = await start([1000, 2000], 8);
    const [one, two] = await Promise.all([ci.stepNow(), ci.stepNow()]);
    expect([one, two]).toEqual(said);
    expect(said).toHaveLength(2);
    // The pause begins anew with each step.
    expect(await goOn()).toBeGreaterThanOrEqual(1000);
    ci.setPause([10, 20]);
    expect(await goOn()).toBeLessThan(20);
    ci.setPause(null);
    expect(await goOn()).toBeNull();
    expect(await ci.stepNow()).toBe(said[4]);
    expect(await goOn()).toBeNull();
    ci.setPause([10, 20]);
    expect(await goOn()).toBeLessThan(20);
    await ci.stop();
    expect(await ci.stepNow()).toBeNull();
    ci.setPause([10, 20]);
    expect(await goOn()).toBeNull();
    expect(said).toHaveLength(6);
    await table.close();
  });

  it('of the demo is steered by the local server, where there is one', async () => {
    const settings = { table: TABLE, region: 'us-east-1', simulatedCiPace: 'slow', embeddedFolder: null } as const;
    const hand = handClock();
    const demo = await openDemoTable({ ...settings, simulatedCi: true }, hand.clock);
    expect(await demo.steer?.({ do: 'look' })).toEqual({ speed: 'slow', said: null });
    const stepped = await demo.steer?.({ do: 'step' });
    expect(stepped).toEqual({ speed: 'slow', said: expect.stringMatching(/^v1\.8\.0-alpha\.3: .+ published$/) });
    expect(await demo.steer?.({ do: 'speed', speed: 'paused' })).toEqual({ ...stepped, speed: 'paused' });
    expect(hand.goOn()).toBeNull();
    await demo.steer?.({ do: 'speed', speed: 'fast' });
    expect(hand.goOn()).toBeLessThan(6_000);
    await demo.close();
    const still = await openDemoTable({ ...settings, simulatedCi: false }, hand.clock);
    expect(still.steer).toBeUndefined();
    await still.close();
  });

  it('deletes the oldest of its releases before it begins another', async () => {
    const { table, ci, goOn, tags, said } = await start([1, 2], 1);
    while (!said.at(-1)?.includes('is retired')) await goOn();
    expect(said.at(-1)).toBe('v1.8.0-alpha.3 is retired');
    expect(await tags()).toEqual(new Set());
    await goOn();
    expect(await tags()).toEqual(new Set(['v1.8.0-beta.1']));
    while (!said.at(-1)?.startsWith('v1.8.0-rc.1 is retired')) await goOn();
    expect(said.filter((says) => says.includes(' signed '))).toEqual([
      'v1.8.0-rc.1: Quality/ada@acme.example signed qa',
      'v1.8.0-rc.1: ReleaseManager/jo@acme.example signed release-manager',
    ]);
    expect(await tags()).toEqual(new Set());
    await ci.stop();
    await table.close();
  });

  it('does nothing after it was stopped', async () => {
    const { table, ci, goOn, said } = await start([1, 2], 8);
    await goOn();
    await ci.stop();
    expect(await goOn()).toBe(null);
    expect(said.length).toBe(1);
    await table.close();
  });

  it('ends at a fault, and says so once', async () => {
    const { table, goOn, faults } = await start([1, 2], 8);
    await table.close();
    await goOn();
    expect(await goOn()).toBe(null);
    expect(faults.length).toBe(1);
  });
});

describe('the demo table', () => {
  it.each([
    { simulatedCi: false, simulatedCiPace: 'slow', after: null },
    { simulatedCi: true, simulatedCiPace: 'slow', after: [20_000, 40_000] },
    { simulatedCi: true, simulatedCiPace: 'fast', after: [2_500, 6_000] },
  ] as const)('holds the estate, with the CI as the settings say: $simulatedCi, $simulatedCiPace', async (ci) => {
    const { after, ...said } = ci;
    const hand = handClock();
    const port = await openDemoTable({ table: TABLE, region: 'us-east-1', ...said, embeddedFolder: null }, hand.clock);
    const answer = await port.handle(Buffer.from(JSON.stringify({ TableName: TABLE })), {
      'x-amz-target': 'DynamoDB_20120810.DescribeTable',
    });
    expect(port.data).toBe('demo estate');
    expect(JSON.parse(answer.body.toString()).Table.ItemCount).toBe(buildEstate({ now: NOW }).items.length);
    const passed = hand.goOn();
    if (after === null) expect(passed).toBeNull();
    else {
      expect(passed).toBeGreaterThanOrEqual(after[0]);
      expect(passed).toBeLessThan(after[1]);
    }
    await port.close();
  });
});

type TableOfCi = Parameters<typeof startSimulatedCi>[0]['table'];

it('takes nothing but an embedded table: whatever else has a client does not compile', () => {
  const looksAlike = {
    client: DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' })),
    table: TABLE,
    data: 'real',
    handle: async () => ({ status: 200, headers: {}, body: Buffer.alloc(0) }),
    measure: async () => 0,
    close: async () => {},
  };
  // @ts-expect-error checked by the compiler, as part of the types step
  const refused: TableOfCi = looksAlike;
  expect(refused).toBe(looksAlike);
});
