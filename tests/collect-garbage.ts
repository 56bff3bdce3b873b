import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Node gives the collector away only when asked. */
setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Forgets what nothing holds any more; twice, for what the first time only let go of. */
export function collectGarbage(): void {
  collect();
  collect();
}
