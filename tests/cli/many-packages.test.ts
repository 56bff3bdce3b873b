import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { releaseMatrix } from './command.ts';

/** Outputs of many packages: which of them are published, of what type each is, and how long they may be. */

const PACKAGES = ['@acme/ui-core', '@acme/ui-kit', '@acme/api', 'webshop'].map((name) => ({ name, version: '1.0.0' }));

async function publish(...words: string[]) {
  const packages = JSON.stringify(PACKAGES);
  const from = ['publish', '--dry-run', '--from', 'changesets', '--json', packages, '--release', 'v1.4.0'];
  const made = ['--commit', 'abcdef1', '--date', '2026-11-19T12:00:00Z'];
  const said = await releaseMatrix([...from, ...made, ...words]);
  const lines = said.stdout.split('\n').filter((line) => line !== '');
  return {
    exitCode: said.exitCode,
    keys: lines.map((line) => JSON.parse(line)['component#name']),
    stderr: said.stderr,
  };
}

test('the components that --only names', async () => {
  expect(await publish('--type', 'frontend', '--only', '@acme/ui-*', '--only', 'webshop')).toEqual({
    exitCode: 0,
    keys: ['frontend#@acme/ui-core', 'frontend#@acme/ui-kit', 'frontend#webshop'],
    stderr: 'Left out by --only: @acme/api.\n',
  });
});

test('one that is left may be given its version', async () => {
  const { exitCode, keys } = await publish('--type', 'frontend', '--only', 'webshop', '--version', '1.0.0');
  expect([exitCode, keys]).toEqual([0, ['frontend#webshop']]);
});

test('a type for each: the first that matches, before --type', async () => {
  const types = ['--type-of', '@acme/ui-*=frontend', '--type-of', '@acme/*=backend'];
  expect(await publish('--type', 'library', ...types)).toEqual({
    exitCode: 0,
    keys: ['frontend#@acme/ui-core', 'frontend#@acme/ui-kit', 'backend#@acme/api', 'library#webshop'],
    stderr: '',
  });
  const without = await publish(...types);
  expect([without.exitCode, without.stderr]).toEqual([2, 'changesets: webshop: type is missing: name it by --type\n']);
});

test('a glob that matches nothing is said', async () => {
  expect(await publish('--type', 'frontend', '--only', 'nothing*', '--type-of', 'no*=backend')).toEqual({
    exitCode: 0,
    keys: [],
    stderr: [
      '--only nothing* matches no component.\n',
      '--type-of no* matches no component.\n',
      'Left out by --only: @acme/ui-core, @acme/ui-kit, @acme/api, webshop.\n',
    ].join(''),
  });
});

test.each([
  [['--from', 'npm', '--only', 'a', '--component', 'b'], /--only, .* or --component, .*not both/],
  [['--from', 'npm', '--type-of', 'frontend'], /--type-of: expected <glob>=<type>, .*received "frontend"/],
  [['--from', 'npm', '--type-of', '=frontend'], /--type-of: expected <glob>=<type>/],
  ...['--only', '--type-of', '--name-of-root', '--container', '--environment-map'].map((option): [string[], RegExp] => [
    [option, 'a=b'],
    new RegExp(`^${option} needs --from\\.`),
  ]),
])('%s is refused', async (words, stderr) => {
  const json = words.includes('--from') ? ['--json', '[{"name":"a","version":"1.0.0"}]'] : [];
  const said = await releaseMatrix(['publish', '--release', 'v1.4.0', '--type', 'frontend', ...words, ...json]);
  expect([said.exitCode, said.stdout]).toEqual([2, '']);
  expect(said.stderr).toMatch(stderr);
});

test('an output that is too long for one argument of Linux goes by a file', async () => {
  const paths = Array.from({ length: 120 }, (_, index) => `packages/thing${index}`);
  const body = '* something was done ([abc](https://github.com/acme/x/commit/abc))\n'.repeat(20);
  const outputs = paths.map((path) => ({
    [`${path}--tag_name`]: `${path.split('/')[1]}-v1.2.0`,
    [`${path}--version`]: '1.2.0',
    [`${path}--sha`]: '0123456789abcdef0123456789abcdef01234567',
    [`${path}--body`]: body,
  }));
  const whole = { releases_created: 'true', paths_released: JSON.stringify(paths) };
  const text = JSON.stringify(Object.assign(whole, ...outputs));
  expect(text.length).toBeGreaterThan(131_072);
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-long-'));
  writeFileSync(join(folder, 'outputs.json'), text);
  const words = ['publish', '--dry-run', '--from', 'release-please', '--release', 'v1.4.0', '--type', 'backend'];
  const said = await releaseMatrix([...words, '--path', join(folder, 'outputs.json')]);
  rmSync(folder, { recursive: true });
  expect([said.exitCode, said.stdout.match(/^\{/gm)?.length]).toEqual([0, 120]);
  expect(said.stderr).toBe(
    'release-please: packages/thing0, release-please: packages/thing1, release-please: packages/thing2 and 117 more: no date is known, as there is no CI, and no checkout of what was built. Give it by --date.\n',
  );
});

test('helm: several namespaces as environments, and others left out', async () => {
  const release = (namespace: string) => ({
    ...{ name: 'auth', namespace, revision: '3', status: 'deployed', chart: 'auth-1.4.0', app_version: '1.4.0' },
    updated: '2026-11-19 10:11:12.5 +0100 CET',
  });
  const said = await releaseMatrix([
    ...['publish', '--dry-run', '--from', 'helm', '--release', 'v1.4.0', '--environment-from', 'namespace'],
    ...[
      '--environment-map',
      'shop-prod=prod',
      '--json',
      JSON.stringify([release('shop-prod'), release('kube-system')]),
    ],
  ]);
  expect([said.exitCode, JSON.parse(said.stdout)]).toMatchObject([0, { environment: 'prod', chartVersion: '1.4.0' }]);
  expect(said.stderr).toBe(
    'Left out, as --environment-map does not name their namespaces: what runs in kube-system.\n',
  );
});
