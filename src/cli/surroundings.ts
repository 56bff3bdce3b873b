/** What a command has of the world. Only `main.ts` touches the process; everything else is handed this. */
export interface Surroundings {
  /** Results. */
  readonly stdout: (text: string) => void;
  /** Everything else. */
  readonly stderr: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The machine's clock, ISO 8601 in UTC. */
  readonly now: () => string;
}
