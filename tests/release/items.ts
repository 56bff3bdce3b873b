import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { type Fragment, readItem } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item, type PlainValue } from '../../src/release/item/item.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/release/policy/policy.ts';
import { readPolicy } from '../../src/release/policy/read-policy.ts';

/** An item of the documented table. */
export function item(release: PlainValue, key: PlainValue, attributes: Item = {}): Item {
  return { version: release, 'component#name': key, ...attributes };
}

/** The fragment of an item that is one. */
export function fragment(release: string, key: string, attributes: Item = {}): Fragment {
  const reading = readItem(item(release, key, attributes), DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
  if (!('fragment' in reading)) throw new Error(`${release} ${key} is not a fragment: ${JSON.stringify(reading)}`);
  return reading.fragment;
}

/** A policy document that must be readable; undefined gives the defaults. */
export function policyOf(document: unknown): Policy {
  if (document === undefined) return DEFAULT_POLICY;
  const reading = readPolicy(document);
  if ('policy' in reading) return reading.policy;
  throw new Error(`the policy cannot be read: ${JSON.stringify(reading.faults)}`);
}
