import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What AWS CLI 2 prints for `aws sso login --no-browser` with the device flow (awscli/customizations/sso/utils.py). */
export const DEVICE_CODE = `Browser will not be automatically opened.
Please visit the following URL:

https://device.sso.eu-west-1.amazonaws.com/

Then enter the code:

ABCD-EFGH

Alternatively, you may visit the following URL which will autofill the code upon loading:
https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH
`;

export const AUTHORIZE =
  'https://oidc.eu-west-1.amazonaws.com/authorize?response_type=code&client_id=x&redirect_uri=http%3A%2F%2F127.0.0.1%3A43219%2Foauth%2Fcallback&state=1&code_challenge_method=S256&scopes=sso%3Aaccount%3Aaccess&code_challenge=y';

/** The same with the authorization code flow, which is that of an sso-session from version 2.22 on. */
export const AUTHORIZATION_CODE = `Browser will not be automatically opened.
Please visit the following URL:

${AUTHORIZE}
`;

export const REMOTE_ADDRESS =
  'https://us-east-1.signin.aws.amazon.com/v1/authorize?response_type=code&client_id=arn%3Aaws%3Asignin%3A%3A%3Adevtools%2Fcross-device&state=1&code_challenge=y';

/** What it prints for `aws login --remote` (awscli/customizations/login/utils.py). */
export const REMOTE = `Browser will not be automatically opened.
Please visit the following URL:

${REMOTE_ADDRESS}

Enter the authorization code displayed in your browser: `;

/** An `aws` on the PATH of this process, which prints what it is told and then waits. */
export interface AwsCliStub {
  readonly folder: string;
  /** What it was started with, each start on a line of its own. */
  starts(): readonly string[];
  /** Lines that it has read of its input. */
  input(): readonly string[];
  /** The processes that were started: itself, and what it has started. */
  processes(): readonly number[];
  /** Has it go on to its end. */
  finish(exitCode: number): void;
  remove(): void;
}

/**
 * Puts a stub of the AWS CLI before everything else on the PATH.
 *
 * @param output what it prints at once
 * @param script shell commands after that; by default it reads a line where one is handed to it, and waits for `finish`
 */
export function stubAwsCli(output: string, script = WAITS): AwsCliStub {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-aws-'));
  const at = (name: string): string => join(folder, name);
  const bin = at('bin');
  mkdirSync(bin);
  writeFileSync(at('output'), output);
  execFileSync('mkfifo', [at('finish')]);
  // Open at both ends: to write waits for no reader then.
  const pipe = openSync(at('finish'), 'r+');
  const lines = ['#!/bin/sh', `cd '${folder}'`, 'echo "$*" >> starts', 'echo $$ >> processes', 'cat output', script];
  writeFileSync(join(bin, 'aws'), `${lines.join('\n')}\n`);
  chmodSync(join(bin, 'aws'), 0o700);
  const path = process.env.PATH;
  process.env.PATH = [bin, path].join(delimiter);
  const linesOf = (name: string): readonly string[] =>
    existsSync(at(name)) ? readFileSync(at(name), 'utf8').split('\n').slice(0, -1) : [];
  return {
    folder,
    starts: () => linesOf('starts'),
    input: () => linesOf('input'),
    processes: () => linesOf('processes').map(Number),
    finish: (exitCode) => void writeSync(pipe, `${exitCode}\n`),
    remove() {
      process.env.PATH = path;
      closeSync(pipe);
      for (const pid of linesOf('processes').map(Number)) {
        if (isAlive(pid)) process.kill(pid, 'SIGKILL');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The input is read to its end, as by whoever asks for a code; what it has started waits beside it. */
const WAITS = `sleep 600 & echo $! >> processes
cat >> input
read code < finish
kill $!
exit $code`;

/** Whether a process is there, and has not ended only to be collected. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
