import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { choice, panel, test } from './demo-page.ts';
import { expect } from './page-guards.ts';

interface State {
  readonly name: string;
  readonly search: string;
  /** Looks different with more room: looked at 1600 wide too. The others need no second look, and axe takes its time. */
  readonly wide?: true;
  /** It is about what is beside the grid: axe looks at the grid's hundreds of cells in the states that are about it. */
  readonly beside?: true;
  readonly reach?: (page: Page) => Promise<void>;
}

const STATES: readonly State[] = [
  { name: 'the matrix', search: '', wide: true },
  { name: 'the matrix, flipped', search: '?flip=true' },
  { name: 'every filter set', search: '?version=~1.6&stage=stable,rc&type=k8s&env=prod&q=a', wide: true },
  { name: 'a broken range', beside: true, search: '?version=~nonsense' },
  { name: 'nothing left', beside: true, search: '?version=no-such-release' },
  {
    name: 'a missing fragment',
    beside: true,
    search: '?release=v1.6.0&component=backend%23payment-service',
    wide: true,
  },
  { name: 'only problems', search: '?problems=true' },
  { name: 'a workload', beside: true, search: '?release=v1.6.0&component=k8s%23orders' },
  { name: 'a selection that is not there', beside: true, search: '?release=v99.0.0&component=backend%23nobody' },
  {
    name: 'the raw item',
    beside: true,
    search: '?release=v1.6.0-rc.2&component=backend%23payment-service',
    reach: async (page) => {
      await panel(page).getByRole('button', { name: 'Raw item' }).click();
      await panel(page).getByRole('region', { name: 'Raw item as JSON' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'a filter under the pointer',
    search: '?stage=rc',
    reach: (page) => choice(page, 'Stage', 'rc').hover(),
  },
];

test.use({ viewport: { width: 1280, height: 900 }, contextOptions: { reducedMotion: 'reduce' } });

// Four looks of axe at hundreds of cells take their time on a busy machine.
test.describe.configure({ timeout: 120_000 });

// One page for both schemes and widths, which it takes on as it stands: opening it again would be most of the time.
for (const { name, search, reach, beside, wide } of STATES) {
  test(`axe finds nothing, light and dark: ${name}`, async ({ page, open }) => {
    await open(search);
    await reach?.(page);
    for (const width of wide ? [1280, 1600] : [1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const axe = new AxeBuilder({ page });
        if (beside) axe.exclude('[role="grid"]');
        const { violations } = await axe.analyze();
        const found = violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
        );
        expect(found, `${colorScheme}, ${width} wide`).toEqual([]);
      }
    }
  });
}
