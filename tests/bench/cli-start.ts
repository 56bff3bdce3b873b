import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { type Line, ratios } from './results.ts';

const BUNDLE = resolve(import.meta.dirname, '../../action/release-matrix.mjs');
/** Starts are short, so that many more of them than of the other rounds are made. */
const STARTS_PER_ROUND = 3;

/** How long the bundled command line takes to say what it can do, beside a Node that does nothing. */
export function benchCliStart(rounds: number): Line[] {
  const bundle: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds * STARTS_PER_ROUND; round += 1) {
    bundle.push(startMs([BUNDLE, '--help']));
    bare.push(startMs(['-e', '0']));
  }
  const subject = 'command line, bundled';
  return [
    { subject, measure: '--help, ms', ours: bundle, other: bare, otherName: 'node -e 0', target: null, under: 'start' },
    { subject, measure: '--help, ratio', ours: ratios(bundle, bare), target: null, id: 'cli-start' },
  ];
}

function startMs(words: readonly string[]): number {
  const started = performance.now();
  execFileSync(process.execPath, words, { stdio: 'ignore' });
  return performance.now() - started;
}
