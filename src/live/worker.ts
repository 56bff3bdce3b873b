import './zod-without-eval.ts';
import { openEngine } from './open-engine.ts';
import { channelTo, type EngineProgram, IN_PAGE, serve, type ToPage, type WorkerStart } from './port.ts';

if ('document' in globalThis) {
  // A browser without workers of this kind has loaded this file into the page, which waits to be given this.
  const take: unknown = Reflect.get(globalThis, IN_PAGE);
  Reflect.deleteProperty(globalThis, IN_PAGE);
  if (typeof take === 'function') take({ openEngine, serve } satisfies EngineProgram);
} else {
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
