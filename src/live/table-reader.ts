import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { PageStart } from '../contract/local-server.ts';
import type { Prover } from '../contract/proof.ts';
import { faultFrom, ReadFault } from '../contract/read-fault.ts';
import { DOCUMENTED_KEYS, type Item, type KeyNames } from '../release/item/item.ts';
import { DEFAULTS_IN_FORCE, type PolicyInForce } from '../release/policy/policy-item.ts';
import { paceAfter } from '../store/back-off.ts';
import { connectTable, localRoute, type TableConnection } from '../store/client.ts';
import { outageLimit } from '../store/outage-limit.ts';
import { unproven } from '../store/proven-requests.ts';
import type { ReadProgress } from '../store/read-table.ts';
import { type DescribedTable, describeTable } from '../store/table-keys.ts';
import { afterLook, afterWhole, type Detection, nextPoll, type Poll } from './change-detection.ts';
import { startIntake } from './fragment-intake.ts';
import { type AskedTable, lookForChanges, unitCount } from './look-for-changes.ts';
import { policyReader } from './policy-reader.ts';
import { type CredentialContext, profileCredentials } from './profile-credentials.ts';
import { reachEndpoint } from './reach-endpoint.ts';
import { wholeEveryMs } from './read-budget.ts';
import { readCountersBefore, readWhole, wholeUnits } from './read-whole.ts';
import { replaceReleases } from './replace-releases.ts';
import type { Answering } from './server-secret.ts';
import { NOTHING_SHOWN, type ShownReleases, shownCandidates } from './shown-releases.ts';
import { clockErrorMs } from './table-clock.ts';
import type { TableAccess, TableData, TablePart } from './table-data.ts';

/** What a reader needs of the page around it. */
export interface ReaderContext extends CredentialContext {
  /** The page's own origin: `http://127.0.0.1:5179`. */
  readonly origin: string;
  /** Proves what goes to the local server, and what comes from it. */
  readonly prover: Prover;
  /** Asks who answers at the address of the local server. */
  readonly whoAnswers: () => Promise<Answering>;
  /** Replaces HTTP for calls to the table, for one inside this process, which proves nothing. */
  readonly requestHandler?: TableConnection['requestHandler'];
}

/** A reading, and how it differs from the one before. */
export interface NewReading {
  readonly table: TableData;
  /** Why the whole table could not be read when that was tried last, though changes still are; null: it could. */
  readonly wholeFault: ReadFault | null;
  /** How long an answer took, milliseconds, where that was slow; else null. */
  readonly slowMs: number | null;
}

/** What one way of reading brings. */
type Brought = Omit<NewReading, 'wholeFault' | 'slowMs'>;

/** What a reading is to go by. */
export interface ReadWishes {
  /** A person asked for all of it. */
  readonly whole: boolean;
  readonly shown: ShownReleases;
}

const NO_WISHES: ReadWishes = { whole: false, shown: NOTHING_SHOWN };

export interface TableReader {
  /**
   * Brings what is known of the table up to date: by what changed, where that can be told, else by reading all of it
   * (`change-detection.ts`). Where nothing changed, the fragments are those of `previous`.
   *
   * @param previous the last good reading; null: none
   * @param onProgress only of a reading of the whole table
   * @param onPart told of what has been read so far, now and then, where there is no reading before
   * @throws ReadFault when any part of what is to be read cannot be had; `previous` then still holds
   */
  read(
    previous: TableData | null,
    onProgress: (progress: ReadProgress) => void,
    signal: AbortSignal,
    wishes?: ReadWishes,
    onPart?: (part: TablePart) => void,
  ): Promise<NewReading>;
  /** Milliseconds for which the table is to be left alone after a reading that failed or was slow; 0: as one likes. */
  restMs(): number;
}

interface Connection {
  readonly client: DynamoDBDocumentClient;
  access: TableAccess | null;
  /** Null: to be asked for, as the first call of all. */
  described: DescribedTable | null;
}

/**
 * Makes the reader of the one table that the page was started for. The connection (credentials, clock, key names) is
 * made at the first reading and again after a failure, since each of them may be what failed; but not after an outage of
 * the table, which none of them can fix.
 */
export function tableReader(start: PageStart, context: ReaderContext): TableReader {
  const { source, table, region } = start;
  const fetchCredentials = profileCredentials(context.prover, context);
  const policies = policyReader(start.policy);
  let connection: Connection | null = null;
  /** A whole reading that failed has cost something all the same: the next one waits until that is paid for. */
  let retryWholeAt: number | null = null;
  let wholeFault: ReadFault | null = null;
  /** AWS has refused what the local server gave last: it keeps that until it is told so. */
  let refused = false;
  /** What answers at the address of the local server was not it: until it is, nothing but that question is sent there. */
  let foreign = false;
  const limit = outageLimit(context.now);
  /** Where the page calls the endpoint itself by the browser's HTTP. */
  const endpoint = source.kind === 'aws' && context.requestHandler === undefined ? source.endpoint : null;
  /** It has answered since it last did not. */
  let isReached = false;
  /** Nothing has been asked of the table yet. */
  let isFirst = true;

  const own = context.requestHandler === undefined ? {} : { requestHandler: context.requestHandler };
  const prover = context.requestHandler === undefined ? context.prover : null;

  /** Tells a server that was started anew, which does not know this page's token, from another program. */
  const whoItIs = async (fault: ReadFault): Promise<ReadFault> => {
    if (fault.code !== 'local-server-foreign') return fault;
    const answering = await context.whoAnswers();
    foreign = answering === 'foreign';
    switch (answering) {
      case 'ours':
        return new ReadFault('local-server-restarted', 'It has proved to be the server of this page, in a new run.');
      case 'silent':
        return new ReadFault('local-server-stopped', 'The local server does not answer.');
      case 'foreign':
        return fault;
    }
  };

  const connect = async (): Promise<Connection> => {
    if (source.kind !== 'aws') {
      const keyId = source.kind === 'loopback' ? source.keyId : undefined;
      const client = connectTable({ ...localRoute(context.origin, region, prover, keyId, context.chosen), ...own });
      return { client, access: null, described: null };
    }
    // Before the client is made: it takes the clock's offset only then, and signs by it from the first call on.
    let held: Awaited<ReturnType<typeof fetchCredentials>> | null = await fetchCredentials(refused);
    const { access } = held;
    const client = connectTable({
      ...own,
      region,
      endpoint: source.endpoint,
      clockOffsetMs: access.clockOffsetMs,
      credentials: async (asked?: { readonly forceRefresh?: boolean }) => {
        const credentials = held ?? (await fetchCredentials(asked?.forceRefresh === true));
        held = null; // what was fetched above serves the first call only
        if (connection !== null) connection.access = credentials.access;
        return credentials;
      },
    });
    return { client, access, described: null };
  };

  /** The policy and the counters, which stand before the items. @param previous of the same keys; null: none */
  const askBefore = async (
    table: Pick<AskedTable, 'client' | 'signal'> & { readonly described: Pick<DescribedTable, 'table' | 'keys'> },
    previous: TableData | null,
    startedAt: number,
  ) => {
    const { client, described, signal } = table;
    const units = unitCount();
    const known = previous?.detection ?? null;
    const [asked, before] = await Promise.all([
      policies.ask(client, described, signal),
      readCountersBefore(
        table,
        previous === null || known === null ? null : { detection: known, fragments: previous.fragments.length },
        start,
        startedAt,
        units,
      ),
    ]);
    units.add(asked.readUnits);
    return { asked, before, units };
  };
  type AskedBefore = Awaited<ReturnType<typeof askBefore>>;

  /**
   * Asks AWS along with the description of the table, not behind it, by the key names that it most likely has. Once only:
   * a table that did not answer is asked for one thing at a time. Nor through the local server, which is near, and which
   * may turn out to be another program.
   */
  const askEarly = (
    client: DynamoDBDocumentClient,
    previous: TableData | null,
    startedAt: number,
    signal: AbortSignal,
  ) => {
    if (source.kind !== 'aws' || !isFirst || (previous?.detection ?? null) !== null) return null;
    isFirst = false;
    const keys = previous?.keyNames ?? start.keyNames ?? DOCUMENTED_KEYS;
    const stop = new AbortController();
    signal.addEventListener('abort', () => stop.abort(signal.reason), { once: true });
    const answers = askBefore({ client, described: { table, keys }, signal: stop.signal }, null, startedAt);
    // By other keys than the table's, or of a table that cannot be described, nobody waits for it.
    answers.catch(() => {});
    return { keys, answers, stop: () => stop.abort() };
  };

  const connected = async (
    previous: TableData | null,
    startedAt: number,
    signal: AbortSignal,
  ): Promise<{
    readonly client: DynamoDBDocumentClient;
    readonly described: DescribedTable;
    /** Null: nothing has been asked yet. */
    readonly early: Promise<AskedBefore> | null;
  }> => {
    const reaching =
      endpoint === null || isReached ? null : limit.count(() => reachEndpoint(endpoint, context.fetch, signal));
    // Whoever lends the credentials may fail meanwhile, and be the fault that is told.
    reaching?.catch(() => {});
    if (connection === null) {
      connection = await connect();
      limit.watch(connection.client);
    }
    await reaching;
    isReached = true;
    const { client } = connection;
    if (connection.described !== null) return { client, described: connection.described, early: null };
    const early = askEarly(client, previous, startedAt, signal);
    let keys: KeyNames | null = null;
    try {
      const described = await describeTable(client, { table, configuredKeys: start.keyNames, signal });
      connection.described = described;
      keys = described.keys;
      return { client, described, early: early !== null && sameKeys(early.keys, keys) ? early.answers : null };
    } finally {
      if (early !== null && (keys === null || !sameKeys(early.keys, keys))) early.stop();
    }
  };

  /** By AWS's clock where this machine's is off. */
  const timeOf = (here: number): string => new Date(here + clockErrorMs(connection?.access ?? null)).toISOString();

  const readAll = async (
    table: AskedTable,
    early: Promise<AskedBefore> | null,
    previous: TableData | null,
    onProgress: (progress: ReadProgress) => void,
    startedAt: number,
    onPart: ((part: TablePart) => void) | undefined,
  ): Promise<Brought> => {
    const { described, signal } = table;
    const { keys } = described;
    const known = previous?.detection ?? null;
    const { asked, before, units } = await (early ?? askBefore(table, previous, startedAt));
    let policy = asked.policy ?? previous?.policy ?? DEFAULTS_IN_FORCE;
    const intakeBy = (by: PolicyInForce) =>
      startIntake(
        previous,
        keys,
        by.policy.environments,
        signal,
        previous !== null && previous.policy !== by,
        previous === null ? (fragments) => onPart?.({ fragments, policy: by }) : undefined,
      );
    const intake = intakeBy(policy);
    const reading = await readWhole(table, before, known, units, onProgress, intake.take);
    let taken = await intake.finish(reading.items);
    const found = asked.policy ?? policies.among(reading.items, keys);
    if (found !== policy) {
      policy = found;
      taken = await intakeBy(policy).finish(reading.items);
    }
    const { fragments, evidence, rejected, change } = taken;
    const endedAt = context.now();
    const tookMs = endedAt - startedAt;
    const full = { startedAt, readUnits: wholeUnits(reading, before), tookMs };
    return {
      table: {
        fragments,
        change,
        evidence,
        rejected,
        readAt: timeOf(endedAt),
        keyNames: keys,
        keysFrom: described.keysFrom,
        policy,
        readUnits: units.sum(),
        tookMs,
        incomplete: reading.incomplete?.message ?? null,
        access: null,
        detection: afterWhole(known, start, { ...before, full }),
      },
    };
  };

  const readChanges = async (
    table: AskedTable,
    poll: Extract<Poll, { reads: 'changes' }>,
    previous: TableData,
    detection: Detection,
    startedAt: number,
  ): Promise<Brought> => {
    const { keys } = table.described;
    const looked = await lookForChanges(table, poll, detection, start, startedAt);
    const policy = looked.policy ?? previous.policy;
    const { environments } = policy.policy;
    const known =
      policy === previous.policy
        ? previous
        : await startIntake(previous, keys, environments, table.signal, true).finish(itemsOf(previous));
    const { fragments, evidence, rejected, change } = replaceReleases(known, looked.readings, keys, environments);
    const endedAt = context.now();
    return {
      table: {
        ...previous,
        fragments,
        change,
        evidence,
        rejected,
        policy,
        readAt: timeOf(endedAt),
        readUnits: looked.readUnits,
        tookMs: endedAt - startedAt,
        detection: afterLook(detection, start, { ...looked, poll, now: startedAt }),
      },
    };
  };

  const readOnce: TableReader['read'] = async (previous, onProgress, signal, wishes = NO_WISHES, onPart) => {
    const startedAt = context.now();
    let spent = 0;
    let poll: Poll | null = null;
    limit.begin();
    try {
      if (foreign) throw unproven();
      const { client, described, early } = await connected(previous, startedAt, signal);
      const comparable = previous !== null && sameKeys(previous.keyNames, described.keys) ? previous : null;
      const detection = comparable?.detection ?? null;
      poll = nextPoll({
        detection,
        limits: start,
        fragments: comparable?.fragments.length ?? 0,
        wholeAsked: wishes.whole,
        retryWholeAt,
        candidates: () => shownCandidates(comparable?.fragments ?? [], wishes.shown, detection?.full.readUnits ?? 0),
        now: startedAt,
      });
      const table: AskedTable = { client, described, policies, signal };
      const reading =
        poll.reads === 'whole' || comparable === null || detection === null
          ? await readAll(
              table,
              early,
              comparable,
              (progress) => {
                spent = progress.readUnits ?? 0;
                onProgress(progress);
              },
              startedAt,
              onPart,
            )
          : await readChanges(table, poll, comparable, detection, startedAt);
      if (poll.reads === 'whole') {
        retryWholeAt = null;
        wholeFault = null;
      }
      limit.end(null);
      refused = false;
      return {
        ...reading,
        table: { ...reading.table, access: connection?.access ?? null },
        wholeFault,
        slowMs: limit.slowMs(),
      };
    } catch (error) {
      const fault = await whoItIs(faultFrom(error, source.kind === 'aws' ? 'direct' : 'local-server'));
      if (paceAfter(fault) !== 'outage') connection = null;
      // What somebody has stopped tells nothing of the table.
      if (!signal.aborted) {
        limit.end(fault);
        if (fault.code === 'timed-out' || fault.code === 'unreachable') isReached = false;
        if (poll?.reads === 'whole') wholeFault = fault;
        refused = fault.code === 'credentials-expired' || fault.code === 'credentials-refused';
      }
      const known = previous?.detection ?? null;
      if (poll?.reads === 'whole' && previous !== null && known !== null) {
        const share = Math.min(spent / Math.max(known.full.readUnits, 1), 1);
        retryWholeAt = context.now() + share * wholeEveryMs(known, start, previous.fragments.length);
      }
      throw fault;
    }
  };

  return {
    async read(...wanted) {
      const known = connection?.described ?? null;
      try {
        return await readOnce(...wanted);
      } catch (error) {
        // Made anew with other keys under an open page: the table itself says which, and whether they will do.
        if (known === null || !(error instanceof ReadFault) || error.code !== 'keys-unsuitable') throw error;
        return await readOnce(...wanted);
      }
    },
    restMs: limit.restMs,
  };
}

/** Every item that is known, each once. */
function itemsOf({ fragments, evidence, rejected }: TableData): Item[] {
  return [...fragments, ...evidence, ...rejected].map(({ item }) => item);
}

function sameKeys(a: TableData['keyNames'], b: TableData['keyNames']): boolean {
  return a.release === b.release && a.component === b.component;
}
