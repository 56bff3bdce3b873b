import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { CredentialFault } from '../../src/aws/credential-fault.ts';
import { runCredentialHelper } from '../../src/aws/credential-helper.ts';

// What a helper prints, and what becomes of it.

const MEND = "aws configure get credential_process --profile 'my profile'";

async function run(command: string, limitMs = 10_000) {
  try {
    return await runCredentialHelper(command, limitMs, 'my profile');
  } catch (error) {
    if (error instanceof CredentialFault) return [error.code, error.message, error.fix];
    throw error;
  }
}
const failed = (what: string) => ['HelperFailed', `The credential_process of profile my profile ${what}.`, MEND];
const prints = (output: unknown) => `echo '${typeof output === 'string' ? output : JSON.stringify(output)}'`;

const KEYS = { Version: 1, AccessKeyId: 'ASIA', SecretAccessKey: 's' };
const LATER = '2999-01-01T00:00:00.000Z';
const IDENTITY = { accessKeyId: 'ASIA', secretAccessKey: 's' };

describe('credentials that a helper prints', () => {
  test.each<[string, object, object]>([
    ['without a token', KEYS, IDENTITY],
    ['with nulls for what it has not', { ...KEYS, SessionToken: null, Expiration: null }, IDENTITY],
    [
      'with all that may be said',
      { ...KEYS, SessionToken: 't', Expiration: LATER },
      { ...IDENTITY, sessionToken: 't', expiration: new Date(LATER) },
    ],
    ['with more than that', { ...KEYS, More: 1 }, IDENTITY],
  ])('%s', async (_, output, identity) => {
    expect(await run(prints(output))).toEqual(identity);
  });

  test.each<[string, unknown]>([
    ['nothing', ''],
    ['no JSON', 'canary'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['another version', { ...KEYS, Version: 2 }],
    ['a version that is a text', { ...KEYS, Version: '1' }],
    ['no version', { ...KEYS, Version: undefined }],
    ['no key id', { ...KEYS, AccessKeyId: undefined }],
    ['an empty key id', { ...KEYS, AccessKeyId: '' }],
    ['a key id that is a number', { ...KEYS, AccessKeyId: 1 }],
    ['a key id with white space', { ...KEYS, AccessKeyId: 'A B' }],
    ['no secret', { ...KEYS, SecretAccessKey: undefined }],
    ['an empty secret', { ...KEYS, SecretAccessKey: '' }],
    ['an empty token', { ...KEYS, SessionToken: '' }],
    ['a token that is none', { ...KEYS, SessionToken: 1 }],
    ['an end that is none', { ...KEYS, Expiration: 'soon' }],
  ])('are not taken: %s', async (_, output) => {
    expect(await run(prints(output))).toEqual(failed('printed no credentials in the form of version 1'));
  });

  test('are not taken where they have expired', async () => {
    const expired = failed('printed credentials that have expired');
    expect(await run(prints({ ...KEYS, Expiration: '2020-01-01T00:00:00Z' }))).toEqual(expired);
  });
});

/** One that has ended and that nobody has asked for its status is there still, as a zombie. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a helper', () => {
  test('that ends with a fault', async () => {
    expect(await run(`${prints(KEYS)}; exit 3`)).toEqual(failed('ended with exit code 3'));
    expect(await run('kill -9 $$')).toEqual(failed('ended with exit code none'));
  });

  test('may print 64 kB, and no more', async () => {
    const padded = (bytes: number) => `${JSON.stringify(KEYS)}${' '.repeat(bytes - JSON.stringify(KEYS).length)}`;
    const printed = (bytes: number) => run(`printf '%s' '${padded(bytes)}'`);
    expect(await printed(65_536)).toEqual(IDENTITY);
    expect(await printed(65_537)).toEqual(failed('printed more than 64 kB'));
  });

  test('is given no input, and may say what it likes besides', async () => {
    const output = prints(KEYS);
    expect(await run(`cat; head -c 1000000 /dev/zero >&2; ${output}`)).toEqual(IDENTITY);
  });

  test('that does not answer is ended, with what it has started', async () => {
    const begun = performance.now();
    expect(await run('sleep 60 | sleep 60', 1_400)).toEqual([
      'HelperTimeout',
      'The credential_process of profile my profile did not answer in 1 s.',
      MEND,
    ]);
    expect(performance.now() - begun).toBeLessThan(30_000);
  });

  test('that does not answer, nor listens, leaves nothing behind that it has started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'release-matrix-helper-'));
    const file = join(folder, 'pid');
    try {
      await run(`trap '' TERM; sleep 60 & echo $! > '${file}'; wait`, 500);
      const pid = Number(readFileSync(file, 'utf8'));
      await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
