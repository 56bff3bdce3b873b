// `npm run check`: what needs no running code.
import { CHECK_STEPS } from './check-steps.mjs';
import { runSteps } from './steps.mjs';

await runSteps(CHECK_STEPS);
