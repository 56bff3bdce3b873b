import { spawn } from 'node:child_process';
import { MAX_HELPER_OUTPUT_BYTES } from '../limits/limits.ts';
import { shellWord } from '../release/text/shell-text.ts';
import { CredentialFault } from './credential-fault.ts';
import { endProcess, OWN_GROUP } from './end-process.ts';

/** Credentials as a provider gives them; without a session token they are long-lived keys. */
export interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/**
 * Runs the `credential_process` of a profile. The SDK's own runner has no time limit, leaves a hanging program
 * behind and puts the program's error output into its message; here it is discarded, as it may hold a secret.
 *
 * @param command as written in the profile, run by the shell as the AWS tools do
 * @param limitMs milliseconds, then the program and its children are ended
 * @throws CredentialFault HelperTimeout, HelperFailed
 */
export function runCredentialHelper(command: string, limitMs: number, profile: string): Promise<Identity> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      detached: OWN_GROUP,
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const parts: Buffer[] = [];
    let size = 0;
    const end = (): void => {
      child.stdout.destroy();
      endProcess(child);
    };
    // The command itself is not shown: its arguments may hold a secret.
    const fix = `aws configure get credential_process --profile ${shellWord(profile)}`;
    const failed = (what: string): CredentialFault =>
      new CredentialFault('HelperFailed', `The credential_process of profile ${profile} ${what}.`, fix);
    const timer = setTimeout(() => {
      end();
      const seconds = Math.round(limitMs / 1000);
      reject(
        new CredentialFault(
          'HelperTimeout',
          `The credential_process of profile ${profile} did not answer in ${seconds} s.`,
          fix,
        ),
      );
    }, limitMs);
    child.on('error', () => {
      clearTimeout(timer);
      reject(failed('could not be started'));
    });
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MAX_HELPER_OUTPUT_BYTES) return void parts.push(part);
      clearTimeout(timer);
      end();
      reject(failed(`printed more than ${MAX_HELPER_OUTPUT_BYTES / 1024} kB`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code !== 0) return reject(failed(`ended with exit code ${code ?? 'none'}`));
      const identity = parseHelperOutput(Buffer.concat(parts).toString('utf8'));
      if (identity === null) return reject(failed('printed no credentials in the form of version 1'));
      if (identity.expiration !== undefined && identity.expiration.getTime() <= Date.now()) {
        return reject(failed('printed credentials that have expired'));
      }
      resolve(identity);
    });
  });
}

function parseHelperOutput(text: string): Identity | null {
  let output: unknown;
  try {
    output = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof output !== 'object' || output === null) return null;
  const field = (name: string): unknown => Object.entries(output).find(([key]) => key === name)?.[1];
  const [id, secret, token, until] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'].map(field);
  if (field('Version') !== 1 || !isKey(id) || !isKey(secret)) return null;
  if (token !== undefined && token !== null && !isKey(token)) return null;
  const expiration = until === undefined || until === null ? undefined : new Date(String(until));
  if (expiration !== undefined && Number.isNaN(expiration.getTime())) return null;
  return {
    accessKeyId: id,
    secretAccessKey: secret,
    ...(isKey(token) ? { sessionToken: token } : {}),
    ...(expiration === undefined ? {} : { expiration }),
  };
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !/\s/.test(value);
}
