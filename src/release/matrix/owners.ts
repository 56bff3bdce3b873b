import type { Fragment } from '../item/fragment.ts';
import { sortReleases } from '../item/release.ts';

/**
 * Who owns each component, as far as anybody says: by its fragment of the release, else by that of the newest other
 * release, lower ones before higher ones. What is missing from a release is so still somebody's.
 *
 * @param fragments of all releases
 * @param tag the release asked about
 * @returns by component id
 */
export function ownersOf(fragments: readonly Fragment[], tag: string): ReadonlyMap<string, string> {
  const order = sortReleases([tag, ...fragments.map(({ release }) => release)]).map((release) => release.tag);
  const at = order.indexOf(tag);
  // The release itself, what is lower from the newest down, then what is higher from the lowest up.
  const rank = new Map([...order.slice(at), ...order.slice(0, at).reverse()].map((release, index) => [release, index]));
  const owners = new Map<string, { readonly owner: string; readonly rank: number }>();
  for (const { component, release, fields } of fragments) {
    const found = { owner: fields.owner?.trim() ?? '', rank: rank.get(release) ?? rank.size };
    const known = owners.get(component);
    if (found.owner !== '' && (known === undefined || found.rank < known.rank)) owners.set(component, found);
  }
  return new Map([...owners].map(([component, { owner }]) => [component, owner]));
}
