/** What a view hands over to be taken away as a file. It holds what the filters leave, and says what they hide. */
export interface Exportable {
  /** As the file is called, without its ending: `release-matrix-findings`. */
  readonly name: string;
  /** As a heading: "Findings". */
  readonly title: string;
  /** A table as plain text, its head first. Making it safe for a spreadsheet or Markdown is for whoever writes it. */
  readonly rows: readonly (readonly string[])[];
  /** The same with all there is to it; plain data that JSON can hold. */
  readonly json: unknown;
  /** When the table was read, how much of it this is, and what the filters hide, in a sentence or two. */
  readonly note: string;
}
