import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultFrom } from '../../src/contract/read-fault.ts';
import type { TableData } from '../../src/live/table-data.ts';
import { type TableReader, tableReader } from '../../src/live/table-reader.ts';
import { backOffMs } from '../../src/store/back-off.ts';
import { DYNAMODB_ERRORS, type Fault, type FaultServer, startFaultServer } from '../browser/fault-server.ts';
import { putInto } from '../browser/running-dashboards.ts';
import { TRUSTING } from '../proofs.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.stop());

/** What an outage looks like from the table's side, and from that of the person who waits for its end. */
interface Outage {
  /** Requests of the reading that met it, and the most in any minute. */
  readonly requests: readonly [first: number, mostInAMinute: number];
  /** Seconds between tries: those of the first minute, and the longest one after it. */
  readonly pauses: readonly number[];
  readonly longestAfter: number;
}

/**
 * Five minutes in which these calls fail, as the page lives through them; then the end of it.
 *
 * @param seconds the settings' poll interval
 * @param whole all of the table is to be read, and not just what changed
 */
async function liveThrough(
  seconds: number,
  whole: boolean,
  fault: Fault,
  operations?: readonly string[],
): Promise<Outage> {
  let now = Date.now();
  const pollIntervalMs = seconds * SECOND;
  const reader: TableReader = tableReader(
    {
      source: { kind: 'embedded', data: 'test', simulatedCi: false },
      table: 'ReleaseFragments',
      region: 'us-east-1',
      keyNames: null,
      policy: null,
      pollIntervalMs,
      readUnitsPerHour: null,
    },
    { origin: server.url, ...TRUSTING, fetch, now: () => now },
  );
  const read = (before: TableData | null, whole: boolean) =>
    reader.read(before, () => {}, new AbortController().signal, { whole, shown: { chosen: [], inView: [] } });

  server.fail(null);
  const { table } = await read(null, true);
  server.fail(fault, operations);
  const began = now;
  const tries: { readonly at: number; readonly requests: number; readonly pause: number }[] = [];
  while (now < began + 5 * MINUTE) {
    server.takeCalls();
    const met = await read(table, whole).then(
      () => expect.unreachable('a reading has succeeded in the outage'),
      (error: unknown) => faultFrom(error),
    );
    const pause = Math.max(
      backOffMs(met, tries.length + 1, pollIntervalMs, () => 0.5),
      reader.restMs(),
    );
    tries.push({ at: now, requests: server.takeCalls().length, pause });
    now += pause;
  }
  server.fail(null);
  await read(table, false);
  expect(reader.restMs()).toBe(0);

  const inMinuteFrom = (start: number) =>
    tries.filter(({ at }) => at >= start && at < start + MINUTE).reduce((sum, { requests }) => sum + requests, 0);
  const inSeconds = (some: typeof tries) => some.map(({ pause }) => pause / SECOND);
  return {
    requests: [tries[0]?.requests ?? 0, Math.max(...tries.map(({ at }) => inMinuteFrom(at)))],
    pauses: inSeconds(tries.filter(({ at }) => at < began + MINUTE)),
    longestAfter: Math.max(...inSeconds(tries.filter(({ at }) => at >= began + MINUTE))),
  };
}

const { failing } = DYNAMODB_ERRORS;
/** Fives, until the minute is full; the requests of the reading that met the outage are part of it. */
const fives = (count: number, last: number): number[] => [...Array<number>(count).fill(5), last];

describe('F2, F3, F4: an outage is met by twelve requests a minute at most, and its end is seen within one poll', () => {
  test.each<[number, Outage]>([
    [2, { requests: [3, 12], pauses: fives(9, 16), longestAfter: 6 }],
    [5, { requests: [3, 12], pauses: fives(9, 16), longestAfter: 6 }],
    [12, { requests: [3, 8], pauses: [5, 10, 12, 12, 12, 12], longestAfter: 12 }],
    [3600, { requests: [3, 6], pauses: [5, 10, 20, 40], longestAfter: 60 }],
  ])('with polls every %d s', async (seconds, expected) => {
    await putInto(server)('v1.0.0', 'backend#auth');
    expect(await liveThrough(seconds, false, failing)).toEqual(expected);
    expect(await liveThrough(seconds, true, failing)).toEqual(expected);
  });

  test('with a table of 5 MB, which is read by four segments', async () => {
    for (let n = 0; n < 15; n += 1) {
      await putInto(server)('v1.0.0', `backend#n${n}`, { text: 'x'.repeat(390_000) });
    }
    await server.table.measure();
    expect(await liveThrough(5, true, failing)).toEqual({ requests: [3, 12], pauses: fives(9, 16), longestAfter: 6 });
    // The items alone: each try asks for the policy before them, so there are half as many.
    expect(await liveThrough(5, true, failing, ['Scan'])).toEqual({
      requests: [7, 12],
      pauses: [5, 10, 46],
      longestAfter: 11,
    });
  });
});
