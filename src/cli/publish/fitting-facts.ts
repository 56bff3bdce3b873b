import { readFragmentInput } from '../../release/item/fragment-input.ts';
import { printableChangelog } from '../adapters/tool-output.ts';

/** Facts that a fragment is as good without: that a tool or the run says something else there must not refuse it. */
const DISPENSABLE = ['repo', 'commit', 'date', 'links', 'changelog'] as const;

/**
 * A fragment without what nobody asked for and does not fit: a repository that is called `Web Shop`, the time of a
 * clock that is ahead, colours of a terminal in release notes. What the command line says is kept, and judged later.
 *
 * @param isGiven whether the command line says a field
 * @param latest the latest date that is taken, milliseconds
 */
export function fittingFacts(
  fragment: Readonly<Record<string, unknown>>,
  isGiven: (field: string) => boolean,
  latest: number,
): { readonly value: Record<string, unknown>; readonly notices: readonly string[] } {
  const value = { ...fragment };
  const notices: string[] = [];
  if (typeof value.changelog === 'string') {
    const plain = printableChangelog(value.changelog);
    if (plain !== value.changelog) notices.push('the changelog holds control characters, which are left out.');
    value.changelog = plain;
  }
  for (const field of DISPENSABLE) {
    if (value[field] === undefined || isGiven(field)) continue;
    const fault = faultOf(field, value[field], latest);
    if (fault === null) continue;
    notices.push(`${fault}; it is left out.`);
    delete value[field];
  }
  return { value, notices };
}

function faultOf(field: (typeof DISPENSABLE)[number], value: unknown, latest: number): string | null {
  const smallest = { release: 'v0.0.0', type: 'any', component: 'any', [field]: value };
  const reading = readFragmentInput(smallest, { anyRelease: true });
  if ('faults' in reading) return reading.faults[0] ?? field;
  const isAhead = field === 'date' && Date.parse(String(value)) > latest;
  return isAhead ? `date is in the future, received ${JSON.stringify(value)}` : null;
}
