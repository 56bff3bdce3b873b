import type { DemoAsk, DemoState } from '../contract/demo.ts';
import type { TokenedStart } from '../contract/local-server.ts';
import type { SignInAsk, SignInState } from '../contract/sign-in.ts';
import type { MatrixUpdate } from '../views/matrix/matrix-update.ts';
import type { Answer, Asks, QuestionName } from '../views/questions.ts';
import type { Engine, Look, ReadOutcome, Told } from './engine.ts';
import type { ReadWishes } from './table-reader.ts';

/**
 * What page and engine say to each other, wherever the engine is: in a worker, or in the same process. All of it is plain
 * data, and this file is the whole of it.
 */

/** From the page. A call is answered by `done` or `failed` under its number. */
type ToEngine =
  | { readonly call: number; readonly read: ReadWishes }
  | { readonly call: number; readonly ask: QuestionName; readonly asks: unknown }
  | { readonly call: number; readonly signIn: SignInAsk }
  | { readonly call: number; readonly demo: DemoAsk }
  | { readonly cancel: number }
  | { readonly look: Look }
  | { readonly seen: { readonly release: string; readonly component: string } | null };

/** From the engine. */
export type ToPage =
  /** The worker has its lock. */
  | { readonly holds: string }
  | { readonly done: number; readonly value: unknown }
  | { readonly failed: number; readonly message: string }
  | { readonly told: Told };

/** One end of a way for messages. What is posted arrives in order, as a copy; what is transferred is gone here. */
export interface Channel {
  post(message: unknown, transfer?: Transferable[]): void;
  /** Takes what arrives from now on; one receiver. */
  receive(receiver: (message: unknown) => void): void;
}

/** Has an engine do what comes through a channel. */
export function serve(channel: Channel, engine: Engine): void {
  const calls = new Map<number, AbortController>();
  const post = (message: ToPage, transfer?: Transferable[]): void => channel.post(message, transfer);
  const answer = async (call: number, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
    const stop = new AbortController();
    calls.set(call, stop);
    try {
      const value = await work(stop.signal);
      post({ done: call, value });
    } catch (error) {
      post({ failed: call, message: error instanceof Error ? error.message : String(error) });
    } finally {
      calls.delete(call);
    }
  };
  engine.listen((told) => post({ told }, told.kind === 'matrix' ? buffersOf(told.update) : []));
  channel.receive((received) => {
    const message = received as ToEngine; // nobody else has the other end
    if ('read' in message) void answer(message.call, (signal) => engine.read(message.read, signal));
    else if ('ask' in message) void answer(message.call, () => engine.ask(message.ask, message.asks as never));
    else if ('signIn' in message) void answer(message.call, () => engine.signIn(message.signIn));
    else if ('demo' in message) void answer(message.call, () => engine.demo(message.demo));
    else if ('cancel' in message) calls.get(message.cancel)?.abort();
    else if ('look' in message) engine.look(message.look);
    else engine.seen(message.seen);
  });
}

/** The numbers of an update: the sender has made it copies of its own, and needs them no more. */
function buffersOf({ cells: rows }: MatrixUpdate): ArrayBuffer[] {
  return rows.flatMap(({ cells, folded }) => (folded === null ? [cells.buffer] : [cells.buffer, folded.buffer]));
}

/** An engine at the other end of a channel. */
export interface Connection extends Engine {
  /** Ends every call under way with this error: nobody is there any more to answer. */
  fail(error: Error): void;
}

export function connect(channel: Channel): Connection {
  const listeners = new Set<(told: Told) => void>();
  const calls = new Map<number, { readonly done: (value: never) => void; readonly failed: (error: Error) => void }>();
  let last = 0;
  const call = <T>(message: (call: number) => ToEngine): { readonly number: number; readonly value: Promise<T> } => {
    const number = ++last;
    const value = new Promise<T>((done, failed) => calls.set(number, { done, failed }));
    channel.post(message(number));
    return { number, value };
  };
  channel.receive((received) => {
    const message = received as ToPage; // nobody else has the other end
    if ('holds' in message) return;
    if ('told' in message) {
      for (const listener of listeners) listener(message.told);
      return;
    }
    const number = 'done' in message ? message.done : message.failed;
    const waiting = calls.get(number);
    calls.delete(number);
    if ('done' in message) waiting?.done(message.value as never);
    else waiting?.failed(new Error(message.message));
  });
  return {
    async read(wishes, signal) {
      signal.throwIfAborted();
      const { number, value } = call<ReadOutcome>((call) => ({ call, read: wishes }));
      const stop = () => {
        channel.post({ cancel: number } satisfies ToEngine);
        calls.get(number)?.failed(new Error('The reading was stopped.'));
        calls.delete(number);
      };
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await value;
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    look: (look) => channel.post({ look } satisfies ToEngine),
    ask: <Name extends QuestionName>(name: Name, asks: Asks<Name>) =>
      call<Answer<Name>>((call) => ({ call, ask: name, asks })).value,
    signIn: (ask) => call<SignInState>((call) => ({ call, signIn: ask })).value,
    demo: (ask) => call<DemoState>((call) => ({ call, demo: ask })).value,
    seen: (seen) => channel.post({ seen } satisfies ToEngine),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fail(error) {
      for (const { failed } of calls.values()) failed(error);
      calls.clear();
    },
  };
}

/** Two ends of a way within one process. Messages are copied as they would be between two. */
export function channelPair(): [Channel, Channel] {
  const receivers: (((message: unknown) => void) | null)[] = [null, null];
  const waiting: unknown[][] = [[], []];
  const end = (own: 0 | 1): Channel => ({
    post(message, transfer = []) {
      const other = own === 0 ? 1 : 0;
      const copy: unknown = structuredClone(message, { transfer });
      const receiver = receivers[other];
      if (receiver == null) waiting[other]?.push(copy);
      else queueMicrotask(() => receiver(copy));
    },
    receive(receiver) {
      receivers[own] = receiver;
      for (const message of waiting[own]?.splice(0) ?? []) queueMicrotask(() => receiver(message));
    },
  });
  return [end(0), end(1)];
}

/** What the worker's file gives to a page that has loaded it for want of workers. */
export interface EngineProgram {
  readonly openEngine: (start: TokenedStart, resumed: boolean) => Engine;
  readonly serve: typeof serve;
}

/** Under this name a page leaves the function that takes it: the file's own exports have no names when it is built. */
export const IN_PAGE = Symbol.for('release-matrix engine in the page');

/** The first message to a worker. */
export interface WorkerStart {
  readonly start: TokenedStart;
  /** A worker of before has ended, and the page still shows what that one told. */
  readonly resumed: boolean;
  /** Names a lock that this worker holds as long as it lives: by that the page learns of its end. */
  readonly lock: string;
}

/** A worker, or from within it the page, as one end of a way for messages. */
export function channelTo(other: Pick<Worker, 'postMessage' | 'addEventListener'>): Channel {
  return {
    post: (message, transfer = []) => other.postMessage(message, transfer),
    receive: (receiver) => other.addEventListener('message', ({ data }: MessageEvent) => receiver(data)),
  };
}
