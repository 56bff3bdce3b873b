// Runs a command beside AWS's DynamoDB Local: node scripts/with-dynamodb-local.mjs -- <command> [arguments…]
//
// The command finds the endpoint in DYNAMODB_LOCAL_ENDPOINT. The database is empty, in memory, and ends with the command,
// whose exit code becomes ours. DynamoDB Local knows no option to listen on loopback alone; it is given a free port, holds
// nothing but what the tests write, and lives as long as they do.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CouldNotGet } from './commands.mjs';
import { ensureDynamodbLocal } from './dynamodb-local.mjs';
import { freePort } from './free-port.mjs';

/** Java takes about 2 s to start on an idle machine of two cores; a busy one is given thirty times that. */
const START_LIMIT_MS = 60_000;
/** Between the choice of a free port and its use another process can take it. */
const START_ATTEMPTS = 3;

const separator = process.argv.indexOf('--');
const [command, ...commandArguments] = separator === -1 ? [] : process.argv.slice(separator + 1);
if (command === undefined) {
  process.stderr.write('Usage: node scripts/with-dynamodb-local.mjs -- <command> [arguments…]\n');
  process.exit(2);
}

/** @type {import('node:child_process').ChildProcess | undefined} */
let database;
/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
// Runs on every way out: end of the command, a fault of ours, and the signals turned into an exit below.
process.on('exit', () => database?.kill('SIGKILL'));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  // The command ends in its own way and we follow it; before it runs there is only the database to stop.
  process.on(signal, () =>
    running === undefined ? process.exit(128 + constants.signals[signal]) : running.kill(signal),
  );
}

try {
  const endpoint = await startDatabase();
  process.exitCode = await runCommand(command, commandArguments, endpoint);
} catch (fault) {
  if (!(fault instanceof CouldNotGet)) throw fault;
  process.stderr.write(`${fault.message}\n`);
  process.exitCode = 1;
} finally {
  // The exit handler alone would wait for ever: a living child keeps this process alive.
  database?.kill('SIGKILL');
}

/**
 * Starts DynamoDB Local and waits until it answers.
 *
 * @returns {Promise<string>} its endpoint
 */
async function startDatabase() {
  const { java, directory } = ensureDynamodbLocal();
  let output = '';
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const port = await freePort();
    const javaArguments = ['-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar'];
    const started = spawn(java, [...javaArguments, '-inMemory', '-sharedDb', '-port', String(port)], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    database = started;
    output = '';
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const endpoint = `http://127.0.0.1:${port}`;
    if (await answers(endpoint, started)) return endpoint;
    started.kill('SIGKILL');
  }
  throw new CouldNotGet(`DynamoDB Local did not start (${START_ATTEMPTS} attempts). It said:\n${output}`);
}

/**
 * Asks until DynamoDB answers. An unsigned request is refused with 400 in DynamoDB's own words, which tells it from
 * whatever else may have taken the port.
 *
 * @param {string} endpoint
 * @param {import('node:child_process').ChildProcess} started
 * @returns {Promise<boolean>} false when the process has ended or the time is up
 */
async function answers(endpoint, started) {
  const deadline = Date.now() + START_LIMIT_MS;
  while (started.exitCode === null && Date.now() < deadline) {
    try {
      const answer = await fetch(endpoint, { method: 'POST', body: '{}', signal: AbortSignal.timeout(5_000) });
      if ((await answer.text()).includes('com.amazon')) return true;
    } catch {
      // Nobody listens yet.
    }
    await new Promise((resume) => setTimeout(resume, 100));
  }
  return false;
}

/**
 * Runs the command with our own input and output.
 *
 * @param {string} program
 * @param {readonly string[]} programArguments
 * @param {string} endpoint
 * @returns {Promise<number>} its exit code; 128 + the signal's number where a signal ended it, as a shell says it
 */
async function runCommand(program, programArguments, endpoint) {
  const child = spawn(program, programArguments, {
    stdio: 'inherit',
    env: { ...process.env, DYNAMODB_LOCAL_ENDPOINT: endpoint },
  });
  running = child;
  return new Promise((resume, reject) => {
    child.on('error', (fault) => reject(new CouldNotGet(`Cannot run ${program}: ${fault.message}`)));
    child.on('exit', (code, signal) => resume(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
