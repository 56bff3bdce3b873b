import { equalValues } from '../item/equal-values.ts';
import { FIELD_NAMES, fieldText } from '../item/field-weights.ts';
import { type FieldName, fieldOf } from '../item/fields.ts';
import type { Fragment } from '../item/fragment.ts';
import { BOOKKEEPING_ATTRIBUTES } from '../item/fragment-content.ts';
import { parseImage } from '../item/image.ts';
import { sameCommit } from '../matrix/checked-release.ts';
import { type ClassifiedChange, classifyChange } from '../matrix/classify-change.ts';

/**
 * Something that happened between two readings of the table, as the history keeps it: plain data, without the items'
 * bodies, of bounded size whatever was published.
 */
export interface ChangeEvent {
  /** When the later reading was made, ISO 8601 in UTC. */
  readonly at: string;
  readonly kind: 'new' | 'changed' | 'vanished';
  /** What became of the component, by the same rule as everywhere; null where it is new or vanished. */
  readonly change: ClassifiedChange['class'] | null;
  /** `Fragment#id`. */
  readonly fragment: string;
  readonly release: string;
  /** RANGE key as stored. */
  readonly key: string;
  /** `<type>#<name>` of the column. */
  readonly component: string;
  readonly environments: readonly string[];
  /** The own version before and after; null where it was not, or is not, there. */
  readonly from: string | null;
  readonly to: string | null;
  /** Of what is new or vanished: none, as all of it is. */
  readonly fields: readonly FieldChange[];
  /**
   * Attributes that differ and are told by no changed field, as they are none, cannot be read, or are only written in
   * another way: the first few by name, and how many there are.
   */
  readonly attributes: { readonly names: readonly string[]; readonly count: number };
  /** Other content under the same tag: a commit, digest or hash that was known is another now. */
  readonly retagged: boolean;
  /** Only counters of a roll-out moved, and perhaps the date; or it was only observed again. */
  readonly readinessOnly: boolean;
}

export interface FieldChange {
  readonly field: FieldName;
  /** As text, shortened; null where it was not, or is not, there. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Longest value that an event keeps, characters. */
const MAX_VALUE = 200;
/** How many attributes an event names. */
const MAX_ATTRIBUTES = 10;
/** How many environments an event names. */
const MAX_ENVIRONMENTS = 20;

/**
 * What happened between two readings: what vanished first, then what is new or changed, each in the order of its
 * reading. A fragment that is the same object in both is not looked at: an intake that keeps what is unchanged makes
 * this cheap.
 *
 * @param at when the later reading was made, ISO 8601 in UTC
 */
export function changesBetween(before: readonly Fragment[], after: readonly Fragment[], at: string): ChangeEvent[] {
  if (before === after) return [];
  // By identity first: of 100,000 fragments a poll changes a few, and reading ids is what costs.
  const [all, kept] = [new Set(before), new Set(after)];
  const left = new Map(before.flatMap((fragment) => (kept.has(fragment) ? [] : [[fragment.id, fragment] as const])));
  const events: ChangeEvent[] = [];
  for (const fragment of after) {
    if (all.has(fragment)) continue;
    const known = left.get(fragment.id);
    left.delete(fragment.id);
    if (known === undefined) events.push(describe(null, fragment, at));
    else if (!equalValues(known.item, fragment.item)) events.push(describe(known, fragment, at));
  }
  return [...[...left.values()].map((fragment) => describe(fragment, null, at)), ...events];
}

/** The newest events that a history keeps, and how many older ones it let go. */
export interface KeptEvents {
  /** Newest last. */
  readonly events: readonly ChangeEvent[];
  readonly letGo: number;
}

/** The history with what happened since. @param most how many events it keeps */
export function keepEvents(kept: KeptEvents, happened: readonly ChangeEvent[], most: number): KeptEvents {
  if (happened.length === 0 && kept.events.length <= most) return kept;
  const events = [...kept.events, ...happened];
  const over = Math.max(0, events.length - most);
  return { events: events.slice(over), letGo: kept.letGo + over };
}

type Both = readonly [from: Fragment, to: Fragment];

function describe(from: Fragment, to: Fragment | null, at: string): ChangeEvent;
function describe(from: Fragment | null, to: Fragment, at: string): ChangeEvent;
function describe(from: Fragment | null, to: Fragment | null, at: string): ChangeEvent {
  const of = to ?? from;
  if (of === null) throw new Error('an event is of a fragment');
  const both: Both | null = from === null || to === null ? null : [from, to];
  const fields = both === null ? [] : fieldChanges(both);
  const attributes = both === null ? [] : otherAttributes(both, fields);
  return {
    at,
    kind: both !== null ? 'changed' : to !== null ? 'new' : 'vanished',
    change: both === null ? null : classifyChange(...both).class,
    fragment: of.id,
    release: of.release,
    key: of.key,
    component: of.component,
    environments: of.environments.slice(0, MAX_ENVIRONMENTS),
    from: from === null ? null : shorten(from.ownVersion),
    to: to === null ? null : shorten(to.ownVersion),
    fields,
    attributes: { names: attributes.slice(0, MAX_ATTRIBUTES).map(shorten), count: attributes.length },
    retagged: both !== null && isRetagged(both),
    readinessOnly: both !== null && attributes.length === 0 && (fields.length === 0 || isReadinessOnly(fields)),
  };
}

function fieldChanges([from, to]: Both): FieldChange[] {
  return FIELD_NAMES.flatMap((field) => {
    const [a, b] = [fieldText(from, field), fieldText(to, field)];
    if (a === b) return [];
    return [{ field, from: a === null ? null : shorten(a), to: b === null ? null : shorten(b) }];
  });
}

const BOOKKEEPING: ReadonlySet<string> = new Set(BOOKKEEPING_ATTRIBUTES);

/** Names of the attributes that differ, without bookkeeping and those that the changed fields account for. */
function otherAttributes([from, to]: Both, fields: readonly FieldChange[]): string[] {
  const told = new Set(fields.map(({ field }) => field));
  const names = new Set([...Object.keys(from.item), ...Object.keys(to.item)]);
  const own = ({ item }: Fragment, name: string) => (Object.hasOwn(item, name) ? item[name] : undefined);
  return [...names]
    .filter((name) => {
      if (BOOKKEEPING.has(name)) return false;
      const field = fieldOf(name);
      return (field === null || !told.has(field)) && !equalValues(own(from, name), own(to, name));
    })
    .sort();
}

/** What names the content of a fragment. A short commit equals the long one it begins; a case says nothing. */
const CONTENT: readonly ((fragment: Fragment) => string | undefined)[] = [
  ({ fields }) => fields.commit,
  ({ fields }) => fields.buildSha,
  ({ fields }) => fields.valuesHash,
  ({ fields }) => fields.deploymentHash,
  ({ fields }) => fields.digest,
  ({ fields }) => digestOf(fields.imageRef),
  ({ fields }) => digestOf(fields.artifact),
];

function isRetagged([from, to]: Both): boolean {
  return CONTENT.some((contentOf) => {
    const [a, b] = [contentOf(from), contentOf(to)];
    return a !== undefined && b !== undefined && !sameCommit(a, b);
  });
}

function digestOf(reference: string | undefined): string | undefined {
  return reference?.includes('@') ? (parseImage(reference)?.digest ?? undefined) : undefined;
}

/** The counters of a roll-out. The desired count is not one: scaling is somebody's doing. */
const COUNTERS: readonly FieldName[] = [
  'readyReplicas',
  'updatedReplicas',
  'availableReplicas',
  'generation',
  'observedGeneration',
];

function isReadinessOnly(fields: readonly FieldChange[]): boolean {
  return (
    fields.some(({ field }) => COUNTERS.includes(field)) &&
    fields.every(({ field }) => COUNTERS.includes(field) || field === 'date')
  );
}

function shorten(text: string): string {
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}
