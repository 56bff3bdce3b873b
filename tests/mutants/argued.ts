/** Changes that no test notices, and why none has to. */
export interface Argued {
  readonly file: string;
  /** The line on which the changes begin, without the blanks around it. */
  readonly on: string;
  /** Each as `npm run mutants` prints it. */
  readonly changes: readonly string[];
  readonly why: string;
}

/**
 * Found by the text of the line and not by its number, so that one stays argued while the file around it changes, and is
 * reported when the line itself does.
 */
export const ARGUED: readonly Argued[] = [];
