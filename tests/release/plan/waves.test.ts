import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inWaves, type Link } from '../../../src/release/plan/waves.ts';

const link = (before: number, after: number, strength = 1, schema = 'kafka#s'): Link => ({
  before,
  after,
  strength,
  schema,
});

test.each<[name: string, ranks: number[], links: Link[], waves: number[][], broken: Link[]]>([
  ['nothing', [], [], [], []],
  ['ranks alone', [2, 0, 2], [], [[1], [0, 2]], []],
  ['one after the other within a rank', [0, 0, 0], [link(2, 1), link(1, 0)], [[2], [1], [0]], []],
  ['one that waits for a later rank', [0, 1, 1], [link(1, 0)], [[1, 2], [0]], []],
  ['a circle, at the weaker link', [0, 0], [link(0, 1, 2), link(1, 0, 1)], [[0], [1]], [link(1, 0, 1)]],
  [
    'a circle, at the link that fewer schemas ask for',
    [0, 0],
    [link(0, 1), link(1, 0, 1, 'kafka#a'), link(1, 0, 1, 'kafka#b')],
    [[1], [0]],
    [link(0, 1)],
  ],
  [
    'a circle of equals, at the last by name',
    [0, 0],
    [link(0, 1, 1, 'kafka#b'), link(1, 0, 1, 'kafka#a')],
    [[1], [0]],
    [link(0, 1, 1, 'kafka#b')],
  ],
  [
    'a weak link between two circles is kept',
    [0, 0, 0, 0],
    [link(0, 1, 3), link(1, 0, 2), link(1, 2, 0), link(2, 3, 3), link(3, 2, 2)],
    [[0], [1], [2], [3]],
    [link(1, 0, 2), link(3, 2, 2)],
  ],
])('%s', (_, ranks, links, waves, broken) => {
  expect(inWaves(ranks, links)).toEqual({ waves, broken });
});

test('each node once, none before its rank, each link kept or told, and none told where there is no circle', () => {
  const graph = fc.integer({ min: 1, max: 7 }).chain((nodes) =>
    fc.record({
      ranks: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: nodes, maxLength: nodes }),
      links: fc
        .array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: 1, max: 3 })), { maxLength: 12 })
        .map((all) =>
          all.filter(([a, b]) => a !== b).map(([a, b, strength], at) => link(a, b, strength, `kafka#${at}`)),
        ),
    }),
  );
  fc.assert(
    fc.property(graph, ({ ranks, links }) => {
      const { waves, broken } = inWaves(ranks, links);
      expect(waves.flat().sort()).toEqual(ranks.map((_, node) => node));
      const waveOf = (node: number) => waves.findIndex((wave) => wave.includes(node));
      for (const one of links) {
        if (!broken.includes(one)) expect(waveOf(one.before)).toBeLessThan(waveOf(one.after));
      }
      // What waits for nothing is in the first wave of its rank.
      const waits = new Set(links.filter((one) => !broken.includes(one)).map(({ after }) => after));
      const free = ranks.map((_, node) => node).filter((node) => !waits.has(node));
      const inOrder = free.toSorted((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
      expect(inOrder.map(waveOf)).toEqual(free.map(waveOf).sort());
      const forward = links.filter(({ before, after }) => before < after);
      expect(inWaves(ranks, forward).broken).toEqual([]);
      expect(inWaves(ranks, [...links].reverse()).waves).toEqual(waves);
    }),
    { seed: 44, numRuns: 1_000 },
  );
});
