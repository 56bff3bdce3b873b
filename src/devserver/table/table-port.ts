import type { DemoAsk, DemoState } from '../../contract/demo.ts';

/** An answer of DynamoDB's JSON protocol. */
export interface TableAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The table behind the local server: embedded in this process, or an emulator on this machine. */
export interface TablePort {
  /**
   * Answers one call of DynamoDB's JSON protocol. The body is complete; the headers are those the call needs, in
   * lower case. The signal ends a call that nobody waits for any more.
   *
   * @throws Error when the table cannot be reached
   */
  handle(body: Buffer, headers: Record<string, string>, signal?: AbortSignal): Promise<TableAnswer>;
  close(): Promise<void>;
}

/** A table of our own, with the name of the data it was filled with (shown on the screen). */
export interface OwnTablePort extends TablePort {
  readonly data: string;
  /** Steers the simulated CI that publishes into it; absent: none does. */
  readonly steer?: (ask: DemoAsk) => Promise<DemoState>;
  /** What the terminal must be told at the start, as a sentence; null: nothing. */
  readonly notice: string | null;
}
