import { afterAll, vi } from 'vitest';

// A process runs one test file after the other (vitest.config.ts): each leaves it as it has found it.

const before = { ...process.env };

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  // In place: what stands for the environment here is also what a library has in its hands.
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
