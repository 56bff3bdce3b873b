/**
 * An item of the table as plain JSON, the form in which the domain reads it, whether it came from DynamoDB or from
 * a file. The reader of the table makes this form (`src/store/plain-item.ts`), so that two readings of an unchanged
 * item are deeply equal and every item can be printed:
 *
 * - sets are arrays, sorted;
 * - a number that JavaScript cannot hold exactly is its decimal text, `"9007199254740993.5"`; whole numbers beyond
 *   ±(2^53 - 1) always are;
 * - binary is `{ "$binary": "<base64>" }`, a set of binaries an array of those;
 * - objects are free of a prototype trap: an attribute called `__proto__` is an own property like any other. They may
 *   hold own properties called `toString` or `constructor`, so `String(item)` can throw: never do it;
 * - a value that cannot be read is `{ "$unreadable": "<reason>: <raw JSON, clipped>" }`, a member of a set included;
 *   where a whole item cannot be read, that is the item (it has no key then);
 * - what lies deeper than 40 lists and maps is `{ "$deeper": true }`.
 */
export type PlainValue =
  | null
  | boolean
  | number
  | string
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue };

export type Item = { readonly [attribute: string]: PlainValue };

/** Stands where a value, or a whole item, could not be read: the reason, then the beginning of the raw JSON. */
export type Unreadable = { readonly $unreadable: string };

/** Whether an item, or a value of one, is the marker of something that could not be read. */
export function isUnreadable(value: PlainValue | Item | undefined): value is Unreadable {
  return (
    typeof value === 'object' &&
    value !== null &&
    '$unreadable' in value &&
    typeof value.$unreadable === 'string' &&
    Object.keys(value).length === 1
  );
}

/** The table's two key attributes, as its key schema (or the settings) names them. */
export interface KeyNames {
  /** HASH key: holds the release. */
  readonly release: string;
  /** RANGE key: holds `<type>#<name>`. */
  readonly component: string;
}

/** The names of the documented table, used where DescribeTable is denied and nothing else is configured. */
export const DOCUMENTED_KEYS: KeyNames = { release: 'version', component: 'component#name' };
