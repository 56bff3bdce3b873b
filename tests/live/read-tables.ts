import type { PageStart } from '../../src/contract/local-server.ts';
import { startIntake } from '../../src/live/fragment-intake.ts';
import type { NewReading, TableReader } from '../../src/live/table-reader.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULTS_IN_FORCE } from '../../src/release/policy/policy-item.ts';
import { READ_AT } from '../release/report-of.ts';

export const START: PageStart = {
  source: { kind: 'embedded', data: 'test', simulatedCi: false },
  table: 'ReleaseFragments',
  region: 'us-east-1',
  keyNames: null,
  policy: null,
  pollIntervalMs: 5_000,
  readUnitsPerHour: null,
};

/** A reader that finds these states of a table one after the other, the last one for ever; an error is thrown. */
export function readerOf(...states: readonly (readonly Item[] | Error)[]): TableReader {
  let reads = 0;
  return {
    async read(previous, onProgress, signal, _, onPart): Promise<NewReading> {
      const state = states[Math.min(reads++, states.length - 1)] ?? [];
      if (state instanceof Error) throw state;
      onProgress({ read: state.length, expected: null, pages: 1, readUnits: 1 });
      const intake = startIntake(previous, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS, signal, false, (fragments) =>
        onPart?.({ fragments, policy: DEFAULTS_IN_FORCE }),
      );
      intake.take(state);
      const { fragments, evidence, rejected, change } = await intake.finish(state);
      return {
        table: {
          fragments,
          change,
          evidence,
          rejected,
          policy: DEFAULTS_IN_FORCE,
          readAt: READ_AT,
          keyNames: DOCUMENTED_KEYS,
          keysFrom: 'table',
          readUnits: 1,
          tookMs: 1,
          incomplete: null,
          access: null,
          detection: null,
        },
        wholeFault: null,
        slowMs: null,
      };
    },
    restMs: () => 7,
  };
}
