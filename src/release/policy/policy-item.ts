import type { PlainValue } from '../item/item.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';

/** Where the policy in force comes from. */
export type PolicySource = 'file' | 'table' | 'defaults';

export interface PolicyInForce {
  /** With its faults, where the document is broken. */
  readonly policy: Policy;
  readonly source: PolicySource;
  /** As the table holds it, a map or its text; absent where it does not come from there. */
  readonly document?: PlainValue;
}

export const DEFAULTS_IN_FORCE: PolicyInForce = { policy: DEFAULT_POLICY, source: 'defaults' };
