import { isKnownType, type KnownType } from '../item/component.ts';
import { compareText } from '../item/release.ts';
import type { Policy } from '../policy/policy.ts';
import { groupBy } from '../text/group-by.ts';

/** What is laid first: what others run on, then what they say to each other, then they themselves, what shows them, where they run. */
const RANK_OF_TYPE = { infra: 0, kafka: 1, backend: 2, frontend: 3, k8s: 4 } satisfies Record<KnownType, number>;

/** A type that nobody knows is built like a backend, as far as anybody can tell. */
function rankOfType(type: string): number {
  return RANK_OF_TYPE[isKnownType(type) ? type : 'backend'];
}

/**
 * In which wave a component is, from 0.
 *
 * @returns null where the policy says the waves, and the component is in none of them
 */
export function waveOf({ waves }: Policy, component: string, type: string): number | null {
  if (waves === null) return rankOfType(type);
  const at = waves.findIndex((wave) => wave.some((meets) => meets(component)));
  return at === -1 ? null : at;
}

/** That one node comes before another. */
export interface Link {
  readonly before: number;
  readonly after: number;
  /** A weaker one is given up before a stronger one where they go round in a circle. */
  readonly strength: number;
  /** Component id of the schema that asks for it. */
  readonly schema: string;
}

/** Nodes in waves, one after the other, and the links that could not be kept. */
export interface Waves {
  /** Indexes of the nodes, each once; no wave is empty. */
  readonly waves: readonly (readonly number[])[];
  readonly broken: readonly Link[];
}

/**
 * Lays nodes in waves: each no earlier than its rank, and after all that come before it. A circle is broken at its weakest
 * place: of the least strength, then of the fewest schemas, then the last by name.
 *
 * @param ranks of each node
 */
export function inWaves(ranks: readonly number[], links: readonly Link[]): Waves {
  const broken: Link[] = [];
  const kept = new Map<string, Link[]>();
  for (const link of links) {
    const name = `${link.before} ${link.after}`;
    kept.set(name, [...(kept.get(name) ?? []), link]);
  }
  for (let weakest = weakestInCircle(kept); weakest !== null; weakest = weakestInCircle(kept)) {
    broken.push(...(kept.get(weakest) ?? []));
    kept.delete(weakest);
  }
  const left = [...kept.values()].flat();
  const positions = positionsOf(ranks, left);
  const order = [...new Set(positions.map(({ rank, turn }) => `${rank} ${turn}`))]
    .map((name) => name.split(' ').map(Number))
    .sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d);
  return {
    waves: order.map(([rank, turn]) =>
      positions.flatMap((position, node) => (position.rank === rank && position.turn === turn ? [node] : [])),
    ),
    broken,
  };
}

/** A wave of a rank, and its turn among those. */
interface WavePosition {
  readonly rank: number;
  readonly turn: number;
}

/** Of links without a circle. */
function positionsOf(ranks: readonly number[], links: readonly Link[]): WavePosition[] {
  const positions = new Map<number, WavePosition>();
  const positionOf = (node: number): WavePosition => {
    const known = positions.get(node);
    if (known !== undefined) return known;
    let position: WavePosition = { rank: ranks[node] ?? 0, turn: 0 };
    for (const { before, after } of links) {
      if (after !== node) continue;
      const { rank, turn } = positionOf(before);
      if (rank > position.rank || (rank === position.rank && turn >= position.turn))
        position = { rank, turn: turn + 1 };
    }
    positions.set(node, position);
    return position;
  };
  return ranks.map((_, node) => positionOf(node));
}

/** The name of the pair at which a circle is broken; null where there is none. */
function weakestInCircle(kept: ReadonlyMap<string, readonly Link[]>): string | null {
  const pairs = circling([...kept].flatMap(([name, links]) => (links[0] ? [{ name, links, link: links[0] }] : [])));
  if (pairs.length === 0) return null;
  const next = groupBy(pairs, ({ link }) => String(link.before));
  const strength = (links: readonly Link[]) => Math.max(...links.map((link) => link.strength));
  const names = (links: readonly Link[]) =>
    links
      .map(({ schema }) => schema)
      .sort(compareText)
      .join('\n');
  const weakestFirst = pairs.toSorted(
    (a, b) =>
      strength(a.links) - strength(b.links) ||
      a.links.length - b.links.length ||
      compareText(names(b.links), names(a.links)),
  );
  const after = (node: number) => next.get(String(node))?.map(({ link }) => link.after) ?? [];
  return weakestFirst.find(({ link }) => reaches(after, link.after, link.before))?.name ?? null;
}

/** Without what no circle leads to: nearly always nothing is left. */
function circling<T extends { readonly link: Link }>(pairs: readonly T[]): readonly T[] {
  const reached = new Set(pairs.map(({ link }) => link.after));
  const left = pairs.filter(({ link }) => reached.has(link.before));
  return left.length === pairs.length ? left : circling(left);
}

function reaches(next: (node: number) => readonly number[], from: number, to: number): boolean {
  const seen = new Set([from]);
  const waiting = [from];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node === to) return true;
    for (const other of next(node)) {
      if (!seen.has(other)) {
        seen.add(other);
        waiting.push(other);
      }
    }
  }
  return false;
}
