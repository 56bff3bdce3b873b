import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** Read in this order; later ones win over earlier ones, the environment wins over all. */
const FILES = ['.env', '.env.local'] as const;

/**
 * The environment of this process, with what the env files of the project add to it. They are read here and not by
 * Vite, so that nothing of them can reach the page.
 *
 * @param folder the project's root
 * @throws Error when an env file is there and cannot be read
 */
export function readEnvironment(folder: string, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const merged: NodeJS.ProcessEnv = {};
  for (const file of FILES) {
    const text = readIfThere(join(folder, file));
    if (text !== null) Object.assign(merged, parseEnv(text));
  }
  return { ...merged, ...own };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Copies the `AWS_…` variables of the env files into this process, because the SDK reads them there (config files,
 * endpoints, keys of the environment).
 */
export function lendAwsVariables(from: NodeJS.ProcessEnv, to: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(from)) {
    if (name.startsWith('AWS_') && to[name] === undefined && value !== undefined) to[name] = value;
  }
}
