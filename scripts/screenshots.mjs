// Takes the pictures of the README and of docs/tour.md from the demo estate, light and dark: npm run screenshots
//
// The simulated CI is off, so that two runs show the same releases; only their ages differ.
import { execFileSync, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from './chromium.mjs';
import { freePort } from './free-port.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const SIZE = { width: 1600, height: 900 };

/** What is on each picture: a name, the view as its URL says it, and the selector of what must stand there first. */
const PICTURES = [
  {
    name: 'matrix',
    query: '?release=v1.6.0&component=backend%23payment-service',
    ready: 'text=payment-service is missing',
  },
  { name: 'held-back', query: '?view=release&release=v1.4.0', ready: 'text=What is new since' },
  {
    name: 'environments',
    query: '?view=environments',
    ready: '[role=grid][aria-label=Environments]',
  },
  { name: 'compare', query: '?view=compare&a=prev&b=v1.6.0', ready: 'text=minor' },
  { name: 'activity', query: '?view=activity', ready: 'h2' },
  { name: 'findings', query: '?view=findings', ready: 'text=payment-service is missing' },
];

const executablePath = findChromium();
if (executablePath === undefined)
  throw new Error('No Chromium; "node scripts/ensure-chromium.mjs" gets one or says how.');
const vite = resolve(ROOT, 'node_modules/vite/bin/vite.js');
// The built page: what a dev server compiles while somebody waits can take longer than a browser does.
execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: ROOT, stdio: 'inherit' });
const port = await freePort();
const server = spawn(process.execPath, [vite, 'preview'], {
  cwd: ROOT,
  env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), SIMULATED_CI: 'off' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  await new Promise((started) => server.stdout.on('data', (text) => String(text).includes('http://') && started(null)));
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  for (const { name, query, ready } of PICTURES) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const page = await browser.newPage({ viewport: SIZE, colorScheme, locale: 'en-GB' });
      await page.goto(`http://127.0.0.1:${port}/${query}`);
      await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
      await page.locator('main').locator(ready).first().waitFor();
      await page.screenshot({ path: resolve(ROOT, 'docs', `${name}-${colorScheme}.png`), animations: 'disabled' });
      await page.close();
    }
  }
  await browser.close();
} finally {
  server.kill();
}
