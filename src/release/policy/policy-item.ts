import type { PlainValue } from '../item/item.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';

/** Where the policy in force comes from. */
export type PolicySource = 'file' | 'table' | 'defaults';

/** When a policy document was written, and what of it was other than in the one before. */
export interface WrittenPolicy {
  /** As it is stored; ISO 8601 in UTC where a command wrote it. Null: nobody says. */
  readonly publishedAt: string | null;
  readonly publishedBy: string | null;
  /** Parts of the document by name; null: nobody knows what it replaced, if anything. */
  readonly changed: readonly string[] | null;
}

export interface PolicyInForce {
  /** With its faults, where the document is broken. */
  readonly policy: Policy;
  readonly source: PolicySource;
  /** As the table holds it, a map or its text; absent where it does not come from there. */
  readonly document?: PlainValue;
  /** That document and those that it replaced, the newest first, as far as the table keeps them; absent as above. */
  readonly written?: readonly WrittenPolicy[];
}

export const DEFAULTS_IN_FORCE: PolicyInForce = { policy: DEFAULT_POLICY, source: 'defaults' };
