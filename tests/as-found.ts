import { afterAll, vi } from 'vitest';

// A process runs one test file after the other (vitest.config.ts): each leaves it as it has found it.

const before = { ...process.env };

// Node's `fetch` goes the way of whichever undici is there first; that of a package is another version, and refuses its heads.
await fetch('data:,');

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  // In place: what stands for the environment here is also what a library has in its hands.
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
