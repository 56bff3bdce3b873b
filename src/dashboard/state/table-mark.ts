import type { PageStart } from '../../contract/local-server.ts';

/**
 * A short fingerprint of the table that is shown, which a copied link carries: whoever opens the link with another table
 * is told so. It tells tables apart, and keeps no secret. Null: a link opens the same file.
 */
export function tableMark({ source, region, table }: Pick<PageStart, 'source' | 'region' | 'table'>): string | null {
  if (source.kind === 'file') return null;
  const named = source.kind === 'embedded' ? `embedded\n${source.data}` : `${source.kind}\n${region}`;
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${named}\n${table}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36);
}

/** The address of what is shown, to be handed on. */
export function sharedAddress(href: string, mark: string | null): string {
  const address = new URL(href);
  if (mark !== null) address.searchParams.set('table', mark);
  return address.href;
}
