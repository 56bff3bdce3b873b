import { openEngine } from './open-engine.ts';
import { channelTo, serve, type WorkerStart } from './port.ts';

// A browser without workers of this kind loads this file into the page, which then calls what is exported.
if (!('document' in globalThis)) {
  addEventListener(
    'message',
    ({ data }: MessageEvent<WorkerStart>) => {
      const { start, resumed, lock } = data;
      // Before the first message, by which the page knows that it can wait for the end of this lock.
      void navigator.locks?.request(lock, () => new Promise(() => {}));
      serve(channelTo(globalThis as unknown as Worker), openEngine(start, resumed)); // without a document it is a worker's scope
    },
    { once: true },
  );
}

export { openEngine, serve };
