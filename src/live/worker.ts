import './zod-without-eval.ts';
import { openEngine } from './open-engine.ts';
import { channelTo, serve, type ToPage, type WorkerStart } from './port.ts';

// A browser without workers of this kind loads this file into the page, which then calls what is exported.
if (!('document' in globalThis)) {
  addEventListener(
    'message',
    ({ data }: MessageEvent<WorkerStart>) => {
      const { start, resumed, lock } = data;
      const page = globalThis as unknown as Worker; // without a document it is a worker's scope, which posts as a worker does
      serve(channelTo(page), openEngine(start, resumed));
      void navigator.locks?.request(lock, () => {
        page.postMessage({ holds: lock } satisfies ToPage);
        return new Promise(() => {});
      });
    },
    { once: true },
  );
}

export { openEngine, serve };
