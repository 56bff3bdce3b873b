import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bareRepository, commitNext, executable, git, runsOnTag, shell as shellIn, tagsOf } from './bare-repository.ts';
import { builtProgram } from './built-program.ts';
import { releaseMatrix } from './command.ts';
import { ownTable } from './running-table.ts';

let folder = '';
let program: ReturnType<typeof builtProgram>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-plan-'));
  program = builtProgram();
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
  program.remove();
});

/** Runs a script by the shell, in the folder of the tests. */
const shell = (script: string, bin: string) => shellIn(script, { cwd: folder, bin });

/** What a repository holds: the type and name of a component, its own version, and further options of its pipeline. */
const ESTATE = [
  { repo: 'acme/tf', parts: [['infra', 'tf-network']] },
  {
    repo: 'acme/schemas',
    parts: [
      ['kafka', 'user.created', '--evolution-policy', 'BACKWARD', '--producers', 'writer', '--consumers', 'reader'],
    ],
  },
  { repo: 'acme/writer', parts: [['backend', 'writer']] },
  { repo: 'acme/reader', parts: [['backend', 'reader']] },
  {
    repo: 'acme/web',
    parts: [
      ['frontend', 'shell'],
      ['frontend', 'checkout'],
    ],
  },
  // Tagged by its own version.
  { repo: 'acme/ui', own: 'ui@', parts: [['frontend', 'ui']] },
] as const;

test('a plan that is carried out by the shell, in real repositories whose pipelines publish, is empty afterwards', async () => {
  const table = await ownTable();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  executable(join(bin, 'release-matrix'), [`exec '${process.execPath}' '${program.file}' "$@"`]);

  const repositories = ESTATE.map(({ repo, parts, ...more }) => {
    const own = 'own' in more ? more.own : null;
    const made = bareRepository(folder, repo);
    // What a pipeline does when a tag comes: it publishes each component, under the release that the tag is for.
    const publishes = parts.map(
      ([type, name, ...options]) =>
        `release-matrix publish --release "$release" --type ${type} --component ${name} --repo ${repo} --commit "$new" --tag "$tag" --date 2026-11-19T10:00:00Z ${own === null ? '' : '--version "$version"'} ${type === 'kafka' ? '--schema-version "2.$minor"' : ''} ${options.join(' ')} --table ${table.table} --endpoint ${table.origin} >&2`,
    );
    runsOnTag(made, [
      'release=$tag version=0',
      ...(own === null
        ? []
        : [
            String.raw`version=$(expr "$tag" : '.*@\(.*\)')`,
            'case $version in 2.2.0) release=v1.3.0 ;; *-*) release=v1.4.0-rc.2 ;; *) release=v1.4.0 ;; esac',
          ]),
      ...publishes,
    ]);
    return { repo, own, ...made };
  });
  const tagAll = async (release: string, version: string) => {
    const lines = repositories.map(
      ({ path, own, commit }) =>
        `git --git-dir '${path}' tag '${own === null ? release : `${own}${version}`}' ${commit}`,
    );
    expect(await shell(lines.join('\n'), bin)).toMatchObject({ exitCode: 0 });
  };
  await tagAll('v1.3.0', '2.2.0');
  // Each goes on by a commit before the candidate.
  for (const repository of repositories) commitNext(repository, 'next');
  await tagAll('v1.4.0-rc.2', '2.3.0-rc.1');

  const rehearsal = await releaseMatrix(['check', 'v1.4.0-rc.2', '--as', 'stable', ...table.words]);
  const plan = (...more: string[]) => releaseMatrix(['plan', 'v1.4.0-rc.2', '--to', 'stable', ...table.words, ...more]);
  const { stdout: script, exitCode } = await plan(
    '--format',
    'sh',
    '--wait',
    '1m',
    '--command',
    `git --git-dir '${folder}'/{repo}.git tag {tag} {commit}`,
  );
  expect([rehearsal.exitCode, exitCode]).toEqual([0, 0]);
  const ran = await shell(script, bin);
  expect(ran).toMatchObject({ exitCode: 0 });

  // Each wave was told that what it tagged is there, before the next began.
  expect(ran.stdout.match(/^(?:PASS|asked for: ).*/gm)).toEqual([
    'PASS  v1.4.0 (stable)',
    'asked for: 1 of 1',
    'PASS  v1.4.0 (stable)',
    'asked for: 1 of 1',
    'PASS  v1.4.0 (stable)',
    'asked for: 1 of 1',
    'PASS  v1.4.0 (stable)',
    'asked for: 1 of 1',
    'PASS  v1.4.0 (stable)',
    'asked for: 3 of 3',
  ]);
  for (const { path, own, commit } of repositories) {
    expect(tagsOf(path)).toContain(`${own === null ? 'v1.4.0' : `${own}2.3.0`} ${commit}`);
  }
  const after = await plan();
  expect([after.exitCode, after.stdout.split('\n')[0]]).toEqual([0, 'v1.4.0-rc.2 → v1.4.0: nothing left, 6 done']);
  // What was rehearsed is what came: the same verdict, the same findings.
  const judged = await releaseMatrix(['check', 'v1.4.0', ...table.words]);
  const lines = (stdout: string) => stdout.replace(/^(\w+) .*\n|^\d+ fragments.*\n/gm, '$1\n');
  expect([judged.exitCode, lines(judged.stdout)]).toEqual([rehearsal.exitCode, lines(rehearsal.stdout)]);
  // Run again, the script has nothing to do.
  const again = await shell((await plan('--format', 'sh')).stdout, bin);
  expect(again).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  await table.close();
}, 120_000);

test('nothing that somebody published runs, whatever it holds', async () => {
  const hostile = [
    '$(touch ran)',
    '`touch ran`',
    "';touch ran;'",
    '";touch ran;"',
    '&&touch$IFS.ran',
    '\ntouch ran\n',
    '-rf',
    '--help',
    '|touch ran',
    '#',
    '>ran',
    '*',
    '⁦',
    'a b',
    '~',
    '!x',
    '{tag}',
  ];
  const bin = join(folder, 'quiet-bin');
  mkdirSync(bin);
  executable(join(bin, 'release-matrix'), ['exit 0']);
  const root = mkdtempSync(join(folder, 'repos-'));
  const { path, commit } = bareRepository(root, 'acme/x');
  // Names that are odd, and harmless behind a folder.
  for (const odd of ['-rf', '--help']) cpSync(path, join(root, 'acme', `${odd}.git`), { recursive: true });
  const items = hostile.flatMap((text, at) => {
    const of = (what: string, attributes: object) => ({
      version: 'v1.4.0-rc.2',
      'component#name': `backend#${what}${at}${text}`,
      repo: 'acme/x',
      commit,
      ...attributes,
    });
    return [
      of('tag', { meta: { tag: `${text}v1.4.0-rc.2` } }),
      of('folder', { meta: { tag: `x${at}/${text}/v1.4.0-rc.2` } }),
      of('repo', { repo: `acme/${text}` }),
      of('owner', { repo: `${text}/x` }),
      of('commit', { commit: text }),
      of('long', { commit: `${commit}${text}` }),
      // And what runs, for the way back.
      {
        version: 'v1.3.0',
        'component#name': `k8s#prod-deployment/${text}w${at}`,
        imageRef: 'ghcr.io/acme/x:1.3.0',
        meta: { namespace: text },
      },
      {
        version: 'v1.4.0',
        'component#name': `k8s#prod-deployment/${text}w${at}`,
        imageRef: 'ghcr.io/acme/x:1.4.0',
        meta: { namespace: text },
        date: '2026-11-01',
      },
    ];
  });
  const from = join(folder, 'hostile.json');
  writeFileSync(from, JSON.stringify(items));
  const commands = [
    `git --git-dir '${root}'/{repo}.git tag {tag} {commit}`,
    // However careless the command is.
    `sh -c "git --git-dir '${root}/{repo}.git' tag {tag} {commit}"`,
    `eval git --git-dir '${root}/{repo}.git' tag -f {tag} {commit}`,
  ];
  for (const command of commands) {
    const words = [
      'plan',
      'v1.4.0-rc.2',
      '--to',
      'stable',
      '--force',
      '--from',
      from,
      '--format',
      'sh',
      '--command',
      command,
    ];
    const { exitCode, stdout } = await releaseMatrix(words);
    expect(exitCode).toBe(0);
    for (const name of readdirSync(join(root, 'acme'))) {
      const dir = join(root, 'acme', name);
      for (const tag of tagsOf(dir)) git(['--git-dir', dir, 'update-ref', '-d', `refs/tags/${tag.split(' ')[0]}`]);
    }
    expect(await shell(stdout, bin)).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('fatal') });
    // Those whose tag is a plain word, and no other.
    const names = (repo: string) => tagsOf(join(root, 'acme', repo)).map((tag) => tag.split(' ')[0]);
    expect([names('x.git'), names('-rf.git'), names('--help.git')]).toEqual([
      ['x6/-rf/v1.4.0', 'x7/--help/v1.4.0'],
      ['v1.4.0'],
      ['v1.4.0'],
    ]);
  }
  const back = ['plan', 'v1.3.0', '--environment', 'prod', '--from', from, '--format', 'sh'];
  const { stdout } = await releaseMatrix([...back, '--command', 'sh -c "echo {name} {namespace} {image}"']);
  expect(await shell(stdout, bin)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(readdirSync(folder)).not.toContain('ran');
  // What a script may not hold is told in it.
  const { status } = spawnSync('sh', ['-n'], { input: stdout });
  expect(status).toBe(0);
  // A key of two lines names no environment.
  expect(stdout.match(/^# By hand/gm)?.length).toBe(hostile.length - 1);
}, 60_000);
