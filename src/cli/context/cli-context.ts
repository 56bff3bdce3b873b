import type { Patience } from '../../store/retry-while-down.ts';

/** What a command has of the world. Only `main.ts` touches the process; everything else is handed this. */
export interface CliContext {
  /** Results. */
  readonly stdout: (text: string) => void;
  /** Everything else. */
  readonly stderr: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The machine's clock, ISO 8601 in UTC. */
  readonly now: () => string;
  /** Time and chance for whatever waits. */
  readonly patience: Patience;
  /** A name that no other write has. */
  readonly newId: () => string;
  /** Runs git in the working directory; null where there is no git, no repository, or no answer. */
  readonly git: (words: readonly string[]) => Promise<string | null>;
  /**
   * The page into which a file's data are put (`src/contract/one-file.ts`).
   *
   * @throws ExitError (usage) where this program does not have it
   */
  readonly filePage: () => string;
  /** Aborted by Ctrl-C or SIGTERM, whose name is the reason. */
  readonly stop: AbortSignal;
  /** Where a progress bar may be drawn; null where nobody watches. */
  readonly terminal: NodeJS.WritableStream | null;
}
