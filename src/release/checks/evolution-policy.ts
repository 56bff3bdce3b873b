/**
 * Evolution policies of schemas, as Confluent's registry names them, by strength: FULL_TRANSITIVE > FULL >
 * {BACKWARD_TRANSITIVE, FORWARD_TRANSITIVE} > {BACKWARD, FORWARD} > NONE.
 */
const STRENGTH = {
  FULL_TRANSITIVE: 4,
  FULL: 3,
  BACKWARD_TRANSITIVE: 2,
  FORWARD_TRANSITIVE: 2,
  BACKWARD: 1,
  FORWARD: 1,
  NONE: 0,
} as const;

export type EvolutionPolicy = keyof typeof STRENGTH;

/** The policy that a word means, without regard to case and separators; null where it means none. */
export function readEvolutionPolicy(word: string | undefined): EvolutionPolicy | null {
  const plain = word?.trim().toUpperCase().replace(/[- ]/g, '_');
  return plain !== undefined && Object.hasOwn(STRENGTH, plain) ? (plain as EvolutionPolicy) : null;
}

/** A higher one promises more. */
export function strengthOf(policy: EvolutionPolicy): number {
  return STRENGTH[policy];
}

/** Whether consumers may rely on less than before: a weaker policy, or another direction of equal strength or more. */
export function isWeaker(policy: EvolutionPolicy, before: EvolutionPolicy): boolean {
  if (STRENGTH[policy] < STRENGTH[before]) return true;
  return turned(policy, before, 'BACKWARD', 'FORWARD') || turned(policy, before, 'FORWARD', 'BACKWARD');
}

function turned(policy: EvolutionPolicy, before: EvolutionPolicy, to: string, from: string): boolean {
  return policy.startsWith(to) && before.startsWith(from);
}
