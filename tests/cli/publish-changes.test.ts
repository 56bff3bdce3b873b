import { afterEach, beforeEach, expect, test } from 'vitest';
import { itemBytes } from '../../src/store/item-size.ts';
import { dynamoForAll } from '../store/each-dynamo.ts';
import { startDynalite } from '../store/tables.ts';
import { type Checkout, emptyCheckout } from './checkout.ts';
import { releaseMatrix } from './command.ts';
import { tableForEach } from './each-table.ts';

// The commits of a real checkout, published to a real table.

const table = tableForEach(dynamoForAll(startDynalite));
let checkout: Checkout;
beforeEach(() => {
  checkout = emptyCheckout();
});
afterEach(() => checkout.remove());

function commit(subject: string, tag?: string): string {
  checkout.git(['commit', '--quiet', '--allow-empty', '--message', subject]);
  if (tag !== undefined) checkout.git(['tag', tag]);
  return checkout.git(['rev-parse', 'HEAD']);
}

const publish = (words: readonly string[], environment: Record<string, string> = {}) =>
  releaseMatrix(['publish', '--type', 'backend', '--component', 'orders', ...words, ...table.words], environment, {
    git: checkout.door,
  });

test('a fragment says its commits; published again with others, it is published already', async () => {
  const base = commit('one', 'v1.3.0');
  const two = commit('PAY-812 two (#7)');
  const three = commit('three', 'v1.4.0');
  expect((await publish([])).stdout).toBe('published          v1.4.0  backend#orders\n');
  const [item] = await table.items();
  expect(item?.changes).toEqual({
    commits: [`${three} three`, `${two} PAY-812 two (#7)\t#7 PAY-812`],
    since: 'v1.3.0',
    base,
  });

  // Of a checkout that knows less, and by a pattern of another kind.
  checkout.git(['tag', '--delete', 'v1.3.0']);
  const again = await publish([], { RELEASE_TICKET_PATTERN: 'thr\\w+' });
  expect([again.exitCode, again.stdout]).toEqual([0, 'already published  v1.4.0  backend#orders\n']);
  expect((await table.items())[0]).toEqual(item);

  // Other content is a conflict all the same, and says nothing of the commits.
  const other = await publish(['--owner', 'x']);
  expect([other.exitCode, other.stderr.includes('owner:'), other.stderr.includes('changes')]).toEqual([4, true, false]);
  const replaced = await publish(['--owner', 'x', '--replace', '--ticket-pattern', 'thr\\w+']);
  expect([replaced.exitCode, (await table.items())[0]?.changes]).toEqual([
    0,
    expect.objectContaining({ commits: expect.arrayContaining([`${three} three\tthree`]) }),
  ]);
});

test('a shallow checkout is said on standard error; no checkout, and --without-changes, say nothing', async () => {
  commit('one');
  commit('two', 'v1.4.0');
  const deep = checkout;
  checkout = emptyCheckout();
  checkout.git(['fetch', '--quiet', '--depth', '1', `file://${deep.folder}`, 'tag', 'v1.4.0']);
  checkout.git(['checkout', '--quiet', 'v1.4.0']);
  deep.remove();
  const without = await publish(['--without-changes', '--dry-run']);
  expect([without.stderr, without.stdout.includes('changes')]).toEqual(['', false]);
  const shallow = await publish(['--dry-run']);
  expect(shallow.stderr).toBe(
    'the fragment: the checkout is shallow, so that older changes are not known; check out the whole history (fetch-depth: 0).\n',
  );
  expect(JSON.parse(shallow.stdout).changes).toEqual({ commits: [expect.stringMatching(/ two$/)], shallow: true });
});

test('commits never keep a fragment from being published: the oldest go first, and are counted', async () => {
  for (let at = 0; at < 40; at++) commit(`${at} ${'é'.repeat(190)} ${'PAY-812 SHOP-'}${at}`);
  commit('last', 'v1.4.0');
  const many = await publish(['--dry-run', '--ticket-pattern', '[^ ]*']);
  const { changes } = JSON.parse(many.stdout);
  expect(changes.commits.length).toBe(41);
  // An item that is nearly full.
  const big = JSON.stringify({
    release: 'v1.4.0',
    type: 'backend',
    component: 'orders',
    changelog: 'x'.repeat(395_000),
    changes: { commits: Array.from({ length: 300 }, (_, at) => `${'a'.repeat(40)} ${at} ${'y'.repeat(150)}`) },
  });
  const { writeFileSync } = await import('node:fs');
  writeFileSync(`${checkout.folder}/big.json`, big);
  const cut = await releaseMatrix(['publish', '--input', `${checkout.folder}/big.json`, ...table.words]);
  const [item] = await table.items();
  const kept = (item?.changes as { commits: string[]; cut: number } | undefined) ?? { commits: [], cut: 0 };
  expect([cut.exitCode, kept.commits.length + kept.cut, kept.commits[0]?.slice(41, 43)]).toEqual([0, 300, '0 ']);
  expect(kept.commits.length).toBeGreaterThan(10);
  expect(itemBytes(item ?? {})).toBeLessThanOrEqual(400 * 1024);
  expect(cut.stderr).toMatch(
    /: of its changes the newest \d+ have room; the item says that \d+ older are left out\.\n/,
  );
});

test.each([
  [['--ticket-pattern', '('], {}, '--ticket-pattern: expected a regular expression such as PAY-[0-9]+, received "("'],
  [[], { RELEASE_TICKET_PATTERN: '[' }, 'RELEASE_TICKET_PATTERN: expected a regular expression'],
])('a pattern that is none ends with 2: %j %j', async (words, environment, expected) => {
  commit('one', 'v1.4.0');
  const said = await publish(words, environment);
  expect([said.exitCode, said.stdout, await table.items()]).toEqual([2, '', []]);
  expect(said.stderr).toContain(expected);
});
