import { tagsOf } from './drawn-estate.ts';
import { seededRandom } from './random.ts';

/** An item whose attributes are all text: enough for a table of fragments, and its size on the wire is that of any. */
export type TextItem = Readonly<Record<string, string>>;

/**
 * Fragments with all the usual fields, about 500 bytes each; 8 % of the combinations are not there. The same each time.
 */
export function generatedItems(releases: number, components: number): TextItem[] {
  const random = seededRandom(3);
  const hex = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const items: TextItem[] = [];
  for (const version of tagsOf(releases)) {
    for (let index = 0; index < components; index++) {
      if (random() < 0.08) continue;
      const name = `component-${index}`;
      items.push({
        version,
        'component#name': `${['frontend', 'backend', 'kafka', 'infra'][index % 4]}#${name}`,
        componentVersion: `${Math.floor(random() * 4)}.${Math.floor(random() * 30)}.${index % 10}`,
        repo: `acme/${name}`,
        commit: hex(40),
        date: '2026-11-01T10:00:00Z',
        artifact: `ghcr.io/acme/${name}@sha256:${hex(64)}`,
        digest: `sha256:${hex(64)}`,
        owner: `team-${index % 12}`,
        changelog: 'Fixes the order of events after a restart, and says in the log which one came twice.',
      });
    }
  }
  return items;
}

/** The same, of which every backend runs in one of three environments: so that each view has something to show. */
export function runningItems(releases: number, components: number): TextItem[] {
  const order = new Map(tagsOf(releases).map((tag, index) => [tag, index]));
  return generatedItems(releases, components).map((item) =>
    item['component#name']?.startsWith('backend#')
      ? { ...item, environment: ['dev', 'qa', 'prod'][(order.get(item.version ?? '') ?? 0) % 3] ?? 'dev' }
      : item,
  );
}
