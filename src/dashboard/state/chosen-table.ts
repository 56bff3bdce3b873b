import { TABLE_PATH, type TokenedStart } from '../../contract/local-server.ts';

/** Which tables can be shown, and which is. */
export interface TableChoice {
  /** What the first is called; its page has the path `/`. */
  readonly first: string;
  readonly others: readonly { readonly name: string }[];
  /** The one that is shown; null: the first. */
  readonly chosen: string | null;
  /** What the address names; null: nothing. */
  readonly named: string | null;
}

/**
 * Picks the table that an address names by its path, `/t/prod`; else the first.
 *
 * @returns what the page shows, and what the server gave for it alone
 */
export function chooseTable(
  tokened: TokenedStart,
  path: string,
): { readonly tokened: TokenedStart; readonly choice: TableChoice } {
  const named = path.startsWith(TABLE_PATH) ? path.slice(TABLE_PATH.length) : null;
  const other = tokened.others.find(({ name }) => name === named);
  const chosen = other?.name ?? null;
  return {
    tokened: { ...tokened, ...other, chosen },
    choice: { first: tokened.name, others: tokened.others, chosen, named },
  };
}

/** @returns what the address calls a table, and none is called; null: nothing */
export function unknownTable({ first, chosen, named }: TableChoice): string | null {
  return named === first || named === chosen ? null : named;
}
