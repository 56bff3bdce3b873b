// @vitest-environment node
import { expect, test } from 'vitest';
import { whyPlain } from '../../../src/dashboard/elements/markdown-caps.ts';
import { readMarkdown } from '../../../src/dashboard/elements/markdown-tree.ts';

// No text within the caps takes the parser long. Steps are counted, not time: what the parser looks at is characters, and
// what it copies is texts and lists. A million take about 30 ms.

const MOST_STEPS = 2_000_000;

/** Those that cost the most of 65,000 patterns of one to three of Markdown's marks, and those that others cost most. */
const COSTLY = [
  'a\n=\n',
  '> a\n\n',
  '- a\n',
  '![- :',
  '![![](',
  '![**',
  '![~~',
  '![&amp;',
  '-![<!--',
  '[a]: b\n\n"',
  '\n|-',
  '*a_ ',
  '`a``',
  '[a](b',
  '![a](b',
  '<a',
  '(https://a.b',
  ' https://a.b).',
  '| a ',
  '[^a]: b\n',
  '<!-- ',
  '\\',
  '&#x202e;',
];
const MARKS = [
  'a',
  '\n',
  '\n\n',
  ' ',
  '>',
  '- ',
  '1. ',
  '=',
  '*',
  '_',
  '~~',
  '`',
  '```\n',
  '[',
  '](',
  ')',
  '![',
  '<',
  '|',
  '|-',
];

/** So often as the caps let it pass. */
function most(repeated: (times: number) => string): string {
  let [passes, fails] = [1, 17_000];
  while (fails - passes > 1) {
    const middle = Math.floor((passes + fails) / 2);
    const text = repeated(middle);
    if (text.length <= 16_384 && whyPlain(text) === null) passes = middle;
    else fails = middle;
  }
  return repeated(passes);
}

/** Runs it with the methods counted by which a parser walks and copies. */
function stepsOf(run: () => unknown): number {
  const { charCodeAt, slice: sliceText, indexOf } = String.prototype;
  const { slice: sliceList, concat } = Array.prototype;
  let steps = 0;
  String.prototype.charCodeAt = function (...given) {
    steps += 1;
    return charCodeAt.apply(this, given);
  };
  String.prototype.slice = function (...given) {
    const part = sliceText.apply(this, given);
    steps += 1 + part.length / 64;
    return part;
  };
  String.prototype.indexOf = function (...given) {
    const at = indexOf.apply(this, given);
    steps += 1 + ((at === -1 ? this.length : at) - (given[1] ?? 0)) / 64;
    return at;
  };
  Array.prototype.slice = function (...given) {
    const part = sliceList.apply(this, given);
    steps += part.length / 8;
    return part;
  };
  Array.prototype.concat = function (...given: unknown[]) {
    const whole = concat.apply(this, given);
    steps += whole.length / 8;
    return whole;
  };
  try {
    run();
  } finally {
    Object.assign(String.prototype, { charCodeAt, slice: sliceText, indexOf });
    Object.assign(Array.prototype, { slice: sliceList, concat });
  }
  return Math.round(steps);
}

test('steps are counted, and more of them for more text', () => {
  const [one, ten] = [100, 1000].map((times) => stepsOf(() => readMarkdown('- **a** [b](c)\n'.repeat(times)))) as [
    number,
    number,
  ];
  expect(one).toBeGreaterThan(1_000);
  expect(ten).toBeGreaterThan(5 * one);
});

test('no repeated pattern within the caps takes the parser long', () => {
  const texts = new Map([
    ...[...COSTLY, ...MARKS.flatMap((one) => MARKS.map((other) => one + other))].map((pattern) => {
      return [JSON.stringify(pattern), most((times) => pattern.repeat(times))] as const;
    }),
    ...MARKS.flatMap((one) =>
      MARKS.map((other) => {
        const text = most((times) => one.repeat(times) + other.repeat(times));
        return [`${JSON.stringify(one)}, then ${JSON.stringify(other)}`, text] as const;
      }),
    ),
  ]);
  const long = [...texts].flatMap(([name, text]) => {
    const steps = stepsOf(() => readMarkdown(text));
    return steps > MOST_STEPS ? [`${name}: ${steps}`] : [];
  });
  expect(texts.size).toBeGreaterThan(700);
  expect(long).toEqual([]);
}, 120_000);
