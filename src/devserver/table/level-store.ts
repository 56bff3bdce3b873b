/// <reference path="./dynalite.d.ts" />
import type { Server } from 'node:http';
import dynalite from 'dynalite';
import database, { type DynaliteDatabase } from 'dynalite/db/index.js';

/** dynalite, and the database that it would keep to itself. */
export interface LevelStore {
  /** Never listens; calls are handed to it (`handed-call.ts`). */
  readonly server: Server;
  /** Gives the folder free for the next who opens it. */
  close(): Promise<void>;
}

/**
 * Opens dynalite and reads its database once from end to end, so that a broken one is found now and not by a person.
 *
 * A database of files is LevelDB, whose every write is with the operating system before it is acknowledged: the end of
 * this process, however it comes, loses nothing acknowledged (a power cut may).
 *
 * @param path folder of the database; null: in memory
 * @throws whatever the database fails with; `levelCodes` names it
 */
export async function openLevelStore(path: string | null): Promise<LevelStore> {
  const { server, db } = makeServer(path);
  // In memory there is nothing to look at, and nothing to give back.
  if (path === null) return { server, close: async () => {} };
  try {
    await db.open();
    const values = db.values();
    while ((await values.next()) !== undefined);
    await values.close();
  } catch (error) {
    await db.close().catch(() => {}); // it may never have been open
    throw error;
  }
  answerFailures(db);
  return { server, close: () => db.close() };
}

/**
 * The codes of a database's error and its causes: `LEVEL_LOCKED`, `LEVEL_CORRUPTION`, `ENOTDIR`, …
 *
 * @param error what `openLevelStore` threw
 */
export function levelCodes(error: unknown): readonly string[] {
  const codes: string[] = [];
  for (let at = error; at instanceof Error && codes.length < 8; at = at.cause) {
    if ('code' in at) codes.push(String(at.code));
  }
  return codes;
}

/** dynalite's own close() wants a listening server before it closes the database: so we look over its shoulder. */
function makeServer(path: string | null): { server: Server; db: DynaliteDatabase } {
  const { create } = database;
  let made: DynaliteDatabase | null = null;
  database.create = (options) => {
    const store = create(options);
    made = store.db;
    return store;
  };
  try {
    const server = dynalite({ createTableMs: 0, ...(path === null ? {} : { path }) });
    if (made === null) throw new Error('This dynalite makes its database in another way than dynalite 4.');
    return { server, db: made };
  } finally {
    database.create = create;
  }
}

/**
 * Has dynalite answer 500 where its database fails later on (a full disk, a file that was damaged): an error without a
 * status it would throw where nobody can catch it, and end the process.
 */
function answerFailures(db: DynaliteDatabase): void {
  for (const name of ['put', 'get', 'del', 'batch'] as const) {
    const original = db[name];
    db[name] = (...args) => {
      const done = args.at(-1);
      if (typeof done !== 'function') return original(...args);
      return original(...args.slice(0, -1), (error: unknown, ...rest: unknown[]) =>
        done(error instanceof Error ? asAnswer(error) : error, ...rest),
      );
    };
  }
  for (const name of ['values', 'keys'] as const) {
    const original = db[name].bind(db);
    db[name] = (...args) => {
      const iterator = original(...args);
      const next = iterator.next.bind(iterator);
      iterator.next = () =>
        next().catch((error: unknown) => {
          throw error instanceof Error ? asAnswer(error) : error;
        });
      return iterator;
    };
  }
}

/** In the form in which dynalite sends errors. Written onto the error, since dynalite looks at its codes as well. */
function asAnswer(error: Error): Error {
  const body = {
    __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
    message: `The folder of the embedded table fails: ${error.message}`,
  };
  return Object.assign(error, { statusCode: 500, body });
}
