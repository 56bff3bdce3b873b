import type { PolicyDocument } from '../release/policy/policy-document.ts';
import type { OneFile } from './one-file.ts';

/**
 * What the local server (`src/devserver`) and the page (`src/dashboard`) agree on: routes, and the JSON that passes
 * over them. Nothing here holds a secret; the token and the credentials only pass through these forms.
 */

/** The one policy of Trusted Types that the page may make: it starts the worker that reads the table. */
export const ENGINE_POLICY = 'release-matrix-engine';

/**
 * Same-origin routes of the local server, all behind the guard. `credentials`, `signIn` and `dynamodb` want a proof that
 * the page knows the token (`PROOF_HEADER`); the token itself is in no request. Each of the three is there once more for each table that
 * the settings name besides, with its name behind a slash.
 */
export const ROUTES = {
  /** POST, empty body → `ProfileCredentials`, or `LocalServerError` with a 4xx / 5xx status. */
  credentials: '/__release-matrix/credentials',
  /** POST, DynamoDB's own JSON protocol: the embedded table, or a loopback endpoint. Reading calls only. */
  dynamodb: '/__release-matrix/dynamodb',
  /** POST, `SignInAsk` → `SignInState`: has the AWS CLI sign in again. It wants the same proof as `credentials`. */
  signIn: '/__release-matrix/sign-in',
  /** POST, `DemoAsk` → `DemoState`: steers the simulated CI; there with the embedded demo alone. It wants a proof, too. */
  demo: '/__release-matrix/demo',
  /**
   * POST, empty body → `TokenedStart`, for a page in whose HTML it does not stand (a machine that others use too).
   * `Authorization: Code …` with the code of the terminal, or `Ticket …` with the ticket that it has brought.
   */
  start: '/__release-matrix/start',
  /**
   * POST, empty body, `NONCE_HEADER` → `IdentityAnswer`: who answers at this address. It needs no token, as the server
   * may have been started anew, and tells nothing to those who do not know the secret of the server.
   */
  identity: '/__release-matrix/identity',
} as const;

/** @returns the address of a route to a table. @param table its name; null: the first one */
export function tableRoute(route: string, table: string | null): string {
  return table === null ? route : `${route}/${table}`;
}

/** Before the name of a table in the address of its page: `/t/prod`. */
export const TABLE_PATH = '/t/';

/** Carries what the page has made up for `ROUTES.identity`, so that no answer of earlier fits. */
export const NONCE_HEADER = 'x-release-matrix-nonce';

/**
 * Present on `ROUTES.credentials`, with any value: AWS has refused the credentials handed out before, so the server does
 * not hand out the same again.
 */
export const REFUSED_HEADER = 'x-release-matrix-refused';

/** The id of the `<script type="application/json">` data block by which the page is told its start. */
export const PAGE_START_ID = 'release-matrix-start';

/** Where the fragments come from. */
export type TableSource =
  /** dynalite inside the local server, with the demo estate or loaded data. */
  | { readonly kind: 'embedded'; readonly data: string; readonly simulatedCi: boolean }
  /**
   * An emulator on this machine (DynamoDB Local, LocalStack, …), reached through the local server. Some keep tables apart
   * by the id of the key by which they are called; the id alone is no secret.
   */
  | { readonly kind: 'loopback'; readonly endpoint: string; readonly keyId: string }
  /** Real AWS, called by the page itself with credentials of the named profile; null: keys of the environment. */
  | { readonly kind: 'aws'; readonly profile: string | null; readonly endpoint: string };

/** In place of a table: a file that holds its items as they were, with the page in it (`one-file.ts`). */
export interface FileSource extends Pick<OneFile, 'asked' | 'judged'> {
  readonly kind: 'file';
  /** ISO 8601 in UTC. */
  readonly asOf: string;
  /** A command can reach the table that the items are from. */
  readonly isReached: boolean;
}

/** What the page is to show, and how; nothing of it is secret. */
export interface PageStart {
  readonly source: TableSource | FileSource;
  readonly table: string;
  readonly region: string;
  /** Configured key names, for tables that deny DescribeTable; null: the documented names. */
  readonly keyNames: { readonly release: string; readonly component: string } | null;
  /** The policy document of the file in the settings, found good at the start; null: no file is named. */
  readonly policy: PolicyDocument | null;
  /** Shortest time between the starts of two readings, milliseconds; `Infinity`: there is one, and no other comes. */
  readonly pollIntervalMs: number;
  /** Read units that the page may spend in an hour on looking for changes; null: they cost nothing. */
  readonly readUnitsPerHour: number | null;
}

/** A table that can be shown in place of the first. */
export interface NamedStart extends PageStart {
  readonly source: TableSource;
  /** As `TABLES` calls it; it stands in addresses as it is. */
  readonly name: string;
}

/** What the local server writes into the page (once, never cached); `null` in its place: ask `ROUTES.start` for it. */
export interface TokenedStart extends NamedStart {
  /** The tables that the settings name besides; empty: there are none. */
  readonly others: readonly NamedStart[];
  /** The one of them that the page shows, by its name; null, as the server writes it: the first. */
  readonly chosen: string | null;
  /** Shared with this run of the server, new at each start; what passes over `ROUTES` is proved by it. */
  readonly token: string;
  /**
   * 32 bytes, base64url, the same at each start (`src/devserver/guard/kept-secret.ts`): a server that was started anew proves
   * itself by it, and what the page keeps in the browser is encrypted under it.
   */
  readonly secret: string;
  /**
   * Gets the start for a reload of the tab, where it does not stand in the page. It is good for this run of the server
   * alone, and so for nothing once another process has the port; null: the page carries its start.
   */
  readonly ticket: string | null;
}

/** Answer of `ROUTES.identity`. */
export interface IdentityAnswer {
  /** `SealedIdentity` as JSON under AES-GCM, base64url: 12 bytes of a nonce of its own, then the text and its tag. */
  readonly sealed: string;
}

/** What only those who know the secret can read, and write. */
export interface SealedIdentity {
  /** As in `TokenedStart`, of the run that answers. */
  readonly ticket: string | null;
}

/** What the key of `IdentityAnswer` is derived for, from the secret. */
export const IDENTITY_PURPOSE = 'release-matrix identity';

/**
 * What is bound to the seal besides: the address, so that the answer of a server of ours on another port fits nowhere
 * else, and what the page has made up.
 */
export function identityContext(port: number | string, nonce: string): string {
  return `identity\n${port}\n${nonce}`;
}

/** Begins the fragment of an address that holds a one-time code for `ROUTES.start`. */
export const CODE_FRAGMENT = '#c=';

/** What was wrong with a one-time code or ticket, as `Code` of the 401 of `ROUTES.start`. */
export const START_REFUSALS = ['Refused', 'CodeUsed', 'CodeExpired'] as const;

/** Body of the 401 of `ROUTES.start`. */
export interface StartRefusal {
  readonly Code: (typeof START_REFUSALS)[number];
  readonly Message: string;
}

/** Answer of `ROUTES.credentials`: the container-credentials form, with what the page needs besides. */
export interface ProfileCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
  /** ISO 8601, ends in `Z`. */
  readonly Expiration: string;
  /** Milliseconds left, measured by the server: independent of the browser's clock. */
  readonly ExpiresInMs: number;
  /** AWS's clock as the server knows it, ISO 8601. */
  readonly ServerTime: string;
  /** Name of the profile, for the screen; `environment` for keys of the environment. */
  readonly Profile: string;
  /** `session`: narrowed to reading the one table. `profile`: the full rights of the profile, said on the screen. */
  readonly Scope: 'session' | 'profile';
}

/** Causes for which the local server refuses or fails; each has its own words and fix on the screen. */
export const LOCAL_SERVER_ERRORS = [
  'Refused', // the guard: wrong Host, Origin, token, method, …
  'NotAllowed', // a DynamoDB call that is not a reading call on the one table
  'RateLimited',
  'ProfileMissing', // no such profile in the AWS config files
  'ProfileBroken', // the profile lacks a part, loops, or the files cannot be read
  'SsoExpired',
  'MfaNeeded',
  'HelperFailed', // credential_process ended with an error or printed no JSON
  'HelperTimeout',
  'StsDenied', // AssumeRole or GetFederationToken refused
  'StsUnreachable',
  'Unscopable', // long-lived keys that could not be exchanged for short-lived ones
  'EndpointUnreachable', // the loopback endpoint does not answer
  'Internal',
] as const;

export type LocalServerErrorCode = (typeof LOCAL_SERVER_ERRORS)[number];

/** Body of every refusal and failure of the local server. `Code` is fixed, `Message` carries no secret. */
export interface LocalServerError {
  readonly Code: LocalServerErrorCode;
  readonly Message: string;
  /** The command that fixes it, ready to paste, where there is one. */
  readonly Fix?: string;
}
