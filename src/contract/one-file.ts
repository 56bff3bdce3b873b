import type { KeyNames, PlainValue } from '../release/item/item.ts';
import type { PolicyInForce } from '../release/policy/policy-item.ts';

/**
 * The dashboard as one file: the page with everything that it runs (`scripts/one-file.mjs` builds it, without any data),
 * and in it a data block with the items that it shows. Whoever opens it needs no network, no server and no credentials.
 */

/** What the page without data is called, beside the other files of the built page. */
export const ONE_FILE_PAGE = 'one-file.html';

/** The id of the `<script type="application/json">` data block. */
export const ONE_FILE_ID = 'release-matrix-file';

/** The data block as it is built: with nothing in it. */
const EMPTY_BLOCK = `<script type="application/json" id="${ONE_FILE_ID}"></script>`;

/** What stands in the file. */
export interface OneFile {
  readonly schema: 1;
  /** The table's name; null: the items are from a file. */
  readonly table: string | null;
  /** Null: no command reaches the table. */
  readonly region: string | null;
  readonly keyNames: KeyNames;
  /** When the items were read, ISO 8601 in UTC: what the page judges by, whenever it is opened. */
  readonly readAt: string;
  /** Tags of the releases that the file was asked for, in the order in which they are named; null: the whole table. */
  readonly asked: readonly string[] | null;
  /** Tags of all releases of which the file says what the whole table says; null: all in it. */
  readonly judged: readonly string[] | null;
  /** The view it opens on, as the query of an address: `?view=findings`. */
  readonly address: string;
  readonly policy: FilePolicy;
  /**
   * The items as a JSON array, compressed by gzip, in base64: they repeat each other so much that this is a fifth of them as
   * they are.
   */
  readonly items: string;
}

/** The policy in force as it was read. */
export interface FilePolicy extends Pick<PolicyInForce, 'source' | 'written'> {
  /** As a file or the table holds it; absent: there is none. */
  readonly document?: PlainValue;
}

/** What of a policy in force goes into the file. */
export function filePolicyOf({ policy, source, document, written }: PolicyInForce): FilePolicy {
  // The document is made of what JSON has, whatever its own type is called.
  const whole = source === 'file' ? (policy.document as unknown as PlainValue) : document;
  return { source, ...(whole == null ? {} : { document: whole }), ...(written === undefined ? {} : { written }) };
}

/**
 * Puts data into the page.
 *
 * @param page as it was built
 * @throws Error where it is not: there is no empty data block in it
 */
export function writeOneFile(page: string, data: OneFile): string {
  const at = page.indexOf(EMPTY_BLOCK);
  if (at < 0) throw new Error(`${ONE_FILE_PAGE} has no empty data block: it is not as \`npm run build\` makes it.`);
  const end = at + EMPTY_BLOCK.length - '</script>'.length;
  return page.slice(0, end) + inlineJson(data) + page.slice(end);
}

/**
 * JSON that can stand in a script element: `<` is the only letter that could end it. What reorders text, or ends a line to
 * some readers only, would make the source of the file look like what it is not.
 */
function inlineJson(data: OneFile): string {
  return JSON.stringify(data).replaceAll(
    /[<\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Reads the data block.
 *
 * @throws Error where there is nothing in it, or it is of another version of the program
 */
export function readOneFile(text: string): OneFile {
  if (text === '') throw new Error('There are no releases in this file: it is the page without its data.');
  const data = JSON.parse(text) as OneFile; // written by the function above, into the very page that reads it
  if (data.schema !== 1) throw new Error(`The data in this file has the form ${data.schema}, and its page reads 1.`);
  return data;
}
