import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** Read in this order; later ones win over earlier ones, the environment wins over all. What is empty is not set. */
const FILES = ['.env', '.env.local'] as const;

/**
 * The environment of this process, with what the env files of the project add to it. They are read here and not by
 * Vite, so that nothing of them can reach the page.
 *
 * @param folder the project's root
 * @throws Error when an env file is there and cannot be read, or is not text
 */
export function readEnvironment(folder: string, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const merged: NodeJS.ProcessEnv = {};
  for (const file of FILES) {
    const path = join(folder, file);
    const bytes = readIfThere(path);
    if (bytes !== null) Object.assign(merged, withoutEmpty(parseEnv(decodeText(bytes, path))));
  }
  return { ...merged, ...withoutEmpty(own) };
}

function withoutEmpty(env: NodeJS.Dict<string>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/** Editors and shells of Windows write byte order marks, and UTF-16, of which the parser would make other names. */
function decodeText(bytes: Buffer, path: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  // It takes the byte order mark away.
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) throw new Error(`${path} is not UTF-8 text, nor UTF-16 with a byte order mark`);
  return text;
}

function readIfThere(path: string): Buffer | null {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? null : readFileSync(path);
}

/**
 * Copies the `AWS_…` variables of the env files into this process, because the SDK reads them there (config files,
 * endpoints, keys of the environment).
 */
export function lendAwsVariables(from: NodeJS.ProcessEnv, to: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(from)) {
    if (name.startsWith('AWS_') && !to[name] && value !== undefined) to[name] = value;
  }
}
