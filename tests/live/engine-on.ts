import type { PageStart } from '../../src/contract/local-server.ts';
import { memoryStore } from '../../src/live/activity-store.ts';
import { type EngineParts, startEngine } from '../../src/live/engine.ts';
import type { TableReader } from '../../src/live/table-reader.ts';

/** An engine in this process. @param more in place of what it has in a browser that keeps nothing */
export function engineOn(reader: TableReader, start: PageStart, more: Partial<EngineParts> = {}) {
  return startEngine(start, {
    reader,
    openActivity: async () => memoryStore(null),
    openLastState: () => Promise.reject(new Error('Nothing is kept.')),
    server: {
      signIn: () => Promise.reject(new Error('Nobody signs in here.')),
      demo: () => Promise.reject(new Error('This is no demo.')),
    },
    idle: async () => {},
    loadFilePage: () => Promise.reject(new Error('There is none.')),
    loadRanges: () => import('../../src/release/policy/policy-terms.ts'),
    ...more,
  });
}
