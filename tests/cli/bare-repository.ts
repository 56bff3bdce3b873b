import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A repository without a checkout, made by the real git, and the newest commit in it. */
export interface BareRepository {
  readonly path: string;
  commit: string;
}

export function git(words: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@a.example', ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null' },
  }).trim();
}

/** @param repo `acme/web`: it lies in `acme/web.git` below the root */
export function bareRepository(root: string, repo: string): BareRepository {
  const path = join(root, `${repo}.git`);
  git(['init', '--bare', '--quiet', path]);
  const tree = git(['--git-dir', path, 'mktree']);
  const commit = git(['--git-dir', path, 'commit-tree', tree, '-m', `the first of ${repo}`]);
  git(['--git-dir', path, 'update-ref', 'refs/heads/main', commit]);
  return { path, commit };
}

/** Goes on by a commit. */
export function commitNext(repository: BareRepository, message: string): void {
  const { path, commit } = repository;
  const tree = git(['--git-dir', path, 'mktree']);
  repository.commit = git(['--git-dir', path, 'commit-tree', tree, '-p', commit, '-m', message]);
}

/**
 * Gives a repository a pipeline: it runs at once when a tag comes, before the push of the tag ends.
 *
 * @param lines of a shell that knows the `tag`, its commit as `new`, and as `minor` what follows `v1.`
 */
export function runsOnTag({ path }: BareRepository, lines: readonly string[]): void {
  executable(join(path, 'hooks', 'reference-transaction'), [
    'set -eu',
    '[ "$1" = committed ] || exit 0',
    'while read -r old new ref; do',
    '  case $ref in refs/tags/*) ;; *) continue ;; esac',
    String.raw`  tag=$(expr "$ref" : 'refs/tags/\(.*\)')`,
    String.raw`  minor=$(expr "$tag" : 'v1\.\(.*\)' || :)`,
    ...lines.map((line) => `  ${line}`),
    'done',
  ]);
}

/** `v1.4.0 <commit>`, of each tag. */
export function tagsOf(path: string): string[] {
  return git(['--git-dir', path, 'for-each-ref', '--format', '%(refname:strip=2) %(objectname)', 'refs/tags'])
    .split('\n')
    .filter(Boolean);
}

export function executable(path: string, lines: readonly string[]): void {
  writeFileSync(path, `${['#!/bin/sh', ...lines].join('\n')}\n`);
  chmodSync(path, 0o755);
}

/**
 * Runs a script by the shell.
 *
 * @param bin a folder of programs that it finds before all others
 */
export function shell(script: string, { cwd, bin }: { readonly cwd: string; readonly bin: string }) {
  const child = spawn('sh', [], { cwd, env: { PATH: `${bin}:${process.env.PATH}` } });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      said[stream] += text;
    });
  }
  child.stdin.end(script);
  return new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((end) =>
    child.on('close', (exitCode) => end({ exitCode, ...said })),
  );
}
