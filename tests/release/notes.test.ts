import { describe, expect, test } from 'vitest';
import { notesOf } from '../../src/release/history/notes.ts';
import { notesDocument } from '../../src/release/history/notes-document.ts';
import { notesAsMarkdown } from '../../src/release/history/notes-words.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import { NOW } from './checks/said.ts';
import { item, policyOf } from './items.ts';

const sha = (of: string) => of.repeat(40).slice(0, 40);

function readingOf(items: readonly Item[], tag: string, since: string | null = null, document?: unknown) {
  const policy = policyOf(document);
  const input = { ...readItems(items, DOCUMENTED_KEYS, policy.environments), readAt: NOW };
  const { report, survey } = makeReport(null, input, policy);
  return notesOf(report, survey.estate, policy, tag, since);
}

function notes(...asked: Parameters<typeof readingOf>) {
  const reading = readingOf(...asked);
  if (!('notes' in reading)) throw new Error(`there is no ${reading.unknown}`);
  expect(notesDocument.parse(reading.notes)).toEqual(reading.notes);
  return reading.notes;
}

/** A fragment at a commit that lists others since a base: `orders` of acme/orders. */
const at = (
  release: string,
  name: string,
  commit: string,
  base: string | null,
  listed: readonly string[],
  more: Item = {},
) =>
  item(release, `backend#${name}`, {
    repo: `acme/${name}`,
    owner: `team-${name}`,
    commit: sha(commit),
    changes: { commits: listed, ...(base === null ? {} : { since: 'x', base: sha(base) }) },
    ...more,
  });

const ITEMS = [
  at('v1.3.0', 'orders', 'a', null, [`${sha('a')} feat: first`]),
  at('v1.4.0-rc.1', 'orders', 'c', 'a', [
    `${sha('c')} feat(cart)!: pay by invoice (#7)\t#7 PAY-812`,
    `${sha('1')} wip\t#7`,
    `${sha('b')} fix: total\t`,
  ]),
  at('v1.4.0-rc.2', 'orders', 'd', 'c', [`${sha('d')} Merge branch 'main'`, `${sha('2')} docs: say how`]),
  at('v1.4.0', 'orders', 'd', 'd', []),
  at('v1.3.0', 'web', '8', null, [`${sha('8')} first`]),
  at('v1.4.0-rc.1', 'web', '9', '8', [`${sha('9')} Fix: the header`, `${sha('3')} Revert "x"`]),
  at('v1.4.0', 'web', '9', '9', []),
];

const told = ({ changes }: ReturnType<typeof notes>) =>
  changes.map(({ kind, scope, title, refs, components, commits }) =>
    [kind, scope ?? '-', title, refs.join(' '), components.join(), commits.map((one) => one.slice(0, 1)).join('')].join(
      ' | ',
    ),
  );

describe('what a release brings', () => {
  test('over all candidates of its line and all repositories, each once, by kind and owner', () => {
    const found = notes(ITEMS, 'v1.4.0');
    expect([found.release, found.since, found.merges, found.unknown]).toEqual(['v1.4.0', 'v1.3.0', 1, []]);
    expect(told(found)).toEqual([
      'breaking | cart | pay by invoice | #7 PAY-812 | backend#orders | c1',
      'fix | - | total |  | backend#orders | b',
      'fix | - | the header |  | backend#web | 9',
      'revert | - | Revert "x" |  | backend#web | 3',
      'other | - | say how |  | backend#orders | 2',
    ]);
    expect(found.changes[0]).toMatchObject({
      repo: 'acme/orders',
      owners: ['team-orders'],
      link: `https://github.com/acme/orders/commit/${sha('c')}`,
    });
  });

  test('since the candidate before, or any other', () => {
    expect(notes(ITEMS, 'v1.4.0-rc.2', 'prev')).toMatchObject({
      since: 'v1.4.0-rc.1',
      changes: [{ title: 'say how' }],
    });
    expect(notes(ITEMS, 'v1.4.0-rc.2').since).toBe('v1.3.0');
    // The candidate has no web: what it had last counts.
    expect(notes(ITEMS, 'v1.4.0', 'v1.4.0-rc.2').changes).toEqual([]);
  });

  test('the first release: all that is listed', () => {
    expect(notes(ITEMS, 'v1.3.0')).toMatchObject({
      since: null,
      changes: [{ title: 'first' }, { title: 'first' }],
      unknown: [],
    });
  });

  test('a commit that several components of a repository bring is one change', () => {
    const mono = (name: string) => at('v1.4.0', name, 'b', 'a', [`${sha('b')} fix: both`], { repo: 'acme/mono' });
    const found = notes([mono('orders'), mono('web')], 'v1.4.0');
    expect(found.changes).toMatchObject([
      { title: 'both', components: ['backend#orders', 'backend#web'], owners: ['team-orders', 'team-web'] },
    ]);
  });

  test('one number of two repositories is two changes', () => {
    const items = ['orders', 'web'].map((name) => at('v1.4.0', name, 'b', null, [`${sha('b')} fix: ${name} (#7)`]));
    expect(notes(items, 'v1.4.0').changes.map(({ title }) => title)).toEqual(['orders', 'web']);
  });

  test('what is carried over brings nothing; what is not known is named', () => {
    const policy = { roster: [{ component: 'backend#web', expectation: 'carried' }, { component: '*' }] };
    const items = [
      ...['orders', 'web', 'lost', 'cut', 'new', 'silent'].map((name) => at('v1.3.0', name, 'a', null, [])),
      at('v1.4.0', 'orders', 'a', 'a', []),
      item('v1.4.0', 'backend#lost', { commit: sha('b') }),
      at('v1.4.0', 'cut', 'b', 'a', [`${sha('b')} x`], {
        changes: { commits: [`${sha('b')} x`], since: 'x', base: sha('a'), cut: 1 },
      }),
      at('v1.4.0', 'new', 'c', 'b', [`${sha('c')} y`]),
      item('v1.4.0', 'backend#silent'),
    ];
    const found = notes(items, 'v1.4.0', null, policy);
    expect(found.changes.map(({ title }) => title)).toEqual(['x', 'y']);
    expect(found.unknown).toEqual([
      { component: 'backend#cut', why: 'not all changes are listed' },
      { component: 'backend#lost', why: 'no changes are listed' },
      { component: 'backend#new', why: 'not all changes are listed' },
      { component: 'backend#silent', why: 'its fragment says no commit' },
    ]);
  });

  test.each([
    ['v9.9.9', null],
    ['v1.4.0', 'v9.9.9'],
  ])('%s since %s: nobody knows it', (tag, since) => {
    expect(readingOf(ITEMS, tag, since)).toEqual({ unknown: 'v9.9.9' });
  });
});

test('as Markdown', () => {
  expect(notesAsMarkdown(notes(ITEMS, 'v1.4.0')).split('\n')).toEqual([
    '## `v1.4.0`',
    '',
    '5 changes since `v1.3.0`, in 2 components of 2 repositories.',
    '',
    '### Breaking changes',
    '',
    '`team-orders`',
    '',
    `- \`cart\`: pay by invoice (\`#7\`, \`PAY-812\`, [ccccccc](https://github.com/acme/orders/commit/${sha('c')}) (\`github.com\`); \`backend#orders\`)`,
    '',
    '### Fixes',
    '',
    '`team-orders`',
    '',
    expect.stringMatching(/^- total \(\[bbbbbbb\]/),
    '',
    '`team-web`',
    '',
    expect.stringMatching(/^- the header \(/),
    '',
    '### Reverts',
    '',
    '`team-web`',
    '',
    expect.stringMatching(/^- Revert `"x"` \(/),
    '',
    '### Other changes',
    '',
    '`team-orders`',
    '',
    expect.stringMatching(/^- say how \(/),
    '',
    `<sub>1 merge of branches left out; read ${NOW}</sub>`,
    '',
  ]);
  expect(notesAsMarkdown(notes(ITEMS, 'v1.4.0', 'v1.4.0'))).toContain('No change since `v1.4.0` is listed.');
});

test.each([
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '@team',
  '![x](https://evil.example/x.png)',
  '`x` **y**',
  '\u202egpj',
  '::error::x',
])('a subject %j does nothing', (text) => {
  const items = [
    at('v1.4.0', 'orders', 'b', null, [`${sha('b')} feat(${text}): ${text} (#1)`, `${sha('c')} ${text}\t${text}`]),
  ];
  const markdown = notesAsMarkdown(notes(items, 'v1.4.0'));
  const rest = markdown
    .replace(/(`+).*?\1(?!`)/g, '')
    .replaceAll(/\[\w{7}\]\(https:\/\/github\.com\/[\w./]+\)/g, '')
    .replaceAll(/<\/?sub>/g, '');
  expect(rest).not.toMatch(/[<>@[\]!*\u202e]|^\s*::/m);
});
