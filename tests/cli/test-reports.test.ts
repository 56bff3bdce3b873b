import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readJunit } from '../../src/cli/evidence/junit.ts';
import { readTestReports } from '../../src/cli/evidence/test-reports.ts';
import { MAX_TEST_REPORT_BYTES } from '../../src/limits/limits.ts';

const REPORTS = fileURLToPath(new URL('../fixtures/junit/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(path: string, text: string | Buffer): string {
  const at = join(folder, path);
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, text);
  return at;
}

const of = (tests: number, failures: number, errors: number, skipped: number) => ({ tests, failures, errors, skipped });
const PASSED = '<testsuite><testcase name="a"/></testsuite>';

test.each([
  // By `vitest run --reporter=junit`: of two files, one cannot be loaded.
  ['vitest', 'fail', of(4, 2, 0, 1)],
  // By `pytest --junitxml`: an error in a fixture is one.
  ['pytest', 'fail', of(4, 1, 1, 1)],
  // A package that cannot be built has a test case for it, and counts itself as of no test.
  ['gotestsum', 'fail', of(4, 2, 0, 1)],
  // What passed at the second try has passed; what it printed is not a report.
  ['surefire', 'fail', of(4, 0, 1, 1)],
  // A file that could not be loaded has no test case, and is an error that the suite tells of alone.
  ['jest-junit', 'fail', of(2, 0, 1, 0)],
])('the report of %s', (name, result, counts) => {
  expect(readTestReports([`${REPORTS}${name}.xml`])).toEqual({ result, counts, files: 1 });
});

test('all of them together count what each does', () => {
  expect(readTestReports([`${REPORTS}*.xml`, `${REPORTS}vitest.xml`])).toEqual({
    result: 'fail',
    counts: of(18, 5, 3, 4),
    files: 5,
  });
});

test.each([
  [
    'nested suites count each case once',
    '<testsuites tests="2"><testsuite tests="2"><testsuite tests="1"><testcase/></testsuite><testcase/></testsuite></testsuites>',
    of(2, 0, 0, 0),
  ],
  [
    'a failure of a nested suite is told once',
    '<testsuites failures="1"><testsuite failures="1"><testsuite failures="1" tests="1"><testcase><failure/></testcase></testsuite></testsuite></testsuites>',
    of(1, 1, 0, 0),
  ],
  [
    'a case that failed twice counts once',
    '<testsuite><testcase><failure/><failure/><error/></testcase></testsuite>',
    of(1, 1, 0, 0),
  ],
  [
    'what is deeper than a case is none of its results',
    '<testsuite><testcase><properties><failure/></properties></testcase></testsuite>',
    of(1, 0, 0, 0),
  ],
  [
    'a suite that tells only numbers',
    '<testsuites><testsuite tests="5" failures="2" skipped="1"/></testsuites>',
    of(5, 2, 0, 1),
  ],
  ['a mark at the beginning', '\ufeff<testsuite><testcase/></testsuite>', of(1, 0, 0, 0)],
  [
    'the five entities of XML',
    '<testsuite name="&lt;&gt;&amp;&quot;&apos;&#x41;"><testcase/></testsuite>',
    of(1, 0, 0, 0),
  ],
])('%s', (_, text, counts) => {
  expect(readJunit(text)).toEqual(counts);
});

test('UTF-16 is told by its mark', () => {
  const utf16 = Buffer.from(`\ufeff${PASSED}`, 'utf16le');
  expect(readTestReports([file('utf16.xml', utf16)]).counts.tests).toBe(1);
});

const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${PASSED}`;
test.each([
  ['is empty', '', /is empty\.$/],
  ['is white space', ' \n', /is not well-formed XML: /],
  ['is not XML', 'tests: 5', /is not well-formed XML: /],
  ['is JSON', '{"tests": 5}', /is not well-formed XML: /],
  ['is HTML', '<html><body/></html>', /is not a test report: expected <testsuites> or <testsuite>, received <html>/],
  ['ends within', '<testsuite><testcase/><testcase', /is not well-formed XML: /],
  [
    'lacks its end',
    '<testsuites><testsuite><testcase/></testsuite>',
    /is not well-formed XML: .*unclosed tag: testsuites/,
  ],
  ['goes on', `${PASSED}${PASSED}`, /is not well-formed XML: /],
  ['has entities of its own', LAUGHS, /has a document type/],
  ['names an outer entity', `<!DOCTYPE x SYSTEM "file:///etc/passwd">${PASSED}`, /has a document type/],
  [
    'uses an entity that is none',
    '<testsuite name="&b;"><testcase/></testsuite>',
    /is not well-formed XML: .*undefined entity/,
  ],
  [
    'counts in words',
    '<testsuite tests="many"><testcase/></testsuite>',
    /<testsuite> says tests="many", expected a number/,
  ],
  [
    'counts less than nothing',
    '<testsuite failures="-1"><testcase/></testsuite>',
    /says failures="-1", expected a number/,
  ],
  ['holds no test', '<testsuites/>', /holds no tests, so it proves nothing/],
  ['skipped all', '<testsuite><testcase><skipped/></testcase></testsuite>', /held 1 tests, all of them skipped/],
])('a report that %s says nothing', (name, text, reason) => {
  expect(() => readTestReports([file(`bad/${name}.xml`, text)])).toThrow(reason);
});

test('a bad report among good ones spoils them all', () => {
  file('some/good.xml', PASSED);
  file('some/bad.xml', '<testsuite>');
  expect(() => readTestReports([join(folder, 'some/*.xml')])).toThrow(/bad\.xml is not well-formed XML/);
});

test('reports of more bytes than are read are refused before they are', () => {
  const half = `<testsuite>${' '.repeat(MAX_TEST_REPORT_BYTES / 2)}<testcase/></testsuite>`;
  file('big/a.xml', half);
  file('big/b.xml', half);
  expect(() => readTestReports([join(folder, 'big/*.xml')])).toThrow(/b\.xml is one too many: .* more than 50 MiB\.$/);
});

describe('files', () => {
  const names = ['a/one.xml', 'a/b/two.xml', 'a/b/c/three.xml', 'a/node_modules/x/four.xml', 'a/five.txt', 'a/[6].xml'];
  for (const name of names) file(`files/${name}`, PASSED);
  symlinkSync(join(folder, 'files/a'), join(folder, 'files/a/b/again'));
  test.each([
    ['files/a/*.xml', 2],
    ['files/a/**/*.xml', 4],
    ['files/**', 5],
    ['files/**/b/**/*.xml', 2],
    ['files/a/?.xml', 0],
    ['files/a/o?e.xml', 1],
    ['files/a/[6].xml', 1],
    ['files/a/node_modules/**/*.xml', 1],
    ['files/*/b/two.xml', 1],
  ])('%s', (pattern, count) => {
    const read = () => readTestReports([join(folder, pattern)]).files;
    if (count === 0) expect(read).toThrow(/matches no file in /);
    else expect(read()).toBe(count);
  });
  test('what is named and not there, or a folder, is said', () => {
    expect(() => readTestReports([join(folder, 'gone.xml')])).toThrow(/gone\.xml is not there/);
    expect(() => readTestReports([join(folder, 'gone/**/*.xml')])).toThrow(/matches no file in /);
    expect(() => readTestReports([join(folder, 'files')])).toThrow(/files is not a file: expected one, or a glob/);
  });
});
