import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { freePort } from '../../scripts/free-port.mjs';
import { readAction } from '../ci/workflow-files.ts';
import { type OwnTable, ownTable } from '../cli/running-table.ts';

// Whoever follows README word by word gets what it says: each command that it has is run as it is written, those of the
// checkout in a copy of it, those of the package in the empty folder that it was installed into.

const REPOSITORY = resolve(import.meta.dirname, '../..');
const README = readFileSync(join(REPOSITORY, 'README.md'), 'utf8');
const { place, home } = inject('installed');

let clone = '';
let table: OwnTable;
beforeAll(async () => {
  clone = mkdtempSync(join(tmpdir(), 'release-matrix-clone-'));
  // What a clone of this state of the work would hold.
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(REPOSITORY, name)))) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(REPOSITORY, file), join(clone, file));
  }
  table = await ownTable();
});
afterAll(async () => {
  rmSync(clone, { recursive: true, force: true });
  await table.close();
});

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

/**
 * Runs a line in a shell.
 *
 * @param until ends it, with all that it has started, once it has said so much
 */
function shell(line: string, cwd: string, more: NodeJS.ProcessEnv = {}, until?: RegExp): Promise<Ran> {
  const PATH = `${join(place, 'node_modules/.bin')}:${process.env.PATH}`;
  // In a process group of its own: npm, the shell of its script and what that runs.
  const child = spawn('sh', ['-c', line], { cwd, env: { PATH, HOME: home, ...more }, detached: true });
  let said = '';
  let isEnding = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (until?.test(said) !== true || isEnding || child.pid === undefined) return;
      isEnding = true;
      process.kill(-child.pid, 'SIGTERM');
    });
  }
  return new Promise((end) => child.on('close', (code) => end({ code, said })));
}

/** Of what listens and goes on until somebody ends it. */
async function started(line: string, cwd: string, until = /http:\/\/127\.0\.0\.1:\d+\//): Promise<string> {
  const { said } = await shell(line, cwd, { PORT: String(await freePort()) }, until);
  expect(said).toMatch(until);
  return said;
}

/** A command of the package, on a table of an emulator. */
function inPackage(line: string): Promise<Ran> {
  return shell(line.replace('…', 'ab'.repeat(32)), place, {
    DYNAMODB_ENDPOINT: table.origin,
    RELEASE_TABLE: table.table,
  });
}

/** `npm ci` asks a registry for each package: here it says that it would find all of them, and those at hand take their place. */
async function npmCi(): Promise<void> {
  if (existsSync(join(clone, 'node_modules'))) return;
  expect(await shell('npm ci --dry-run --offline', clone)).toMatchObject({ code: 0 });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(clone, 'node_modules'));
}

/** How each is tried, in the order of README. */
const TRIED: Readonly<Record<string, () => Promise<unknown>>> = {
  'npm ci && npm run dev': async () => {
    await npmCi();
    expect(await started('npm run dev', clone)).toContain('embedded table (demo estate)');
  },
  'npx release-matrix ui': async () => {
    const said = await started(`npx --offline release-matrix ui --port ${await freePort()}`, place);
    expect(said).toContain('embedded table (demo estate)');
  },
  // Its package is the one in which the commands are tried here.
  'npm run build:package': async () => expect(existsSync(join(place, 'node_modules/release-matrix'))).toBe(true),
  'AWS_PROFILE=my-profile\nAWS_REGION=eu-central-1\nRELEASE_TABLE=ReleaseFragments': async () => {
    mkdirSync(join(home, '.aws'), { recursive: true });
    const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n';
    writeFileSync(join(home, '.aws/config'), `[profile my-profile]\n${keys}`);
    writeFileSync(join(clone, '.env'), blockWith('AWS_PROFILE'));
    const said = await started('npm run dev', clone);
    rmSync(join(clone, '.env'));
    rmSync(join(home, '.aws'), { recursive: true });
    expect(said).toContain('AWS eu-central-1, profile my-profile, table ReleaseFragments');
  },
  'release-matrix table create': async () => {
    await table.drop();
    expect(await inPackage('release-matrix table create')).toMatchObject({ code: 0 });
  },
  'npm run dev -- --shared-machine': () => started('npm run dev -- --shared-machine', clone, /paste this code/),
  'release-matrix publish --release v1.4.0 --type backend --component auth-service \\\n  --image "ghcr.io/acme/auth-service@sha256:…" --owner identity':
    async () => {
      const command = blockWith('release-matrix publish');
      expect(await inPackage(command)).toMatchObject({ code: 0, said: expect.stringContaining('auth-service') });
      // The same again, and other content, as README says.
      const again = await inPackage(command);
      expect(again).toMatchObject({ code: 0, said: expect.stringContaining('already published') });
      expect(await inPackage(command.replace('identity', 'others'))).toMatchObject({
        code: 4,
        said: expect.stringContaining('conflict'),
      });
      expect(await table.items()).toMatchObject([{ version: 'v1.4.0', owner: 'identity' }]);
    },
  'release-matrix check v1.4.0': async () => {
    const { code, said } = await inPackage('release-matrix check v1.4.0');
    // One component of which nobody says what belongs to the release: it cannot be told.
    expect([code, said]).toEqual([3, expect.stringMatching(/^UNKNOWN {2}v1\.4\.0 /)]);
  },
  'uses: acme/release-matrix/action@<commit>': async () => {
    const [step] = z
      .array(z.strictObject({ uses: z.string(), with: z.record(z.string(), z.string()) }))
      .parse(parse(blockWith('uses:')));
    const folder = /^acme\/release-matrix\/(\w+)@/.exec(step?.uses ?? '')?.[1] ?? '';
    // tests/ci runs the action; here: that it is there, and has these inputs.
    expect(Object.keys(readAction(join(clone, folder, 'action.yml')).inputs)).toEqual(
      expect.arrayContaining(Object.keys(step?.with ?? {})),
    );
  },
  'npm run release-matrix -- check v1.4.0 --from docs/examples/estate.ndjson': async () => {
    const { code, said } = await shell(
      'npm run release-matrix -- check v1.4.0 --from docs/examples/estate.ndjson',
      clone,
    );
    expect([code, said]).toEqual([1, expect.stringMatching(/^FAIL[\s\S]* missing backend#payment-service/m)]);
  },
  // To its end in tests/devserver/story.test.ts.
  'npm run story': () => started('npm run story', clone, /^1\. /m),
  'npm run demo -- --data tests/fixtures/flux-releases.json': async () => {
    const said = await started('npm run demo -- --data tests/fixtures/flux-releases.json', clone);
    expect(said).toContain('flux');
  },
  // What runs this test; and what needs a Java.
  'npm ci && npm test': async () => expect(scripts()).toHaveProperty('test'),
  'npm run test:dynamodb-local': async () => expect(scripts()).toHaveProperty('test:dynamodb-local'),
};

function scripts(): unknown {
  return JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8')).scripts;
}

/** The commands of README in its order: each block of a shell or of YAML, and each command within a sentence. */
function commandsOf(markdown: string): readonly string[] {
  const blocks = [...markdown.matchAll(/^```(sh|yaml)\n([\s\S]*?)\n```$|`((?:npm|npx|release-matrix) [^`]+)`/gm)];
  return blocks.map(([, language, block = '', inline]) =>
    language === 'yaml' ? (/uses: .*/.exec(block)?.[0] ?? block) : (inline ?? block),
  );
}

function blockWith(words: string): string {
  return (
    /^```\w+\n([\s\S]*?)\n```$/.exec(
      README.match(/^```\w+\n[\s\S]*?\n```$/gm)?.find((one) => one.includes(words)) ?? '',
    )?.[1] ?? ''
  );
}

test('every command of README is known here, in its order', () => {
  expect(commandsOf(README)).toEqual(Object.keys(TRIED));
});

test.each(Object.entries(TRIED))('%s', async (_, tried) => void (await tried()));
