/** The part of dynalite 4 that we use; the package has no types of its own. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /**
   * Makes a DynamoDB behind an HTTP server that does not listen yet.
   *
   * @param options `createTableMs`: how long a new table stays in the state CREATING, milliseconds; `path`: the folder
   *   of its LevelDB, which is made where it is missing, else it keeps everything in memory
   */
  export default function dynalite(options: { readonly createTableMs: number; readonly path?: string }): Server;
}

/** Where dynalite makes its database: the only way to the database itself, which its server keeps to itself. */
declare module 'dynalite/db/index.js' {
  /** A database of `level`, as dynalite wraps it: callbacks come last. */
  export interface DynaliteDatabase {
    open(): Promise<void>;
    /** Waits for what is under way, ten seconds at most. */
    close(): Promise<void>;
    put: (...args: unknown[]) => unknown;
    get: (...args: unknown[]) => unknown;
    del: (...args: unknown[]) => unknown;
    batch: (...args: unknown[]) => unknown;
    values: (...args: unknown[]) => { next(): Promise<unknown>; close(): Promise<void> };
    keys: (...args: unknown[]) => { next(): Promise<unknown>; close(): Promise<void> };
  }
  const database: { create(options: unknown): { readonly db: DynaliteDatabase } };
  export default database;
}
