// AWS's own DynamoDB Local, without Docker: the npm package amplify-dynamodb-simulator carries it in its folder
// `emulator`. It is 57 MB and only a test double, so it is no dependency of ours: it is packed once into a cache outside
// the repository.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CouldNotGet, installDebianPackages, outputOf, succeeds } from './commands.mjs';

const PACKAGE = 'amplify-dynamodb-simulator';
const VERSION = '2.9.30';
/** What the registry states for this version (`npm view amplify-dynamodb-simulator@2.9.30 dist.integrity`). */
const INTEGRITY = 'sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==';
/** DynamoDB Local 2 is compiled for Java 17; Java 11 ends with UnsupportedClassVersionError. */
const JAVA_AT_LEAST = 17;

/**
 * Finds or gets DynamoDB Local and a Java to run it.
 *
 * @returns {{ java: string, directory: string }} the Java program, and the folder that holds DynamoDBLocal.jar
 * @throws {CouldNotGet} when one of the two could not be got
 */
export function ensureDynamodbLocal() {
  return { java: ensureJava(), directory: ensureEmulator() };
}

/** @returns {string} */
function ensureJava() {
  const java = findJava() ?? (installDebianPackages(['default-jre-headless']) ? findJava() : undefined);
  if (java !== undefined) return java;
  throw new CouldNotGet(
    [
      `No Java ${JAVA_AT_LEAST} or newer: "java -version" does not say so, and it could not be installed from Debian.`,
      'DynamoDB Local cannot run without it. Get it by any of:',
      '  apt-get install default-jre-headless   (as root, on Debian 12 or newer)',
      '  JAVA_HOME=/path/to/a/jdk npm run test:dynamodb-local',
    ].join('\n'),
  );
}

/** @returns {string | undefined} a Java that is new enough: the one of JAVA_HOME, else the one on the PATH */
function findJava() {
  const home = process.env.JAVA_HOME;
  const candidates = [...(home === undefined || home === '' ? [] : [join(home, 'bin', 'java')]), 'java'];
  return candidates.find((java) => {
    const major = /version "(\d+)/.exec(outputOf(java, ['-version']) ?? '')?.[1];
    return major !== undefined && Number(major) >= JAVA_AT_LEAST;
  });
}

/** @returns {string} */
function ensureEmulator() {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'release-matrix');
  const directory = join(cache, `dynamodb-local-${VERSION}`);
  if (existsSync(join(directory, 'DynamoDBLocal.jar'))) return directory;

  process.stderr.write(`Packing ${PACKAGE}@${VERSION} (57 MB) into ${directory} …\n`);
  mkdirSync(cache, { recursive: true });
  // Unpacked beside its place and moved there in one step, so that an interrupted run leaves no half emulator behind.
  const staging = mkdtempSync(join(cache, 'unpacking-'));
  try {
    const packed = succeeds('npm', ['pack', '--silent', `${PACKAGE}@${VERSION}`], { cwd: staging });
    if (!packed) throw couldNotGetEmulator(`"npm pack ${PACKAGE}@${VERSION}" failed`);
    const tarball = join(staging, `${PACKAGE}-${VERSION}.tgz`);
    const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (integrity !== INTEGRITY) throw couldNotGetEmulator(`its integrity is ${integrity}, expected ${INTEGRITY}`);
    if (!succeeds('tar', ['-xzf', tarball, 'package/emulator'], { cwd: staging })) {
      throw couldNotGetEmulator('tar could not unpack it');
    }
    try {
      renameSync(join(staging, 'package', 'emulator'), directory);
    } catch (fault) {
      // Another run was faster: what it put there passed the same check.
      if (!existsSync(join(directory, 'DynamoDBLocal.jar'))) throw fault;
    }
    return directory;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** @param {string} reason */
function couldNotGetEmulator(reason) {
  return new CouldNotGet(
    `No DynamoDB Local: ${reason}. The tests against it cannot run. It is the npm package ${PACKAGE}@${VERSION}; ` +
      'see that "npm view amplify-dynamodb-simulator" answers, and run the command again.',
  );
}
