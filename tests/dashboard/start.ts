import type { PageStart } from '../../src/contract/local-server.ts';

/** Of a page on a table of tests, without a policy file. */
export const START: PageStart = {
  source: { kind: 'embedded', data: 'test', simulatedCi: false },
  table: 'ReleaseFragments',
  region: 'eu-west-1',
  keyNames: null,
  pollIntervalMs: 5000,
  readUnitsPerHour: null,
  policy: null,
};
