import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What the AWS config files say, read only to explain what is wrong with a profile. The SDK resolves credentials. */
export interface ProfileFiles {
  readonly profiles: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly ssoSessions: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export type ProfileFilesResult =
  | { readonly ok: true; readonly files: ProfileFiles }
  /** `reason` names the file and what is wrong with it, never its content. */
  | { readonly ok: false; readonly reason: string };

/** A config file of an AWS CLI has some kilobytes; a megabyte is a mistake. */
const MAX_FILE_CHARS = 1_000_000;

/** Reads both config files, where the standard variables or the home folder put them. A missing file is empty. */
export async function readProfileFiles(env: NodeJS.ProcessEnv): Promise<ProfileFilesResult> {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const paths = {
    config: env.AWS_CONFIG_FILE ?? join(home, '.aws', 'config'),
    credentials: env.AWS_SHARED_CREDENTIALS_FILE ?? join(home, '.aws', 'credentials'),
  };
  const profiles = new Map<string, Map<string, string>>();
  const ssoSessions = new Map<string, Map<string, string>>();
  for (const kind of ['config', 'credentials'] as const) {
    const text = await readText(paths[kind]);
    if (!text.ok) return text;
    readSections(text.text, (heading) => {
      const section = nameSection(kind, heading);
      if (section === null) return null;
      const target = section.sso ? ssoSessions : profiles;
      const known = target.get(section.name) ?? new Map<string, string>();
      target.set(section.name, known);
      return known;
    });
  }
  return { ok: true, files: { profiles, ssoSessions } };
}

type TextResult = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

async function readText(path: string): Promise<TextResult> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > MAX_FILE_CHARS) return { ok: false, reason: `${path} is longer than a config file can be` };
    return { ok: true, text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    if (code === 'ENOENT' || code === 'ENOTDIR') return { ok: true, text: '' };
    return { ok: false, reason: `${path} cannot be read (${code})` };
  }
}

/** `[profile x]` and `[default]` in the config file, `[x]` in the credentials file. */
function nameSection(kind: 'config' | 'credentials', heading: string): { name: string; sso: boolean } | null {
  if (kind === 'credentials') return { name: heading, sso: false };
  if (heading === 'default') return { name: heading, sso: false };
  const named = /^(profile|sso-session)\s+(["']?)(.+?)\2$/.exec(heading);
  return named?.[3] === undefined ? null : { name: named[3], sso: named[1] === 'sso-session' };
}

function readSections(text: string, open: (heading: string) => Map<string, string> | null): void {
  let section: Map<string, string> | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const line = (raw.split(/(?:^|\s)[;#]/)[0] ?? '').trim(); // trim takes a byte order mark too
    const heading = /^\[([^\]]*)\]$/.exec(line)?.[1];
    if (heading !== undefined) {
      section = open(heading.trim());
    } else if (section !== null && !/^\s/.test(raw)) {
      const equals = line.indexOf('=');
      if (equals > 0) section.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim());
    }
  }
}
