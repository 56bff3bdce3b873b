import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { CredentialFault } from '../../aws/credential-fault.ts';
import { endProcess, OWN_GROUP } from '../../aws/end-process.ts';
import { type SignIn, signInCommand } from '../../aws/profile-plan.ts';
import { findPlan } from '../../aws/resolve-profile.ts';
import { SIGN_IN_WATCH_MS, type SignInAsk, type SignInState } from '../../contract/sign-in.ts';
import { MAX_HELPER_OUTPUT_BYTES, MAX_SIGN_IN_MS } from '../../limits/limits.ts';
import { readSignInOutput } from './sign-in-output.ts';

export interface SignInOptions {
  /** The profile of the settings. */
  readonly profile: string;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds for the whole sign-in. */
  readonly limitMs?: number;
  /** Milliseconds for which nobody may watch before the AWS CLI is ended: the page has left. */
  readonly leftMs?: number;
  /** Milliseconds for which an answer to a watcher is held back. */
  readonly watchMs?: number;
}

/** The sign-in of one profile. One at a time: whoever starts it while it is under way watches the same. */
export interface SignInDesk {
  /** @param left ends the holding back of an answer, as nobody waits for it any more */
  ask(ask: SignInAsk, left: AbortSignal): Promise<SignInState>;
  /** Ends what is under way, as the server ends. */
  end(): void;
}

/** A page asks again at once; this is for a browser that is slow, or a network connection that is made anew. */
const LEFT_MS = 10_000;

/** A step without its number. */
type Step<State = SignInState> = State extends unknown ? Omit<State, 'number'> : never;

/** Signals by which a terminal ends this process: what has a group of its own does not get them. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Has the AWS CLI sign in. What it is started with is fixed but for the profile, which is that of the settings or its
 * source; it is started without a shell. Of what it prints an address of AWS and a code are passed on, and nothing else.
 */
export function openSignIn(options: SignInOptions): SignInDesk {
  const { limitMs = MAX_SIGN_IN_MS, leftMs = LEFT_MS, watchMs = SIGN_IN_WATCH_MS } = options;
  let state: SignInState = { number: 0, step: 'none' };
  let child: ChildProcessByStdio<Writable, Readable, null> | null = null;
  const watchers = new Set<() => void>();
  let leaving: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;

  const isUnderWay = (): boolean => state.step === 'starting' || state.step === 'open';
  const move = (step: Step): void => {
    if (JSON.stringify({ ...step, number: state.number }) === JSON.stringify(state)) return;
    state = { ...step, number: state.number + 1 };
    for (const tell of [...watchers]) tell();
  };
  const stop = (step: Step): void => {
    clearTimeout(leaving);
    clearTimeout(limit);
    const ended = child;
    child = null;
    if (ended !== null) {
      for (const signal of ENDING) process.removeListener(signal, onSignal);
      process.removeListener('exit', onExit);
      endProcess(ended);
    }
    move(step);
  };
  const onExit = (): void => stop({ step: 'none' });
  const onSignal = (signal: NodeJS.Signals): void => {
    stop({ step: 'none' });
    // Ours was the only one that kept it from its usual effect.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const awaitWatcher = (): void => {
    clearTimeout(leaving);
    if (watchers.size === 0 && isUnderWay()) leaving = setTimeout(() => stop({ step: 'none' }), leftMs).unref();
  };

  const start = async (): Promise<void> => {
    move({ step: 'starting' });
    const { number } = state;
    let signIn: SignIn | null;
    try {
      signIn = (await findPlan(options.profile, options.env, { machineRoles: false })).signIn;
    } catch (error) {
      const { message, fix } =
        error instanceof CredentialFault ? error : { message: 'The profile could not be read.', fix: null };
      return move({ step: 'failed', message, fix });
    }
    // Cancelled meanwhile, perhaps even started again.
    if (state.number !== number) return;
    if (signIn === null) {
      const message = `Profile ${options.profile} does not sign in: neither AWS SSO nor aws login gives its credentials.`;
      return move({ step: 'failed', message, fix: null });
    }
    run(signIn);
  };

  const run = (signIn: SignIn): void => {
    const { profile, command } = signIn;
    const wantsCode = command === 'aws login';
    const fix = signInCommand(signIn);
    const fail = (message: string): void => stop({ step: 'failed', message, fix });
    const started = spawn('aws', [...ARGUMENTS[command], '--profile', profile], {
      shell: false,
      detached: OWN_GROUP,
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
      env: process.env,
    });
    child = started;
    /** Nothing of a program that has been ended is heard any more. */
    const heard =
      <Told>(hear: (told: Told) => void) =>
      (told: Told): void => {
        if (child === started) hear(told);
      };
    for (const signal of ENDING) process.once(signal, onSignal);
    process.once('exit', onExit);
    limit = setTimeout(() => fail(`Nobody signed in within ${limitMs / 60_000} minutes.`), limitMs).unref();
    let text = '';
    const read = (part: string) => {
      text += part;
      if (text.length > MAX_HELPER_OUTPUT_BYTES) {
        return fail(`The AWS CLI printed more than ${MAX_HELPER_OUTPUT_BYTES / 1024} kB. Sign in by hand:`);
      }
      const { address, code, isForeign } = readSignInOutput(text);
      if (isForeign) {
        return fail('The AWS CLI names an address that is not one of AWS’ sign-in pages. Look at it by hand:');
      }
      if (address !== null) move({ step: 'open', address, code, wantsCode: wantsCode && started.stdin.writable });
    };
    started.stdout.setEncoding('utf8').on('data', heard(read));
    // It ended before it read what was written.
    started.stdin.on('error', () => undefined);
    if (!wantsCode) started.stdin.end();
    const unstarted =
      'The AWS CLI could not be started. Install version 2, so that aws is found, and try again, or sign in by hand:';
    started.on(
      'error',
      heard(() => fail(unstarted)),
    );
    const ended = (exitCode: number | null) => {
      if (exitCode === 0) return stop({ step: 'done' });
      fail(`The AWS CLI ended without a sign-in (exit code ${exitCode ?? 'none'}). To see why, sign in by hand:`);
    };
    started.on('close', heard(ended));
  };

  const watch = (seen: number, left: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (state.number !== seen || !isUnderWay() || left.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        watchers.delete(done);
        left.removeEventListener('abort', done);
        awaitWatcher();
        resolve();
      };
      const timer = setTimeout(done, watchMs);
      watchers.add(done);
      left.addEventListener('abort', done);
      awaitWatcher();
    });

  return {
    async ask(ask, left) {
      switch (ask.do) {
        case 'start':
          if (!isUnderWay()) void start();
          awaitWatcher();
          break;
        case 'watch':
          await watch(ask.seen, left);
          break;
        case 'code':
          if (state.step === 'open' && state.wantsCode) {
            child?.stdin.end(`${ask.code}\n`);
            move({ ...state, wantsCode: false });
          }
          break;
        case 'cancel':
          if (isUnderWay()) stop({ step: 'none' });
          break;
      }
      return state;
    },
    end: () => stop({ step: 'none' }),
  };
}

/** What the AWS CLI is started with before its profile. */
const ARGUMENTS = {
  'aws sso login': ['sso', 'login', '--no-browser'],
  'aws login': ['login', '--remote'],
} as const satisfies Record<SignIn['command'], readonly string[]>;
