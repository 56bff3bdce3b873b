import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import { BOOKKEEPING_PREFIX } from '../release/item/fragment.ts';
import type { Item, PlainValue } from '../release/item/item.ts';
import { plainItem } from './plain-item.ts';
import type { CallOptions } from './send.ts';
import { getConsistently, putWhere } from './single-item.ts';
import type { DescribedTable } from './table-keys.ts';
import type { Condition } from './unchanged-condition.ts';

/**
 * What was last told of each release, so that only a change is told. One item for each release:
 *
 *     release-matrix:notify | v1.4.0    told = "sha256:…", toldReadAt = "…Z", claim = "sha256:…", claimedAt = "…Z"
 *
 * A job claims what it is about to tell, tells it, and settles the claim. Of several jobs one wins the claim. One that
 * is killed before it could tell leaves a claim that the next job may take over once it is old; one that is killed
 * between telling and settling so has it told twice, which is better than never.
 */
export const NOTIFY_KEY = `${BOOKKEEPING_PREFIX}notify`;
/** A claim that is older is taken over, milliseconds: the telling is given up long before. */
export const CLAIM_MS = 5 * 60_000;
/** Others may change the item between our reading and our writing; each round one of them wins. */
const MAX_ROUNDS = 20;

/** What is to be told. */
export interface News {
  readonly release: string;
  /** Names what is told: equal where there is nothing new. */
  readonly state: string;
  /** When the table was read, ISO 8601 in UTC. */
  readonly readAt: string;
}

export interface ClaimOptions extends CallOptions {
  /** The machine's clock, ISO 8601 in UTC. */
  readonly now: string;
  /** Names this one claim: after a lost answer it tells our own from another's. */
  readonly claimId: string;
}

export type ClaimOutcome =
  /** It is ours to tell. */
  | { readonly outcome: 'claimed' }
  /** The same was told last. */
  | { readonly outcome: 'told' }
  /** Another job is telling, or has told of a later reading. */
  | { readonly outcome: 'elsewhere' };

type Table = Pick<DescribedTable, 'table' | 'keys'>;

/**
 * Claims the telling of news.
 *
 * @throws ReadFault; trying again with the same `claimId` finds out whether the claim was made
 */
export async function claimNews(
  client: DynamoDBClient,
  table: Table,
  news: News,
  options: ClaimOptions,
): Promise<ClaimOutcome> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const stored = await readState(client, table, news.release, options);
    if (stored.claimId === options.claimId) return { outcome: 'claimed' };
    if (isBeingTold(stored, options.now)) return { outcome: 'elsewhere' };
    // ISO 8601 in UTC with equal precision: text order is time order.
    if (typeof stored.toldReadAt === 'string' && stored.toldReadAt > news.readAt) return { outcome: 'elsewhere' };
    if (stored.told === news.state) return { outcome: 'told' };
    const claim = { claim: news.state, claimedAt: options.now, claimId: options.claimId };
    const next = { ...keysOf(table, news.release), ...told(stored), ...claim, writeId: options.claimId };
    if (await putWhere(client, table.table, next, stillThat(stored), options)) return { outcome: 'claimed' };
  }
  throw new ReadFault('throttled', `What was told of ${news.release} changed ${MAX_ROUNDS} times on the way.`);
}

/**
 * Ends a claim of ours. Does nothing where another job has taken it over.
 *
 * @param wasTold whether the news went out; else the next job will tell it
 * @throws ReadFault; trying again is safe
 */
export async function settleNews(
  client: DynamoDBClient,
  table: Table,
  news: News,
  wasTold: boolean,
  options: ClaimOptions,
): Promise<void> {
  const stored = await readState(client, table, news.release, options);
  if (stored.claimId !== options.claimId) return;
  const now = wasTold ? { told: news.state, toldReadAt: news.readAt, toldAt: options.now } : told(stored);
  const next = { ...keysOf(table, news.release), ...now, writeId: `${options.claimId}/settled` };
  await putWhere(client, table.table, next, stillThat(stored), options);
}

function keysOf({ keys }: Table, release: string): Record<string, string> {
  return { [keys.release]: NOTIFY_KEY, [keys.component]: release };
}

function isBeingTold({ claimedAt }: Item, now: string): boolean {
  if (typeof claimedAt !== 'string') return false;
  const ageMs = Date.parse(now) - Date.parse(claimedAt);
  // A claim from the future is of a clock that is wrong: it must not block for ever.
  return Math.abs(ageMs) < CLAIM_MS;
}

/** What an item says of the last telling. */
function told(stored: Item): Record<string, PlainValue> {
  const names = ['told', 'toldReadAt', 'toldAt'] as const;
  return Object.fromEntries(names.flatMap((name) => (stored[name] === undefined ? [] : [[name, stored[name]]])));
}

/** Every write of this program has an id of its own, so that one attribute tells whether the item is as it was read. */
function stillThat({ writeId }: Item): Condition {
  const names = { ExpressionAttributeNames: { '#w': 'writeId' } };
  return typeof writeId === 'string'
    ? { ConditionExpression: '#w = :w', ...names, ExpressionAttributeValues: { ':w': { S: writeId } } }
    : { ConditionExpression: 'attribute_not_exists(#w)', ...names };
}

/** @returns the item; one without attributes, where there is none */
async function readState(client: DynamoDBClient, table: Table, release: string, options: ClaimOptions): Promise<Item> {
  return plainItem((await getConsistently(client, table.table, keysOf(table, release), options)) ?? {});
}
