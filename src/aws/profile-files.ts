import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { MAX_PROFILE_FILE_BYTES } from '../limits/limits.ts';

/** Keys and values of one section. */
export type Section = ReadonlyMap<string, string>;

/** What the AWS config files say, as the SDK reads them. */
export interface ProfileFiles {
  /** Of both files; what the credentials file says goes first. */
  readonly profiles: ReadonlyMap<string, Section>;
  readonly ssoSessions: ReadonlyMap<string, Section>;
  readonly services: ReadonlyMap<string, Section>;
  /** The lines that begin with a bracket, to explain why the SDK takes one for no profile. */
  readonly headings: readonly Heading[];
  /** Files that a variable names and that are not there. */
  readonly absent: readonly { readonly variable: string; readonly path: string }[];
}

export interface Heading {
  readonly file: 'config' | 'credentials';
  /** What stands between the brackets. */
  readonly text: string;
  /** Whether nothing else stands on its line, but for a comment. */
  readonly alone: boolean;
}

export type ProfileFilesResult =
  | { readonly ok: true; readonly files: ProfileFiles }
  /** `reason` names the file and what is wrong with it, never its content. */
  | { readonly ok: false; readonly reason: string };

const VARIABLES = { config: 'AWS_CONFIG_FILE', credentials: 'AWS_SHARED_CREDENTIALS_FILE' } as const;

/**
 * Reads both config files by the SDK's own parser, from where the standard variables or the home folder put them. A
 * missing file is empty. The SDK takes a file that it cannot read for an empty one, too; here that is a reason.
 */
export async function readProfileFiles(env: NodeJS.ProcessEnv): Promise<ProfileFilesResult> {
  const headings: Heading[] = [];
  const absent: { variable: string; path: string }[] = [];
  for (const file of ['config', 'credentials'] as const) {
    const path = profileFilePath(file, env);
    const text = await readText(path);
    if (!text.ok) return text;
    if (text.text === null && env[VARIABLES[file]]) absent.push({ variable: VARIABLES[file], path });
    headings.push(...headingsIn(file, text.text ?? ''));
  }
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    configFilepath: profileFilePath('config', env),
    filepath: profileFilePath('credentials', env),
    ignoreCache: true, // a profile fixed while we run is seen without a restart
  });
  const files = { profiles: new Map(), ssoSessions: new Map(), services: new Map() };
  for (const [name, section] of Object.entries(configFile)) {
    const [, kind, bare] = /^(sso-session|services)\.(.*)$/.exec(name) ?? [];
    if (kind === undefined) files.profiles.set(name, sectionOf(section));
    else (kind === 'services' ? files.services : files.ssoSessions).set(bare, sectionOf(section));
  }
  for (const [name, section] of Object.entries(credentialsFile)) {
    files.profiles.set(name, new Map([...(files.profiles.get(name) ?? []), ...sectionOf(section)]));
  }
  return { ok: true, files: { ...files, headings, absent } };
}

/**
 * Where one of the config files is: `~/` is the home folder, and an empty variable counts as not set, as everywhere.
 *
 * @returns the path; whether there is a file is not asked
 */
function profileFilePath(file: 'config' | 'credentials', env: NodeJS.ProcessEnv): string {
  const home = env.HOME || env.USERPROFILE || homedir();
  const named = env[VARIABLES[file]];
  if (!named) return join(home, '.aws', file);
  return named.startsWith('~/') ? join(home, named.slice(2)) : named;
}

/**
 * Writes the paths of the config files into an environment as they are meant: of the SDK's parts only some know `~/`, and
 * the one that looks for the sso-session of a profile does not.
 *
 * @param env is changed
 */
export function settleProfilePaths(env: NodeJS.ProcessEnv): void {
  for (const file of ['config', 'credentials'] as const) {
    if (env[VARIABLES[file]]) env[VARIABLES[file]] = profileFilePath(file, env);
  }
}

type TextResult = { readonly ok: true; readonly text: string | null } | { readonly ok: false; readonly reason: string };

async function readText(path: string): Promise<TextResult> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => error);
  if (bytes instanceof Error) {
    const { code } = bytes;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { ok: true, text: null };
    return { ok: false, reason: `${path} cannot be read (${code})` };
  }
  if (bytes.length > MAX_PROFILE_FILE_BYTES)
    return {
      ok: false,
      reason: `${path} has ${bytes.length} bytes, and a config file ${MAX_PROFILE_FILE_BYTES} at most`,
    };
  if (bytes.includes(0)) return { ok: false, reason: `${path} is not UTF-8 text (UTF-16, perhaps): save it as UTF-8` };
  const text = bytes.toString('utf8');
  // For one such section the SDK reads nothing of the file.
  if (/^\s*\[(?:profile )?__proto__\]/m.test(text)) return { ok: false, reason: `${path} has a section __proto__` };
  return { ok: true, text };
}

function sectionOf(section: Readonly<Record<string, string | undefined>>): Map<string, string> {
  return new Map(Object.entries(section).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function headingsIn(file: Heading['file'], text: string): Heading[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const bare = (line.split(/(?:^|\s)[;#]/)[0] ?? '').trim();
    const inside = /^\[([^\]]*)/.exec(bare)?.[1];
    return inside === undefined ? [] : [{ file, text: inside, alone: bare === `[${inside}]` }];
  });
}
