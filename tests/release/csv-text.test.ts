import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { csvDocument, csvText } from '../../src/release/text/csv-text.ts';

describe('a value as CSV', () => {
  test.each([
    ['1.4.0', '"1.4.0"'],
    ['', '""'],
    ['say "hi"', '"say ""hi"""'],
    ['a,b;c', '"a,b;c"'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t'=1"`],
    ['\r=1', `"'\r'=1"`],
    ['\n=1', `"'\n'=1"`],
    ['\tplain', `"'\tplain"`],
    ['\0=1', `"'\0=1"`],
    ['＝1', `"'＝1"`],
    ['＋1', `"'＋1"`],
    ['－1', `"'－1"`],
    ['＠SUM', `"'＠SUM"`],
    ['   =1', `"'   =1"`],
    ['"=1', '"""=1"'],
    ['a=1', '"a=1"'],
    // A spreadsheet that parts at another sign sees more cells, and no quotes around them.
    ['a;=1+1;b', `"a;'=1+1;b"`],
    ['a;=1;-2', `"a;'=1;'-2"`],
    ['a,+1', `"a,'+1"`],
    ['a\t@SUM(A1)', `"a\t'@SUM(A1)"`],
    ['a|-1', `"a|'-1"`],
    ['a; =1', `"a; '=1"`],
    ['a;"=1"', `"a;""'=1"""`],
    ["a;'=1", `"a;'=1"`],
    ['two\n=1', `"two\n'=1"`],
    [';=1', `";'=1"`],
    [';;＝1', `";;'＝1"`],
    ['a; b, c', '"a; b, c"'],
    ['a;b-c', '"a;b-c"'],
    ['1.4.0-rc.1, 1.4.0+7', '"1.4.0-rc.1, 1.4.0+7"'],
    ['=HYPERLINK("https://evil.example","x")', `"'=HYPERLINK(""https://evil.example"",""x"")"`],
  ])('%j', (value, written) => {
    expect(csvText([[value, 'next']])).toBe(`${written},"next"\r\n`);
  });
});

test('a reader of CSV finds each value in its place, with no more than apostrophes in it', () => {
  const text = fc.string({
    unit: fc.constantFrom('"', "'", ',', ';', '\t', '\r', '\n', ' ', '=', '-', '@', '＝', 'a', '1'),
  });
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }));
  fc.assert(
    fc.property(table, (rows) => {
      const { data, errors } = Papa.parse<string[]>(csvText(rows), { delimiter: ',', newline: '\r\n' });
      const bare = (read: readonly (readonly string[])[]) =>
        read.map((row) => row.map((value) => value.replaceAll("'", '')));
      expect(errors).toEqual([]);
      expect(bare(data)).toEqual(bare([...rows, ['']]));
    }),
  );
});

test('a document holds nothing that a terminal or a log acts on, and says what must be known of it in its last row', () => {
  const rows = [['release'], ['a\u001b[2J\n::x ##vso[y]\u202e']];
  const written = '"release"\r\n"a⟨U+001B⟩[2J⟨U+000A⟩::x ##vso⟨U+005B⟩y]⟨U+202E⟩"\r\n';
  expect(csvDocument(rows)).toBe(written);
  expect(csvDocument(rows, 'The filters hide 1 release.')).toBe(`${written}"# The filters hide 1 release."\r\n`);
});
