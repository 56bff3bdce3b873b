// The outages' part of `npm run robustness`: real minutes of each, on both paths to a table.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ON_BOTH_PATHS, ON_ONE_PATH } from './robustness-list.mjs';

/** As titles name them. */
const PATHS = ['local', 'AWS'];

/**
 * Of an outage: requests in its worst minute; seconds until the page said so, and from its end until the page was live.
 *
 * @typedef {{ name: string, path: string, worstMinute: number, noticed: number, back: number }} Figures
 */

/** What must hold of each. A page polls every five seconds, and a call whose answer has begun may take ten. */
const BOUNDS = { worstMinute: 12, noticed: 20, back: 15 };

/**
 * Lives through all outages, which takes about eight minutes.
 *
 * @param {string} folder where the figures are written
 * @returns {{ figures: Figures[], status: number | null }}
 */
export function liveThroughOutages(folder) {
  const file = join(folder, 'outages-*.json');
  const { status } = spawnSync('npx', ['--no-install', 'playwright', 'test', '--project=robustness'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, OUTAGE_FIGURES: file },
  });
  const files = PATHS.map((path) => file.replace('*', path)).filter((each) => existsSync(each));
  return { figures: files.flatMap((each) => JSON.parse(readFileSync(each, 'utf8'))), status };
}

/**
 * @param {{ figures: Figures[], status: number | null }} run
 * @returns {{ good: boolean, rows: string }}
 */
export function describeOutages({ figures, status }) {
  /** @param {Figures} each */
  const isBounded = (each) =>
    each.worstMinute <= BOUNDS.worstMinute && each.noticed <= BOUNDS.noticed && each.back <= BOUNDS.back;
  const lines = [
    ...figures.map((each) => [
      isBounded(each),
      `${`${each.name}, ${each.path} path:`.padEnd(42)} ${each.worstMinute} requests in the worst minute, ` +
        `noticed after ${each.noticed} s, back after ${each.back} s`,
    ]),
    [status === 0 && figures.length > 0, `the run of the outages ended with status ${status ?? 'none'}`],
  ];
  return {
    good: lines.every(([good]) => good),
    rows: lines.map(([good, words]) => `${good ? 'ok  ' : 'LOST'} ${words}`).join('\n'),
  };
}

/**
 * @param {readonly { titles: readonly string[], passed: boolean, numbers: readonly string[] }[]} tests
 * @returns {{ good: boolean, rows: string }} which faults are survived on which path
 */
export function describePaths(tests) {
  /** @param {string} number @param {string} path */
  const isSurvived = (number, path) => {
    const some = tests.filter(
      ({ titles, numbers }) => numbers.includes(number) && titles.some((title) => title.includes(`${path} path`)),
    );
    return some.length > 0 && some.every(({ passed }) => passed);
  };
  const lines = ON_BOTH_PATHS.map((number) => {
    const lost = PATHS.filter((path) => !isSurvived(number, path));
    return {
      good: lost.length === 0,
      words: lost.length === 0 ? 'on both paths' : `NOT SURVIVED, OR NO TEST: ${lost.join(', ')} path`,
    };
  });
  return {
    good: lines.every(({ good }) => good),
    rows: [
      ...lines.map(
        ({ good, words }, place) => `${good ? 'ok  ' : 'LOST'} ${(ON_BOTH_PATHS[place] ?? '').padEnd(4)} ${words}`,
      ),
      ...Object.entries(ON_ONE_PATH).map(([number, why]) => `     ${number.padEnd(4)} ${why}`),
    ].join('\n'),
  };
}
