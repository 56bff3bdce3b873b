// The attacks' part of `npm run robustness`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * What `tests/attacks/main.ts` writes, and its exit status. Of each check that was left out or made weaker: its name, and
 * the attack that got through for it, null where none did.
 *
 * @typedef {{ tried: number, refused: number, leaks: number }} Tried
 * @typedef {{ name: string, breach: string | null }} Check
 * @typedef {{ raw: Tried, browser: Tried, leftOut: Check[], weaker: Check[], status: number | null }} Attacks
 */

/**
 * Tries all attacks, raw and from a real browser, which prints a table of its own.
 *
 * @param {string} file where the totals are written
 * @returns {Attacks} nothing tried where the run broke off
 */
export function tryAttacks(file) {
  const { status } = spawnSync(process.execPath, ['scripts/run-ts.mjs', 'tests/attacks/main.ts'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, TEST_RESULTS: file },
  });
  if (existsSync(file)) return { ...JSON.parse(readFileSync(file, 'utf8')), status };
  const none = { tried: 0, refused: 0, leaks: 0 };
  return { raw: none, browser: none, leftOut: [], weaker: [], status };
}

/**
 * @param {Attacks} attacks
 * @returns {{ good: boolean, rows: string, totals: string }} `rows` for the list, `totals` for the end of it
 */
export function describeAttacks({ raw, browser, leftOut, weaker, status }) {
  /** @param {Tried} some */
  const isRepelled = ({ tried, refused, leaks }) => tried > 0 && refused === tried && leaks === 0;
  /** @param {Tried} some */
  const said = ({ tried, refused, leaks }) => `${refused} of ${tried} refused as required, ${leaks} leaks`;
  /** @param {Check} check */
  const isMissed = ({ breach }) => breach !== null;
  /** @param {Check[]} checks */
  const missed = (checks) => `${checks.filter(isMissed).length} of ${checks.length}`;
  /** @param {string} words @param {Check[]} checks */
  const each = (words, checks) =>
    /** @type {const} */ ([
      [checks.length > 0 && checks.every(isMissed), `checks ${words} in turn: ${missed(checks)} noticed by an attack`],
      ...checks.map((check) => [isMissed(check), `  ${check.name}: ${check.breach ?? 'NO ATTACK'}`]),
    ]);
  const lines = /** @type {const} */ ([
    [isRepelled(raw), `raw requests: ${said(raw)}`],
    [isRepelled(browser), `attacks from a real browser: ${said(browser)}`],
    ...each('left out', leftOut),
    ...each('made weaker', weaker),
    // Not 0 either where the run breaks off after it has written what it counted.
    [status === 0, `the run of the attacks ended with status ${status ?? 'none'}`],
  ]);
  return {
    good: lines.every(([good]) => good),
    rows: lines.map(([good, words]) => `${good ? 'ok  ' : 'LOST'} ${words}`).join('\n'),
    totals:
      `attacks tried    ${raw.tried + browser.tried} (${raw.tried} raw, ${browser.tried} from a real browser), ` +
      `leaks ${raw.leaks + browser.leaks}\n` +
      `checks left out  ${missed(leftOut)} noticed, made weaker ${missed(weaker)}`,
  };
}
