import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * The secret by which a server that was started anew proves to open tabs that it is theirs, and under which they keep
 * what they leave in the browser. It is in a file that its owner alone may read: whoever can read that, can read the
 * profile, too.
 */
export interface KeptSecret {
  /** 32 bytes, base64url. */
  readonly value: string;
  /** Why it is forgotten with this run, as a sentence; null: it is kept. */
  readonly trouble: string | null;
}

/** One for each way of starting: by default the page carries it, and any program of this machine can have read it there. */
type SecretKind = 'normal' | 'shared-machine';

const FORM = /^[\w-]{43}$/;

/**
 * Reads the secret, or makes it at the first start. What others could have read or written is not taken: a file of another
 * owner, one that others may open, a link. It is made anew then, and what was kept under it is lost.
 *
 * @param env names the user's folder for such things
 */
export function keptSecret(kind: SecretKind, env: NodeJS.ProcessEnv, platform = process.platform): KeptSecret {
  const made = randomBytes(32).toString('base64url');
  const home = stateFolder(env, platform);
  if (home === null) return { value: made, trouble: forgotten('no folder for it is named (HOME is not set)') };
  const folder = join(home, 'release-matrix');
  try {
    openFolder(folder);
    const file = join(folder, `secret-${kind}`);
    const found = readOwn(file);
    if (found !== null) return { value: found, trouble: null };
    rmSync(file, { force: true, recursive: true });
    // Whole or not at all, and one alone of two that are started at once.
    const draft = join(folder, `draft-${randomBytes(8).toString('hex')}`);
    writeFileSync(draft, made, { mode: 0o600, flag: 'wx' });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (!isThere(error)) throw error;
    } finally {
      rmSync(draft);
    }
    const kept = readOwn(file);
    if (kept === null) throw new Error('it does not stay as it was written');
    return { value: kept, trouble: null };
  } catch (error) {
    return { value: made, trouble: forgotten(`${folder}: ${error instanceof Error ? error.message : 'no access'}`) };
  }
}

function forgotten(why: string): string {
  return `The secret of this server is not kept (${why}): tabs that are open will not know it after a restart and must be opened anew, and what they keep in the browser is lost then.`;
}

/** Where the programs of a user keep such things; a relative path is no answer, says the standard. */
function stateFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const named = [env.XDG_STATE_HOME, platform === 'win32' ? env.LOCALAPPDATA : undefined];
  const home = env.HOME || env.USERPROFILE;
  if (home) named.push(platform === 'darwin' ? join(home, 'Library/Application Support') : join(home, '.local/state'));
  return named.find((path) => path !== undefined && isAbsolute(path)) ?? null;
}

/** @throws Error where the folder is not its user's own, or cannot be made so */
function openFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const is = lstatSync(folder);
  if (!is.isDirectory()) throw new Error('it is not a folder, or a link to one');
  if (!isOwn(is)) throw new Error('it belongs to another user');
  // Whoever could write here could only have put a file of his own here, which is looked at next.
  if (!isPrivate(is)) chmodSync(folder, 0o700);
}

/** @returns null: there is none, or none that can be relied on */
function readOwn(file: string): string | null {
  let handle: number;
  try {
    handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch {
    return null;
  }
  try {
    // Of what was opened, not of what has the name by now.
    const is = fstatSync(handle);
    if (!is.isFile() || !isOwn(is) || !isPrivate(is)) return null;
    const text = readFileSync(handle, 'utf8');
    return FORM.test(text) ? text : null;
  } finally {
    closeSync(handle);
  }
}

/** Windows has neither owners nor modes of this kind; the user's folder is closed to others there. */
function isOwn({ uid }: Stats): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

function isPrivate({ mode }: Stats): boolean {
  return process.getuid === undefined || (mode & 0o077) === 0;
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
