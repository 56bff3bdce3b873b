import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type FaultCode, faultFrom, type ReadFault } from '../contract/read-fault.ts';
import { MAX_OUTAGE_REQUESTS } from '../limits/limits.ts';
import { paceAfter } from './back-off.ts';

/** Answers that take so long on average, from the request to their head, are slow, milliseconds. */
const SLOW_MS = 2_000;
const MINUTE_MS = 60_000;
/** A second more: what is sent at its time may be a moment late on its way, and the next one may not. */
const WINDOW_MS = MINUTE_MS + 1_000;
/** What a request costs of it. */
const SHARE_MS = MINUTE_MS / MAX_OUTAGE_REQUESTS;
/** Where answers take longer than that, milliseconds, calls that go one by one exceed their time. */
const QUICK_MS = 1_000;
/** What a reading asks before it comes to the items: for the policy and the counters. */
const ASKED_FIRST = 2;

/**
 * Requests that are made once more without our doing where an idle connection was lost: by a browser, on each connection
 * that it had kept, or by the local server.
 */
const OWN_REPEATS: Readonly<Partial<Record<FaultCode, number>>> = {
  unreachable: 2,
  'endpoint-unreachable': 1,
  'local-server-stopped': 1,
};

/**
 * Keeps a reader from asking a table that is down over and over. While it is well, the SDK repeats a call that failed, so
 * that nobody sees a single fault; of calls that failed together, such as those of a parallel Scan whose connections were
 * lost, one is repeated first, and the others when it has succeeded. While the table is down, only the reading itself is
 * repeated, and its calls go one by one until they have come to the items: mostly the first one tells. While it is slow,
 * readings are made as ever, but further apart; one that turns out slow soon after an outage waits between its calls until
 * they keep within the limit.
 */
export interface OutageLimit {
  /** Has the requests of this client counted, and repeated within the limit. */
  watch(client: DynamoDBClient): void;
  /** A reading begins. */
  begin(): void;
  /** Counts a request that is not the client's. */
  count<Answer>(request: () => Promise<Answer>): Promise<Answer>;
  /** It has ended. One that failed begins an outage, and a good one ends it. @param fault null: it was good */
  end(fault: ReadFault | null): void;
  /**
   * Milliseconds from now until another reading keeps within the limit, if it goes as the last one did, a minute at most;
   * 0: at once.
   */
  restMs(): number;
  /**
   * How long an answer took in the last reading, milliseconds, where it was good but slow: on average, or the longest one,
   * where that made the reading wait; else null.
   */
  slowMs(): number | null;
}

/** One request that counts. */
interface Sent {
  readonly at: number;
}

/** What goes on in one reading. */
interface Calls {
  /** When it began. */
  readonly begunAt: number;
  /** All its requests, and those of them that had a good answer. */
  readonly sent: Sent[];
  readonly answered: Set<Sent>;
  /** How long until the heads of the answers came, all together. */
  readonly heads: { count: number; ms: number; longestMs: number };
  /** How many requests are to be reckoned with in a reading like this one. */
  like: number;
  /** A call has waited for room, since an answer was slow. */
  hasWaited: boolean;
  /** Calls that have succeeded, and that are under way. */
  succeeded: number;
  underWay: number;
  /** Those of them that nothing has been sent of yet. */
  readonly unsent: Set<object>;
  /** Calls that wait for one of those to end, or for room; they fail with it where its failure is that of the reading. */
  readonly waiting: { go(): void; fail(error: unknown): void }[];
  /** The call that is repeated for all that failed with it. */
  repeating: { token: object; readonly ended: Promise<boolean>; end(well: boolean): void } | null;
}

const noCalls = (begunAt: number): Calls => ({
  begunAt,
  sent: [],
  answered: new Set(),
  heads: { count: 0, ms: 0, longestMs: 0 },
  like: 0,
  hasWaited: false,
  succeeded: 0,
  underWay: 0,
  unsent: new Set(),
  waiting: [],
  repeating: null,
});

/** @param now milliseconds since any fixed time */
export function outageLimit(now: () => number): OutageLimit {
  let state: 'well' | 'slow' | 'down' = 'well';
  /** Requests of the last minute: those in vain, and of readings that failed in an outage or were slow all of them. */
  const counting = new Set<Sent>();
  let calls = noCalls(now());
  let slowMs: number | null = null;

  const counted = (): readonly Sent[] => {
    const at = now();
    for (const sent of counting) {
      // One that seems to be yet to come: the clock was put back.
      if (sent.at > at || at - sent.at >= WINDOW_MS) counting.delete(sent);
    }
    return byTime(counting);
  };
  const room = (): number => MAX_OUTAGE_REQUESTS - counted().length;
  const isProbing = (): boolean => state === 'down' && calls.succeeded <= ASKED_FIRST;
  const meanHeadMs = (): number => (calls.heads.count === 0 ? 0 : calls.heads.ms / calls.heads.count);
  /** Not more than may fail together. */
  const atOnce = (): number => {
    if (isProbing()) return 1;
    // After so many good answers it is back, however large the table.
    if (state === 'slow' || calls.succeeded >= MAX_OUTAGE_REQUESTS) return Number.POSITIVE_INFINITY;
    return Math.max(room(), meanHeadMs() < QUICK_MS ? 1 : 2);
  };
  /**
   * Milliseconds until a call may go; 0: now. A reading that turns out slow counts, and until then it was taken for a good
   * one: what it still asks waits for room, a minute at most. One that asks so much that no minute has room for it goes on
   * as ever.
   */
  const untilRoomMs = ({ sent, heads, unsent }: Calls): number => {
    if (heads.longestMs < SLOW_MS || sent.length >= MAX_OUTAGE_REQUESTS) return 0;
    const inTheWay = byTime(new Set([...counted(), ...sent])).at(unsent.size - MAX_OUTAGE_REQUESTS);
    if (inTheWay === undefined) return 0;
    return Math.max(inTheWay.at + WINDOW_MS - now(), 0);
  };

  /** @param call what it is a request of */
  const count = async <Answer>(request: () => Promise<Answer>, call: object): Promise<Answer> => {
    const mine = calls;
    const sent = { at: now() };
    mine.unsent.delete(call);
    const isCounted = state !== 'well';
    mine.sent.push(sent);
    if (isCounted) counting.add(sent);
    try {
      const answer = await request();
      mine.answered.add(sent);
      return answer;
    } catch (error) {
      counting.add(sent);
      throw error;
    }
  };

  const timed = async <Args, Answer>(next: (args: Args) => Promise<Answer>, args: Args): Promise<Answer> => {
    const { heads } = calls;
    const since = now();
    const answer = await next(args);
    heads.count += 1;
    const tookMs = Math.max(now() - since, 0);
    heads.ms += tookMs;
    heads.longestMs = Math.max(heads.longestMs, tookMs);
    return answer;
  };

  /** Milliseconds until a call has its turn, if none ends before; 0: now. */
  const untilTurnMs = (mine: Calls): number =>
    mine.underWay >= atOnce() ? Number.POSITIVE_INFINITY : untilRoomMs(mine);

  const takeTurns = async <Answer>(request: () => Promise<Answer>, call: object): Promise<Answer> => {
    const mine = calls;
    for (let ms = untilTurnMs(mine); ms > 0; ms = untilTurnMs(mine)) {
      const isForRoom = ms < Number.POSITIVE_INFINITY;
      mine.hasWaited ||= isForRoom;
      await new Promise<void>((go, fail) => {
        mine.waiting.push({ go, fail });
        if (isForRoom) setTimeout(go, ms);
      });
    }
    mine.underWay += 1;
    mine.unsent.add(call);
    let failure: { readonly error: unknown } | null = null;
    try {
      return await request();
    } catch (error) {
      // Else it is an answer like any other, such as what is denied: the reading may well go on.
      if (paceAfter(faultFrom(error)) === 'outage') failure = { error };
      throw error;
    } finally {
      mine.underWay -= 1;
      mine.unsent.delete(call);
      for (const waiting of mine.waiting.splice(0)) failure === null ? waiting.go() : waiting.fail(failure.error);
    }
  };

  /** Whether a call that has failed is to be repeated; it waits for another one that is, where that goes first. */
  const mayRepeat = async (token: object): Promise<boolean> => {
    // All that are under way may fail once more.
    if (isProbing() || room() < calls.underWay) return false;
    if (calls.repeating !== null && calls.repeating.token !== token) return await calls.repeating.ended;
    calls.repeating ??= newRepeating(token);
    return true;
  };
  const endRepeating = (token: object, well: boolean): void => {
    if (calls.repeating?.token !== token) return;
    calls.repeating.end(well);
    calls.repeating = null;
  };

  return {
    watch(client) {
      client.middlewareStack.add((next, call) => (args) => takeTurns(() => next(args), call));
      // Within the SDK's repeating, which is in the same step at a higher priority.
      client.middlewareStack.add((next, call) => (args) => count(() => next(args), call), { step: 'finalizeRequest' });
      // Within what takes the answer apart: its head has come, and a large body does not count.
      client.middlewareStack.add((next) => (args) => timed(next, args), { step: 'deserialize', priority: 'low' });
      const { config } = client;
      const standard = config.retryStrategy;
      config.retryStrategy = async () => {
        const strategy = await standard();
        if (!('acquireInitialRetryToken' in strategy)) return strategy;
        return {
          acquireInitialRetryToken: (scope) => strategy.acquireInitialRetryToken(scope),
          async refreshRetryTokenForRetry(token, failure) {
            // Whatever is thrown here, the call ends with what it failed with.
            const refuse = (): never => {
              endRepeating(token, false);
              throw failure.error;
            };
            if (failure.errorType === 'CLIENT_ERROR' || !(await mayRepeat(token))) return refuse();
            const next = await strategy.refreshRetryTokenForRetry(token, failure).catch(refuse);
            if (calls.repeating?.token === token) calls.repeating.token = next;
            return next;
          },
          recordSuccess(token) {
            calls.succeeded += 1;
            endRepeating(token, true);
            strategy.recordSuccess(token);
          },
        };
      };
    },
    begin() {
      calls = noCalls(now());
    },
    count: (request) => count(request, request),
    end(fault) {
      const failed = fault !== null;
      const { sent, answered, succeeded } = calls;
      // What made it wait was slow, even if the table has come to itself meanwhile.
      const headMs = calls.hasWaited ? calls.heads.longestMs : meanHeadMs();
      slowMs = !failed && headMs >= SLOW_MS ? headMs : null;
      if (failed) {
        if (state === 'well') {
          // What the reading asked before it came to the items.
          for (const each of [...answered].slice(0, Math.min(succeeded, ASKED_FIRST))) counting.add(each);
          // The first call to fail ends the reading: those that were made with it mostly fail a moment later.
          for (const each of sent) if (!answered.has(each)) counting.add(each);
          const repeats = OWN_REPEATS[fault.code] ?? 0;
          for (let repeat = 0; repeat < repeats; repeat += 1) counting.add({ at: now() });
        }
        // What an outage begins with tells nothing of the tries to come: they begin with a single request.
        calls.like = state === 'down' ? sent.length : 1;
        state = 'down';
      } else if (slowMs !== null) {
        for (const each of answered) counting.add(each);
        calls.like = sent.length;
        state = 'slow';
      } else {
        for (const each of answered) counting.delete(each);
        calls.like = 1;
        state = 'well';
      }
    },
    restMs() {
      const at = now();
      const all = counted();
      const like = Math.min(calls.like, MAX_OUTAGE_REQUESTS);
      const inTheWay = all.at(like - MAX_OUTAGE_REQUESTS - 1);
      const untilRoom = inTheWay === undefined ? 0 : inTheWay.at + WINDOW_MS - at;
      if (state === 'well' || all.length === 0) return untilRoom;
      // One that took long has spread its requests itself.
      const spentMs = Math.max(at - calls.begunAt, 0);
      return Math.max(untilRoom, like * SHARE_MS - spentMs, 0);
    },
    slowMs: () => slowMs,
  };
}

function byTime(sent: ReadonlySet<Sent>): readonly Sent[] {
  return [...sent].sort((a, b) => a.at - b.at);
}

function newRepeating(token: object): NonNullable<Calls['repeating']> {
  let end: (well: boolean) => void = () => {};
  const ended = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  return { token, ended, end };
}
