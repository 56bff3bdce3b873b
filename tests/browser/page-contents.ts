import type { BrowserContext, Page } from '@playwright/test';

/** Everything that a page has left in the browser. Runs in the page. */
export async function stored(): Promise<unknown> {
  const databases: Record<string, unknown> = {};
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await new Promise<IDBDatabase>((resume, fail) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resume(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    for (const store of database.objectStoreNames) {
      databases[`${name}/${store}`] = await new Promise((resume, fail) => {
        const reading = database.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => resume(reading.result);
        reading.onerror = () => fail(reading.error);
      });
    }
    database.close();
  }
  const cached: string[] = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) cached.push(request.url);
  }
  return {
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases,
    cached,
    cookie: document.cookie,
    history: history.state,
    address: location.href,
    name: window.name,
  };
}

/**
 * Every text that can be reached from `window`, from the document's elements, and from there through whatever React keeps
 * of the page: properties, state, contexts. Runs in the page; what only a closure holds is not among it.
 */
export function reachable(): string[] {
  const texts = new Set<string>();
  const seen = new Set<unknown>();
  // From outermost to innermost without recursion: React's tree is deeper than the stack.
  const pending: unknown[] = [window, ...document.querySelectorAll('*')];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === 'string') texts.add(value);
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof Map) pending.push(...value.keys(), ...value.values());
    if (value instanceof Set) pending.push(...value);
    if (ArrayBuffer.isView(value)) continue;
    for (const key of Reflect.ownKeys(value)) {
      // Getters are left alone: those of the browser's own prototypes are made for other objects.
      pending.push(Reflect.getOwnPropertyDescriptor(value, key)?.value);
    }
  }
  return [...texts];
}

/** Everything that is in the memory of the page itself, as text; its workers have memories of their own. */
export async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

/**
 * Collects what workers send to the pages of a context. To be called before the first page is opened.
 *
 * @returns the texts of all messages so far, names of fields and bytes among them; it grows
 */
export async function messagesOfWorkers(context: BrowserContext): Promise<readonly string[]> {
  const received: string[] = [];
  await context.exposeBinding('tellMessage', (_source, texts: readonly string[]) => void received.push(...texts));
  await context.addInitScript(() => {
    const textsOf = (value: unknown): string[] => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return [new TextDecoder().decode(value)];
      if (value instanceof Map || value instanceof Set) return textsOf([...value]);
      if (typeof value !== 'object' || value === null) return [String(value)];
      return Reflect.ownKeys(value).flatMap((key) => [String(key), ...textsOf(Reflect.get(value, key))]);
    };
    const tell = Reflect.get(globalThis, 'tellMessage') as (texts: string[]) => void; // the binding above
    globalThis.Worker = class extends Worker {
      constructor(...about: ConstructorParameters<typeof Worker>) {
        super(...about);
        this.addEventListener('message', ({ data }) => tell(textsOf(data)));
      }
    };
  });
  return received;
}
