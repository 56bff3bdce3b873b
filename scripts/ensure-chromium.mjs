// Makes sure that there is a Chromium for the browser tests; ends with 1 and says how to get one where there is not.
import { ensureChromium } from './chromium.mjs';
import { reportEnsured } from './commands.mjs';

reportEnsured(() => `Chromium: ${ensureChromium()}`);
