import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OUTSIDE_ATTACKS, UNSTOPPABLE_ATTACKS } from '../attacks/own-page-outside.ts';
import { SINK_ATTACKS } from '../attacks/own-page-sinks.ts';
import { startTarget, type Target } from '../attacks/raw-targets.ts';
import { type Attacker, BROWSER_ATTACKS, BROWSER_CASES, launchBrowser, startAttacker } from '../attacks/try-browser.ts';

/** Without a window Chromium asks for neither, on whichever page. */
const NEVER_ASKED_FOR = ['a manifest', 'an icon'];

describe.each(['dev', 'preview'] as const)('in Chromium, %s', (serving) => {
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
        const got = await attacker.tryOne(attack, { works: true });
        expect(got).toContainEqual(expect.stringContaining('arrived at the attacker'));
      },
    );
  });
});

// An attack that never works proves nothing when it is refused. So what our own page refuses is tried on a page of the
// attacker, which has no policy: there it gets through.
describe('on a page without a policy', () => {
  let browser: Browser;
  let target: Target;
  let attacker: Attacker;
  beforeAll(async () => {
    browser = await launchBrowser();
    target = await startTarget('embedded', 'preview');
    attacker = await startAttacker(browser, target, 'another origin');
  }, 60_000);
  afterAll(async () => {
    await attacker.close();
    await target.close();
    await browser.close();
  });

  test('what becomes script runs, and what leads outside arrives', async () => {
    const refused: string[] = [];
    for (const attack of [...SINK_ATTACKS, ...OUTSIDE_ATTACKS]) {
      const works = !NEVER_ASKED_FOR.includes(attack.name);
      if ((await attacker.tryOne(attack, { works })).length === 0) refused.push(attack.name);
    }
    expect(refused.sort()).toEqual(NEVER_ASKED_FOR);
  }, 120_000);
});
