import { ENGINE_POLICY, type TokenedStart } from '../contract/local-server.ts';
import { ReadFault } from '../contract/read-fault.ts';
import type { Engine } from '../live/engine.ts';
import {
  channelPair,
  channelTo,
  connect,
  type EngineProgram,
  IN_PAGE,
  type ToPage,
  type WorkerStart,
} from '../live/port.ts';
import { type EngineHome, restartingEngine } from '../live/restarting-engine.ts';
import { whoAnswers } from '../live/server-secret.ts';
import address from '../live/worker.ts?worker&url';

/**
 * The engine of this page, in a worker of its own: what it holds (credentials, items, findings) never comes into the page.
 * A browser that has no such workers gets it in the page.
 */
export function pageEngine(start: TokenedStart): Engine {
  return restartingEngine((resumed) => inWorker(start, resumed) ?? inPage(start, resumed), mayOpen);
}

/** Another process may have the port by now; what it serves would be given the token. */
async function mayOpen(): Promise<ReadFault | null> {
  switch (await whoAnswers()) {
    case 'ours':
      return null;
    case 'foreign':
      return new ReadFault('local-server-foreign', 'What answers at the address of this page is not its server.');
    case 'silent':
      return new ReadFault('local-server-stopped', 'The local server does not answer.');
  }
}

/** Null: this browser has no workers that load modules. */
function inWorker(start: TokenedStart, resumed: boolean): EngineHome | null {
  let knowsType = false;
  const worker = new Worker(trusted(address), {
    name: 'Release Matrix',
    // A browser that has no such workers does not look at it.
    get type(): WorkerType {
      knowsType = true;
      return 'module';
    },
  });
  if (!knowsType) {
    worker.terminate();
    return null;
  }
  const lock = `release-matrix engine ${crypto.randomUUID()}`;
  const ended = new Promise<'ended' | 'never ran'>((resolve) => {
    worker.addEventListener('error', () => resolve('never ran'));
    // What the worker holds is this page's only after its end.
    worker.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
      if ('holds' in data) void navigator.locks.request(data.holds, () => resolve('ended'));
    });
  });
  // Whatever is left of it must not go on beside the next one.
  void ended.then(() => worker.terminate());
  const connection = connect(channelTo(worker));
  worker.postMessage({ start, resumed, lock } satisfies WorkerStart);
  return { connection, ended };
}

function inPage(start: TokenedStart, resumed: boolean): EngineHome {
  const [own, other] = channelPair();
  const ended = new Promise<'never ran'>((resolve) => {
    Reflect.set(globalThis, IN_PAGE, ({ openEngine, serve }: EngineProgram) =>
      serve(other, openEngine(start, resumed)),
    );
    import(/* @vite-ignore */ address).catch(() => resolve('never ran'));
  });
  return { connection: connect(own), ended };
}

/** The part of Trusted Types that is used here; not every browser has it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string;
  };
}

// The page's only policy: one script may be started by its address, and it is this one.
const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy(ENGINE_POLICY, {
  createScriptURL(url) {
    if (url !== address) throw new TypeError('No other script may be started.');
    return url;
  },
});

function trusted(url: string): string {
  return policy?.createScriptURL(url) ?? url;
}
