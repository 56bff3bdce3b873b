import { TABLE_PATH, type TokenedStart } from '../../contract/local-server.ts';

/** A table that can be shown. */
interface Choice {
  readonly name: string;
  /** The path of its page. */
  readonly path: string;
  readonly chosen: boolean;
}

/** Which tables can be shown, and which is. */
export interface TableChoice {
  /** More than one, or none. */
  readonly tables: readonly Choice[];
  /** What the address names and no table is called; null: nothing. */
  readonly unknown: string | null;
}

/**
 * Picks the table that an address names by its path, `/t/prod`; else the first.
 *
 * @returns what the page shows, and what the server gave for it alone
 */
export function chooseTable(
  tokened: TokenedStart,
  pathname: string,
): { readonly tokened: TokenedStart; readonly choice: TableChoice } {
  const { others } = tokened;
  const named = pathname.startsWith(TABLE_PATH) ? pathname.slice(TABLE_PATH.length) : null;
  const other = others.find(({ name }) => name === named);
  const tables = [
    { name: tokened.name, path: '/', chosen: other === undefined },
    ...others.map((start) => ({ name: start.name, path: TABLE_PATH + start.name, chosen: start === other })),
  ];
  return {
    tokened: other === undefined ? tokened : { ...tokened, ...other, chosen: other.name },
    choice: {
      tables: others.length === 0 ? [] : tables,
      unknown: named === null || named === tokened.name || other !== undefined ? null : named,
    },
  };
}
