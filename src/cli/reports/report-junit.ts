import junit from 'junit-report-builder';
import { describeFinding } from '../../release/finding/finding-words.ts';
import { FINDING_CODES } from '../../release/finding/severity.ts';
import { WEIGHT_WORDS } from '../../release/finding/weights.ts';
import type { PolicySource } from '../../release/policy/policy-item.ts';
import type { GateFinding, GateReport } from '../../release/report/gate.ts';
import { unknownSentence } from '../../release/report/unknown-words.ts';
import { logLines, printableName } from '../context/printable.ts';
import { othersBlocking, ownerWords, POLICY_WORD, sinceMarks } from './report-words.ts';

/**
 * Releases as a test report: a suite of each, with a test case of each check that found nothing, and one of each
 * finding. What blocks is a failure, what is waived is skipped, and everything else passes with its words as output.
 * An unknown verdict is an error, so that it does not read as a pass.
 *
 * Not every character may stand in XML; those are shown by their number.
 */
export function releasesAsJunit(releases: readonly GateReport[], source: PolicySource): string {
  const builder = junit.newBuilder().name('release-matrix');
  for (const said of releases) addSuite(builder, said, source);
  return `${builder.build()}\n`;
}

function addSuite(builder: ReturnType<typeof junit.newBuilder>, said: GateReport, source: PolicySource): void {
  const { release, verdict, readAt, findings } = said;
  const suite = builder.testSuite().name(printableName(release)).timestamp(readAt).time(0);
  const properties = {
    verdict,
    ...(said.unknown.length === 0 ? {} : { unknown: said.unknown.join(', ') }),
    stage: said.stage,
    evaluatedAs: said.evaluatedAs,
    expected: String(said.completeness.expected),
    present: String(said.completeness.present),
    roster: said.completeness.roster,
    ...(said.owner === undefined ? {} : { owner: said.owner.names.join(', ') }),
    ...(said.notYet.length === 0 ? {} : { notYet: said.notYet.join(', ') }),
    policy: POLICY_WORD[source],
    digest: said.digest,
    ...(said.since == null
      ? {}
      : {
          since: said.since.basis,
          ...Object.fromEntries(
            (['fixed', 'still', 'new', 'unknown'] as const).map((of) => [
              `${of}Findings`,
              String(said.since?.[of].length),
            ]),
          ),
        }),
  };
  for (const [name, value] of Object.entries(properties)) suite.property(name, printableName(value));

  const testCase = (className: string, name: string) =>
    suite.testCase().className(printableName(className)).name(printableName(name)).time(0);
  const markOf = sinceMarks(said, (tag) => tag);
  const known = testCase(release, 'verdict-known');
  if (verdict === 'unknown') known.error(unknownSentence(said), 'unknown');
  const blocking = othersBlocking(said);
  if (blocking.length > 0) {
    const codes = blocking.map(({ code, count }) => `${code} (${count})`).join(', ');
    testCase(release, 'others')
      .failure(printableName(ownerWords(said, printableName)), 'others')
      .stacktrace(codes);
  }
  const unlisted = new Set(said.owner?.others.map(({ code }) => code));
  for (const code of FINDING_CODES) {
    const found = findings.filter((finding) => finding.code === code);
    // What others have is not listed: no test of it passed.
    if (found.length === 0 && unlisted.has(code)) continue;
    // Nobody asked whether an environment is frozen: that none is would be green for lack of a question.
    const asked = code !== 'frozen' || said.environment !== undefined;
    if (found.length === 0 && asked) testCase(release, code);
    for (const finding of found) addFinding(finding, markOf(finding), testCase);
  }
}

function addFinding(
  finding: GateFinding,
  mark: string,
  testCase: (className: string, name: string) => ReturnType<ReturnType<typeof junit.testSuite>['testCase']>,
): void {
  const { code, component, environment, release, severity, waived } = finding;
  const { title, why, whatToDo } = describeFinding(finding);
  const told = mark === '' ? [] : [`(${mark})`];
  const at = testCase(component ?? release, environment === null ? code : `${code} in ${environment}`);
  if (waived !== null) {
    at.skipped().standardOutput(
      printableName(`Waived until ${waived.expires}: ${waived.reason} (${waived.by}). ${title}`),
    );
  } else if (severity === 'error') {
    at.failure(printableName(title), code).stacktrace(lines([...told, why, whatToDo]));
  } else {
    at.standardOutput(lines([...told, `${WEIGHT_WORDS[severity][0]}: ${title}`, why, whatToDo]));
  }
}

/** Some sentences begin with somebody's name; the document may be printed in a log. */
function lines(sentences: readonly string[]): string {
  return logLines(sentences.map(printableName)).trimEnd();
}
