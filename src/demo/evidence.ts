import { DOCUMENTED_KEYS, type Item } from '../release/item/item.ts';
import { daysAfter } from './days.ts';
import type { Draft } from './draft.ts';
import { keysOf } from './fragments.ts';

/**
 * What a job says of a release as the draft has it then: every component that is built, by its commit.
 *
 * @param hoursAgo before `now`, an ISO 8601 time
 */
export function evidenceItem(
  draft: Draft,
  release: string,
  name: string,
  said: Item,
  now: string,
  hoursAgo: number,
): Item {
  const covers = draft.items().flatMap((item): [string, Item][] => {
    const component = item[DOCUMENTED_KEYS.component];
    if (item[DOCUMENTED_KEYS.release] !== release || typeof component !== 'string') return [];
    return typeof item.commit === 'string' && !/^(k8s|evidence)#/.test(component)
      ? [[component, { commit: item.commit }]]
      : [];
  });
  return {
    ...keysOf(release, `evidence#${name}`),
    covers: Object.fromEntries(covers),
    environment: 'qa',
    link: `https://ci.acme.example/acme/${name}/runs/${release}`,
    publishedAt: daysAfter(now, -hoursAgo / 24).toISOString(),
    ...said,
  };
}
