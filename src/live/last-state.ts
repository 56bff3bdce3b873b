import { version } from '../../package.json';
import type { PageStart } from '../contract/local-server.ts';
import { MAX_LAST_STATE_CHARACTERS, MAX_LAST_STATE_ITEMS } from '../limits/limits.ts';
import type { Evidence } from '../release/item/evidence.ts';
import type { Fragment, RejectedItem } from '../release/item/fragment.ts';
import type { Item } from '../release/item/item.ts';
import { DEFAULTS_IN_FORCE, type PolicyInForce } from '../release/policy/policy-item.ts';
import type { Steps } from '../release/text/steps.ts';
import { startIntake } from './fragment-intake.ts';
import type { KeptFacts, LastStateStore } from './last-state-store.ts';
import { laterPart } from './later-part.ts';
import { eachOf, inSlices, letOthersWork } from './slices.ts';
import type { TableData } from './table-data.ts';

const policyReading = laterPart(() => import('../release/policy/read-policy.ts'));

/** Between two acts of keeping, milliseconds: it is for the next visit, which is not in the next minute. */
const KEEP_EVERY_MS = 5 * 60_000;
/** Releases read or written at once, between which the page gets its turn. */
const BATCH = 10;

/** The table's last state, for the next visit to begin with. Where the browser keeps nothing it does nothing. */
export interface LastState {
  /** @returns null: nothing is kept, or what is kept is not of this program and these settings */
  load(signal: AbortSignal): Promise<TableData | null>;
  /** Keeps a reading when the time has come; resolves when that is done, never fails. */
  keep(table: TableData): Promise<void>;
}

/**
 * @param open gets at what is kept; it may fail
 * @param idle resolves when the page has nothing else to do
 */
export function lastState(
  { policy: filed }: Pick<PageStart, 'policy'>,
  open: () => Promise<LastStateStore>,
  idle: () => Promise<void>,
): LastState {
  let store: Promise<LastStateStore> | null = null;
  const opened = () => {
    store ??= open();
    return store;
  };
  /** What the store holds as far as this page has put it there: by release, the fragments and rejected items. */
  let held: Held = new Map();
  let stamp: string | null = null;
  let keptAt = Number.NEGATIVE_INFINITY;
  let failed = false;
  let busy = false;

  const putChanges = async (into: LastStateStore, table: TableData): Promise<void> => {
    const now = await inSlices(byRelease(table), UNSTOPPED);
    const before = await into.facts();
    if (before === null || before.stamp !== stamp || !before.whole) held = new Map();
    const facts = factsOf(table, `${table.readAt} ${Math.random()}`);
    await into.putFacts({ ...facts, whole: false });
    stamp = null;
    let length = 0;
    const changed = [...now].filter(([tag, members]) => !sameMembers(members, held.get(tag)));
    for (let at = 0; at < changed.length; at += BATCH) {
      const texts = new Map<string, string>();
      for (const [tag, members] of changed.slice(at, at + BATCH)) {
        texts.set(tag, JSON.stringify(members.map(({ item }) => item)));
        length += texts.get(tag)?.length ?? 0;
        await letOthersWork();
      }
      if (length > MAX_LAST_STATE_CHARACTERS) return into.clear();
      await into.putItems(texts);
    }
    await into.keepOnly(now.keys());
    // Another tab may have begun to keep the table meanwhile: then it is for that one to end it.
    if ((await into.facts())?.stamp !== facts.stamp) return;
    await into.putFacts(facts);
    held = now;
    stamp = facts.stamp;
  };

  return {
    async load(signal) {
      try {
        const from = await opened();
        const facts = await from.facts();
        if (facts === null || !facts.whole || facts.program !== version) return null;
        const policy = await policyFrom(facts, filed);
        if (policy === null) return null;
        const intake = startIntake(null, facts.keyNames, policy.policy.environments, signal);
        const items: Item[] = [];
        const names = await from.names();
        for (let at = 0; at < names.length; at += BATCH) {
          for (const text of await from.items(names.slice(at, at + BATCH))) {
            const page: unknown = JSON.parse(text ?? 'null');
            if (!isItems(page)) return null;
            intake.take(page);
            for (const item of page) items.push(item);
            await letOthersWork();
            signal.throwIfAborted();
          }
        }
        if (items.length !== facts.items || items.length === 0) return null;
        const { fragments, evidence, rejected } = await intake.finish(items);
        const { readAt, keyNames, keysFrom } = facts;
        const unread = { readUnits: null, tookMs: 0, incomplete: null, access: null, detection: null };
        return { fragments, evidence, rejected, policy, readAt, keyNames, keysFrom, ...unread, earlier: true };
      } catch {
        return null; // what is broken, or cannot be had, is as if it were not there
      }
    },
    async keep(table) {
      const { readAt, incomplete } = table;
      const isDue = Math.abs(Date.parse(readAt) - keptAt) >= KEEP_EVERY_MS;
      if (failed || busy || !isDue || incomplete !== null || itemsIn(table).length > MAX_LAST_STATE_ITEMS) return;
      busy = true;
      try {
        await idle();
        await putChanges(await opened(), table);
        keptAt = Date.parse(readAt);
      } catch {
        failed = true; // no room, or no leave: the next visit begins without
      }
      busy = false;
    },
  };
}

const UNSTOPPED = new AbortController().signal;

type Kept = Fragment | Evidence | RejectedItem;
type Held = ReadonlyMap<string, readonly Kept[]>;

function itemsIn({ fragments, evidence, rejected }: TableData): Kept[] {
  return [...fragments, ...evidence, ...rejected];
}

function* byRelease(table: TableData): Steps<Held> {
  const groups = new Map<string, Kept[]>();
  yield* eachOf(itemsIn(table), (each) => {
    const group = groups.get(each.release ?? '');
    if (group) group.push(each);
    else groups.set(each.release ?? '', [each]);
  });
  return groups;
}

function sameMembers(a: readonly unknown[], b: readonly unknown[] | undefined): boolean {
  return a.length === b?.length && a.every((member, at) => member === b[at]);
}

function factsOf(table: TableData, stamp: string): KeptFacts {
  const { readAt, keyNames, keysFrom, policy } = table;
  const { source, document } = policy;
  return {
    program: version,
    readAt,
    keyNames,
    keysFrom,
    policy: { source, ...(document === undefined ? {} : { document }) },
    items: itemsIn(table).length,
    stamp,
    whole: true,
  };
}

/** The settings' file of now wins; null: the state was judged by a file that is no longer there. */
async function policyFrom({ policy }: KeptFacts, filed: PageStart['policy']): Promise<PolicyInForce | null> {
  if (filed === null && policy.source === 'file') return null;
  if (filed === null && policy.source === 'defaults') return DEFAULTS_IN_FORCE;
  // Loaded only where there is a document, as in `policyReader`.
  const { ofTable, policyOfDocument } = await policyReading();
  return filed === null ? ofTable(policy.document) : policyOfDocument(filed, 'file');
}

/** What JSON holds besides is plain by itself; `readItem` says of each item what it makes of it. */
function isItems(page: unknown): page is readonly Item[] {
  return Array.isArray(page) && page.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item));
}
