import { POLICY_ITEM } from './fragment.ts';
import type { Item, KeyNames, PlainValue } from './item.ts';
import { DEFAULT_POLICY, type Policy, type PolicyFault, readPolicy } from './policy.ts';

/** Where the policy in force comes from. */
export type PolicySource = 'file' | 'table' | 'defaults';

export type PolicyInForce =
  | { readonly policy: Policy; readonly source: PolicySource }
  | { readonly faults: readonly PolicyFault[]; readonly source: PolicySource };

/**
 * The policy that the table itself holds, so that a team and its CI share one; the defaults where it holds none.
 *
 * @param items the table's items, or those of a file
 */
export function policyOfTable(items: Iterable<Item>, keys: KeyNames): PolicyInForce {
  for (const item of items) {
    if (item[keys.release] !== POLICY_ITEM.release || item[keys.component] !== POLICY_ITEM.component) continue;
    return { ...readDocument(item.document), source: 'table' };
  }
  return { policy: DEFAULT_POLICY, source: 'defaults' };
}

/** The attribute is a map, or the document's JSON as text. */
function readDocument(document: PlainValue | undefined) {
  if (typeof document !== 'string') return readPolicy(document);
  try {
    return readPolicy(JSON.parse(document));
  } catch (error) {
    return { faults: [{ path: 'document', reason: `is no JSON: ${error instanceof Error ? error.message : error}` }] };
  }
}
