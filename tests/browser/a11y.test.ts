import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { choice, panel, test } from './demo-page.ts';
import { expect } from './page-guards.ts';

interface State {
  readonly name: string;
  readonly search: string;
  /** Looks different with more room; the others need no second look, and axe takes its time. */
  readonly wide?: true;
  readonly reach?: (page: Page) => Promise<void>;
}

const STATES: readonly State[] = [
  { name: 'the matrix', search: '', wide: true },
  { name: 'the matrix, flipped', search: '?flip=true' },
  { name: 'every filter set', search: '?version=~1.6&stage=stable,rc&type=k8s&env=prod&q=a', wide: true },
  { name: 'a broken range', search: '?version=~nonsense' },
  { name: 'nothing left', search: '?version=no-such-release' },
  { name: 'a missing fragment', search: '?release=v1.6.0&component=backend%23payment-service', wide: true },
  { name: 'only problems', search: '?problems=true' },
  { name: 'a workload', search: '?release=v1.6.0&component=k8s%23orders' },
  { name: 'a selection that is not there', search: '?release=v99.0.0&component=backend%23nobody' },
  {
    name: 'the raw item',
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

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 1600]) {
    test.describe(`${colorScheme}, ${width} wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 }, contextOptions: { reducedMotion: 'reduce' } });
      for (const { name, search, reach } of STATES.filter(({ wide }) => width === 1280 || wide)) {
        test(`axe finds nothing: ${name}`, async ({ page, open }) => {
          await open(search);
          await reach?.(page);
          const { violations } = await new AxeBuilder({ page }).analyze();
          const found = violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
          );
          expect(found).toEqual([]);
        });
      }
    });
  }
}
