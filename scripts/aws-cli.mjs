// Which AWS CLI runs on this machine.
import { outputOf } from './commands.mjs';

/** The one on the PATH may be a version manager's shim that starts nothing; Debian's package is always at the second. */
const CANDIDATES = ['aws', '/usr/bin/aws'];

/** @returns {string | undefined} a program that answers `--version`, or undefined when there is none */
export function findAwsCli() {
  return CANDIDATES.find((program) => outputOf(program, ['--version']) !== undefined);
}
