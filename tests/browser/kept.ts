import { createDecipheriv, hkdfSync } from 'node:crypto';
import type { Page } from '@playwright/test';

/**
 * What a page has left in the browser's databases, opened with the secret of its server, which by default is in the page.
 *
 * @param url of the page, or its secret
 * @returns by database and store, what was sealed as text
 * @throws Error where something is there that was not sealed, or under another secret
 */
export async function keptBy(page: Page, url: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const html = url.startsWith('http:') ? await (await fetch(url)).text() : `"secret":"${url}"`;
  const secret = /"secret":"([\w-]{43})"/.exec(html)?.[1] ?? '';
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', 'release-matrix kept', 32));
  const sealed = await page.evaluate(readDatabases);
  const opened = Object.entries(sealed).map(([store, values]) => [store, values.map((value) => open(key, value))]);
  return Object.fromEntries(opened);
}

function open(key: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]).toString('utf8');
}

/** Every value of every store, part by part, as base64. Runs in the page. */
async function readDatabases(): Promise<Record<string, string[]>> {
  const base64 = (value: unknown): string[] => {
    if (value instanceof Uint8Array) {
      let text = '';
      for (const byte of value) text += String.fromCharCode(byte);
      return [btoa(text)];
    }
    if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(base64);
    throw new Error(`Something that is not sealed: ${String(value)}`);
  };
  const found: Record<string, string[]> = {};
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resume, fail) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resume(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    for (const store of database.objectStoreNames) {
      const values = await new Promise<unknown[]>((resume, fail) => {
        const reading = database.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => resume(reading.result);
        reading.onerror = () => fail(reading.error);
      });
      found[`${name}/${store}`] = values.flatMap(base64);
    }
    database.close();
  }
  return found;
}
