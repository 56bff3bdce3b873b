// `npm test`: everything that must hold before a change is good. Sets up what it needs, a browser included.
import { CHECK_STEPS } from './check-steps.mjs';
import { runSteps } from './steps.mjs';

await runSteps([
  ...CHECK_STEPS,
  // First, as some of the unit tests attack the local server from a real browser.
  { name: 'a Chromium', command: [process.execPath, 'scripts/ensure-chromium.mjs'], gets: true },
  { name: 'unit and integration tests', command: ['npx', '--no-install', 'vitest', 'run'], counts: 'vitest' },
  {
    name: 'browser tests',
    command: ['npx', '--no-install', 'playwright', 'test', '--project=browser'],
    needs: ['a Chromium'],
    counts: 'playwright',
  },
]);
