import {
  type unstable_AdapterInterface as AdapterInterface,
  unstable_createAdapterProvider as createAdapterProvider,
} from 'nuqs/adapters/custom';
import type { ReactNode } from 'react';
import { useSyncExternalStore } from 'react';
import { watched } from '../../live/watched.ts';

/**
 * Puts the view that a file opens on into its address, unless whoever opened it has named one.
 *
 * @param address from its `?` on; empty: none
 * @returns null; else, where this document may not change its address, what holds the view state in its place: the program
 *   that previews an artifact may show it within a page of its own, without an address
 */
export function openOn(address: string): ((props: { readonly children: ReactNode }) => ReactNode) | null {
  const search = location.search === '' ? address : location.search;
  try {
    history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
    return null;
  } catch {
    return addressOfOwn(search);
  }
}

function addressOfOwn(search: string): (props: { readonly children: ReactNode }) => ReactNode {
  const now = watched(new URLSearchParams(search));
  const updateUrl = (next: URLSearchParams) => now.set(new URLSearchParams(next));
  return createAdapterProvider(
    (): AdapterInterface => ({
      searchParams: useSyncExternalStore(now.subscribe, now.get),
      updateUrl,
      getSearchParamsSnapshot: now.get,
    }),
  );
}
