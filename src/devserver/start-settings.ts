import { resolve } from 'node:path';
import { readProfileSays } from '../aws/profile-says.ts';
import type { PolicyDocument } from '../release/policy/policy-document.ts';
import { namesNoOther, readNamedTables } from '../store/named-tables.ts';
import { type ProfileSays, readSettings, type SettingFault, type Settings } from '../store/settings.ts';
import { lendAwsVariables, readEnvironment } from './env-files.ts';
import { BIND_ADDRESS, isAddress, isOwnAddress } from './guard/bind-address.ts';
import { type CodePage, codePage } from './guard/code-page.ts';
import { stop } from './stop.ts';
import { readPolicyFile } from './table/policy-file.ts';

/** All that a local server is told from outside, read once at its start. */
export interface StartSettings {
  readonly settings: Settings;
  /** Of the table of the settings: what `TABLES` calls it, else its own name. */
  readonly name: string;
  /** The tables that `TABLES` names besides. */
  readonly others: readonly { readonly name: string; readonly settings: Settings }[];
  /** The document of the policy file; null: none is named. */
  readonly policy: PolicyDocument | null;
  readonly env: NodeJS.ProcessEnv;
}

export interface StartPlace {
  /** The folder in which env files lie, and from which the policy file is named. */
  readonly root: string;
  /** Where settings come from. Default: the env files of the root, and the environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** The embedded table holds data of its own, and is opened whatever else is set. */
  readonly ownTable: boolean;
  /** What else keeps it from starting, as sentences. */
  readonly faults?: readonly string[];
}

/** Reads settings, policy file and environment. A start that cannot succeed ends the process: all that is wrong is named. */
export async function readStartSettings({
  root,
  env: environment,
  ownTable,
  faults: given = [],
}: StartPlace): Promise<StartSettings> {
  // The SDK says at each start that its releases of 2027 want Node 22. The lockfile holds one that runs on 20.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const env = environment ?? readEnvironmentOrStop(root);
  lendAwsVariables(env, process.env);
  const named = ownTable ? ({ ok: true, tables: [] } as const) : readNamedTables(env);
  const [first, ...more] = named.ok ? named.tables : [];
  const isFirst = first !== undefined && namesNoOther(env);
  const own = isFirst ? { ...env, ...pick(first.environment) } : env;
  const read = readSettings(own, { profileSays: await profileSaysOf(own), ownTable });
  const faults = read.ok ? [] : read.faults.map((fault) => wordsOf(isFirst ? ofTable(first.name, fault) : fault));
  if (!named.ok) faults.push(...named.faults.map(wordsOf));
  const others: { name: string; settings: Settings }[] = [];
  for (const { name, environment } of isFirst ? more : named.ok ? named.tables : []) {
    const other = readSettings(environment, { profileSays: await profileSaysOf(environment) });
    if (other.ok) others.push({ name, settings: other.settings });
    // What is wrong with a setting of all of them has been said of the first.
    else
      faults.push(
        ...other.faults.filter(({ variable }) => OF_ENTRY.has(variable)).map((one) => wordsOf(ofTable(name, one))),
      );
  }
  // Read although other settings are faulty: all that keeps the server from starting is named at once.
  const policyFile = readPolicyFile(resolve(root), read.ok ? read.settings.policyFile : env.RELEASE_POLICY || null);
  if ('faults' in policyFile) faults.push(...policyFile.faults);
  faults.push(...given);
  if (!read.ok || 'faults' in policyFile || faults.length > 0) {
    return stop(2, ['Release Matrix cannot start. Fix these settings (.env.example explains each):', ...faults]);
  }
  const settings = { ...read.settings, notices: [...read.settings.notices, ...hostNotice(env.HOST)] };
  return { settings, name: isFirst ? first.name : settings.tableName, others, policy: policyFile.document, env };
}

/** What an entry of `TABLES` says. */
const OF_ENTRY: ReadonlySet<string> = new Set(['AWS_PROFILE', 'AWS_REGION', 'RELEASE_TABLE']);

function pick({ AWS_PROFILE, AWS_REGION, RELEASE_TABLE }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { AWS_PROFILE, AWS_REGION, RELEASE_TABLE };
}

function ofTable(name: string, fault: SettingFault): SettingFault {
  return OF_ENTRY.has(fault.variable) ? { ...fault, variable: `TABLES, ${name}` } : fault;
}

function wordsOf({ variable, expected, received }: SettingFault): string {
  return `${variable}: expected ${expected}; received ${received}.`;
}

/** @returns null where nobody else uses the machine */
export function wayIn({ sharedMachine }: Settings): CodePage | null {
  return sharedMachine ? codePageOrStop() : null;
}

/** Of the profile whose credentials are to be used; with keys of the environment the AWS tools ask [default]. */
function profileSaysOf(env: NodeJS.ProcessEnv): Promise<ProfileSays | null> {
  const profile = env.AWS_PROFILE || (env.AWS_CREDENTIALS === 'environment' ? 'default' : '');
  return profile === '' ? Promise.resolve(null) : readProfileSays(profile, env);
}

/** Shells set HOST to the name of the machine, and compilers to its kind: only an address was meant for us. */
function hostNotice(host: string | undefined): readonly string[] {
  if (host === undefined || isOwnAddress(host) || !isAddress(host)) return [];
  return [`HOST (${host}) is not used: the local server listens on ${BIND_ADDRESS} only.`];
}

function readEnvironmentOrStop(root: string): NodeJS.ProcessEnv {
  try {
    return readEnvironment(root, process.env);
  } catch (error) {
    return stop(2, [`An env file cannot be read: ${error instanceof Error ? error.message : 'unexpected error'}`]);
  }
}

function codePageOrStop(): CodePage {
  try {
    return codePage();
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unexpected error';
    return stop(1, [`There is no place for the file that opens the page: ${why}. Set TMPDIR to a folder of your own.`]);
  }
}
