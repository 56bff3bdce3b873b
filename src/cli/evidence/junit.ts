import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { TestCounts } from '../../release/item/evidence.ts';

/** A report that cannot be read, as the end of a sentence that begins with its file. */
export class JunitFault extends Error {}

interface Suite extends Counts {
  /** What it says of itself, which may count what it has no test case for: a file that could not be loaded. */
  readonly says: Partial<TestCounts>;
}

type Counts = { -readonly [N in keyof TestCounts]: number };

const NAMES = ['tests', 'failures', 'errors', 'skipped'] as const satisfies readonly (keyof TestCounts)[];

/**
 * Counts the tests of a report in JUnit's form, as vitest, pytest, gotestsum, surefire and jest-junit write it. Each test
 * case counts once, however deep its suites are nested. Where a suite says of itself that more failed than its test
 * cases do, it is believed: some tools have no test case for what could not even be loaded.
 *
 * @throws JunitFault for what is no XML to its end, no report, or has a document type: entities are never expanded
 */
export function readJunit(text: string): TestCounts {
  const parser = new SaxesParser();
  const open: string[] = [];
  const suites: Suite[] = [{ ...none(), says: {} }];
  let testCase: { failed: boolean; error: boolean; skipped: boolean } | null = null;
  parser.on('error', (error) => {
    throw new JunitFault(`is not well-formed XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new JunitFault('has a document type (<!DOCTYPE …>), which no report needs and which is not read');
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    if (open.length === 0 && tag.name !== 'testsuites' && tag.name !== 'testsuite') {
      throw new JunitFault(
        `is not a test report: expected <testsuites> or <testsuite>, received <${tag.name.slice(0, 40)}>`,
      );
    }
    const parent = open.at(-1);
    if (tag.name === 'testsuite' || tag.name === 'testsuites') suites.push({ ...none(), says: sayingOf(tag) });
    else if (tag.name === 'testcase') testCase = { failed: false, error: false, skipped: false };
    else if (testCase !== null && parent === 'testcase') {
      if (tag.name === 'failure') testCase.failed = true;
      else if (tag.name === 'error') testCase.error = true;
      else if (tag.name === 'skipped') testCase.skipped = true;
    }
    open.push(tag.name);
  });
  parser.on('closetag', ({ name }) => {
    open.pop();
    if (name === 'testcase' && testCase !== null) {
      const suite = suites.at(-1);
      if (suite !== undefined) countCase(suite, testCase);
      testCase = null;
    } else if (name === 'testsuite' || name === 'testsuites') {
      const suite = suites.pop();
      const above = suites.at(-1);
      if (suite === undefined || above === undefined) return;
      for (const what of NAMES) above[what] += Math.max(suite[what], suite.says[what] ?? 0);
    }
  });
  parser.write(text).close();
  const { tests, failures, errors, skipped } = suites[0] ?? none();
  return { tests: Math.max(tests, failures + errors), failures, errors, skipped };
}

function none(): Counts {
  return { tests: 0, failures: 0, errors: 0, skipped: 0 };
}

function countCase(
  suite: Suite,
  { failed, error, skipped }: { failed: boolean; error: boolean; skipped: boolean },
): void {
  suite.tests += 1;
  if (failed) suite.failures += 1;
  else if (error) suite.errors += 1;
  else if (skipped) suite.skipped += 1;
}

function sayingOf({ name, attributes }: SaxesTagPlain): Partial<TestCounts> {
  const says: Partial<Counts> = {};
  for (const what of NAMES) {
    const said = Object.hasOwn(attributes, what) ? attributes[what] : undefined;
    if (said === undefined || said === '') continue;
    if (!/^\d{1,9}$/.test(said)) {
      throw new JunitFault(
        `is not a test report: <${name}> says ${what}=${JSON.stringify(said.slice(0, 20))}, expected a number`,
      );
    }
    says[what] = Number(said);
  }
  return says;
}
