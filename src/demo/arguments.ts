import { Command, CommanderError } from 'commander';
import { readSettings } from '../store/settings.ts';

/** What `npm run demo` was asked for. */
export interface DemoArguments {
  /** Path of the file of releases, as given. */
  readonly data: string;
  readonly table: string;
  readonly region: string;
  /** The emulator to write to; null: into an embedded table, and show it. */
  readonly emulator: { readonly endpoint: string; readonly keyId: string } | null;
  /** Folder in which the embedded table is kept; null: in memory. */
  readonly folder: string | null;
}

export type DemoRequest =
  | { readonly kind: 'run'; readonly wanted: DemoArguments }
  /** Nothing to run: help was asked for (0), or the arguments are wrong (2). All has been said. */
  | { readonly kind: 'said'; readonly exitCode: 0 | 2 };

/**
 * Reads the arguments after the program's name. An endpoint must be on this machine: what is loaded is written without
 * credentials, and demo data has no business in a real table.
 *
 * @param environment whose key an emulator is called by
 * @param out takes the help text
 * @param err takes what is wrong
 */
export function readArguments(
  given: readonly string[],
  environment: NodeJS.ProcessEnv,
  out: (text: string) => void,
  err: (text: string) => void,
): DemoRequest {
  const command = new Command('npm run demo --')
    .description('Shows published releases of another project, or loads them into an emulator of DynamoDB.')
    .requiredOption('--data <file>', 'releases of Backstage or of Flux, as JSON')
    .option('--endpoint <url>', 'load them into the emulator there, such as http://127.0.0.1:8000, and end')
    .option('--folder <path>', 'keep them in this folder, for EMBEDDED_TABLE_FOLDER to show again; not with --endpoint')
    .option('--table <name>', 'name of the table', 'ReleaseFragments')
    .option('--region <region>', 'region by which the emulator keeps the table', 'us-east-1')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err });
  try {
    command.parse(given, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'said', exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  const { data, endpoint, folder, table, region } = command.opts<
    Record<'data' | 'table' | 'region', string> & {
      endpoint?: string;
      folder?: string;
    }
  >();
  const settings = readSettings(
    {
      DYNAMODB_ENDPOINT: endpoint,
      RELEASE_TABLE: table,
      AWS_REGION: region,
      EMBEDDED_TABLE_FOLDER: folder,
      // Some emulators keep tables apart by it.
      AWS_ACCESS_KEY_ID: environment.AWS_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: environment.AWS_SECRET_ACCESS_KEY,
    },
    { ownTable: endpoint === undefined },
  );
  const source = settings.ok ? settings.settings.source : null;
  const isTwoPlaces = endpoint !== undefined && folder !== undefined;
  if (!settings.ok || isTwoPlaces || (endpoint !== undefined && source?.kind !== 'loopback')) {
    if (isTwoPlaces) err('error: --folder: expected without --endpoint, which names another place to keep them.\n');
    for (const { variable, expected, received } of settings.ok ? [] : settings.faults) {
      if (OPTION_OF[variable] !== undefined)
        err(`error: ${OPTION_OF[variable]}: expected ${expected}; received ${received}.\n`);
    }
    if (endpoint !== undefined && source?.kind !== 'loopback') {
      err(
        `error: --endpoint: expected an address on this machine, such as http://127.0.0.1:8000; received “${endpoint}”.\n`,
      );
    }
    return { kind: 'said', exitCode: 2 };
  }
  return {
    kind: 'run',
    wanted: {
      data,
      table,
      region,
      emulator: source?.kind === 'loopback' ? source : null,
      folder: folder ?? null,
    },
  };
}

/** The options by the settings that check them. */
const OPTION_OF: Readonly<Record<string, string>> = {
  RELEASE_TABLE: '--table',
  AWS_REGION: '--region',
  EMBEDDED_TABLE_FOLDER: '--folder',
};
