import { type FaultCode, ReadFault } from '../contract/read-fault.ts';
import { MAX_CALL_MS, MAX_RETRY_MS } from '../limits/limits.ts';
import { pauseMs } from './pause.ts';

/** Time and chance, from outside. */
export interface Patience {
  /** Milliseconds of a clock that never jumps. */
  readonly elapsedMs: () => number;
  /** Waits; ends early when the signal does. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 (included) to 1 (excluded). */
  readonly random: () => number;
}

const PAUSES = { firstMs: 500, longestMs: 10_000 } as const;
/** A try that has less time than this left is not worth its call, milliseconds. */
const SHORTEST_TRY_MS = 500;

/** Faults that pass by themselves. Everything else fails at once: waiting fixes no policy. */
const PASSING: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'throttled',
  'service-failing',
  'unreachable',
  'timed-out',
  'unexpected-answer',
  'table-not-ready',
  'local-server-busy',
  'endpoint-unreachable',
  'profile-sts-unreachable',
]);

/** Faults that may be about the one item: a policy can fence off single keys (`dynamodb:LeadingKeys`). */
const ABOUT_ONE_ITEM: ReadonlySet<FaultCode> = new Set<FaultCode>(['request-refused', 'access-denied']);

/**
 * Repeats calls to one table while it is down. The time is bounded for all calls together: once the table has failed
 * for `MAX_RETRY_MS` without a success in between, every further call fails at once.
 */
export class RetryWhileDown {
  readonly #patience: Patience;
  readonly #signal: AbortSignal;
  #failingSince: number | null = null;
  #gaveUp: ReadFault | null = null;

  constructor(patience: Patience, signal: AbortSignal) {
    this.#patience = patience;
    this.#signal = signal;
  }

  /** Why the table was given up; null: it was not. */
  get gaveUp(): ReadFault | null {
    return this.#gaveUp;
  }

  /** Lets every further call fail at once, by the fault of one whose caller has seen enough. */
  giveUp(fault: ReadFault): void {
    this.#gaveUp ??= fault;
  }

  /**
   * Makes a call that may be repeated without harm.
   *
   * @param call gets the milliseconds that it may take
   * @throws ReadFault the last one, when the time is up or waiting cannot help
   */
  async run<T>(call: (timeLimitMs: number) => Promise<T>): Promise<T> {
    const { elapsedMs, pause, random } = this.#patience;
    for (let tries = 0; ; tries += 1) {
      if (this.#gaveUp !== null) throw this.#gaveUp;
      const startedAt = elapsedMs();
      const left = this.#failingSince === null ? MAX_RETRY_MS : MAX_RETRY_MS - (startedAt - this.#failingSince);
      try {
        const result = await call(Math.max(Math.min(MAX_CALL_MS, left), SHORTEST_TRY_MS));
        this.#failingSince = null;
        return result;
      } catch (error) {
        if (!(error instanceof ReadFault)) throw error;
        if (error.code === 'cancelled') throw error;
        if (!PASSING.has(error.code)) {
          if (!ABOUT_ONE_ITEM.has(error.code)) this.#gaveUp = error;
          throw error;
        }
        this.#failingSince ??= startedAt;
        const ms = pauseMs(tries, PAUSES, random);
        if (elapsedMs() + ms + SHORTEST_TRY_MS - this.#failingSince > MAX_RETRY_MS) {
          this.#gaveUp = error;
          throw error;
        }
        await pause(ms, this.#signal);
        if (this.#signal.aborted) throw new ReadFault('cancelled', 'The writing was stopped.');
      }
    }
  }
}
