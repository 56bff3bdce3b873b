import { type ChangeList, readChangeList } from './change-list.ts';
import type { Item, PlainValue } from './item.ts';

/**
 * The attributes a fragment may carry, with the shape each must have. Names are matched without regard to case, `_`,
 * `-` and spaces: `npm version`, `npmVersion` and `npm_version` are one field. Attributes that are no field stay in
 * the item and are shown as they are.
 */
export const FIELD_SHAPES = {
  componentVersion: 'text',
  environment: 'names',
  environments: 'names',
  repo: 'text',
  commit: 'text',
  date: 'time',
  artifact: 'text',
  digest: 'text',
  owner: 'text',
  changelog: 'text',
  changes: 'changes',
  links: 'links',
  npmVersion: 'text',
  buildSha: 'text',
  schemaVersion: 'text',
  evolutionPolicy: 'text',
  producers: 'names',
  consumers: 'names',
  chartVersion: 'text',
  appVersion: 'text',
  valuesHash: 'text',
  deploymentHash: 'text',
  imageRef: 'text',
  readyReplicas: 'count',
  replicas: 'count',
  updatedReplicas: 'count',
  availableReplicas: 'count',
  generation: 'count',
  observedGeneration: 'count',
} as const;

export type FieldName = keyof typeof FIELD_SHAPES;

/** What a field of each shape is, once read. */
interface ShapeValues {
  text: string;
  /** Not empty. */
  names: readonly string[];
  /** ISO 8601 in UTC, with milliseconds: equal instants are equal text. */
  time: string;
  /** A whole number from 0. */
  count: number;
  /** Label and address, as stored, by label; which addresses become links is the screen's decision. */
  links: readonly Link[];
  /** The commits since the tag before; the stored value itself. */
  changes: ChangeList;
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

type Shape = keyof ShapeValues;

/** The fields an item has, each of its shape. A field that is absent, null or of the wrong shape is not there. */
export type Fields = { readonly [F in FieldName]?: ShapeValues[(typeof FIELD_SHAPES)[F]] };

/** A field that is there but not of its shape. The rest of the fragment is read all the same. */
export interface FieldFault {
  readonly field: FieldName;
  /** The attribute's name as stored. */
  readonly attribute: string;
  readonly expected: string;
  /** The value as stored, shortened. */
  readonly received: string;
}

const EXPECTED = {
  text: 'text',
  names: 'a name or a list of names',
  time: 'an ISO 8601 time such as 2026-11-20T12:00:00Z',
  count: 'a whole number from 0',
  links: 'a map of label to address',
  changes: 'a list of commits, each a text such as “9f3c2ab Refuse an empty cart”, alone or as the commits of a map',
} satisfies Record<Shape, string>;

const FIELD_BY_FOLDED_NAME: ReadonlyMap<string, FieldName> = new Map(
  (Object.keys(FIELD_SHAPES) as FieldName[]).map((field) => [foldAttribute(field), field]),
);

/** Attribute names repeat in every item: what each means is worked out once. Bounded, as names come from outside. */
const fieldByAttribute = new Map<string, FieldName | null>();
const MAX_REMEMBERED_ATTRIBUTES = 2000;

/** `npm version` → `npmversion`. */
function foldAttribute(name: string): string {
  return name.replace(/[_\- ]/g, '').toLowerCase();
}

/** The field that an attribute means, or null for an attribute that is none. */
export function fieldOf(attribute: string): FieldName | null {
  const known = fieldByAttribute.get(attribute);
  if (known !== undefined) return known;
  const field = FIELD_BY_FOLDED_NAME.get(foldAttribute(attribute)) ?? null;
  if (fieldByAttribute.size < MAX_REMEMBERED_ATTRIBUTES) fieldByAttribute.set(attribute, field);
  return field;
}

/**
 * Reads the fields of an item. Where two attributes mean one field (`commit` and `Commit`), the one spelt as
 * documented is used, else the first by code point, and the other is a fault if it says something else.
 */
export function readFields(item: Item): { fields: Fields; faults: readonly FieldFault[] } {
  const fields: Record<string, ShapeValues[Shape]> = {};
  const faults: FieldFault[] = [];
  const readFrom = new Map<FieldName, string>();
  for (const attribute of Object.keys(item)) {
    const field = fieldOf(attribute);
    const value = item[attribute];
    if (field === null || value === undefined || value === null || value === '') continue;
    const earlier = readFrom.get(field);
    if (earlier === undefined || prefers(field, attribute, earlier)) readFrom.set(field, attribute);
    if (earlier !== undefined) reportRivals(field, earlier, attribute, item, faults);
  }
  for (const [field, attribute] of readFrom) {
    const value = item[attribute] as PlainValue;
    const read = SHAPE_READERS[FIELD_SHAPES[field]](value);
    if (read === undefined) {
      faults.push({ field, attribute, expected: EXPECTED[FIELD_SHAPES[field]], received: showValue(value) });
      // A changelog that is not text is still worth reading.
      if (field === 'changelog') fields.changelog = JSON.stringify(value, null, 2);
    } else {
      fields[field] = read;
    }
  }
  return { fields: fields as Fields, faults: faults.length === 0 ? NO_FAULTS : faults };
}

const NO_FAULTS: readonly FieldFault[] = [];

function prefers(field: FieldName, attribute: string, other: string): boolean {
  if (attribute === field || other === field) return attribute === field;
  return attribute < other;
}

function reportRivals(field: FieldName, a: string, b: string, item: Item, faults: FieldFault[]): void {
  if (JSON.stringify(item[a]) === JSON.stringify(item[b])) return;
  const [used, left] = prefers(field, b, a) ? [b, a] : [a, b];
  faults.push({
    field,
    attribute: left,
    expected: `one attribute for ${field}; “${used}” is used`,
    received: showValue(item[left] ?? null),
  });
}

/** One reader per shape; undefined where the value is not of it. */
const SHAPE_READERS: { readonly [S in Shape]: (value: PlainValue) => ShapeValues[S] | undefined } = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  names: (value) => {
    const list = typeof value === 'string' ? [value] : value;
    if (!isList(list)) return undefined;
    const names = list.filter((name): name is string => typeof name === 'string' && name.trim() !== '');
    return names.length === list.length && names.length > 0 ? names : undefined;
  },
  time: readTime,
  count: (value) => {
    // Command lines often write numbers as text; `"3"` cannot mean anything but 3.
    const count = typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? Number(value) : value;
    return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
  },
  links: (value) => {
    if (value === null || typeof value !== 'object' || isList(value)) return undefined;
    const links = Object.entries(value);
    if (!links.every((link): link is [string, string] => typeof link[1] === 'string')) return undefined;
    return links.map(([label, url]) => ({ label, url })).sort((a, b) => (a.label < b.label ? -1 : 1));
  },
  changes: readChangeList,
};

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

const ISO_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * ISO 8601; a time without zone is UTC, so that every machine reads it alike. Also seconds or milliseconds since
 * 1970, told apart by range (seconds from 2001 to 5138, milliseconds likewise): `0` or `12` is not a time, never 1970.
 */
export function readTime(value: PlainValue): string | undefined {
  if (typeof value !== 'string') return parseTime(value);
  // Components of one release are often dated alike, and each poll brings the same dates again.
  if (timeByText.has(value)) return timeByText.get(value);
  const time = parseTime(value);
  if (timeByText.size < MAX_REMEMBERED_TIMES) timeByText.set(value, time);
  return time;
}

const timeByText = new Map<string, string | undefined>();
const MAX_REMEMBERED_TIMES = 5000;

function parseTime(value: PlainValue): string | undefined {
  const epoch = typeof value === 'string' && /^\d{10,13}$/.test(value) ? Number(value) : value;
  if (typeof epoch === 'number') {
    if (epoch >= 1e9 && epoch < 1e11) return isoTime(epoch * 1000);
    return epoch >= 1e12 && epoch < 1e14 ? isoTime(epoch) : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const match = ISO_TIME.exec(value.trim());
  if (match === null) return undefined;
  const [, day, time, zone] = match;
  // JavaScript reads the 30th of February as the 2nd of March.
  if (day === undefined || isoTime(Date.parse(`${day}T00:00Z`))?.slice(0, 10) !== day) return undefined;
  const text = time === undefined ? `${day}T00:00Z` : `${day}T${time.replace(',', '.')}${zone ?? 'Z'}`;
  // JavaScript reads +0100 not in every engine; +01:00 in all.
  return isoTime(Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase()));
}

function isoTime(milliseconds: number): string | undefined {
  if (!Number.isFinite(milliseconds)) return undefined;
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Longest value repeated in a message. */
const MAX_SHOWN = 80;

/** A value for a message: JSON, shortened. */
export function showValue(value: PlainValue): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
