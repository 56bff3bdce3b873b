/** The part of dynalite 4 that we use; the package has no types of its own. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /**
   * Makes a DynamoDB in memory behind an HTTP server that does not listen yet.
   *
   * @param options `createTableMs`: how long a new table stays in the state CREATING, milliseconds
   */
  export default function dynalite(options: { readonly createTableMs: number }): Server;
}
