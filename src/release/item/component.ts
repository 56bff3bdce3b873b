import { compareText } from './release.ts';

/** The documented types, in the order of the screen. A fragment may have any other; those follow, by name. */
export const KNOWN_TYPES = ['frontend', 'backend', 'kafka', 'infra', 'k8s'] as const;
export type KnownType = (typeof KNOWN_TYPES)[number];

export function isKnownType(type: string): type is KnownType {
  return (KNOWN_TYPES as readonly string[]).includes(type);
}

/** A column of the matrix. */
export interface Component {
  /** `<type>#<name>`, with environment and kind folded out of Kubernetes names. */
  readonly id: string;
  readonly type: string;
  readonly name: string;
}

/** Columns in the order of the screen: by type, then by name without regard to case. */
export function sortComponents(components: Iterable<Component>): Component[] {
  return [...components].sort(
    (a, b) =>
      compareTypes(a.type, b.type) ||
      compareText(a.name.toLowerCase(), b.name.toLowerCase()) ||
      compareText(a.name, b.name),
  );
}

/** Order of two types: the documented ones first, in their order, then the others by name. */
export function compareTypes(a: string, b: string): number {
  const [rankA, rankB] = [typeRank(a), typeRank(b)];
  return rankA - rankB || compareText(a, b);
}

function typeRank(type: string): number {
  return isKnownType(type) ? KNOWN_TYPES.indexOf(type) : KNOWN_TYPES.length;
}
