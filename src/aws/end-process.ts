import type { ChildProcess } from 'node:child_process';

/** Whether a program is started as the first of a group of its own, by which all that it starts can be ended, too. */
export const OWN_GROUP = process.platform !== 'win32';

/** Ends a program that was started with `detached: OWN_GROUP`, and what it has started. */
export function endProcess(child: ChildProcess): void {
  try {
    if (OWN_GROUP && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill();
  } catch {
    // It ended by itself in the meantime.
  }
}
