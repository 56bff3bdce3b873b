// Running other programs: the one place where the scripts spawn, so that each says the same when something is missing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Ten minutes in milliseconds: a package of 300 MB over a slow line still fits, a hanging mirror does not hang us. */
const INSTALL_LIMIT_MS = 600_000;

/** Something the suite needs and could not get. Its message says what, why, and how a person can get it. */
export class CouldNotGet extends Error {}

/**
 * Runs a program and hands back what it printed, or undefined when it is absent, fails or hangs. A shim on the PATH that
 * exists but cannot start what it stands for counts as absent: only a run that ends with 0 proves a program.
 *
 * @param {string} program
 * @param {readonly string[]} programArguments
 * @returns {string | undefined} standard output and standard error, together (`java -version` prints to the latter)
 */
export function outputOf(program, programArguments) {
  const run = spawnSync(program, programArguments, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  return run.error === undefined && run.status === 0 ? `${run.stdout}${run.stderr}` : undefined;
}

/**
 * Runs a program with its output on our standard error, where the person who waits for it sees its progress.
 *
 * @param {string} program
 * @param {readonly string[]} programArguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [where]
 * @returns {boolean} whether it ended with 0
 */
export function succeeds(program, programArguments, where = {}) {
  const run = spawnSync(program, programArguments, {
    ...where,
    stdio: ['ignore', 2, 2],
    timeout: INSTALL_LIMIT_MS,
  });
  return run.error === undefined && run.status === 0;
}

/** @returns {boolean} whether Debian packages can be installed here: a Debian-like system, and we are root */
function canInstallDebianPackages() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * Installs Debian packages where that is possible without asking anybody.
 *
 * @param {readonly string[]} packages
 * @returns {boolean} false where this is no Debian, we are not root, or apt-get failed
 */
export function installDebianPackages(packages) {
  if (!canInstallDebianPackages()) return false;
  process.stderr.write(`Installing ${packages.join(', ')} with apt-get …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    succeeds('apt-get', ['update', '-qq'], { env }) &&
    succeeds('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env })
  );
}

/**
 * Runs a script's main part: prints what it found, or says plainly what could not be got and ends with 1.
 *
 * @param {() => string} ensure finds or gets the thing and hands back the line to print; throws {@link CouldNotGet}
 */
export function reportEnsured(ensure) {
  try {
    process.stdout.write(`${ensure()}\n`);
  } catch (fault) {
    if (!(fault instanceof CouldNotGet)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = 1;
  }
}
