import { ReadFault } from '../contract/read-fault.ts';

/**
 * Runs one call under a time limit. The SDK's own time-outs end with the head of an answer: a body that stalls would
 * hang for ever, and with it the polling. Whatever it fails with, it is told to stop: a request of it that is still under
 * way would keep its connection.
 *
 * @param call gets the signal that it must obey; even where it does not, its time is limited. And what has its time begin,
 *   where that is not at once
 * @param limitMs milliseconds
 * @param signal the caller's own wish to stop
 * @param begins when its time does; absent: at once
 * @throws ReadFault `timed-out` when the time is over, `cancelled` when the caller stopped it; else what `call` throws
 */
export async function withinTime<T>(
  call: (signal: AbortSignal, begin: () => void) => Promise<T>,
  limitMs: number,
  signal?: AbortSignal,
  begins?: 'when-told',
): Promise<T> {
  // A controller and a timer of our own: Node 20 may collect AbortSignal.any(…, AbortSignal.timeout(…)) unfired.
  const controller = new AbortController();
  return await new Promise<T>((resolve, reject) => {
    const end = (fault: ReadFault) => {
      reject(fault);
      controller.abort(fault);
    };
    const cancel = () => end(new ReadFault('cancelled', 'The reading was stopped.'));
    if (signal?.aborted) {
      cancel();
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = () => {
      if (timer !== undefined || controller.signal.aborted) return;
      timer = setTimeout(() => end(new ReadFault('timed-out', `No whole answer within ${limitMs} ms.`)), limitMs);
    };
    if (begins !== 'when-told') begin();
    signal?.addEventListener('abort', cancel);
    call(controller.signal, begin)
      .then(resolve, (error: unknown) => {
        reject(error);
        controller.abort(error);
      })
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
      });
  });
}
