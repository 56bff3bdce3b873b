import { SingleBar } from 'cli-progress';

/** Shows how far something has come. */
export interface Progress {
  /** @param total stays the same from call to call */
  update(done: number, total: number): void;
  /** Call it once, also after a failure. */
  end(): void;
}

/** A stream for people: standard error, or a test's stand-in. */
export interface PeopleStream {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** A bar in a terminal; in a log, where a bar would be a heap of control characters, a line for every tenth. */
export function showProgress(stream: PeopleStream & NodeJS.WritableStream, what: string): Progress {
  return stream.isTTY ? barOn(stream, what) : linesOn(stream, what);
}

function barOn(stream: NodeJS.WritableStream, what: string): Progress {
  const bar = new SingleBar({
    stream,
    format: `${what} {bar} {percentage}% | {value}/{total} | {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
  });
  let started = false;
  return {
    update(done, total) {
      if (!started) bar.start(total, done);
      else bar.update(done);
      started = true;
    },
    end: () => bar.stop(),
  };
}

function linesOn(stream: PeopleStream, what: string): Progress {
  let told = 0;
  return {
    update(done, total) {
      const tenths = total === 0 ? 10 : Math.floor((done * 10) / total);
      if (tenths <= told) return;
      told = tenths;
      stream.write(`${what} ${tenths * 10}% (${done}/${total})\n`);
    },
    end() {},
  };
}
