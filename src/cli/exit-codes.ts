/** What a run ends with. A crash is never `blocked`: a gate must not be told apart from a bug by luck. */
export const EXIT = {
  pass: 0,
  /** The verdict is fail. */
  blocked: 1,
  /** Usage, configuration or invalid input. */
  usage: 2,
  /** Could not tell: no fragments, no roster, credentials, network, or a fault of the program itself. */
  unknown: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A run that ends early, with what to say on stderr. */
export class Ending extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.name = 'Ending';
    this.exitCode = exitCode;
  }
}
