import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { MAX_INPUT_FILE_BYTES } from '../../limits/limits.ts';
import type { Item } from '../../release/item/item.ts';
import { isRecord } from '../../store/wire-answer.ts';
import { EXIT, ExitError, messageOf, usage } from './exit-codes.ts';
import { tableItems } from './table-items.ts';

/**
 * Reads items from a file: plain ones as a JSON array or NDJSON (an item a line), or DynamoDB's own JSON. `-` is
 * standard input.
 *
 * @throws ExitError `usage` naming the file, the place and what was expected; `unknown` where there is more than the file holds
 */
export function readItemsFile(path: string): Item[] {
  const { values, incomplete } = tableItems(readText(path));
  const items = values.map(({ place, value, fault }) => {
    if (fault !== null) {
      const expected =
        'Expected a JSON array of items, an item (a JSON object) a line, or what `aws dynamodb scan` prints';
      throw usage(`${path}, ${place} ${fault}. ${expected}.`);
    }
    // JSON.parse makes no other values than an item may have.
    if (isRecord(value)) return value as Item;
    throw usage(`${path}, ${place}: expected an item (a JSON object), received ${JSON.stringify(value).slice(0, 60)}.`);
  });
  // A verdict over a part of the items would be none.
  if (incomplete !== null) throw new ExitError(EXIT.unknown, `${path}, ${incomplete}.`);
  return items;
}

/**
 * Reads a text, compressed by gzip or not, without the byte order mark that programs of Windows put before it.
 *
 * @throws ExitError (usage) where the file cannot be read
 */
export function readText(path: string): string {
  try {
    const bytes = readFileSync(path === '-' ? 0 : path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = (isGzip ? gunzipSync(bytes, { maxOutputLength: MAX_INPUT_FILE_BYTES }) : bytes).toString('utf8');
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } catch (error) {
    throw usage(`${path} cannot be read: ${fileReason(error)}`);
  }
}

const TOO_LONG = `it holds more than ${MAX_INPUT_FILE_BYTES / 1024 ** 2} MiB of text; divide it into files of less.`;
const FILE_REASONS = new Map([
  ['ENOENT', 'it is not there.'],
  ['EISDIR', 'it is a folder.'],
  ['EACCES', 'you have no permission to read it.'],
  ['ERR_BUFFER_TOO_LARGE', TOO_LONG],
  ['ERR_STRING_TOO_LONG', TOO_LONG],
  ['ERR_FS_FILE_TOO_LARGE', TOO_LONG],
]);

function fileReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return FILE_REASONS.get(code) ?? messageOf(error);
}
