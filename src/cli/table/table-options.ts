import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Command } from 'commander';
import { callerIdentity } from '../../aws/caller-identity.ts';
import { readProfileSays } from '../../aws/profile-says.ts';
import { emulatorCredentials } from '../../contract/emulator-credentials.ts';
import { fixFor } from '../../contract/fault-fix.ts';
import { ReadFault } from '../../contract/read-fault.ts';
import { DOCUMENTED_KEYS, type Item, type KeyNames } from '../../release/item/item.ts';
import { shellWord } from '../../release/text/shell-text.ts';
import { connectTable } from '../../store/client.ts';
import { type ReadProgress, readTable } from '../../store/read-table.ts';
import { type ProfileSays, readSettings, type Settings } from '../../store/settings.ts';
import { type DescribedTable, describeTable } from '../../store/table-keys.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, ExitError, usage } from '../context/exit-codes.ts';
import { readItemsFile } from '../context/items-file.ts';
import { single } from '../context/single-option.ts';
import { awsCredentials, explained, readAhead } from './aws-credentials.ts';

/** Which table a command works on, by the standard AWS chain and variables. */
export interface ConnectionOptions {
  readonly table?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
}

/** Where a command reads its items from: a file, or a table. */
export interface TableOptions extends ConnectionOptions {
  readonly from?: string;
}

/** A table that was not called yet. */
export interface TableConnected {
  readonly client: DynamoDBDocumentClient;
  readonly settings: Settings;
  /** A fault in words, with what fixes it. */
  readonly fix: (fault: ReadFault) => string;
  /**
   * Who calls: an ARN, by `callerIdentity`; an emulator knows nobody, and tells callers apart by their key id alone.
   *
   * @throws ReadFault where AWS cannot be asked; ExitError `unknown` where it refuses the credentials
   */
  readonly caller: () => Promise<string>;
}

/** Items as they were read, with what is needed to read them as fragments. */
export interface ItemsRead {
  readonly items: readonly Item[];
  readonly keys: KeyNames;
  /** Where they were read, the region null for an emulator; null: from a file. */
  readonly table: { readonly name: string; readonly region: string | null } | null;
}

/** Adds the options to a command that reads items. */
export function addTableOptions(command: Command): Command {
  return addConnectionOptions(
    command.addOption(
      single(
        '--from <file>',
        'read items from a file (JSON array, NDJSON, or what `aws dynamodb scan` prints; - for standard input)',
      ),
    ),
  );
}

/** Adds the options to a command that works on a table. */
export function addConnectionOptions(command: Command): Command {
  return command
    .addOption(single('--table <name>', 'the table (RELEASE_TABLE; default ReleaseFragments)'))
    .addOption(single('--region <region>', 'its region (AWS_REGION)'))
    .addOption(single('--profile <name>', 'the AWS profile (AWS_PROFILE)'))
    .addOption(single('--endpoint <url>', 'another endpoint, such as DynamoDB Local (DYNAMODB_ENDPOINT)'));
}

/**
 * Reads all items.
 *
 * @throws ExitError `usage` for bad options or a bad file; `unknown` where the table cannot be read or not to its end
 */
export async function readItemsOf(options: TableOptions, context: CliContext): Promise<ItemsRead> {
  if (options.from !== undefined) {
    const keys = configuredKeys(context) ?? DOCUMENTED_KEYS;
    return { items: readItemsFile(options.from), keys, table: null };
  }
  return await withTable(options, context, (table) => readWhole(table, context));
}

/**
 * Reads all items of a table.
 *
 * @throws ExitError `unknown` where it cannot be read to its end
 * @throws ReadFault
 */
export async function readWhole(
  { client, settings }: TableConnected,
  { stop: signal }: Pick<CliContext, 'stop'>,
  onProgress: (progress: ReadProgress) => void = () => {},
): Promise<ItemsRead & { readonly described: DescribedTable }> {
  const described = await describeTable(client, { table: settings.table, configuredKeys: settings.keyNames, signal });
  const { items, incomplete } = await readTable(client, { described, signal, onProgress });
  if (incomplete !== null) throw new ExitError(EXIT.unknown, incomplete.message);
  const region = settings.source.kind === 'aws' ? settings.region : null;
  return { items, keys: described.keys, table: { name: settings.tableName, region }, described };
}

/** The key names of the settings, for what works on files alone; null: none are set. */
export function configuredKeys({ environment }: CliContext): KeyNames | null {
  return settled({ RELEASE_KEY_NAMES: environment.RELEASE_KEY_NAMES }).keyNames;
}

/**
 * Connects to the table, without calling it, and lets go of it at the end.
 *
 * @throws ExitError `usage` for bad options; `unknown` for a ReadFault of `use`, in words
 */
export async function withTable<T>(
  options: ConnectionOptions & {
    /** How often the SDK tries a call; 1 where the caller repeats calls itself, or each would be repeated twice over. */
    readonly tries?: number;
  },
  { environment }: CliContext,
  use: (table: TableConnected) => Promise<T>,
): Promise<T> {
  const profile = options.profile || environment.AWS_PROFILE || null;
  // The dashboard wants a profile by name; a job in CI has the standard chain, whose profile is [default].
  const named = profile ?? 'default';
  const settings = settled(
    {
      ...picked(environment, CONNECTION_VARIABLES),
      AWS_PROFILE: named,
      AWS_REGION: options.region ?? environment.AWS_REGION,
      RELEASE_TABLE: options.table ?? environment.RELEASE_TABLE,
      DYNAMODB_ENDPOINT: options.endpoint ?? environment.DYNAMODB_ENDPOINT,
    },
    await readProfileSays(named, { ...environment }),
  );
  const { source, region } = settings;
  if (source.kind === 'embedded') throw new Error('A command has no embedded table.');
  const keyId = source.kind === 'loopback' ? source.keyId : null;
  const client = connectTable({
    region,
    ...(options.tries === undefined ? {} : { maxAttempts: options.tries }),
    credentials:
      keyId === null
        ? await readAhead(() => awsCredentials({ profile, region, environment }))
        : emulatorCredentials(keyId),
    endpoint: source.endpoint,
  });
  const { endpoint } = source;
  // An emulator is called without the profile, and so are the commands that are to see its tables.
  const context = { profile: keyId === null ? profile : null, table: settings.table, region, endpoint, keyId };
  const fix = (fault: ReadFault): string => {
    const { title, explanation, copy } = fixFor(fault, context);
    // A command ends where the page would wait.
    const words = explanation.replace(
      / Reading (?:is retried automatically\.|resumes automatically\.|resumes( after:))$/,
      (_, after) => (after === ' after:' ? ' Run:' : ''),
    );
    // Which profile it is and what it lacks stands in the fault itself.
    const which = fault.code.startsWith('profile-') ? fault.message : '';
    return [`${title} (${endpoint})`, which, words, copy?.text].filter(Boolean).join('\n');
  };
  const caller = async (): Promise<string> => {
    if (keyId !== null) return `emulator:${keyId}`;
    const credentials = await client.config.credentials();
    const asked = explained(callerIdentity({ credentials, region, profile }, { ...environment }));
    return await asked.catch((error: unknown) => {
      // It takes no permission to ask: what AWS refuses are the credentials themselves.
      if (!(error instanceof ReadFault) || error.code !== 'profile-sts-denied') throw error;
      const whose = profile === null ? 'of the environment' : `of profile ${profile}`;
      const option = profile === null ? '' : ` --profile ${shellWord(profile)}`;
      throw new ExitError(
        EXIT.unknown,
        `AWS does not say who you are: it refuses the credentials ${whose}. Nothing was written. Renew them until this answers:\naws sts get-caller-identity${option}`,
      );
    });
  };
  try {
    return await use({ client, settings, fix, caller });
  } catch (error) {
    if (!(error instanceof ReadFault)) throw error;
    throw new ExitError(EXIT.unknown, fix(error));
  } finally {
    client.destroy();
  }
}

/** What of the environment says where the table is, besides what has an option of its own. */
const CONNECTION_VARIABLES = [
  'RELEASE_KEY_NAMES',
  'AWS_DEFAULT_REGION',
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ENDPOINT_URL',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  // By the id an emulator keeps its tables apart.
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
] as const;

function picked(environment: CliContext['environment'], names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, environment[name]]));
}

/** @throws ExitError (usage) with every fault */
function settled(variables: Record<string, string | undefined>, profileSays: ProfileSays | null = null): Settings {
  const result = readSettings(variables, { profileSays });
  if (result.ok) return result.settings;
  // Whether a region is needed depends on the endpoint.
  const noEndpoint = result.faults.some(({ variable }) => /endpoint/i.test(variable) && !/FIPS|DUAL/.test(variable));
  const faults = result.faults.filter(({ variable }) => !(noEndpoint && variable === 'AWS_REGION'));
  const lines = faults.map(
    ({ variable, expected, received }) =>
      `${OPTION_OF[variable] ?? variable}: expected ${expected}, received ${received}`,
  );
  throw usage(lines.join('\n'));
}

/** By which option a variable is given, too. */
const OPTION_OF: Readonly<Record<string, string>> = {
  AWS_PROFILE: '--profile (AWS_PROFILE)',
  AWS_REGION: '--region (AWS_REGION)',
  RELEASE_TABLE: '--table (RELEASE_TABLE)',
  DYNAMODB_ENDPOINT: '--endpoint (DYNAMODB_ENDPOINT)',
};
