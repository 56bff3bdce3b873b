import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PolicyDocument } from '../../release/policy/policy-document.ts';
import { readPolicyText } from '../../release/policy/read-policy.ts';

/** What the file of the settings holds, or every fault of it as a line for the terminal. */
export type PolicyFileReading =
  | { readonly document: PolicyDocument | null }
  | { readonly faults: readonly [string, ...string[]] };

/**
 * Reads the policy document that the settings name. It is used whole or not at all.
 *
 * @param folder what a relative path is relative to: the project's root
 * @param file as the settings give it; null: none is named
 */
export function readPolicyFile(folder: string, file: string | null): PolicyFileReading {
  if (file === null) return { document: null };
  let text: string;
  try {
    text = readFileSync(resolve(folder, file), 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unexpected error';
    return { faults: [`RELEASE_POLICY: expected a JSON file with a policy; ${file} cannot be read: ${reason}.`] };
  }
  const reading = readPolicyText(text.replace(/^\ufeff/, ''));
  if ('policy' in reading) return { document: reading.policy.document };
  const [first, ...others] = reading.faults.map(
    ({ path, reason }) => `RELEASE_POLICY: ${file}, ${path === '' ? 'the document' : path}: ${reason}`,
  );
  return { faults: [first ?? `RELEASE_POLICY: ${file} is not a policy document.`, ...others] };
}
