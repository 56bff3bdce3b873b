import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { paceAfter } from './back-off.ts';
import { faultFrom } from './read-fault.ts';

/** Requests in any minute of an outage, at most. */
const MOST_A_MINUTE = 12;
const MINUTE_MS = 60_000;
/** What a request costs of it. */
const SHARE_MS = MINUTE_MS / MOST_A_MINUTE;
/** Requests of one reading that may fail one after the other before none is repeated any more. */
const PATIENCE = 3;
/** What a reading asks before it comes to the items: for the table, the policy and the counters. */
const ASKED_FIRST = 3;

/**
 * Keeps a reader from asking a table that is down over and over. While it is well, the SDK repeats a request that failed,
 * so that nobody sees a single fault; but all requests of a reading share that patience, else each segment of a parallel
 * Scan would have its own. While it is down, only the reading itself is repeated, and its calls go one by one until they
 * have come to the items: mostly the first one tells.
 */
export interface OutageLimit {
  /** Has the requests of this client counted, and repeated within the limit. */
  watch(client: DynamoDBDocumentClient): void;
  /** A reading begins. */
  begin(): void;
  /** It has ended. One that failed begins an outage, and a good one ends it. */
  end(failed: boolean): void;
  /** Milliseconds from now until another reading keeps within the limit, if it fails as the last one did; 0: at once. */
  restMs(): number;
}

/** What goes on in one reading. */
interface Calls {
  sent: number;
  succeeded: number;
  failedInARow: number;
  /** When the call before has ended; rejected where its failure is that of the reading. */
  turn: Promise<unknown>;
}

const noCalls = (): Calls => ({ sent: 0, succeeded: 0, failedInARow: 0, turn: Promise.resolve() });

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

  const takeTurns = <Args, Answer>(next: (args: Args) => Promise<Answer>, args: Args): Promise<Answer> => {
    if (!isProbing()) return next(args);
    const answer = calls.turn.then(() => next(args));
    calls.turn = answer.catch((error: unknown) => {
      // Else it is an answer like any other, such as what is denied: the reading may well go on.
      if (paceAfter(faultFrom(error, { via: 'direct', region: null })) === 'outage') throw error;
    });
    // Nobody else may be waiting.
    calls.turn.catch(() => {});
    return answer;
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
            calls.failedInARow += 1;
            // The call then ends with what it failed with, whatever is thrown here.
            if (calls.failedInARow >= (isProbing() ? 1 : PATIENCE)) throw failure.error;
            return await strategy.refreshRetryTokenForRetry(token, failure);
          },
          recordSuccess(token) {
            calls.succeeded += 1;
            calls.failedInARow = 0;
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
      sentAt = sentAt.filter((time) => at - time < MINUTE_MS);
      const asMany = Math.min(calls.sent, MOST_A_MINUTE);
      const inTheWay = sentAt.at(asMany - MOST_A_MINUTE - 1);
      const untilRoom = inTheWay === undefined || asMany === 0 ? 0 : inTheWay + MINUTE_MS - at;
      return sentAt.length === 0 ? 0 : Math.max(untilRoom, asMany * SHARE_MS);
    },
  };
}
