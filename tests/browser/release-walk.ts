import type { Locator, Page } from '@playwright/test';
import { buildEstate } from '../../src/demo/estate.ts';
import type { Item } from '../../src/release/item/item.ts';
import { releaseMatrix } from '../cli/command.ts';
import { publishItems } from '../cli/published-estate.ts';
import { grid, status } from './live-page.ts';
import { expect } from './page-guards.ts';

/** A stable release of the demo estate that is whole and clean. */
const RELEASE = 'v1.3.1';
/** The stable releases below it, from which its roster comes. */
const BEFORE = ['v1.2.0', 'v1.3.0'];
/** The screen is looked at after so many fragments, and for each of the last ones. */
const LOOK_EVERY = 15;
const LAST_LOOKED_AT = 2;
/** Wide enough for a column of every component: what is out of sight is not drawn. */
const VIEWPORT = { width: 9_000, height: 900 };

/** What the walk needs of the demo estate: the past, to be put at once, and the release, to be published part by part. */
export function demoWalk(): { readonly past: readonly Item[]; readonly parts: readonly Item[] } {
  const { items } = buildEstate({ now: new Date().toISOString() });
  const of = (release: string) => items.filter(({ version }) => version === release);
  return { past: [...BEFORE, 'policy'].flatMap(of), parts: of(RELEASE) };
}

const head = (page: Page): Locator =>
  grid(page).getByRole('rowheader', { name: new RegExp(`^${RELEASE.replaceAll('.', '\\.')},`) });

/** `k8s#prod-deployment/api` → api. */
const nameOf = (item: Item): string => String(item['component#name']).replace(/^[^#]*#(?:[^/]*-[a-z]+\/)?/, '');

/**
 * A whole release of the demo estate is published component by component: seen live on the dashboard, gated as a part,
 * as fail, completed, gated as pass; and the gate's JSON says at every look what the screen says.
 *
 * @param url of a dashboard on the table, which holds the past
 * @param words name the same table for the command line
 */
export async function walkRelease(page: Page, url: string, words: readonly string[], parts: readonly Item[]) {
  const clock = { now: () => new Date().toISOString() };
  const gate = async () => {
    const said = await releaseMatrix(['check', RELEASE, '--format', 'json', ...words], {}, clock);
    const { verdict, completeness } = JSON.parse(said.stdout);
    return { exitCode: said.exitCode, verdict, ...completeness };
  };

  await page.setViewportSize(VIEWPORT);
  await page.goto(url);
  await expect(grid(page).getByRole('rowheader', { name: /^v1\.3\.0, stable, fail/ })).toBeVisible();
  expect(await gate()).toMatchObject({ exitCode: 3, verdict: 'unknown' });
  await page.evaluate(() => Reflect.set(globalThis, 'neverReloaded', true));

  for (const [index, part] of parts.entries()) {
    const said = await publishItems([part], words);
    expect(said).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^published /), stderr: '' });
    const left = parts.length - index - 1;
    if (index % LOOK_EVERY !== 0 && left > LAST_LOOKED_AT) continue;

    const { exitCode, verdict, present, expected, missing } = await gate();
    // It is a patch: of less than three quarters of its roster nobody has said whether that is all.
    const isPart = present < expected * 0.75;
    const due = missing.length === 0 ? [0, 'pass'] : isPart ? [3, 'unknown'] : [1, 'fail'];
    expect([exitCode, verdict]).toEqual(due);
    // A part that the roster does not ask for counts as neither.
    expect(present + missing.length).toBe(expected);
    expect(present).toBeGreaterThanOrEqual(Math.max(1, index + 1 - (parts.length - expected)));
    if (left === 0) expect(missing).toEqual([]);
    // The same on the screen, without anybody touching it.
    await expect(head(page)).toContainText(`${present}/${expected}`);
    await expect(head(page)).toHaveAccessibleName(new RegExp(`, ${verdict}`));
    const shown = grid(page).getByRole('gridcell', {
      name: new RegExp(`^${nameOf(part)} in ${RELEASE}: (?!missing|left out)`),
    });
    await expect(shown.first()).toBeVisible();
    const absent = isPart ? 'left out' : 'missing';
    await expect(grid(page).getByRole('gridcell', { name: new RegExp(` in ${RELEASE}: ${absent}`) })).toHaveCount(
      missing.length,
    );
  }
  await expect(status(page)).toContainText('Live');
  expect(await page.evaluate(() => Reflect.get(globalThis, 'neverReloaded'))).toBe(true);
}
