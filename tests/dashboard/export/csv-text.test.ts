import { describe, expect, test } from 'vitest';
import { csvText } from '../../../src/dashboard/export/csv-text.ts';
import { fileNamePart } from '../../../src/dashboard/export/save-file.ts';

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

test.each([
  ['v1.4.0-rc.1', 'v1.4.0-rc.1'],
  ['v1.4.0-rc.1+build', 'v1.4.0-rc.1+build'],
  ['@prod', 'prod'],
  ['../../etc/passwd', 'etc-passwd'],
  ['\u202egnp.exe', 'gnp.exe'],
  ['***', 'unnamed'],
  ['x'.repeat(100), 'x'.repeat(60)],
])('a file is never called by what somebody else wrote as it is: %j', (text, part) => {
  expect(fileNamePart(text)).toBe(part);
});
