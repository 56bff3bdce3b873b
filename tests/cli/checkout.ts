import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliContext } from '../../src/cli/context/cli-context.ts';

/** A repository made by the real git, for what a run asks of a checkout. */
export interface Checkout {
  /** Runs git there; dates of what it commits are `at`. */
  readonly git: (words: readonly string[], at?: string) => string;
  /** Answers as the command line's own door to git does. */
  readonly door: CliContext['git'];
  readonly remove: () => void;
  readonly folder: string;
}

export function emptyCheckout(): Checkout {
  const cwd = mkdtempSync(join(tmpdir(), 'release-matrix-checkout-'));
  const git: Checkout['git'] = (words, at = '2026-11-20T10:00:00Z') =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@a.example', ...words], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH, GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at, GIT_CONFIG_GLOBAL: '/dev/null' },
    }).trim();
  git(['init', '--quiet']);
  return {
    git,
    door: async (words) => {
      try {
        return git(words);
      } catch {
        return null;
      }
    },
    remove: () => rmSync(cwd, { recursive: true }),
    folder: cwd,
  };
}

/** A checkout whose first commit is tagged, and which has gone on since. */
export function checkoutAfter(tag: string): Checkout & { readonly tagged: string } {
  const checkout = emptyCheckout();
  checkout.git(['commit', '--quiet', '--allow-empty', '--message', 'change'], '2026-09-01T10:00:00Z');
  const tagged = checkout.git(['rev-parse', 'HEAD']);
  checkout.git(['tag', tag]);
  checkout.git(['commit', '--quiet', '--allow-empty', '--message', 'change'], '2026-11-20T10:00:00Z');
  return { ...checkout, tagged };
}
