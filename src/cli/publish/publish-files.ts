import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MAX_CHANGELOG_FILE_BYTES } from '../../limits/limits.ts';
import { AdapterFault, clippedChangelog, type ToolOutput } from '../adapters/tool-output.ts';
import { usage } from '../context/exit-codes.ts';
import { readText } from '../context/items-file.ts';

/**
 * Reads a changelog: a regular file of UTF-8 text. Whatever else stands under the name is refused before it is opened,
 * as a pipe might never end. What is too long for an item is cut with a mark.
 *
 * @throws ExitError (usage)
 */
export function readChangelog(path: string): string {
  const refuse = (words: string) => usage(`--changelog-file: ${path} ${words}`);
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) throw refuse('is not there.');
  if (!status.isFile()) throw refuse('is not a file.');
  if (status.size > MAX_CHANGELOG_FILE_BYTES)
    throw refuse(`has ${status.size} bytes: expected ${MAX_CHANGELOG_FILE_BYTES} at most.`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch {
    throw refuse('is not UTF-8 text, or cannot be read.');
  }
  if (text.includes('\0')) throw refuse('is not text: it holds a NUL.');
  return clippedChangelog(text);
}

/**
 * What a tool left behind, by the options: text, a file, a folder, or standard input.
 *
 * @param place what the adapter reads where no path is given; null: standard input
 */
export function toolOutput(path: string | undefined, json: string | undefined, place: string | null): ToolOutput {
  const at = path ?? place ?? '-';
  if (json !== undefined || at === '-') {
    return { document: () => json ?? readText('-'), file: () => null, isFolder: false };
  }
  const isFolder = statSync(at, { throwIfNoEntry: false })?.isDirectory() === true;
  return {
    isFolder,
    document: () => {
      if (isFolder) throw new AdapterFault(`expected a file by --path, received the folder ${at}`);
      return readText(at);
    },
    file: (name) => {
      // One file of the folder stands for its neighbours.
      const file = isFolder ? join(at, name) : basename(at) === name ? at : join(dirname(at), name);
      return statSync(file, { throwIfNoEntry: false }) === undefined ? null : readText(file);
    },
  };
}
