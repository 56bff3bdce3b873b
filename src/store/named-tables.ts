import { MAX_TABLES } from '../limits/limits.ts';
import type { SettingFault } from './settings.ts';

/** A table that the settings name besides, and the environment by which its own settings are read. */
export interface NamedTable {
  readonly name: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type NamedTablesResult =
  | { readonly ok: true; readonly tables: readonly NamedTable[] }
  | { readonly ok: false; readonly faults: readonly SettingFault[] };

/** It stands in addresses as it is. */
const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;
/** A profile may hold slashes; neither a region nor a table does. */
const ENTRY = /^([^=]*)=(.+)\/([^/]+)\/([^/]+)$/;

const FORM = 'name=profile/region/table, separated by commas; a name is 1 to 64 letters, digits and _.-';

/** Of the first table alone: they are of its account, its keys or its people. */
const OWN = [
  'TABLES',
  'AWS_CREDENTIALS',
  'AWS_DEFAULT_REGION',
  'RELEASE_READER_ROLE_ARN',
  'RELEASE_KEY_NAMES',
  'RELEASE_POLICY',
  'EMBEDDED_TABLE_FOLDER',
] as const;

/** By any of these another table than those of TABLES is named. */
const FIRST = [
  'AWS_PROFILE',
  'AWS_CREDENTIALS',
  'RELEASE_TABLE',
  'DYNAMODB_ENDPOINT',
  'EMBEDDED_TABLE_FOLDER',
] as const;

/**
 * Reads `TABLES`: `prod=release-reader/eu-central-1/ReleaseFragments,…`. What its parts may be is left to the settings of
 * each table.
 *
 * @param environment such as `process.env`; a variable that is empty counts as not set
 */
export function readNamedTables(environment: Readonly<Record<string, string | undefined>>): NamedTablesResult {
  const text = environment.TABLES ?? '';
  if (text.trim() === '') return { ok: true, tables: [] };
  const faults: SettingFault[] = [];
  const fault = (expected: string, received: string): void => {
    faults.push({ variable: 'TABLES', expected, received });
  };
  const tables: NamedTable[] = [];
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, name = '', profile, region, table] = ENTRY.exec(entry) ?? [];
    if (!NAME.test(name)) fault(FORM, clipped(entry));
    else if (tables.some((known) => known.name.toLowerCase() === name.toLowerCase())) {
      fault('each name once', clipped(name));
    } else {
      const own = { AWS_PROFILE: profile, AWS_REGION: region, RELEASE_TABLE: table };
      tables.push({ name, environment: { ...without(environment), ...own } });
    }
  }
  if (tables.length > MAX_TABLES) fault(`at most ${MAX_TABLES} tables`, `${tables.length}`);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, tables };
}

/** Whether nothing but `TABLES` says which table is to be shown: then its first one is the first. */
export function namesNoOther(environment: Readonly<Record<string, string | undefined>>): boolean {
  return FIRST.every((name) => !environment[name]);
}

function without(environment: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const rest: Record<string, string | undefined> = { ...environment };
  for (const name of OWN) delete rest[name];
  // An address elsewhere is of one region; an emulator on this machine has all tables.
  if (!/^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::|\/|$)/i.test(rest.DYNAMODB_ENDPOINT ?? '')) {
    delete rest.DYNAMODB_ENDPOINT;
  }
  return rest;
}

/** Names of profiles and tables are no secrets. */
function clipped(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
