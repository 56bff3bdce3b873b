import { expect, test } from 'vitest';
import type { TableData } from '../../src/live/table-data.ts';
import { tableReader } from '../../src/live/table-reader.ts';
import { TRUSTING } from '../proofs.ts';
import { type Clock, laggingTable } from './lagging-table.ts';

test('a change counted in its release alone, not in the Scan yet, is shown with the burst that announces it', async () => {
  const clock: Clock = { now: Date.parse('2026-11-22T08:00:00Z') };
  // Every replica is far behind.
  const table = laggingTable({ clock, random: () => 0.9, lagMs: 3_000 });
  const publish = (release: string, revision: number): void => {
    table.put(release, 'backend#auth', { revision });
    table.countRelease(release);
    table.countTotal(release);
  };
  const releases = Array.from({ length: 30 }, (_, index) => `v1.${index}.0`);
  for (const release of releases) publish(release, 1);
  clock.now += 60_000;

  const reader = tableReader(
    {
      source: { kind: 'loopback', endpoint: 'http://127.0.0.1:9', keyId: 'k' },
      table: 'ReleaseFragments',
      region: 'us-east-1',
      keyNames: null,
      policy: {},
      pollIntervalMs: 5_000,
      readUnitsPerHour: 500,
    },
    { origin: 'http://127.0.0.1:9', fetch, now: () => clock.now, requestHandler: table.requestHandler, ...TRUSTING },
  );
  const read = async (before: TableData | null, whole: boolean) => {
    const wishes = { whole, shown: { chosen: [], inView: [] } };
    return (await reader.read(before, () => {}, new AbortController().signal, wishes)).table;
  };
  const revisionOf = ({ fragments }: TableData) => fragments.find(({ release }) => release === 'v1.5.0')?.item.revision;

  const first = await read(null, true);
  clock.now += 60_000;
  table.put('v1.5.0', 'backend#auth', { revision: 2 });
  table.countRelease('v1.5.0');
  const second = await read(first, true);
  expect(revisionOf(second)).toBe(1);

  table.countTotal('v1.5.0');
  for (const release of releases.slice(10, 27)) publish(release, 2);
  clock.now += 5_000;
  table.take();
  expect(revisionOf(await read(second, false))).toBe(2);
  expect(table.take().calls).not.toContain('Scan');
});
