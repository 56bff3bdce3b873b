import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { paceAfter } from './back-off.ts';
import { faultFrom } from './read-fault.ts';

/** Requests in any minute of an outage, at most. */
const MOST_A_MINUTE = 12;
const MINUTE_MS = 60_000;
/** What a request costs of it. */
const SHARE_MS = MINUTE_MS / MOST_A_MINUTE;
/** How often a call is repeated while the table is well. */
const REPEATS = 2;
/** What a reading asks before it comes to the items: for the policy and the counters. */
const ASKED_FIRST = 2;

/**
 * Keeps a reader from asking a table that is down over and over. While it is well, the SDK repeats a call that failed, so
 * that nobody sees a single fault; of calls that failed together, such as those of a parallel Scan whose connections were
 * lost, one is repeated first, and the others when it has succeeded. While the table is down, only the reading itself is
 * repeated, and its calls go one by one until they have come to the items: mostly the first one tells.
 */
export interface OutageLimit {
  /** Has the requests of this client counted, and repeated within the limit. */
  watch(client: DynamoDBDocumentClient): void;
  /** A reading begins. */
  begin(): void;
  /** It has ended. One that failed begins an outage, and a good one ends it. */
  end(failed: boolean): void;
  /**
   * Milliseconds from now until another reading keeps within the limit, if it fails as the last one did, a minute at most;
   * 0: at once.
   */
  restMs(): number;
}

/** What goes on in one reading. */
interface Calls {
  sent: number;
  succeeded: number;
  /** The call under way that shows whether the table is back; rejected where its failure is that of the reading. */
  probe: Promise<void> | null;
  /** The call that is repeated for all that failed with it. */
  repeating: { token: object; count: number; readonly ended: Promise<boolean>; end(well: boolean): void } | null;
}

const noCalls = (): Calls => ({ sent: 0, succeeded: 0, probe: null, repeating: null });

/** @param now milliseconds since any fixed time */
export function outageLimit(now: () => number): OutageLimit {
  let down = false;
  /** Requests of the outage: those that it began with, but for the items that still came, and then all. */
  let sentAt: number[] = [];
  let calls = noCalls();

  const count = (): void => {
    sentAt.push(now());
    calls.sent += 1;
  };
  const isProbing = (): boolean => down && calls.succeeded <= ASKED_FIRST;

  const counted = async <Args, Answer>(next: (args: Args) => Promise<Answer>, args: Args): Promise<Answer> => {
    const all = down;
    if (all) count();
    try {
      return await next(args);
    } catch (error) {
      if (!all) count();
      throw error;
    }
  };

  const takeTurns = async <Args, Answer>(next: (args: Args) => Promise<Answer>, args: Args): Promise<Answer> => {
    while (isProbing() && calls.probe !== null) await calls.probe;
    if (!isProbing()) return await next(args);
    const answer = next(args);
    const mine = calls;
    mine.probe = answer.then(
      () => {
        mine.probe = null;
      },
      (error: unknown) => {
        mine.probe = null;
        // Else it is an answer like any other, such as what is denied: the reading may well go on.
        if (paceAfter(faultFrom(error, { via: 'direct', region: null })) === 'outage') throw error;
      },
    );
    // Nobody else may be waiting.
    mine.probe.catch(() => {});
    return await answer;
  };

  /** Whether a call that has failed is to be repeated; it waits for another one that is, where that goes first. */
  const mayRepeat = async (token: object): Promise<boolean> => {
    if (isProbing()) return false;
    if (calls.repeating !== null && calls.repeating.token !== token) return await calls.repeating.ended;
    calls.repeating ??= newRepeating(token);
    calls.repeating.count += 1;
    return calls.repeating.count <= REPEATS;
  };
  const endRepeating = (token: object, well: boolean): void => {
    if (calls.repeating?.token !== token) return;
    calls.repeating.end(well);
    calls.repeating = null;
  };

  return {
    watch(client) {
      client.middlewareStack.add((next) => (args) => takeTurns(next, args), { step: 'initialize', name: 'takeTurns' });
      // Within the SDK's repeating, which is in the same step at a higher priority.
      client.middlewareStack.add((next) => (args) => counted(next, args), {
        step: 'finalizeRequest',
        priority: 'low',
        name: 'countRequests',
      });
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
      calls = noCalls();
    },
    end(failed) {
      if (!failed) sentAt = [];
      else if (!down) {
        for (let asked = Math.min(calls.succeeded, ASKED_FIRST); asked > 0; asked -= 1) count();
        // What an outage begins with tells nothing of the tries to come: they begin with a single request.
        calls.sent = 1;
      }
      down = failed;
    },
    restMs() {
      const at = now();
      // One that seems to be yet to come: the clock was put back.
      sentAt = sentAt.filter((time) => time <= at && at - time < MINUTE_MS);
      if (sentAt.length === 0) return 0;
      const asMany = Math.min(calls.sent, MOST_A_MINUTE);
      const inTheWay = asMany === 0 ? undefined : sentAt.at(asMany - MOST_A_MINUTE - 1);
      const untilRoom = inTheWay === undefined ? 0 : inTheWay + MINUTE_MS - at;
      return Math.max(untilRoom, asMany * SHARE_MS);
    },
  };
}

function newRepeating(token: object): NonNullable<Calls['repeating']> {
  let end: (well: boolean) => void = () => {};
  const ended = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  return { token, count: 0, ended, end };
}
