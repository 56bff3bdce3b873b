// Where a Chromium is that the browser tests can drive.
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { CouldNotGet, installDebianPackages, outputOf, succeeds } from './commands.mjs';

/** Chromium without what a person sees of it: to open a page takes half as long. */
const SHELL = 'chromium-headless-shell';

/** Programs of that name on the PATH, and the places where macOS keeps them. */
const WHOLE_BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Without a font that has letters, text is drawn as boxes: screenshots lie and contrast checks measure nothing. */
const FONT_PACKAGES = ['fonts-dejavu-core', 'fonts-liberation'];

/**
 * Finds a Chromium that runs: CHROMIUM_PATH, then one installed on this machine, then Playwright's own.
 *
 * @param {'shell' | 'whole'} first which is taken where both are installed; whole: as people have it, to measure and attack in
 * @returns {string | undefined} an absolute path, or undefined when there is none
 * @throws {CouldNotGet} when CHROMIUM_PATH is set but does not run: a named browser is never silently replaced
 */
export function findChromium(first = 'shell') {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (runs(named)) return named;
    throw new CouldNotGet(`CHROMIUM_PATH is ${named}, but "${named} --version" does not run. Correct it or unset it.`);
  }
  for (const browser of first === 'shell' ? [SHELL, ...WHOLE_BROWSERS] : [...WHOLE_BROWSERS, SHELL]) {
    const path = browser.startsWith('/') ? browser : outputOf('which', [browser])?.trim();
    if (path !== undefined && path !== '' && existsSync(path) && runs(path)) return path;
  }
  const ofPlaywright = chromium.executablePath();
  return existsSync(ofPlaywright) && runs(ofPlaywright) ? ofPlaywright : undefined;
}

/** @param {string} path */
function runs(path) {
  return outputOf(path, ['--version']) !== undefined;
}

/**
 * Finds a Chromium, or gets one: Debian's package where we are root on a Debian, else Playwright's download.
 *
 * @returns {string} the path of the browser
 * @throws {CouldNotGet} when neither works
 */
export function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) {
    // Only fontconfig itself can say that there is no font; where it is absent we know nothing and leave it be.
    if (outputOf('fc-list', [])?.trim() === '') installDebianPackages(FONT_PACKAGES);
    return found;
  }
  // Older Debians have no package of the shell.
  installDebianPackages(['chromium', SHELL, ...FONT_PACKAGES]) || installDebianPackages(['chromium', ...FONT_PACKAGES]);
  const installed = findChromium();
  if (installed !== undefined) return installed;

  process.stderr.write("Downloading Playwright's Chromium …\n");
  succeeds('npx', ['--no-install', 'playwright', 'install', 'chromium']);
  const downloaded = findChromium();
  if (downloaded !== undefined) return downloaded;

  throw new CouldNotGet(
    [
      'No Chromium: none is installed, and it could be got neither from Debian (that needs root) nor by Playwright.',
      'The browser tests cannot run without it. Get one by any of:',
      '  apt-get install chromium            (as root, on Debian)',
      '  npx playwright install chromium     (needs the network)',
      '  CHROMIUM_PATH=/path/to/chrome npm test',
    ].join('\n'),
  );
}
