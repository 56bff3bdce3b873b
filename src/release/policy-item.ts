import { POLICY_ITEM } from './fragment.ts';
import type { Item, KeyNames, PlainValue } from './item.ts';
import { brokenPolicy, DEFAULT_POLICY, type Policy, type PolicyReading, readPolicy } from './policy.ts';

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

/** The policy of a document that should be in force. */
export function policyOfDocument(document: unknown, source: 'file' | 'table'): PolicyInForce {
  return { policy: policyOrFaults(readPolicy(document)), source };
}

/**
 * The policy that the table itself holds, so that a team and its CI share one; the defaults where it holds none.
 *
 * @param items the table's items, those of a file, or the policy item alone
 */
export function policyOfTable(items: Iterable<Item>, keys: KeyNames): PolicyInForce {
  for (const item of items) {
    if (item[keys.release] !== POLICY_ITEM.release || item[keys.component] !== POLICY_ITEM.component) continue;
    return ofTable(item.document);
  }
  return DEFAULTS_IN_FORCE;
}

/** The policy of a document that a table holds. */
export function ofTable(document: PlainValue | undefined): PolicyInForce {
  const policy = policyOrFaults(readAttribute(document));
  return { policy, source: 'table', ...(document === undefined ? {} : { document }) };
}

function policyOrFaults(reading: PolicyReading): Policy {
  return 'policy' in reading ? reading.policy : brokenPolicy(reading.faults);
}

/** The attribute is a map, or the document's JSON as text. */
function readAttribute(document: PlainValue | undefined): PolicyReading {
  return typeof document === 'string' ? readPolicyText(document) : readPolicy(document);
}

/** Reads a policy document from its JSON. Never throws. */
export function readPolicyText(text: string): PolicyReading {
  try {
    return readPolicy(JSON.parse(text));
  } catch (error) {
    return { faults: [{ path: '', reason: `is no JSON: ${error instanceof Error ? error.message : error}` }] };
  }
}
