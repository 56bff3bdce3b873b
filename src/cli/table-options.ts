import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { Command } from 'commander';
import { DOCUMENTED_KEYS, type Item, type KeyNames } from '../release/item.ts';
import { connectTable, EMULATOR_CREDENTIALS } from '../store/client.ts';
import { mendFor } from '../store/fault-mend.ts';
import { ReadFault } from '../store/read-fault.ts';
import { readTable } from '../store/read-table.ts';
import { readSettings, type Settings } from '../store/settings.ts';
import { describeTable } from '../store/table-keys.ts';
import { Ending, EXIT } from './exit-codes.ts';
import { readItemsFile } from './items-file.ts';
import type { Surroundings } from './surroundings.ts';

/** Where a command reads its items from: a file, or a table by the standard AWS chain and variables. */
export interface TableOptions {
  readonly from?: string;
  readonly table?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
}

/** Items as they were read, with what is needed to read them as fragments. */
export interface ItemsRead {
  readonly items: readonly Item[];
  readonly keys: KeyNames;
}

/** Adds the options to a command. */
export function addTableOptions(command: Command): Command {
  return command
    .option('--from <file>', 'read items from a file (JSON array or NDJSON of plain items; - for standard input)')
    .option('--table <name>', 'the table (RELEASE_TABLE; default ReleaseFragments)')
    .option('--region <region>', 'its region (AWS_REGION)')
    .option('--profile <name>', 'the AWS profile (AWS_PROFILE)')
    .option('--endpoint <url>', 'another endpoint, such as DynamoDB Local (DYNAMODB_ENDPOINT)');
}

/**
 * Reads all items.
 *
 * @throws Ending `usage` for bad options or a bad file; `unknown` where the table cannot be read or not to its end
 */
export async function readItemsOf(options: TableOptions, { environment }: Surroundings): Promise<ItemsRead> {
  if (options.from !== undefined) {
    const { keyNames } = settled({ RELEASE_KEY_NAMES: environment.RELEASE_KEY_NAMES });
    return { items: readItemsFile(options.from), keys: keyNames ?? DOCUMENTED_KEYS };
  }
  const profile = options.profile ?? environment.AWS_PROFILE;
  const settings = settled({
    // The dashboard wants a profile by name; a job in CI has the standard chain, so any name serves to pass that rule.
    AWS_PROFILE: profile || 'default',
    AWS_REGION: options.region ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION),
    RELEASE_TABLE: options.table ?? environment.RELEASE_TABLE,
    RELEASE_KEY_NAMES: environment.RELEASE_KEY_NAMES,
    DYNAMODB_ENDPOINT: options.endpoint ?? environment.DYNAMODB_ENDPOINT,
  });
  const loopback = settings.source.kind === 'loopback';
  const client = connectTable({
    region: settings.region,
    credentials: loopback ? EMULATOR_CREDENTIALS : fromNodeProviderChain(profile ? { profile } : {}),
    ...(settings.source.kind === 'embedded' ? {} : { endpoint: settings.source.endpoint }),
  });
  try {
    const described = await describeTable(client, { table: settings.table, configuredKeys: settings.keyNames });
    const reading = await readTable(client, { described });
    if (reading.incomplete !== null) throw new Ending(EXIT.unknown, reading.incomplete.message);
    return { items: reading.items, keys: described.keys };
  } catch (error) {
    if (!(error instanceof ReadFault)) throw error;
    const endpoint = settings.source.kind === 'embedded' ? null : settings.source.endpoint;
    const mend = mendFor(error, { profile: profile || null, table: settings.table, region: settings.region, endpoint });
    throw new Ending(EXIT.unknown, [mend.title, mend.explanation, mend.copy?.text].filter(Boolean).join('\n'));
  } finally {
    client.destroy();
  }
}

/** @throws Ending (usage) with every fault */
function settled(variables: Record<string, string | undefined>): Settings {
  const result = readSettings(variables);
  if (result.ok) return result.settings;
  const lines = result.faults.map(
    ({ variable, expected, received }) =>
      `${OPTION_OF[variable] ?? variable}: expected ${expected}, received ${received}`,
  );
  throw new Ending(EXIT.usage, lines.join('\n'));
}

/** By which option a variable is given, too. */
const OPTION_OF: Readonly<Record<string, string>> = {
  AWS_PROFILE: '--profile (AWS_PROFILE)',
  AWS_REGION: '--region (AWS_REGION)',
  RELEASE_TABLE: '--table (RELEASE_TABLE)',
  DYNAMODB_ENDPOINT: '--endpoint (DYNAMODB_ENDPOINT)',
};
