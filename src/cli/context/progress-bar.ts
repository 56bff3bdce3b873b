import { SingleBar } from 'cli-progress';
import type { CliContext } from './cli-context.ts';

/** Shows how far something has come. */
export interface ProgressBar {
  readonly update: (done: number, total: number) => void;
  /** Call it once, also after a failure. */
  readonly end: () => void;
}

/** A bar in a terminal; in a log, where a bar would be a heap of control characters, a line for every tenth. */
export function progressBar({ terminal, stderr }: Pick<CliContext, 'terminal' | 'stderr'>, what: string): ProgressBar {
  if (terminal === null) return lines(stderr, what);
  const bar = new SingleBar({
    stream: terminal,
    format: `${what} {bar} {percentage}% | {value}/{total} | {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
  });
  let started = false;
  return {
    update(done, total) {
      if (!started) bar.start(total, done);
      else {
        bar.setTotal(total);
        bar.update(done);
      }
      started = true;
    },
    end: () => bar.stop(),
  };
}

function lines(stderr: (text: string) => void, what: string): ProgressBar {
  let told = 0;
  return {
    update(done, total) {
      const tenths = total === 0 ? 10 : Math.floor((done * 10) / total);
      if (tenths <= told) return;
      told = tenths;
      stderr(`${what} ${tenths * 10}% (${done}/${total})\n`);
    },
    end() {},
  };
}
