import type { z } from 'zod';
import { equalValues } from '../item/equal-values.ts';
import { readTime } from '../item/fields.ts';
import { POLICY_ITEM } from '../item/fragment.ts';
import type { Item, KeyNames, PlainValue } from '../item/item.ts';
import { brokenPolicy, type Policy, type PolicyFault } from './policy.ts';
import { policyDocument } from './policy-document.ts';
import { DEFAULTS_IN_FORCE, type PolicyInForce, type WrittenPolicy } from './policy-item.ts';
import { resolvePolicy } from './resolve-policy.ts';

// Apart from the policy's resolved form, which every report wants: the schema is needed only where a document is read.

export type PolicyReading = { readonly policy: Policy } | { readonly faults: readonly PolicyFault[] };

/** Reads a policy document. Whole or not at all: a document with any fault gives its faults. Never throws. */
export function readPolicy(document: unknown): PolicyReading {
  const parsed = policyDocument.safeParse(document);
  if (parsed.success) return { policy: resolvePolicy(parsed.data) };
  return { faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, [])) };
}

/**
 * A union says only that no form of it fits; where one fits but for its parts, those are what is wrong. Of a key that is
 * none, it is what the key's own rule says.
 */
function faultsOf(issue: z.core.$ZodIssue, within: readonly PropertyKey[]): PolicyFault[] {
  const path = [...within, ...issue.path];
  if (issue.code === 'invalid_key') return issue.issues.flatMap((part) => faultsOf(part, path));
  const nearest =
    issue.code === 'invalid_union'
      ? issue.errors.find((form) => form.every((part) => part.path.length > 0))
      : undefined;
  return nearest?.flatMap((part) => faultsOf(part, path)) ?? [{ path: pathText(path), reason: issue.message }];
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

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
    return { ...ofTable(item.document), written: writtenIn(item) };
  }
  return DEFAULTS_IN_FORCE;
}

/** When the documents that an item holds were written, the newest first. */
function writtenIn(item: Item): WrittenPolicy[] {
  const { replaced } = item;
  const versions = [item, ...(Array.isArray(replaced) ? replaced.filter(isItem) : [])];
  return versions.map(({ document, publishedAt, publishedBy }, at) => {
    const before = versions[at + 1];
    return {
      publishedAt: readTime(publishedAt ?? null) ?? null,
      publishedBy: typeof publishedBy === 'string' ? publishedBy : null,
      changed: before === undefined ? null : changedParts(partsOf(before.document), partsOf(document)),
    };
  });
}

function isItem(value: PlainValue): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parts of a document by name; none where it is no document. */
function partsOf(document: PlainValue | undefined): Item {
  if (typeof document !== 'string') return document !== undefined && isItem(document) ? document : {};
  try {
    const read: PlainValue = JSON.parse(document);
    return isItem(read) ? read : {};
  } catch {
    return {};
  }
}

function changedParts(before: Item, after: Item): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !equalValues(before[name] ?? null, after[name] ?? null)).sort();
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
    return { faults: [{ path: '', reason: `is not JSON: ${error instanceof Error ? error.message : error}` }] };
  }
}
