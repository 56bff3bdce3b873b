import {
  type Dirent,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type LevelStore, levelCodes, openLevelStore } from './level-store.ts';

/** A store, and what became of the folder that was asked for. */
export interface FolderStore extends LevelStore {
  /** The folder in which the data stay; null: they are kept in memory only. */
  readonly folder: string | null;
  /** What a person must be told, as a sentence; null: nothing. */
  readonly notice: string | null;
  /** What the table of the folder was filled with, as somebody said by `fillNoted`; null: it was never filled whole. */
  readonly filledWith: string | null;
  /** Writes down that the table has been filled whole, and with what. */
  fillNoted(data: string): void;
}

/** Another process has the folder open; two writers would destroy what is in it. */
export class StoreFolderInUse extends Error {
  override readonly name = 'StoreFolderInUse';
}

/** In the folder: the database, who has it open, and what each table was filled with (its name follows). */
const DATABASE = 'database';
const OWNER = 'in-use-by';
const FILLED = 'filled-with.';

/**
 * Opens the store of a folder, which is made where it is missing.
 *
 * A broken database is moved aside, never deleted, and a new one begun. Where the folder cannot be used at all (a file
 * stands there, it cannot be written, the disk is full) the store is in memory, so that the page works all the same.
 *
 * @param path of the folder, as the settings give it; null: in memory
 * @param table the table that is wanted of it
 * @throws StoreFolderInUse
 */
export async function openFolderStore(path: string | null, table: string): Promise<FolderStore> {
  if (path === null) return inMemory(null);
  const folder = resolve(path);
  try {
    return await openAt(folder, table);
  } catch (error) {
    const codes = levelCodes(error);
    if (codes.includes('LEVEL_LOCKED')) throw new StoreFolderInUse(`${folder} is in use by ${ownerOf(folder)}.`);
    if (!isBroken(codes, folder)) {
      return inMemory(`The folder ${folder} cannot be used (${reasonOf(error)}): the table is kept in memory only.`);
    }
    try {
      const aside = moveAside(folder);
      const notice = `The embedded table could not be read (${reasonOf(error)}). It was moved to ${aside}, and a new one begun.`;
      return { ...(await openAt(folder, table)), notice };
    } catch (again) {
      return inMemory(`The folder ${folder} cannot be used (${reasonOf(again)}): the table is kept in memory only.`);
    }
  }
}

/** @returns where the broken database is now */
function moveAside(folder: string): string {
  const aside = `${join(folder, DATABASE)}.broken-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  renameSync(join(folder, DATABASE), aside);
  for (const name of readdirSync(folder)) if (name.startsWith(FILLED)) rmSync(join(folder, name));
  return aside;
}

/** Folders that this process has open. A development server that starts itself anew opens before it closes. */
const openHere = new Map<string, { readonly store: LevelStore; users: number }>();

async function openAt(folder: string, table: string): Promise<FolderStore> {
  const known = openHere.get(folder) ?? { store: await openDatabase(folder), users: 0 };
  known.users += 1;
  openHere.set(folder, known);
  return {
    server: known.store.server,
    folder,
    notice: null,
    filledWith: textOf(join(folder, FILLED + table)),
    fillNoted: (data) => writeFileSync(join(folder, FILLED + table), `${data}\n`),
    async close() {
      known.users -= 1;
      if (known.users > 0) return;
      openHere.delete(folder);
      await known.store.close();
      rmSync(join(folder, OWNER), { force: true });
    },
  };
}

async function openDatabase(folder: string): Promise<LevelStore> {
  const path = join(folder, DATABASE);
  makeFolder(path);
  // Without its first file LevelDB would take the folder for a new one, and remove the others as left over.
  if (hasFiles(path) && !hasFiles(path, 'CURRENT')) throw Object.assign(new Error('no CURRENT file'), { code: BROKEN });
  const store = await openLevelStore(path);
  // The lock is LevelDB's, which the system lifts when a process ends in any way; this only names its owner.
  writeFileSync(join(folder, OWNER), `${process.pid}\n`);
  return store;
}

/** Not by mkdir's own recursion: where the system refuses a folder in a parent that is there, Node 20's never ends. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path);
}

async function inMemory(notice: string | null): Promise<FolderStore> {
  return { ...(await openLevelStore(null)), folder: null, notice, filledWith: null, fillNoted: () => {} };
}

const BROKEN = 'LEVEL_CORRUPTION';

/** LevelDB says the one or the other of a file that is damaged or gone; the system's own codes mean other things. */
function isBroken(codes: readonly string[], folder: string): boolean {
  if (codes.includes(BROKEN) || codes.includes('LEVEL_DECODE_ERROR')) return true;
  return codes.includes('LEVEL_IO_ERROR') && hasFiles(join(folder, DATABASE), 'CURRENT') && canWrite(folder);
}

function canWrite(folder: string): boolean {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    // As much as LevelDB writes at its start, and more: on a full disk a few bytes may still fit.
    writeFileSync(probe, Buffer.alloc(256 * 1024));
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { force: true });
  }
}

function hasFiles(path: string, name?: string): boolean {
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return false;
  }
  return entries.some((entry) => name === undefined || entry.name === name);
}

function ownerOf(folder: string): string {
  const pid = textOf(join(folder, OWNER));
  return pid === null ? 'another process' : `pid ${pid}`;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim() || null;
  } catch {
    return null;
  }
}

/** The innermost reason, in one line and without the folder, which is named beside it. */
function reasonOf(error: unknown): string {
  let last = error;
  while (last instanceof Error && last.cause instanceof Error) last = last.cause;
  const text = last instanceof Error ? last.message : String(last);
  return text.split('\n', 1)[0]?.slice(0, 200) ?? '';
}
