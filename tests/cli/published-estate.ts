import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fieldOf } from '../../src/release/item/fields.ts';
import { BOOKKEEPING_ATTRIBUTES } from '../../src/release/item/fragment-content.ts';
import type { Item } from '../../src/release/item/item.ts';
import { releaseMatrix } from './command.ts';

/** The estate of the documents: v1.3.0 is whole, v1.4.0 is not. */
export const EXAMPLE_ESTATE: readonly Item[] = readFileSync(
  new URL('../../docs/examples/estate.ndjson', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

/** The fragment that a pipeline would hand to `publish` for an item: the keys taken apart again, the fields by their names. */
function fragmentOfItem({ version, 'component#name': key, ...attributes }: Item): Record<string, unknown> {
  const own: readonly string[] = BOOKKEEPING_ATTRIBUTES;
  const fields = Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (own.includes(name) ? [] : [[fieldOf(name) ?? name, value]])),
  );
  const [, type = '', name = ''] = /^([^#]*)#(.*)$/.exec(String(key)) ?? [];
  const workload = type === 'k8s' ? /^(.+?)-(deployment|statefulset|daemonset|job|cronjob)\/(.+)$/.exec(name) : null;
  if (workload === null) return { release: version, type, component: name, ...fields };
  const [, environment, kind, component] = workload;
  return { release: version, type, component, kind, environment, ...fields };
}

/**
 * Publishes items by our own command, as one run.
 *
 * @param words name the table
 */
export async function publishItems(items: readonly Item[], words: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-published-'));
  const input = join(folder, 'fragments.json');
  writeFileSync(input, JSON.stringify(items.map(fragmentOfItem)));
  const said = await releaseMatrix(['publish', '--input', input, ...words]);
  rmSync(folder, { recursive: true });
  return said;
}

/** What the commands that read say of a table, in the forms that programs read, at a fixed time. */
export async function judgedEstate(words: readonly string[]) {
  const said: Record<string, unknown> = {};
  // Long after all was published, so that nothing is excused for being on its way.
  const at = ['--now', '2026-11-20T18:00:00Z', ...words];
  for (const release of ['v1.3.0', 'v1.4.0']) {
    const { exitCode, stdout } = await releaseMatrix(['check', release, '--format', 'json', ...at]);
    // The digest is over all that an item holds, our bookkeeping included: it names the items, not what they say.
    const { digest, ...verdict } = JSON.parse(stdout);
    said[`check ${release}`] = { exitCode, ...verdict, digest: typeof digest };
  }
  for (const command of [['compare', 'prev', 'v1.4.0'], ['deployed']]) {
    const { exitCode, stdout } = await releaseMatrix([...command, '--format', 'json', ...at]);
    said[command.join(' ')] = { exitCode, ...JSON.parse(stdout, withoutObservation) };
  }
  const { stdout } = await releaseMatrix(['manifest', 'v1.4.0', ...at]);
  said['manifest v1.4.0'] = JSON.parse(stdout);
  return said;
}

/** When a workload was observed is when it was published, which another client does not say. */
function withoutObservation(name: string, value: unknown): unknown {
  return name === 'date' ? undefined : value;
}
