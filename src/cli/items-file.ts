import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Item } from '../release/item.ts';
import { Ending, EXIT } from './exit-codes.ts';

/** Any JSON object; JSON.parse makes no other values than an item may have. */
const itemShape = z.custom<Item>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

/**
 * Reads plain items from a file: a JSON array, or NDJSON (an item a line). `-` is standard input.
 *
 * @throws Ending (usage) naming the file, the place and what was expected
 */
export function readItemsFile(path: string): Item[] {
  const text = readText(path);
  const trimmed = text.replace(/^\ufeff/, '').trimStart();
  return trimmed.startsWith('[') ? readArray(path, trimmed) : readLines(path, trimmed);
}

/** @throws Ending (usage) where the file cannot be read */
export function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new Ending(EXIT.usage, `${path} cannot be read: ${fileReason(error)}`);
  }
}

function readArray(path: string, text: string): Item[] {
  const parsed = parse(path, text, '');
  return z
    .array(z.unknown())
    .parse(parsed)
    .map((value, index) => asItem(path, value, `element ${index + 1}`));
}

function readLines(path: string, text: string): Item[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `line ${index + 1}`;
    return [asItem(path, parse(path, line, `, ${place}`), place)];
  });
}

function parse(path: string, text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const expected = 'Expected a JSON array of items, or an item (a JSON object) a line';
    throw new Ending(EXIT.usage, `${path}${place} is no JSON: ${reason(error)}. ${expected}.`);
  }
}

function asItem(path: string, value: unknown, place: string): Item {
  const item = itemShape.safeParse(value);
  if (item.success) return item.data;
  const received = JSON.stringify(value).slice(0, 60);
  throw new Ending(EXIT.usage, `${path}, ${place}: expected an item (a JSON object), received ${received}.`);
}

const FILE_REASONS = new Map([
  ['ENOENT', 'it is not there.'],
  ['EISDIR', 'it is a folder.'],
  ['EACCES', 'it may not be read by you.'],
]);

function fileReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return FILE_REASONS.get(code) ?? reason(error);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
