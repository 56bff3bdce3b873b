import { SEVERITIES, type Severity } from '../release/finding.ts';
import { describeFinding } from '../release/finding-words.ts';
import type { GateFinding, GateReport } from '../release/gate.ts';
import type { PolicySource } from '../release/policy-item.ts';
import { logLines, printable } from './printable.ts';

const VERDICT_WORD = { pass: 'PASS', fail: 'FAIL', unknown: 'UNKNOWN' } satisfies Record<GateReport['verdict'], string>;
const SEVERITY_WORD = { error: 'error', warning: 'warning', info: 'info' } satisfies Record<Severity, string>;
const POLICY_WORD = {
  file: 'policy of the file',
  table: 'policy of the table',
  defaults: 'default policy',
} satisfies Record<PolicySource, string>;

/** What the gate says of a release, for a terminal or a log: the verdict first, then each finding with what to do. */
export function verdictText(report: GateReport, source: PolicySource): string {
  const { release, stage, evaluatedAs, verdict, findings, readAt } = report;
  const as = evaluatedAs === stage ? stage : `${stage}, evaluated as ${evaluatedAs}`;
  const lines = [
    `${VERDICT_WORD[verdict]}  ${release} (${as})${counts(findings)}`,
    completenessLine(report),
    ...(verdict === 'unknown' ? [unknownLine(report)] : []),
    ...endingSoon(findings),
    ...SEVERITIES.flatMap((severity) => findings.filter((of) => of.severity === severity)).flatMap(findingLines),
    '',
    `${report.fragments} fragments, read ${readAt}, ${POLICY_WORD[source]}, ${report.digest.slice(0, 19)}`,
  ];
  return logLines(lines.map(printable));
}

function counts(findings: readonly GateFinding[]): string {
  const counted = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity && finding.waived === null).length;
    return count === 0 ? [] : [plural(count, SEVERITY_WORD[severity])];
  });
  const waived = findings.filter((finding) => finding.waived !== null).length;
  if (waived > 0) counted.push(`${waived} waived`);
  return counted.length === 0 ? '' : `: ${counted.join(', ')}`;
}

function plural(count: number, word: string): string {
  return word === 'info' || count === 1 ? `${count} ${word}` : `${count} ${word}s`;
}

function completenessLine({ completeness: { roster, expected, present, missing } }: GateReport): string {
  if (roster === 'none') return 'complete: unknown, as nothing says what belongs to it';
  const names = missing.length === 0 ? '' : `; missing ${missing.join(', ')}`;
  return `complete: ${present} of ${expected} (roster ${roster === 'policy' ? 'of the policy' : 'inferred'})${names}`;
}

function unknownLine({ fragments, release, completeness }: GateReport): string {
  if (fragments === 0) return `There is no fragment of ${release}: nothing can be said of it.`;
  return completeness.roster === 'none'
    ? 'There is no lower stable release and no roster in the policy: nobody knows what is missing.'
    : 'Nothing can be said of it.';
}

function endingSoon(findings: readonly GateFinding[]): string[] {
  return findings.flatMap(({ code, component, waived }) =>
    waived?.soon ? [`The waiver of ${code} for ${component ?? 'the release'} ends ${waived.expires}.`] : [],
  );
}

function findingLines(finding: GateFinding): string[] {
  const { why, whatToDo, title } = describeFinding(finding);
  const { waived } = finding;
  return [
    '',
    `${SEVERITY_WORD[finding.severity]}  ${finding.code}${waived === null ? '' : ' (waived)'}: ${title}`,
    `  ${why}`,
    `  ${waived === null ? whatToDo : `Waived until ${waived.expires}: ${waived.reason} (${waived.by})`}`,
  ];
}
