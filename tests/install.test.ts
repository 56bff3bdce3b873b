import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { expect, test } from 'vitest';
import { z } from 'zod';

// No package of ours may run a program while it is installed: a stolen package would run one first of all. So npm is told
// to run none (.npmrc), and what a package would have built must be there without it.

const REPOSITORY = resolve(import.meta.dirname, '..');

test('npm runs no install script here', () => {
  expect(execFileSync('npm', ['config', 'get', 'ignore-scripts'], { cwd: REPOSITORY, encoding: 'utf8' }).trim()).toBe(
    'true',
  );
});

/** The packages that have an install script all the same, and why they work without it. */
const WITH_INSTALL_SCRIPT: Readonly<Record<string, string>> = {
  'classic-level': 'ships its binaries; the script only compiles where none fits',
};

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      hasInstallScript: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** @returns the packages of the lockfile by their place, for instance `node_modules/vite/node_modules/rolldown` */
function lockedPackages() {
  return Lockfile.parse(JSON.parse(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8'))).packages;
}

test('only known packages have an install script', () => {
  const names = Object.entries(lockedPackages())
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([place]) => place.replace(/^.*node_modules\//, ''));
  expect([...new Set(names)].sort()).toEqual(Object.keys(WITH_INSTALL_SCRIPT).sort());
});

// npm leaves out what the registry does not have yet, in most cases the build of a new version for another system, and
// `npm ci` then refuses the lockfile on every system: take an older version, or wait.
test('the lockfile holds the packages of every system', () => {
  const packages = lockedPackages();
  const places = Object.keys(packages);
  const absent = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !places.some((other) => other.endsWith(`node_modules/${name}`)))
      .map(([name, version]) => `${name}@${version} of ${place}`),
  );
  expect(absent).toEqual([]);
});

test('dynalite keeps a table in memory with nothing compiled', async () => {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`Expected an IP address, got ${address}.`);
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  try {
    await client.send(
      new CreateTableCommand({
        TableName: 'releases',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'version', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'version', KeyType: 'HASH' }],
      }),
    );
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['releases']);
  } finally {
    client.destroy();
    server.close();
  }
});
