import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A folder of a test file's own, for what a command reads and writes; it goes with the tests. */
export function ownFiles() {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-matrix-files-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = (name: string) => join(folder, name);
  return {
    path,
    /** Writes it as JSON. @returns its path */
    put(name: string, content: unknown): string {
      writeFileSync(path(name), JSON.stringify(content));
      return path(name);
    },
  };
}

/** An item of the table, of a day in the past. */
export const datedItem = (version: string, key: string, attributes: object = {}) => ({
  version,
  'component#name': key,
  date: '2026-11-01T00:00:00Z',
  ...attributes,
});
