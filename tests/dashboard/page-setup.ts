import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// Parts that are loaded on demand are compiled then: more than the default's second, where two cores do other things too.
configure({ asyncUtilTimeout: 10_000 });

// Testing Library cleans up by itself only where `afterEach` is a global; ours is imported.
afterEach(cleanup);

// There is no local server here that could be asked who it is before a part of the page is loaded.
vi.mock('../../src/live/later-part.ts', async (original) => ({
  ...(await original<typeof import('../../src/live/later-part.ts')>()),
  laterPart: (load: () => Promise<unknown>) => load,
}));
