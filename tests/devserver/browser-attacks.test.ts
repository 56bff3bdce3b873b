import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/chromium.mjs';
import { UNSTOPPABLE_ATTACKS } from '../attacks/own-page-outside.ts';
import { startTarget, type Target } from '../attacks/raw-targets.ts';
import { type Attacker, BROWSER_ATTACKS, BROWSER_CASES, launchBrowser, startAttacker } from '../attacks/try-browser.ts';

// Where there is no Chromium the suite's own browser step says so; here nothing can be tested without it.
describe.skipIf(findChromium() === undefined).each(['dev', 'preview'] as const)('in Chromium, %s', (serving) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser.close());

  describe.each(BROWSER_CASES)('from %s', (from, kind) => {
    let target: Target;
    let attacker: Attacker;
    beforeAll(async () => {
      target = await startTarget(kind, serving);
      attacker = await startAttacker(browser, target, from);
    }, 60_000);
    afterAll(async () => {
      await attacker.close();
      await target.close();
    });

    test.each(BROWSER_ATTACKS[from].map((attack) => [attack.threat, attack.name, attack] as const))(
      '%s %s is refused',
      async (_threat, _name, attack) => {
        expect(await attacker.tryOne(attack)).toEqual([]);
      },
    );

    // Should one fail one day, the promise in SECURITY.md can be made larger.
    test.each(from === 'our own page' ? UNSTOPPABLE_ATTACKS.map((attack) => [attack.name, attack] as const) : [])(
      '%s is not stopped, as SECURITY.md says',
      async (_, attack) => {
        expect(await attacker.tryOne(attack)).toContainEqual(expect.stringContaining('arrived at the attacker'));
      },
    );
  });
});
