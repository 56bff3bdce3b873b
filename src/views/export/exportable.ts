/** What a view hands over to be taken away as a file. It holds what the filters leave, and says what they hide. */
export interface Exportable {
  /** As the file is called, without its ending: `release-matrix-findings`. */
  readonly name: string;
  /** A table as plain text, its head first. Making it safe for a spreadsheet or Markdown is for whoever writes it. */
  readonly rows: readonly (readonly string[])[];
  /** The same with all there is to it; plain data that JSON can hold. */
  readonly json: unknown;
  /** As the command prints it that answers the same question; where none does, a heading over a table of the rows. */
  readonly markdown: { readonly text: string } | { readonly heading: string };
  /**
   * When the table was read, how much of it this is, and what the filters hide, in a sentence or two. Null: a command
   * answers the same question, and nothing is hidden; then each format is, byte by byte, what it prints.
   */
  readonly note: string | null;
}
