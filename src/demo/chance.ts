import { createHash } from 'node:crypto';

/**
 * Draws that look random and repeat: each is a function of the seed and of a label that says what is drawn for. So a
 * draw does not depend on the order of the others, and adding a component leaves the rest of the estate as it was.
 */
export interface Chance {
  /** A number from 0 to below 1. */
  fraction(label: string): number;
  /** One of the members. @throws RangeError where there is none */
  pick<T>(label: string, members: readonly T[]): T;
  /** Lower-case hexadecimal digits; 40 of them look like a git commit, 64 like a SHA-256. At most 64. */
  hex(label: string, digits: number): string;
}

export function chanceOf(seed: string): Chance {
  const digest = (label: string) => createHash('sha256').update(`${seed}\n${label}`);
  const fraction = (label: string) => digest(label).digest().readUInt32BE(0) / 2 ** 32;
  return {
    fraction,
    pick(label, members) {
      const member = members[Math.floor(fraction(label) * members.length)];
      if (member === undefined) throw new RangeError(`Nothing to pick from for “${label}”.`);
      return member;
    },
    hex: (label, digits) => digest(label).digest('hex').slice(0, digits),
  };
}
