import { spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { SignInAsk, SignInState } from '../../src/contract/sign-in.ts';
import { openSignIn, type SignInDesk, type SignInOptions } from '../../src/devserver/credentials/sign-in.ts';
import {
  AUTHORIZATION_CODE,
  AUTHORIZE,
  type AwsCliStub,
  DEVICE_CODE,
  isAlive,
  REMOTE,
  REMOTE_ADDRESS,
  stubAwsCli,
} from './aws-cli-stub.ts';

// The sign-in, with a stub of the AWS CLI on the PATH that prints what the real one prints.

const SSO =
  'sso_account_id = 123456789012\nsso_role_name = Reader\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n';
const PROFILES = `[profile dev]\n${SSO}[profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = dev
[profile console]\nlogin_session = arn:aws:iam::123456789012:user/u\n[profile keys]\naws_access_key_id = AKIAX\naws_secret_access_key = s
[profile half]\nsso_region = eu-west-1
[profile machine]\nrole_arn = arn:aws:iam::123456789012:role/r\ncredential_source = Ec2InstanceMetadata\n`;

const folder = mkdtempSync(join(tmpdir(), 'release-matrix-sign-in-'));
writeFileSync(join(folder, 'config'), PROFILES);
const ENV = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

let stub: AwsCliStub | null = null;
let desk: SignInDesk | null = null;
afterEach(() => {
  desk?.end();
  stub?.remove();
  [stub, desk] = [null, null];
});

const NEVER = new AbortController().signal;

/** Signs in as a page does: it starts, and watches until it stands as is wanted. */
function open(profile: string, output: string, more: Partial<SignInOptions> = {}, script?: string) {
  const cli = stubAwsCli(output, script);
  stub = cli;
  const opened = openSignIn({ profile, env: { ...process.env, ...ENV }, ...more });
  desk = opened;
  const ask = (wish: SignInAsk, left = NEVER): Promise<SignInState> => opened.ask(wish, left);
  const until = async (step: SignInState['step'], from: SignInState): Promise<SignInState> => {
    for (let state = from; desk === opened; state = await ask({ do: 'watch', seen: state.number })) {
      if (state.step === step) return state;
      if (state.step === 'none' || state.step === 'failed' || state.step === 'done') return state;
      // Were it answered at once again and again, the time that a test has would never be up.
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error('The test has ended.');
  };
  return { cli, ask, until, start: () => ask({ do: 'start' }), watch: (seen: number) => ask({ do: 'watch', seen }) };
}

const DEVICE = {
  step: 'open',
  address: 'https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH',
  code: 'ABCD-EFGH',
  wantsCode: false,
};
/** What has come meanwhile is heard. */
const turn = async (): Promise<void> => {
  for (let turns = 0; turns < 2; turns += 1) await new Promise((resolve) => setImmediate(resolve));
};
const gone = async (cli: AwsCliStub, count = 2): Promise<void> => {
  await expect.poll(() => cli.processes().length).toBe(count);
  await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
};

describe('a sign-in', () => {
  test.each<[string, string, string, object]>([
    ['dev', DEVICE_CODE, 'sso login --no-browser --profile dev', DEVICE],
    ['role', DEVICE_CODE, 'sso login --no-browser --profile dev', DEVICE],
    [
      'dev',
      AUTHORIZATION_CODE,
      'sso login --no-browser --profile dev',
      { step: 'open', address: AUTHORIZE, code: null, wantsCode: false },
    ],
  ])('of profile %s shows where to go, and is done when the AWS CLI is: %#', async (profile, output, args, shown) => {
    const { cli, start, until, watch } = open(profile, output);
    const begun = await start();
    expect(begun).toEqual({ number: 1, step: 'starting' });
    const opened = await until('open', begun);
    expect(opened).toEqual({ number: 2, ...shown });
    expect(cli.starts()).toEqual([args]);
    const next = watch(2);
    cli.finish(0);
    expect(await next).toEqual({ number: 3, step: 'done' });
    await gone(cli);
  });

  test('by aws login is handed what the browser shows, once, as its one line of input', async () => {
    const { cli, ask, start, until, watch } = open('console', REMOTE);
    const opened = await until('open', await start());
    expect(opened).toEqual({ number: 2, step: 'open', address: REMOTE_ADDRESS, code: null, wantsCode: true });
    expect(cli.starts()).toEqual(['login --remote --profile console']);
    const told = await ask({ do: 'code', code: 'c3RhdGU9MQ==' });
    expect(told).toEqual({ number: 3, step: 'open', address: REMOTE_ADDRESS, code: null, wantsCode: false });
    expect(await ask({ do: 'code', code: 'AAAAAAAA' })).toEqual(told);
    await expect.poll(() => cli.input()).toEqual(['c3RhdGU9MQ==']);
    cli.finish(0);
    expect(await watch(3)).toEqual({ number: 4, step: 'done' });
  });

  test('that wants no code is given none', async () => {
    const { cli, ask, start, until } = open('dev', DEVICE_CODE);
    const opened = await until('open', await start());
    expect(await ask({ do: 'code', code: 'AAAAAAAA' })).toEqual(opened);
    await expect.poll(() => cli.processes().length).toBe(2);
    expect(cli.input()).toEqual([]);
  });

  test('takes no code before it has shown where to go', async () => {
    const { ask, start } = open('console', '');
    await start();
    expect(await ask({ do: 'code', code: 'AAAAAAAA' })).toEqual({ number: 1, step: 'starting' });
  });

  test('is started once, however many ask, and again when it has ended', async () => {
    const { cli, start, until, watch } = open('dev', DEVICE_CODE);
    const [one, other] = await Promise.all([start(), start()]);
    expect([one, other]).toEqual([one, one]);
    await until('open', one);
    expect(await start()).toEqual({ number: 2, ...DEVICE });
    expect(cli.starts()).toHaveLength(1);
    cli.finish(0);
    await watch(2);
    expect(await until('open', await start())).toEqual({ number: 5, ...DEVICE });
    expect(cli.starts()).toHaveLength(2);
  });

  test('that prints bit by bit is told bit by bit', async () => {
    const half = DEVICE_CODE.indexOf('Then');
    const { cli, start, until, watch } = open(
      'dev',
      DEVICE_CODE.slice(0, half),
      {},
      `read code < finish\ncat <<'END'\n${DEVICE_CODE.slice(half)}END\nread code < finish\nexit $code`,
    );
    const opened = await until('open', await start());
    expect(opened).toEqual({
      ...DEVICE,
      number: 2,
      address: 'https://device.sso.eu-west-1.amazonaws.com/',
      code: null,
    });
    cli.finish(0);
    expect(await watch(2)).toEqual({ ...DEVICE, number: 3 });
    cli.finish(0);
    expect(await watch(3)).toEqual({ number: 4, step: 'done' });
  });

  test('that has not yet said where to go shows nothing', async () => {
    const before = DEVICE_CODE.indexOf('https');
    const { cli, ask, start, until } = open(
      'dev',
      DEVICE_CODE.slice(0, before),
      {},
      `echo $$ >> processes\nread code < finish\ncat <<'END'\n${DEVICE_CODE.slice(before)}END\nread code < finish`,
    );
    const begun = await start();
    await expect.poll(() => cli.processes().length).toBe(2);
    await turn();
    expect(await ask({ do: 'watch', seen: 0 })).toEqual(begun);
    cli.finish(0);
    expect(await until('open', begun)).toEqual({ ...DEVICE, number: 2 });
  });

  test('says more when it has its code, and asks for none again', async () => {
    const script = 'cat >> input\necho Thanks\necho $$ >> processes\nread code < finish';
    const { cli, ask, start, until } = open('console', REMOTE, {}, script);
    await until('open', await start());
    const told = await ask({ do: 'code', code: 'AAAAAAAA' });
    await expect.poll(() => cli.processes().length).toBe(2);
    await turn();
    expect(await ask({ do: 'watch', seen: 0 })).toEqual(told);
  });

  test('that takes no input goes on all the same', async () => {
    const script = 'exec 0<&-\necho $$ >> processes\nread code < finish\nexit $code';
    const { cli, ask, start, until, watch } = open('console', REMOTE, {}, script);
    await until('open', await start());
    await expect.poll(() => cli.processes().length).toBe(2);
    const told = await ask({ do: 'code', code: 'AAAAAAAA' });
    await turn();
    cli.finish(0);
    expect(await watch(told.number)).toEqual({ number: 4, step: 'done' });
  });

  test('may say beside it what it likes', async () => {
    const { start, until } = open('dev', DEVICE_CODE, {}, 'head -c 1000000 /dev/zero >&2');
    expect(await until('done', await start())).toMatchObject({ step: 'done' });
  });
});

describe('what goes wrong', () => {
  const BY_HAND = 'aws sso login --profile dev';
  test.each<[string, string, string, string | undefined, string, string | null]>([
    [
      'the AWS CLI ends with an error',
      'dev',
      'An error occurred: canary\n',
      'exit 7',
      'The AWS CLI ended without a sign-in (exit code 7). To see why, sign in by hand:',
      BY_HAND,
    ],
    [
      'the AWS CLI is killed',
      'dev',
      '',
      'kill -9 $$',
      'The AWS CLI ended without a sign-in (exit code none). To see why, sign in by hand:',
      BY_HAND,
    ],
    [
      'an address that is not of AWS',
      'dev',
      'https://evil.example/canary\n',
      undefined,
      'The AWS CLI names an address that is not one of AWS’ sign-in pages. Look at it by hand:',
      BY_HAND,
    ],
    [
      'too much output',
      'dev',
      'x'.repeat(64 * 1024 + 1),
      undefined,
      'The AWS CLI printed more than 64 kB. Sign in by hand:',
      BY_HAND,
    ],
    [
      'aws login, which fails',
      'console',
      REMOTE,
      'exit 1',
      'The AWS CLI ended without a sign-in (exit code 1). To see why, sign in by hand:',
      'aws login --profile console',
    ],
    [
      'a profile of keys',
      'keys',
      '',
      undefined,
      'Profile keys does not sign in: neither AWS SSO nor aws login gives its credentials.',
      null,
    ],
    [
      'a profile that is incomplete',
      'half',
      '',
      undefined,
      'Profile half has no sso_start_url, sso_account_id, sso_role_name.',
      'aws configure list --profile half',
    ],
    [
      'a role of the machine',
      'machine',
      '',
      undefined,
      'Profile machine has the credential_source Ec2InstanceMetadata; only Environment is used here.',
      'aws configure list --profile machine',
    ],
  ])('%s', async (_, profile, output, script, message, fix) => {
    const { cli, ask, start, until } = open(profile, output, {}, script);
    const begun = await start();
    const failed = await until('failed', begun);
    expect(failed).toEqual({ number: failed.number, step: 'failed', message, fix });
    expect(await ask({ do: 'cancel' })).toEqual(failed);
    if (['keys', 'half', 'machine'].includes(profile)) expect(cli.starts()).toEqual([]);
    else await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
  });

  test('whatever keeps the profile from being read', async () => {
    const env = {
      get AWS_CONFIG_FILE(): string {
        throw new Error('canary');
      },
    };
    const { start, until } = open('dev', '', { env });
    const failed = { number: 2, step: 'failed', message: 'The profile could not be read.', fix: null };
    expect(await until('failed', await start())).toEqual(failed);
  });

  test('64 kB are taken', async () => {
    const { start, until } = open('dev', `${'x'.repeat(64 * 1024 - DEVICE_CODE.length - 1)}\n${DEVICE_CODE}`);
    expect(await until('open', await start())).toMatchObject(DEVICE);
  });

  test('there is no AWS CLI', async () => {
    const { cli, start, until } = open('dev', '');
    const path = process.env.PATH;
    process.env.PATH = cli.folder;
    try {
      expect(await until('failed', await start())).toEqual({
        number: 2,
        step: 'failed',
        message:
          'The AWS CLI could not be started. Install version 2, so that aws is found, and try again, or sign in by hand:',
        fix: BY_HAND,
      });
    } finally {
      process.env.PATH = path;
    }
  });

  test('nobody signs in: it is ended, with what it has started', async () => {
    const { cli, start, until } = open('dev', DEVICE_CODE, { limitMs: 600 });
    const failed = await until(
      'failed',
      await until('open', await start()).then(({ number }) => ({ number, step: 'starting' })),
    );
    expect(failed).toMatchObject({ step: 'failed', message: 'Nobody signed in within 0.01 minutes.', fix: BY_HAND });
    await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
  });

  test('no limit of before ends the sign-in after it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { cli, ask, start } = open('dev', '', { limitMs: 1000, leftMs: 1e9, watchMs: 1e9 });
      await start();
      await expect.poll(() => cli.starts().length).toBe(1);
      vi.advanceTimersByTime(600);
      await ask({ do: 'cancel' });
      const begun = await start();
      await expect.poll(() => cli.starts().length).toBe(2);
      vi.advanceTimersByTime(600);
      expect(await ask({ do: 'watch', seen: 0 })).toEqual(begun);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('ends the AWS CLI', () => {
  test('when the person cancels', async () => {
    const { cli, ask, start, until, watch } = open('dev', DEVICE_CODE);
    await until('open', await start());
    const next = watch(2);
    expect(await ask({ do: 'cancel' })).toEqual({ number: 3, step: 'none' });
    expect(await next).toEqual({ number: 3, step: 'none' });
    await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
    expect(await ask({ do: 'cancel' })).toEqual({ number: 3, step: 'none' });
  });

  test('before it has started, where it is cancelled at once', async () => {
    const { cli, ask, start } = open('dev', DEVICE_CODE);
    await start();
    expect(await ask({ do: 'cancel' })).toEqual({ number: 2, step: 'none' });
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(cli.starts()).toEqual([]);
  });

  test('when the server ends', async () => {
    const { cli, start, until, ask } = open('dev', DEVICE_CODE);
    await until('open', await start());
    desk?.end();
    expect(await ask({ do: 'watch', seen: 2 })).toEqual({ number: 3, step: 'none' });
    await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
  });

  test('when the page has left, and not while one watches', async () => {
    const { cli, ask, start, until } = open('dev', DEVICE_CODE, { leftMs: 50 });
    await until('open', await start());
    const page = new AbortController();
    const watched = ask({ do: 'watch', seen: 2 }, page.signal);
    const other = new AbortController();
    const alsoWatched = ask({ do: 'watch', seen: 2 }, other.signal);
    other.abort();
    expect(await alsoWatched).toEqual({ number: 2, ...DEVICE });
    await expect.poll(() => cli.processes().filter(isAlive).length).toBe(2);
    page.abort();
    expect(await watched).toEqual({ number: 2, ...DEVICE });
    await gone(cli);
    expect(await ask({ do: 'watch', seen: 2 })).toEqual({ number: 3, step: 'none' });
  });

  test('but not while one watches, however long', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { ask, start, watch } = open('dev', '', { leftMs: 1000, watchMs: 1e9 });
      const begun = await start();
      void watch(begun.number);
      vi.advanceTimersByTime(60_000);
      expect(await ask({ do: 'watch', seen: 0 })).toEqual(begun);
    } finally {
      vi.useRealTimers();
    }
  });

  test('and hears no more of what has outlived it', async () => {
    const outlives = "setsid sh -c 'echo $$ >> processes; read go < finish; cat words'";
    const { cli, ask, start } = open('dev', '', {}, `${outlives} & sleep 600`);
    writeFileSync(join(cli.folder, 'words'), DEVICE_CODE);
    await start();
    await expect.poll(() => cli.processes().length).toBe(2);
    const cancelled = await ask({ do: 'cancel' });
    cli.finish(0);
    await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
    await turn();
    expect(await ask({ do: 'watch', seen: 0 })).toEqual(cancelled);
  });

  test('when nobody has ever watched', async () => {
    const { cli, start } = open('dev', DEVICE_CODE, { leftMs: 300 });
    await start();
    await gone(cli);
  });
});

describe('with its own process', () => {
  /** What the process has been told to do to itself, while its signals do nothing. */
  const watchKills = () => {
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => true);
    return () => kill.mock.calls.filter(([pid]) => pid === process.pid);
  };
  afterEach(() => vi.restoreAllMocks());

  test('a signal ends it, and then does what it would have done', async () => {
    const { start, until, ask } = open('dev', DEVICE_CODE);
    await until('open', await start());
    const kills = watchKills();
    process.emit('SIGHUP', 'SIGHUP');
    expect(await ask({ do: 'watch', seen: 2 })).toEqual({ number: 3, step: 'none' });
    expect(kills()).toEqual([[process.pid, 'SIGHUP']]);
  });

  test('a signal that somebody else takes care of ends it, and nothing more', async () => {
    const { start, until, ask } = open('dev', DEVICE_CODE);
    await until('open', await start());
    const kills = watchKills();
    const other = vi.fn();
    process.on('SIGHUP', other);
    try {
      process.emit('SIGHUP', 'SIGHUP');
    } finally {
      process.removeListener('SIGHUP', other);
    }
    expect(await ask({ do: 'watch', seen: 2 })).toEqual({ number: 3, step: 'none' });
    expect([kills(), other.mock.calls.length]).toEqual([[], 1]);
  });

  test('the end of the process ends it', async () => {
    const { cli, start, until, ask } = open('dev', DEVICE_CODE);
    await until('open', await start());
    process.listeners('exit').at(-1)?.call(process, 0);
    expect(await ask({ do: 'watch', seen: 2 })).toEqual({ number: 3, step: 'none' });
    await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
  });
});

test('what says nothing new is not told', async () => {
  const script = 'read code < finish\necho waiting\nread code < finish\nexit $code';
  const { cli, start, until, watch } = open('dev', DEVICE_CODE, {}, script);
  const opened = await until('open', await start());
  cli.finish(0);
  cli.finish(0);
  expect(await watch(opened.number)).toEqual({ number: 3, step: 'done' });
});

test('is started once where it is cancelled and started again at once', async () => {
  const { cli, ask, start, until } = open('dev', DEVICE_CODE);
  await start();
  await ask({ do: 'cancel' });
  await until('open', await start());
  await expect.poll(() => cli.processes().length).toBe(2);
  cli.finish(0);
  await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
  expect(cli.starts()).toHaveLength(1);
});

describe('who watches', () => {
  test('is answered at once where it stands otherwise, or nothing is under way, or nobody waits any more', async () => {
    const { ask, start, until, watch } = open('dev', DEVICE_CODE);
    expect(await watch(0)).toEqual({ number: 0, step: 'none' });
    await until('open', await start());
    expect(await watch(1)).toEqual({ number: 2, ...DEVICE });
    expect(await ask({ do: 'watch', seen: 2 }, AbortSignal.abort())).toEqual({ number: 2, ...DEVICE });
  });

  test('is answered after a while where nothing changes', async () => {
    const { ask, start, until } = open('dev', DEVICE_CODE, { watchMs: 20 });
    const begun = await until('open', await start());
    const { signal } = new AbortController();
    expect(await ask({ do: 'watch', seen: begun.number }, signal)).toEqual(begun);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

/** A process that signs in and says so, then ends itself or is ended from outside. */
const ELSEWHERE = `import { openSignIn } from ${JSON.stringify(join(import.meta.dirname, '../../src/devserver/credentials/sign-in.ts'))};
const desk = openSignIn({ profile: 'dev', env: process.env });
const left = new AbortController().signal;
let state = await desk.ask({ do: 'start' }, left);
while (state.step === 'starting') state = await desk.ask({ do: 'watch', seen: state.number }, left);
if (process.argv[2] === 'listens') process.on('SIGTERM', () => process.exit(4));
process.stdout.write(state.step);
if (process.argv[2] === 'exit') process.exit(3);
await new Promise((resolve) => setTimeout(resolve, 60_000));`;

test.each<[string, string, NodeJS.Signals | null, number | NodeJS.Signals]>([
  ['exits', 'exit', null, 3],
  ['is interrupted', '', 'SIGINT', 'SIGINT'],
  ['is told to end', '', 'SIGTERM', 'SIGTERM'],
  ['loses its terminal', '', 'SIGHUP', 'SIGHUP'],
  ['is told to end, and does that by itself', 'listens', 'SIGTERM', 4],
])('the AWS CLI ends with a server that %s', async (_, how, signal, end) => {
  const cli = stubAwsCli(DEVICE_CODE);
  stub = cli;
  const program = join(folder, 'elsewhere.ts');
  writeFileSync(program, ELSEWHERE);
  const server = spawn(process.execPath, [join(import.meta.dirname, '../../scripts/run-ts.mjs'), program, how], {
    env: { ...process.env, ...ENV },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  expect(String((await once(server.stdout, 'data'))[0])).toBe('open');
  if (signal !== null) {
    await expect.poll(() => cli.processes().length).toBe(2);
    server.kill(signal);
  }
  const [exitCode, endedBy] = await ended;
  expect(exitCode ?? endedBy).toBe(end);
  await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
});

test('a process in which nothing is under way has no listeners of ours', async () => {
  const counts = () => ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit'].map((name) => process.listenerCount(name));
  const before = counts();
  const { cli, start, until, watch } = open('dev', DEVICE_CODE);
  await until('open', await start());
  expect(counts()).toEqual(before.map((count) => count + 1));
  cli.finish(0);
  await watch(2);
  expect(counts()).toEqual(before);
});
