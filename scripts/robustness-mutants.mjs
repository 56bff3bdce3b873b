// The mutants' part of `npm run robustness`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * What `tests/mutants/main.ts` writes: of each room how many changes of its code there are, how many of them a test
 * notices, how many else are argued, and the rest by name.
 *
 * @typedef {{
 *   room: string, target: number, changes: number, noticed: number, argued: number,
 *   survivors: readonly string[], argueNothing: readonly string[],
 * }} Score
 */

/**
 * Changes the code of every room and has its tests judge each change.
 *
 * @param {string} file where the scores are written
 * @returns {{ scores: readonly Score[], status: number | null }} no score where the run broke off
 */
export function tryMutants(file) {
  const { status } = spawnSync(process.execPath, ['scripts/run-ts.mjs', 'tests/mutants/main.ts', 'all'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, TEST_RESULTS: file },
  });
  return { scores: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [], status };
}

/**
 * @param {{ scores: readonly Score[], status: number | null }} run
 * @returns {{ good: boolean, rows: string, totals: string }} `rows` for the list, `totals` for the end of it
 */
export function describeMutants({ scores, status }) {
  /** @param {Score} score */
  const isReached = ({ target, changes, noticed, argued, argueNothing }) =>
    changes > 0 && (100 * (noticed + argued)) / changes >= target && argueNothing.length === 0;
  /** @param {number} some @param {number} all */
  const percent = (some, all) => `${(Math.floor((1000 * some) / all) / 10).toFixed(1)} %`;
  /** @param {Score} score */
  const said = ({ changes, noticed, argued }) =>
    `${percent(noticed, changes)} noticed, ${percent(noticed + argued, changes)} noticed or argued`;
  const rows = scores.flatMap((score) => [
    `${isReached(score) ? 'ok  ' : 'LOST'} ${score.changes} changes of the ${score.room}: ${said(score)}, ` +
      `${score.target} % to be reached`,
    ...score.survivors.map((one) => `       ${one}`),
    ...score.argueNothing.map((one) => `LOST   argued, but noticed or no longer there: ${one}`),
  ]);
  return {
    good: status === 0 && scores.length > 0 && scores.every(isReached),
    rows: [
      ...rows,
      `${status === 0 ? 'ok  ' : 'LOST'} the run of the mutants ended with status ${status ?? 'none'}`,
    ].join('\n'),
    totals: scores.map((score) => `mutants, ${score.room.padEnd(11)} ${said(score)}`).join('\n'),
  };
}
