import { fieldOf } from '../../release/item/fields.ts';
import type { Fragment } from '../../release/item/fragment.ts';
import type { KeyNames, PlainValue } from '../../release/item/item.ts';

/** An attribute that no field shows. */
export interface OtherAttribute {
  readonly name: string;
  /** Text as it is, everything else as JSON. */
  readonly text: string;
}

/**
 * What an item holds besides its keys and the fields read from it: attributes that are no field, and fields that are
 * null or empty. Those that could not be read are faults and listed as such.
 */
export function otherAttributes({ item, fields, faults, publishedAt }: Fragment, keys: KeyNames): OtherAttribute[] {
  const faulty = new Set(faults.map(({ attribute }) => attribute));
  const others: OtherAttribute[] = [];
  for (const [name, value] of Object.entries(item)) {
    if (name === keys.release || name === keys.component || faulty.has(name)) continue;
    // Read as a time, it stands among the fields.
    if (name === 'publishedAt' && publishedAt !== null) continue;
    if (OF_THE_PUBLISHER.has(name)) continue;
    const field = fieldOf(name);
    if (field === null || fields[field] === undefined) others.push({ name, text: textOf(value) });
  }
  return others;
}

/** By which the publisher knows its own writes, and what they replaced: it says nothing to a person. The raw item has it. */
const OF_THE_PUBLISHER: ReadonlySet<string> = new Set(['writeId', 'firstPublishedAt', 'replaced']);

function textOf(value: PlainValue): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
}
