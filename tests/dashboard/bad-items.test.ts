// @vitest-environment node

import { expect, test } from 'vitest';
import { printable } from '../../src/cli/context/printable.ts';
import { clippedCode, textWithin } from '../../src/cli/reports/slack-text.ts';
import { whyPlain } from '../../src/dashboard/elements/markdown-caps.ts';
import { readMarkdown } from '../../src/dashboard/elements/markdown-tree.ts';
import { readLink } from '../../src/dashboard/elements/safe-link.ts';
import { visibleText } from '../../src/dashboard/elements/visible-text.ts';
import { MAX_SLACK_SECTION_CHARACTERS } from '../../src/limits/limits.ts';
import { shownText } from '../../src/release/text/hidden-characters.ts';
import { onScreen } from './wire-to-screen.ts';

const HEALTHY = ['first', 'last'].map((name) => wireItem('v1.0.0', `backend#${name}`, '"commit":{"S":"9f3c2ab"}'));

/** One item of the wire; the attributes are JSON text, as only text can hold what is odd. */
function wireItem(release: string, component: string, attributes = ''): string {
  const keys = `"version":{"S":${JSON.stringify(release)}},"component#name":{"S":${JSON.stringify(component)}}`;
  return `{${keys}${attributes === '' ? '' : `,${attributes}`}}`;
}

const odd = (attributes: string, component = 'backend#odd') => [wireItem('v1.0.0', component, attributes)];
const text = (name: string, value: string) => `${JSON.stringify(name)}:{"S":${JSON.stringify(value)}}`;

/** What is looked at of the odd items: as fragments, or with the reason why they are none. */
interface Seen {
  readonly fragments?: readonly object[];
  readonly rejected?: readonly string[];
  /** What a cell says, by `release component`. */
  readonly cells?: Readonly<Record<string, string>>;
}

const number = (stored: string, shown: unknown): [string[], Seen] => [
  odd(`"buildNumber":{"N":"${stored}"}`),
  { fragments: [{ item: { buildNumber: shown } }] },
];
const unreadable = (attribute: string, reason: string): [string[], Seen] => [
  odd(`"x":${attribute}`),
  { fragments: [{ item: { x: { $unreadable: expect.stringContaining(reason) } } }] },
];
const dated = (attribute: string, date: string | undefined): [string[], Seen] => [
  odd(`"date":${attribute}`),
  { fragments: [date === undefined ? { fields: {}, faults: [{ attribute: 'date' }] } : { fields: { date } }] },
];
const fault = (attribute: string, received: string): [string[], Seen] => [
  odd(`"componentVersion":${attribute}`),
  { fragments: [{ ownVersion: '1.0.0', faults: [{ attribute: 'componentVersion', expected: 'text', received }] }] },
];
const nested = (levels: number) => odd(`"d":${'{"L":['.repeat(levels)}{"S":"x"}${']}'.repeat(levels)}`);

const DIGITS_38 = '12345678901234567890123456789012345678';

test.each<[string, [string[], Seen]]>([
  ['I1: a whole number beyond 2^53', number('9007199254740993', '9007199254740993')],
  ['I2: one with a fraction', number('9007199254740993.5', '9007199254740993.5')],
  ['I3: 38 digits', number(DIGITS_38, DIGITS_38)],
  ['I3: 126 digits', number('1e125', '1e125')],
  [
    'I4: a fraction of 37 digits',
    number('0.1234567890123456789012345678901234567', '0.1234567890123456789012345678901234567'),
  ],
  ['I5: a tiny number', number('1e-130', 1e-130)],
  ['I5: minus zero', number('-0', 0)],
  ['I5: a trailing zero', number('1.50', 1.5)],
  ...['', 'NaN', 'Infinity', '0x10', ' 12 ', '1_000'].map((stored): [string, [string[], Seen]] => [
    `I6: the number “${stored}”`,
    unreadable(`{"N":"${stored}"}`, 'N is not a decimal number'),
  ]),
  ['I7: a time in seconds', dated('{"N":"1790000000"}', '2026-09-21T14:13:20.000Z')],
  ['I7: a time in milliseconds', dated('{"N":"1790000000000"}', '2026-09-21T14:13:20.000Z')],
  ['I7: a time in microseconds', dated('{"N":"1790000000000000"}', undefined)],
  ['I7: a time of 0 is not 1970', dated('{"N":"0"}', undefined)],
  ['I7: a time before 1970', dated('{"N":"-1"}', undefined)],
  ['I7: the year 9999', dated('{"S":"9999-12-31T23:59:59Z"}', '9999-12-31T23:59:59.000Z')],
  ['I8: a time in an hour', dated('{"S":"2026-11-22T13:00:00Z"}', '2026-11-22T13:00:00.000Z')],
  ['I8: a time in ten years', dated('{"S":"2036-11-22T12:00:00Z"}', '2036-11-22T12:00:00.000Z')],
  ['I9: a version stored as the number 1.10', fault('{"N":"1.1"}', '1.1')],
  [
    'I9: a release stored as a number',
    [
      ['{"version":{"N":"1.1"},"component#name":{"S":"backend#odd"}}'],
      {
        rejected: [
          '“version” must hold the release as text; received 1.1. Publish it as text: a number loses its trailing zeros.',
        ],
      },
    ],
  ],
  [
    'I10: a version that is null',
    [odd('"componentVersion":{"NULL":true}'), { cells: { 'v1.0.0 backend#odd': '1.0.0' } }],
  ],
  ['I10: a version that is empty', [odd('"componentVersion":{"S":""}'), { cells: { 'v1.0.0 backend#odd': '1.0.0' } }]],
  ['I10: a version that is true', fault('{"BOOL":true}', 'true')],
  ['I10: a version that is a list', fault('{"L":[{"S":"1"}]}', '["1"]')],
  ['I10: a version that is a map', fault('{"M":{}}', '{}')],
  ['I10: a version that is binary', fault('{"B":"AAE="}', '{"$binary":"AAE="}')],
  ['I10: a version that is a set', fault('{"SS":["b","a"]}', '["a","b"]')],
  [
    'I10: a version of 400 characters',
    [odd(text('componentVersion', '1'.repeat(400))), { fragments: [{ ownVersion: '1'.repeat(400) }] }],
  ],
  [
    'I11: no RANGE key',
    [
      ['{"version":{"S":"v1.0.0"}}'],
      { rejected: ['“component#name” must hold <type>#<name> as text; it is not there.'] },
    ],
  ],
  [
    'I11: no HASH key',
    [
      ['{"component#name":{"S":"backend#odd"}}'],
      { rejected: ['“version” must hold the release as text; it is not there.'] },
    ],
  ],
  [
    'I11: keys without their parts',
    [
      ['no-hash', '#x', 'x#', '#'].map((key) => wireItem('v1.0.0', key)),
      {
        rejected: [
          '“component#name” has no name after the #: received "x#".',
          '“component#name” has no type before the #: received "#".',
          '“component#name” has no type before the #: received "#x".',
          '“component#name” holds no #: expected <type>#<name>, received "no-hash".',
        ],
      },
    ],
  ],
  [
    'I12: names that differ in case, a blank, or composition',
    [
      ['Odd', 'odd ', 'od\u00e9', 'ode\u0301'].map((name) => wireItem('v1.0.0', `backend#${name}`)),
      { fragments: [{ name: 'Odd' }, { name: 'odd ' }, { name: 'od\u00e9' }, { name: 'ode\u0301' }] },
    ],
  ],
  [
    'I13: names of the prototype',
    [
      odd(
        ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
          .map((name) => `"${name}":{"M":{"__proto__":{"S":"x"}}}`)
          .join(),
        'backend#__proto__',
      ),
      { fragments: [{ name: '__proto__' }], cells: { 'v1.0.0 backend#__proto__': '1.0.0' } },
    ],
  ],
  ['I14: an unknown type', unreadable('{"Q":"x"}', 'unknown type')],
  ['I14: two types', unreadable('{"S":"x","N":"1"}', 'more than one type')],
  ['I14: no type', unreadable('{}', 'no type')],
  ['I15: the text "false" as a boolean', unreadable('{"BOOL":"false"}', 'BOOL is not true or false')],
  ['I15: a null that is none', unreadable('{"NULL":false}', 'NULL is not true')],
  ['I16: binary', [odd('"x":{"B":"AAE="}'), { fragments: [{ item: { x: { $binary: 'AAE=' } } }] }]],
  ['I16: what is no base64', unreadable('{"B":"%%%"}', 'B is not base64')],
  ['I16: a set of binary', [odd('"x":{"BS":["AAE="]}'), { fragments: [{ item: { x: [{ $binary: 'AAE=' }] } }] }]],
  [
    'I17: sets have an order',
    [odd('"x":{"SS":["b","a"]},"y":{"NS":["10","9"]}'), { fragments: [{ item: { x: ['a', 'b'], y: [9, 10] } }] }],
  ],
  ['I18: 32 levels', [nested(32), { fragments: [{ name: 'odd' }] }]],
  ['I18: 20,000 levels', [nested(20_000), { fragments: [{ name: 'odd' }] }]],
  ['I19: 399 KB', [odd(text('changelog', 'x'.repeat(399_000))), { cells: { 'v1.0.0 backend#odd': '1.0.0' } }]],
  ['I19: a name of 64 KB', [odd(text('n'.repeat(65_536), 'x')), { cells: { 'v1.0.0 backend#odd': '1.0.0' } }]],
  [
    'I19: 10,000 attributes',
    [
      odd(Array.from({ length: 10_000 }, (_, at) => text(`a${at}`, 'x')).join()),
      { cells: { 'v1.0.0 backend#odd': '1.0.0' } },
    ],
  ],
  [
    'I22: a changelog that is a list',
    [
      odd('"changelog":{"L":[{"S":"fixed"}]}'),
      { fragments: [{ fields: { changelog: '[\n  "fixed"\n]' }, faults: [{ attribute: 'changelog' }] }] },
    ],
  ],
  [
    'I22: a changelog that is a number',
    [odd('"changelog":{"N":"7"}'), { fragments: [{ fields: { changelog: '7' } }] }],
  ],
  ['I22: a changelog that is null', [odd('"changelog":{"NULL":true}'), { fragments: [{ fields: {}, faults: [] }] }]],
  [
    'I29: HTML in names',
    [
      [wireItem('<b>v1</b>', 'backend#<img src=x onerror=alert(1)>', text('owner', '<script>'))],
      {
        cells: { '<b>v1</b> backend#<img src=x onerror=alert(1)>': '<b>v1</b>' },
        fragments: [{ fields: { owner: '<script>' } }],
      },
    ],
  ],
  [
    'I30: spellings of an environment',
    [
      ['production', 'PROD', ' prod '].map((name, at) =>
        wireItem('v1.0.0', `k8s#job-${at}`, text('environment', name)),
      ),
      { fragments: [{ environments: ['prod'] }, { environments: ['prod'] }, { environments: ['prod'] }] },
    ],
  ],
  [
    'I30: 200 unknown environments',
    [
      Array.from({ length: 200 }, (_, at) => wireItem('v1.0.0', `k8s#env${at}-deployment/odd`)),
      { fragments: Array.from({ length: 200 }, (_, at) => ({ environments: [`env${at}`], component: 'k8s#odd' })) },
    ],
  ],
  [
    'I31: a readiness that is none',
    [
      odd(`${text('replicas', 'many')},${text('readyReplicas', 'READY')}`, 'k8s#prod-deployment/odd'),
      { fragments: [{ fields: {}, faults: [{ received: '"many"' }, { received: '"READY"' }] }] },
    ],
  ],
  [
    'I32: commits that are none',
    [
      ['main', 'xyz', '9f3c2ab', 'a'.repeat(64)].map((sha, at) =>
        wireItem('v1.0.0', `backend#odd${at}`, text('commit', sha)),
      ),
      { fragments: ['main', 'xyz', '9f3c2ab', 'a'.repeat(64)].map((commit) => ({ fields: { commit } })) },
    ],
  ],
  [
    'I34: counts that are none',
    [
      odd(
        '"replicas":{"N":"-1"},"readyReplicas":{"N":"1000000000000000000"},"generation":{"S":"5m"}',
        'k8s#prod-deployment/odd',
      ),
      {
        fragments: [
          { fields: {}, faults: [{ received: '-1' }, { received: '"1000000000000000000"' }, { received: '"5m"' }] },
        ],
      },
    ],
  ],
  [
    'I36: two entries of one workload and environment: both are there',
    [
      [
        wireItem(
          'v1.0.0',
          'k8s#prod-deployment/odd',
          `${text('imageRef', 'odd:2')},${text('date', '2026-11-22T11:00:00Z')}`,
        ),
        wireItem(
          'v1.0.0',
          'k8s#production-deployment/odd',
          `${text('imageRef', 'odd:1')},${text('date', '2026-11-22T10:00:00Z')}`,
        ),
      ],
      { fragments: [{ ownVersion: '2' }, { ownVersion: '1' }] },
    ],
  ],
  [
    'I37: a schema version of 99 is the component’s own, and shown',
    [odd(text('schemaVersion', '99'), 'kafka#odd'), { cells: { 'v1.0.0 kafka#odd': '99' } }],
  ],
  [
    'I37: a schema version as a number is named',
    [
      odd('"schemaVersion":{"N":"1"}', 'kafka#odd'),
      { fragments: [{ faults: [{ attribute: 'schemaVersion', received: '1' }] }] },
    ],
  ],
  [
    'I38: an item whose life is over is shown as long as the table returns it',
    [odd('"ttl":{"N":"1000000000"},"expires":{"N":"1000000000"}'), { cells: { 'v1.0.0 backend#odd': '1.0.0' } }],
  ],
  [
    'F39: attributes that the page does not know are kept',
    [
      odd('"formatVersion":{"N":"99"},"novelty":{"M":{"deep":{"L":[{"BOOL":true}]}}}'),
      {
        fragments: [{ item: { formatVersion: 99, novelty: { deep: [true] } } }],
        cells: { 'v1.0.0 backend#odd': '1.0.0' },
      },
    ],
  ],
])('%s', (_, [items, seen]) => {
  const [first = '', last = ''] = HEALTHY;
  const screen = onScreen([first, ...items, last]);
  // No healthy row is lost, and none that is odd is hidden.
  for (const name of ['first', 'last']) expect(screen.cells.get(`v1.0.0 backend#${name}`)).toBe('1.0.0');
  expect(screen.fragments.length + screen.rejected.length).toBe(items.length + 2);
  const isOdd = ({ key }: { readonly key: string }) => !/^backend#(first|last)$/.test(key);
  if (seen.fragments) expect(screen.fragments.filter(isOdd)).toMatchObject(seen.fragments);
  expect(screen.rejected.map(({ reason }) => reason).sort()).toEqual(seen.rejected ?? []);
  for (const [cell, words] of Object.entries(seen.cells ?? {}))
    expect([cell, screen.cells.get(cell)]).toEqual([cell, words]);
});

test('F29: of a thousand items one is bad: it is named, and the others are there', () => {
  const items = Array.from({ length: 1000 }, (_, at) =>
    at === 500 ? '{"version":{"S":"v1.0.0"},"component#name":null}' : wireItem('v1.0.0', `backend#c${at}`),
  );
  const { cells, rejected } = onScreen(items);
  expect([cells.size, rejected.length]).toEqual([999, 1]);
  expect(rejected[0]).toMatchObject({
    release: 'v1.0.0',
    key: null,
    reason: expect.stringContaining('component#name'),
  });
});

test('F23: publishers’ clocks differ by a minute: nothing is lost, and no release is judged by it', () => {
  const at = (seconds: number) => text('date', new Date(Date.UTC(2026, 10, 22, 11, 0, seconds)).toISOString());
  const items = Array.from({ length: 40 }, (_, number) =>
    wireItem('v1.0.0', `backend#c${number}`, at((number * 37) % 60)),
  );
  const shuffled = items.toReversed();
  const { report, cells } = onScreen(items);
  expect(cells.size).toBe(40);
  expect(report.rows[0]?.findings.filter(({ code }) => code === 'future-date')).toEqual([]);
  expect(onScreen(shuffled).report).toEqual(report);
});

const DANGEROUS = /^"?[=+\-@\t\r＝＋－＠]/;

test.each(['=HYPERLINK("https://evil.example")', '@SUM(A1)', '\t=1', '＝1', '+1', '-1', '  =1'])(
  'I39: %j in a file is text to a spreadsheet',
  (value) => {
    const { files } = onScreen([wireItem(value, `backend#${value}`, text('componentVersion', value))]);
    const csv = files.filter((_, at) => at % 3 === 0);
    const cells = csv.flatMap((file) => file.split(/","|\r\n"?/));
    expect(cells.filter((cell) => DANGEROUS.test(cell.trim()))).toEqual([]);
    // What begins with blanks begins with a mark that shows them.
    const shown = shownText(value);
    expect(csv.join()).toContain(`"${shown === value ? "'" : ''}${shown.replaceAll('"', '""')}`);
  },
);

test.each(['<!channel>', '<@U1>', '<https://evil.example|github.com>', '&lt;', '`*_~', `${'x'.repeat(50_000)}<!here>`])(
  'I40: %j is no command to Slack',
  (value) => {
    for (const written of [textWithin(value, MAX_SLACK_SECTION_CHARACTERS), clippedCode(value, 200)]) {
      expect(written).not.toMatch(/<|&(?!amp;|lt;|gt;)/);
      expect(written.length).toBeLessThanOrEqual(MAX_SLACK_SECTION_CHARACTERS);
    }
  },
);

test.each([
  ['a turn of direction', 'a\u202eb'],
  ['an isolate', '\u2066a'],
  ['zero width', 'a\u200bb'],
  ['NUL', 'a\u0000b'],
  ['half of a character', 'a\ud800'],
  ['a megabyte of emoji', '🚀'.repeat(262_144)],
])('I28: %s in every text is seen, and crashes nothing', (_, value) => {
  const { cells, files, fragments } = onScreen([
    wireItem(value, `backend#${value}`, `${text('changelog', value)},${text('owner', value)}`),
    ...HEALTHY,
  ]);
  expect([cells.size, fragments.length]).toEqual([3, 3]);
  for (const file of files) expect(new TextEncoder().encode(file).length).toBeGreaterThan(0);
  const { pieces, cut } = visibleText(value, 200, 'name');
  expect(cut > 0 || pieces.some((piece) => 'mark' in piece)).toBe(true);
  expect(printable(value.slice(0, 100))).not.toMatch(/[\p{Cc}\u202e\u2066\u200b]|[\ud800-\udbff](?![\udc00-\udfff])/u);
  expect(() => clippedCode(value, 200)).not.toThrow();
});

test.each([
  ['I20: 5,000 quotation marks', '>'.repeat(5_000)],
  ['I21: 632 lists within each other', Array.from({ length: 632 }, (_, at) => `${' '.repeat(at)}- x`).join('\n')],
  ['I21: 64 KB of open links', '[a](b'.repeat(13_000)],
])('%s: stays plain text, which costs no parser its time', (_, changelog) => {
  // What the caps let through is parsed, and judged by what has come of it.
  expect(whyPlain(changelog) ?? readMarkdown(changelog)).toEqual(expect.any(String));
  expect(onScreen([...HEALTHY, ...odd(text('changelog', changelog))]).cells.size).toBe(3);
});

test.each([
  ['I24', ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'vscode://x', 'ms-word:x']],
  [
    'I25',
    ['//evil.example', '\\\\evil.example', 'https://github.com@evil.example', `https://e.example/${'a'.repeat(9_000)}`],
  ],
  ['I26', ['/__release-matrix/credentials', '#x', '?x']],
])('%s: is text, and no link', (_, addresses) => {
  for (const address of addresses)
    expect([address, readLink(address)]).toEqual([address, { refused: expect.any(String) }]);
});

test('I33: a run at another host is a link that names its host', () => {
  expect(readLink('https://ci.evil.example/run/1')).toEqual({
    href: 'https://ci.evil.example/run/1',
    host: 'ci.evil.example',
  });
});
