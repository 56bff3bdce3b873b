import type { Item, KeyNames } from '../release/item.ts';
import { type Policy, type PolicyFault, readPolicy } from '../release/policy.ts';
import { type PolicySource, policyOfTable } from '../release/policy-item.ts';
import { Ending, EXIT } from './exit-codes.ts';
import { readText } from './items-file.ts';

/**
 * The policy in force: of the file that was named, else the table's item, else the defaults.
 *
 * @throws Ending (usage) where the document is broken: it is used whole or not at all
 */
export function policyInForce(
  file: string | undefined,
  items: readonly Item[],
  keys: KeyNames,
): { policy: Policy; source: PolicySource } {
  if (file === undefined) {
    const found = policyOfTable(items, keys);
    if ('faults' in found) throw broken('The policy item of the table', found.faults);
    return found;
  }
  const reading = readPolicy(parse(file, readText(file)));
  if ('faults' in reading) throw broken(file, reading.faults);
  return { policy: reading.policy, source: 'file' };
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw broken(file, [{ path: '', reason: `is no JSON: ${error instanceof Error ? error.message : error}` }]);
  }
}

function broken(what: string, faults: readonly PolicyFault[]): Ending {
  const lines = faults.map(({ path, reason }) => `  ${path === '' ? 'the document' : path}: ${reason}`);
  return new Ending(EXIT.usage, [`${what} is no policy document:`, ...lines].join('\n'));
}
