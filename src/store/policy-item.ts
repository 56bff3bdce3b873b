import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import { MAX_ITEM_BYTES } from '../limits/limits.ts';
import { POLICY_ITEM } from '../release/item/fragment.ts';
import type { Item, PlainValue } from '../release/item/item.ts';
import { countChanges } from './change-counter.ts';
import { itemBytes } from './item-size.ts';
import { plainItem } from './plain-item.ts';
import { keptContents, type WriteStamp } from './publish-fragment.ts';
import { readChangeTotal } from './read-change-counter.ts';
import type { CallOptions } from './send.ts';
import { getConsistently, putWhere } from './single-item.ts';
import type { DescribedTable } from './table-keys.ts';
import { notThere, unchangedSince } from './unchanged-condition.ts';
import { isRecord } from './wire-answer.ts';

/**
 * The policy item as it is written by commands:
 *
 *     policy | policy#release-matrix    document = "{ … }", publishedAt, publishedBy = "arn:…", writeId, replaced = [ … ]
 *
 * Every change is one put on the condition that the item is as it was read, so that of two at once none undoes the other.
 * The documents that were replaced stay in the item, the latest first, as many as fragments keep of theirs.
 */
export interface PolicyVersion {
  /** A map, or its JSON as text; undefined: the item has none. */
  readonly document: PlainValue | undefined;
  /** Who wrote it and when; null: whoever did, did not say. */
  readonly publishedBy: string | null;
  readonly publishedAt: string | null;
}

export interface StoredPolicy extends PolicyVersion {
  /** What it replaced, the latest first. */
  readonly replaced: readonly PolicyVersion[];
}

export interface PolicyChanged {
  /** False: the table says so already. */
  readonly written: boolean;
  /** How many documents were kept before and are no more, for want of room. */
  readonly forgotten: number;
}

/** The document is too large for an item of DynamoDB. */
export class PolicyTooLarge extends Error {}

/** Others may change the item between our reading and our writing; each round one of them wins. */
const MAX_ROUNDS = 100;

type Table = Pick<DescribedTable, 'table' | 'keys'>;

/** @returns null: the table holds none. @throws ReadFault */
export async function readPolicyItem(
  client: DynamoDBClient,
  table: Table,
  options: CallOptions,
): Promise<StoredPolicy | null> {
  const raw = await getConsistently(client, table.table, keyOf(table), options);
  return raw === null ? null : storedOf(plainItem(raw));
}

/**
 * Changes the policy of a table.
 *
 * @param next what the document shall be, by the one that is there; asked again where somebody was faster; null: it is so
 *   already. What it throws is thrown on
 * @throws ReadFault; trying again with the same stamp finds out whether it was written
 * @throws PolicyTooLarge
 */
export async function changePolicyItem(
  client: DynamoDBClient,
  table: Table,
  next: (stored: StoredPolicy | null) => string | null,
  stamp: WriteStamp,
  options: CallOptions,
): Promise<PolicyChanged> {
  const key = keyOf(table);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const raw = await getConsistently(client, table.table, key, options);
    const before = raw === null ? null : plainItem(raw);
    // Ours: the answer to an earlier try was lost.
    if (before?.writeId === stamp.writeId) return { written: true, forgotten: 0 };
    const stored = before === null ? null : storedOf(before);
    const document = next(stored);
    if (document === null) return { written: false, forgotten: 0 };
    const { replaced: _, ...others } = before ?? {};
    const item: Item = { ...others, ...key, document, ...stamp };
    const bytes = itemBytes(item);
    if (bytes > MAX_ITEM_BYTES) throw new PolicyTooLarge(`${bytes} bytes, and an item holds ${MAX_ITEM_BYTES}`);
    const kept = before === null ? [] : keptContents(before, item, table.keys, stamp.publishedAt);
    const whole = kept.length === 0 ? item : { ...item, replaced: kept };
    const condition = raw === null ? notThere(table.keys) : unchangedSince(raw, table.keys);
    if (!(await putWhere(client, table.table, whole, condition, options))) continue;
    return { written: true, forgotten: (stored === null ? 0 : stored.replaced.length + 1) - kept.length };
  }
  throw new ReadFault('throttled', `The policy changed ${MAX_ROUNDS} times between being read and being written.`);
}

/**
 * Tells open dashboards that the policy is another, where publishers count their changes; elsewhere they find it out
 * within a minute, and a counter that nobody else keeps would mislead them.
 *
 * @throws ReadFault; it is written all the same
 */
export async function announcePolicy(client: DynamoDBClient, table: Table, options: CallOptions): Promise<void> {
  const { total } = await readChangeTotal(client, table, 0, options.signal);
  if (total.count > 0) await countChanges(client, table, new Map([[POLICY_ITEM.release, 1]]), options);
}

function keyOf({ keys }: Table): Record<string, string> {
  return { [keys.release]: POLICY_ITEM.release, [keys.component]: POLICY_ITEM.component };
}

function storedOf(item: Item): StoredPolicy {
  const replaced = Array.isArray(item.replaced) ? item.replaced.filter(isRecord) : [];
  return { ...versionOf(item), replaced: replaced.map((one) => versionOf(one as Item)) };
}

function versionOf({ document, publishedAt, publishedBy }: Item): PolicyVersion {
  return { document, publishedAt: textOf(publishedAt), publishedBy: textOf(publishedBy) };
}

function textOf(value: PlainValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
