import { describe, expect, test } from 'vitest';
import { csvText } from '../../src/release/csv-text.ts';

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
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['\n=1', `"'\n=1"`],
    ['\tplain', `"'\tplain"`],
    ['\0=1', `"'\0=1"`],
    ['＝1', `"'＝1"`],
    ['＋1', `"'＋1"`],
    ['－1', `"'－1"`],
    ['＠SUM', `"'＠SUM"`],
    ['   =1', `"'   =1"`],
    ['"=1', '"""=1"'],
    ['a=1', '"a=1"'],
    ['=HYPERLINK("https://evil.example","x")', `"'=HYPERLINK(""https://evil.example"",""x"")"`],
  ])('%j', (value, written) => {
    expect(csvText([[value, 'next']])).toBe(`${written},"next"\r\n`);
  });
});
