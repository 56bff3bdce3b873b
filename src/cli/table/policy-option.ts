import type { Item, KeyNames } from '../../release/item/item.ts';
import type { PolicyFault } from '../../release/policy/policy.ts';
import type { PolicyInForce } from '../../release/policy/policy-item.ts';
import { policyOfTable, readPolicyText } from '../../release/policy/read-policy.ts';
import { type ExitError, usage } from '../context/exit-codes.ts';
import { readText } from '../context/items-file.ts';

/**
 * The policy in force: of the file that was named, else the table's item, else the defaults.
 *
 * @throws ExitError (usage) where the document is broken: it is used whole or not at all
 */
export function policyInForce(file: string | undefined, items: readonly Item[], keys: KeyNames): PolicyInForce {
  if (file === undefined) {
    const found = policyOfTable(items, keys);
    if (found.policy.faults.length > 0) throw broken('The policy item of the table', found.policy.faults);
    return found;
  }
  const reading = readPolicyText(readText(file));
  if ('faults' in reading) throw broken(file, reading.faults);
  return { policy: reading.policy, source: 'file' };
}

/** Every fault of what should be a policy document. */
export function broken(what: string, faults: readonly PolicyFault[]): ExitError {
  const lines = faults.map(({ path, reason }) => `  ${path === '' ? 'the document' : path}: ${reason}`);
  return usage([`${what} is not a policy document:`, ...lines].join('\n'));
}
