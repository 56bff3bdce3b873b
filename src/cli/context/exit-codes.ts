/** What a run ends with. A crash is never `blocked`: a gate must not be told apart from a bug by luck. */
export const EXIT = {
  pass: 0,
  /** The verdict is fail. */
  blocked: 1,
  /** Usage, configuration or invalid input. */
  usage: 2,
  /** Could not tell: no fragments, no roster, credentials, network, or a fault of the program itself. */
  unknown: 3,
  /** The table says something else under the key that was to be published. */
  conflict: 4,
  /** Ended by Ctrl-C, or by SIGTERM: 128 and the signal's number, as a shell says it. */
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A run that ends early, with what to say on stderr. */
export class ExitError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.name = 'ExitError';
    this.exitCode = exitCode;
  }
}

/** A run that ends as it was asked for something that cannot be. */
export function usage(message: string): ExitError {
  return new ExitError(EXIT.usage, message);
}

/** 130 or 143, by the signal that stopped the run. */
export function exitOfStop(stop: AbortSignal): ExitCode {
  return stop.reason === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted;
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
