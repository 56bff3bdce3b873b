import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/context/cli-context.ts';
import { type ChangesOf, changesReader, DEFAULT_TICKET_PATTERN } from '../../src/cli/publish/changes-git.ts';
import { type ListedCommit, readListedCommit } from '../../src/release/item/change-list.ts';
import { SHOWN_IN_LINE } from '../../src/release/text/hidden-characters.ts';
import { type Checkout, emptyCheckout } from './checkout.ts';

let checkout: Checkout;
const folders: string[] = [];
beforeEach(() => {
  checkout = emptyCheckout();
});
afterEach(() => {
  checkout.remove();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** @returns its SHA */
function commit(...message: string[]): string {
  checkout.git(['commit', '--quiet', '--allow-empty', ...message.flatMap((part) => ['--message', part])]);
  return checkout.git(['rev-parse', 'HEAD']);
}
const tag = (name: string) => checkout.git(['tag', name]);

function read(of: Partial<ChangesOf> & Pick<ChangesOf, 'tag'>, git = checkout.door, tagPattern: string | null = null) {
  const terms = { tagPattern, scheme: 'semver', tickets: new RegExp(DEFAULT_TICKET_PATTERN, 'u') } as const;
  return changesReader(
    git,
    terms,
  )({ component: 'orders', ...of, commit: of.commit ?? checkout.git(['rev-parse', 'HEAD']) });
}

/** Subjects and references, newest first. */
async function listed(of: Partial<ChangesOf> & Pick<ChangesOf, 'tag'>, tagPattern: string | null = null) {
  const { changes, notice } = await read(of, checkout.door, tagPattern);
  const commits = changes?.commits.map((line) => readListedCommit(line)) ?? [];
  const told = (one: ListedCommit | null) => one && [one.subject, ...one.refs].join(' | ');
  return { since: changes?.since ?? null, commits: commits.map(told), notice };
}

describe('since the last tag of the same component', () => {
  test('a repository of one component: the highest lower tag that is in the history', async () => {
    commit('one');
    tag('v1.3.0');
    commit('two');
    tag('v1.4.0-rc.1');
    const base = checkout.git(['rev-parse', 'HEAD']);
    // Of another line, and not in the history.
    checkout.git(['checkout', '--quiet', '-b', 'hotfix', 'v1.3.0']);
    commit('patch');
    tag('v1.3.9');
    tag('v1.4.0-rc.1.hotfix');
    checkout.git(['checkout', '--quiet', '-']);
    const [three, four] = [commit('three'), commit('four')];
    tag('v1.4.0-rc.2');
    const { changes, notice } = await read({ tag: 'v1.4.0-rc.2' });
    expect(changes).toEqual({ commits: [`${four} four`, `${three} three`], since: 'v1.4.0-rc.1', base });
    expect(notice).toBeNull();
  });

  test('the stable release at the commit of its candidate brings nothing new', async () => {
    commit('one');
    tag('v1.4.0-rc.2');
    tag('v1.4.0');
    expect(await listed({ tag: 'v1.4.0' })).toEqual({ since: 'v1.4.0-rc.2', commits: [], notice: null });
    // A higher tag in the history is none before it.
    expect(await listed({ tag: 'v1.4.0-rc.2' })).toEqual({ since: null, commits: ['one'], notice: null });
  });

  test.each<[form: string, tags: [string, string, string], component: string, pattern?: string]>([
    ['{component}/v{version}', ['orders/v1.2.0', 'web/v1.3.0', 'orders/v1.3.0'], 'orders'],
    ['@scope/{component}@{version}', ['@acme/ui@1.2.0', '@acme/web@1.3.0', '@acme/ui@1.3.0'], '@acme/ui'],
    ['{component}-v{version}', ['orders-v1.2.0', 'v1.3.0', 'orders-v1.3.0'], 'orders'],
    ['a pattern', ['rel_orders_1.2.0', 'rel_web_1.2.9', 'rel_orders_1.3.0'], 'orders', 'rel_{component}_{version}'],
  ])('a monorepo with tags of the form %s', async (_, [before, other, now], component, pattern) => {
    commit('one');
    tag(before);
    commit('two');
    tag(other);
    commit('three');
    tag(now);
    const expected = { since: before, commits: ['three', 'two'], notice: null };
    expect(await listed({ tag: now, component }, pattern ?? null)).toEqual(expected);
  });

  test('an annotated tag, and a name that an option might have', async () => {
    commit('one');
    checkout.git(['tag', '--annotate', '--message', 'x', 'v1.0.0']);
    commit('two');
    checkout.git(['update-ref', 'refs/tags/--upload-pack=touch_x@1.1.0', 'HEAD']);
    commit('three');
    expect(await listed({ tag: 'v1.1.0' })).toEqual({ since: 'v1.0.0', commits: ['three', 'two'], notice: null });
  });

  test('without a tag of its own: by the component’s name, else by the tags that name none', async () => {
    commit('one');
    tag('v1.0.0');
    commit('two');
    tag('orders@1.1.0');
    commit('three');
    expect(await listed({ tag: null })).toMatchObject({ since: 'orders@1.1.0', commits: ['three'] });
    expect(await listed({ tag: null, component: 'web' })).toMatchObject({ since: 'v1.0.0', commits: ['three', 'two'] });
  });

  test('there is none: all commits from the first on', async () => {
    commit('one');
    commit('two');
    expect(await listed({ tag: 'v1.0.0' })).toEqual({ since: null, commits: ['two', 'one'], notice: null });
  });

  test('of too many the newest, and how many are left out', async () => {
    const stream = Array.from(
      { length: 305 },
      (_, at) => `commit refs/heads/many\ncommitter a <a@a> ${1_790_000_000 + at} +0000\ndata <<E\nc${at}\nE\n`,
    ).join('\n');
    execFileSync('git', ['fast-import', '--quiet'], { cwd: checkout.folder, input: stream });
    const { changes } = await read({ tag: 'v1.0.0', commit: checkout.git(['rev-parse', 'many']) });
    expect([changes?.commits.length, changes?.cut, changes?.since]).toEqual([300, 5, undefined]);
    expect(changes?.commits[0]).toMatch(/ c304$/);
  });
});

describe('what a commit refers to', () => {
  test.each([
    ['a squash of GitHub', ['fix: total (#123)'], 'fix: total (#123) | #123'],
    ['a merge request that was squashed', ['fix: total (!45)'], 'fix: total (!45) | !45'],
    ['Bitbucket', ['Merged in fix (pull request #12)'], 'Merged in fix (pull request #12) | #12'],
    ['Azure DevOps', ['Merged PR 77: Fix total'], 'Merged PR 77: Fix total | #77'],
    [
      'tickets of subject and body, each once',
      ['PAY-812 total', 'Refs PAY-812, SHOP-7'],
      'PAY-812 total | PAY-812 | SHOP-7',
    ],
    ['names of norms are no tickets', ['UTF-8, SHA-256 and CVE-2024-1'], 'UTF-8, SHA-256 and CVE-2024-1'],
    ['a number that is no request', ['fix #123'], 'fix #123'],
  ])('%s', async (_, message, expected) => {
    commit(...message);
    expect((await listed({ tag: null })).commits).toEqual([expected]);
  });

  test('a merge has the title of what was merged, and what it brings is of its request', async () => {
    commit('base');
    tag('v1.0.0');
    checkout.git(['checkout', '--quiet', '-b', 'feature']);
    commit('wip');
    checkout.git(['checkout', '--quiet', '-b', 'nested']);
    commit('deeper');
    checkout.git(['checkout', '--quiet', 'feature']);
    const merge = (from: string, subject: string, body: string) =>
      checkout.git(['merge', '--quiet', '--no-ff', '--message', subject, '--message', body, from]);
    merge('nested', "Merge branch 'nested' into 'feature'", 'Deeper title\n\nSee merge request acme/x!9');
    checkout.git(['checkout', '--quiet', '-']);
    checkout.git(['checkout', '--quiet', 'v1.0.0']);
    commit('direct');
    merge('feature', 'Merge pull request #12 from acme/PAY-9-x', 'Charge once');
    const { commits } = await listed({ tag: 'v1.1.0' });
    expect(new Set(commits)).toEqual(
      new Set(['Charge once | #12 | PAY-9', 'Deeper title | !9', 'deeper | !9', 'wip | #12', 'direct']),
    );
  });

  test('hostile messages are one line that can be seen, and no longer than it may be', async () => {
    const rtl = '\u202egpj.exe';
    commit(`::error::x\u001b[31m ${rtl}\u200b\u0007`, 'PAY-1');
    commit('x'.repeat(5000), `${'A'.repeat(16)}-${'1'.repeat(9)} `.repeat(500));
    commit('tab\tPAY-3 <script>');
    const { changes } = await read({ tag: null });
    const commits = changes?.commits ?? [];
    expect(commits.map((line) => line.length <= 65 + 200 + 500)).toEqual([true, true, true]);
    expect(commits.filter((line) => new RegExp(SHOWN_IN_LINE, 'u').test(line.replace('\t', '')))).toEqual([]);
    expect(commits.map((line) => readListedCommit(line)?.subject.slice(0, 40))).toEqual([
      'tab PAY-3 <script>',
      'x'.repeat(40),
      '::error::x[31m gpj.exe',
    ]);
    expect(readListedCommit(commits[0] ?? '')?.refs).toEqual(['PAY-3']);
  });
});

describe('what is not known', () => {
  function cloned(...words: string[]): CliContext['git'] {
    const folder = mkdtempSync(join(tmpdir(), 'release-matrix-clone-'));
    folders.push(folder);
    execFileSync('git', ['clone', '--quiet', ...words, `file://${checkout.folder}`, folder], { stdio: 'ignore' });
    return async (asked) => {
      try {
        const said = execFileSync('git', asked, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
        return said.trim();
      } catch {
        return null;
      }
    };
  }

  beforeEach(() => {
    for (const subject of ['one', 'two', 'three', 'four']) {
      commit(subject);
      if (subject === 'two') tag('v1.0.0');
    }
  });

  test('a shallow checkout says so, in the item and in words', async () => {
    const { changes, notice } = await read({ tag: 'v1.1.0' }, cloned('--depth', '1', '--no-tags'));
    expect(changes).toEqual({ commits: [expect.stringMatching(/ four$/)], shallow: true });
    expect(notice).toMatch(/^the checkout is shallow, so that older changes are not known; .*fetch-depth: 0/);
  });

  test('a shallow checkout that reaches the tag before is whole as far as that goes', async () => {
    const { changes, notice } = await read({ tag: 'v1.1.0' }, cloned('--depth', '3'));
    expect(changes).toMatchObject({ since: 'v1.0.0', commits: [{}, {}] });
    expect([changes?.shallow, notice]).toEqual([undefined, null]);
  });

  test('a bare repository is as good as any', async () => {
    const { changes } = await read({ tag: 'v1.1.0' }, cloned('--bare'));
    expect(changes).toMatchObject({ since: 'v1.0.0', commits: [expect.stringMatching(/four$/), expect.anything()] });
  });

  test.each<[what: string, of: Partial<ChangesOf>, notice: string]>([
    ['a commit', { commit: 'f'.repeat(40) }, `changes are not listed, as the checkout does not have ${'f'.repeat(40)}`],
    ['what is not a commit', { commit: '--all' }, 'changes are not listed, as the checkout does not have --all'],
  ])('%s that is not there', async (_, of, notice) => {
    expect(await read({ tag: 'v1.1.0', ...of })).toEqual({ changes: null, notice });
  });

  test('a tag that cannot be read has no tag before it', async () => {
    const { changes, notice } = await read({ tag: 'nightly' });
    expect([changes, notice]).toEqual([
      null,
      expect.stringMatching(/^changes are not listed, as the tag nightly is not a tag of the form /),
    ]);
  });

  test('no checkout: nothing is said', async () => {
    expect(await read({ tag: 'v1.1.0' }, async () => null)).toEqual({ changes: null, notice: null });
  });
});
