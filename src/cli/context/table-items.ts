import { type Item, isUnreadable, type PlainValue } from '../../release/item/item.ts';
import { plainItem, plainValue } from '../../store/plain-item.ts';
import { isRecord } from '../../store/wire-answer.ts';
import { manyValues, type PlacedValue } from './many-values.ts';

/** What a file of items holds. */
export interface TableItems {
  /** Plain items and whatever else stands there, in their order. */
  readonly values: readonly PlacedValue[];
  /** Why there may be more than the file holds; null: nothing says so. */
  readonly incomplete: string | null;
  /** Items whose plain form does not tell all of what DynamoDB's own does: sets, and numbers beyond JavaScript's. */
  readonly simplified: number;
}

/** The names of what `aws dynamodb scan`, `query` and `get-item` print, and an SDK's answer beside them. */
const ANSWER: ReadonlySet<string> = new Set([
  'Items',
  'Item',
  'Count',
  'ScannedCount',
  'ConsumedCapacity',
  'LastEvaluatedKey',
  'NextToken',
  '$metadata',
]);
/** A line of an incremental export to S3. */
const CHANGE: ReadonlySet<string> = new Set(['Metadata', 'WriteTimestampMicros', 'Keys', 'NewImage', 'OldImage']);
const TYPES: ReadonlySet<string> = new Set(['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS']);

/**
 * Reads items as a table's clients leave them: plain ones, as an array or one a line, and DynamoDB's own typed JSON as
 * `aws dynamodb scan` and `query` print it (`{"Items": […]}`) and as an export to S3 holds it (`{"Item": {…}}` a line).
 */
export function tableItems(text: string): TableItems {
  let incomplete: string | null = null;
  let simplified = 0;
  const found = manyValues(text);
  const values = found.flatMap(({ place, value, fault }): PlacedValue[] => {
    if (fault !== null) return [{ place, value, fault: faultOfText(text, fault) }];
    if (isChange(value)) return [{ place, value, fault: CHANGE_FAULT }];
    if (!isAnswer(value)) return [{ place, value, fault }];
    const several = Array.isArray(value.Items);
    // Of pages one after the other the last one tells.
    if (several) incomplete = goesOn(value) ? `${place}: ${GOES_ON}` : null;
    const items: unknown[] = Array.isArray(value.Items) ? value.Items : [value.Item];
    return items.map((item, index) => ({
      place: several ? `${found.length > 1 ? `${place}, ` : ''}item ${index + 1}` : place,
      value: item,
      fault: null,
    }));
  });
  return {
    values: values.map((one) => {
      if (one.fault !== null || !isTyped(one.value)) return one;
      if (isSimplified(one.value)) simplified += 1;
      return { ...one, value: plainItem(one.value) };
    }),
    incomplete,
    simplified,
  };
}

const GOES_ON =
  'it is one page and not the last (LastEvaluatedKey or NextToken): expected all, as `aws dynamodb scan` prints them without --max-items and --no-paginate';
const CHANGE_FAULT = 'is a change, of an incremental export: expected items, as a full export holds them';

/** Whether a value is in DynamoDB's own JSON: an item of a table, or an answer that holds some. */
export function isOfTable(value: unknown): boolean {
  return isAnswer(value) || isTyped(value);
}

/** The other format of an export is not JSON at all. */
function faultOfText(text: string, fault: string): string {
  const isIon = text.trimStart().startsWith('$ion_1_0');
  return isIon ? 'is Amazon Ion: expected DynamoDB JSON, the other format of an export' : fault;
}

/**
 * Why an item cannot be taken as it is: what of it could not be read when it came from a table.
 *
 * @returns null where all of it was read
 */
export function unreadablePart(item: Item): string | null {
  if (isUnreadable(item)) return `cannot be read: ${item.$unreadable}`;
  for (const [name, value] of Object.entries(item)) {
    const reason = unreadableValue(value);
    if (reason !== null) return `${name} cannot be read: ${reason}`;
  }
  return null;
}

function unreadableValue(value: PlainValue): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (isUnreadable(value)) return value.$unreadable;
  if ('$deeper' in value && Object.keys(value).length === 1) return 'it is nested too deeply';
  const members: readonly PlainValue[] = Object.values(value);
  return members.map(unreadableValue).find((reason) => reason !== null) ?? null;
}

function isAnswer(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value) || !Object.keys(value).every((name) => ANSWER.has(name))) return false;
  return Array.isArray(value.Items) || isRecord(value.Item);
}

function goesOn({ LastEvaluatedKey, NextToken }: Record<string, unknown>): boolean {
  return (LastEvaluatedKey ?? NextToken ?? null) !== null;
}

function isChange(value: unknown): boolean {
  return isRecord(value) && isRecord(value.Keys) && Object.keys(value).every((name) => CHANGE.has(name));
}

/** A plain item has texts as its keys; in DynamoDB's JSON every attribute is an object, and those of keys are `S`. */
function isTyped(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const attributes = Object.values(value);
  return attributes.every(isRecord) && attributes.some((attribute) => isText(attribute));
}

function isText(attribute: unknown): boolean {
  return isRecord(attribute) && typeof attribute.S === 'string' && Object.keys(attribute).length === 1;
}

/** Whether a set, or a number that is text in the plain form, is in a typed item. */
function isSimplified(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSimplified);
  if (!isRecord(value)) return false;
  const [type, more] = Object.keys(value);
  const content = type === undefined ? undefined : value[type];
  if (type !== undefined && more === undefined && TYPES.has(type)) {
    if (type === 'SS' || type === 'NS' || type === 'BS') return Array.isArray(content);
    if (type === 'N') return typeof plainValue(value) === 'string';
  }
  return Object.values(value).some(isSimplified);
}
