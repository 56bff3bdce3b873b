import type { Item } from '../release/item/item.ts';

// Items as they stand in a file (`OneFile#items`).

/** Bytes that are made letters at once: a call takes no more than some ten thousand arguments. */
const PART = 0x2000;

export async function packItems(items: readonly Item[]): Promise<string> {
  const text = new Blob([JSON.stringify(items)]).stream().pipeThrough(new CompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(text).arrayBuffer());
  const letters: string[] = [];
  for (let at = 0; at < bytes.length; at += PART) letters.push(String.fromCharCode(...bytes.subarray(at, at + PART)));
  return btoa(letters.join(''));
}

/** @throws Error where they are not whole */
export async function unpackItems(packed: string): Promise<readonly Item[]> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(text).text()) as Item[]; // written by the function above
}
