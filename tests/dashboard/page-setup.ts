import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// Parts that are loaded on demand are compiled then: more than the default's second, where two cores do other things too.
configure({ asyncUtilTimeout: 10_000 });

// Testing Library cleans up by itself only where `afterEach` is a global; ours is imported.
afterEach(cleanup);
