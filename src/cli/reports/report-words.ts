import { findingName, SEVERITIES } from '../../release/finding/finding.ts';
import { WEIGHTS, weightCount } from '../../release/finding/weights.ts';
import { compareText } from '../../release/item/release.ts';
import type { PolicySource } from '../../release/policy/policy-item.ts';
import type { GateFinding, GateReport } from '../../release/report/gate.ts';
import { dueWords } from '../../release/report/line-due.ts';
import type { OthersFound } from '../../release/report/owned.ts';
import { NO_BASIS_WORDS, sinceWords } from '../../release/report/since-words.ts';
import { countWords } from '../../release/text/count-words.ts';
import { groupBy } from '../../release/text/group-by.ts';

// The words that all formats of a report share. Names of releases and components are somebody else's text: `show` puts
// them into the form of the format.

/** Makes text from the table safe where it is to stand. */
export type Show = (text: string) => string;

export const VERDICT_WORD = {
  pass: 'PASS',
  fail: 'FAIL',
  unknown: 'UNKNOWN',
} satisfies Record<GateReport['verdict'], string>;

export const VERDICT_SIGN = {
  pass: '✅',
  fail: '❌',
  unknown: '❔',
} satisfies Record<GateReport['verdict'], string>;

export const POLICY_WORD = {
  file: 'policy of the file',
  table: 'policy of the table',
  defaults: 'default policy',
} satisfies Record<PolicySource, string>;

/** "stable", or "rc, evaluated as stable". */
export function stageWords({ stage, evaluatedAs }: GateReport): string {
  return evaluatedAs === stage ? stage : `${stage}, evaluated as ${evaluatedAs}`;
}

/** Whose findings alone are listed; "before the roll-out to prod", where that was asked; "line 1.4.0: due in 3 days, 2 not ready (2026-12-04, jane)". */
export function askedLines(said: GateReport, show: Show): string[] {
  const { due, environment } = said;
  const owner = ownerWords(said, show);
  const whose = due === undefined || due.manager === null ? '' : `, ${show(due.manager)}`;
  return [
    ...(owner === '' ? [] : [owner]),
    ...(environment === undefined ? [] : [`before the roll-out to ${show(environment)}`]),
    ...(due === undefined ? [] : [`line ${due.line}: ${dueWords(due)} (${due.due}${whose})`]),
  ];
}

/** "2 errors, 1 warning, 1 waived": all that is found, listed or not; empty where nothing is. */
export function foundWords({ findings, owner }: GateReport): string {
  return countedWords([...findings.map(asCounted), ...(owner?.others ?? [])]);
}

/** "owner identity: nothing; others: 2 errors, which block the release", where only theirs are listed; else empty. */
export function ownerWords(said: GateReport, show: Show): string {
  const { findings, owner } = said;
  if (owner === undefined) return '';
  const names = owner.names.map(show).join(', ');
  const others = countedWords(owner.others);
  const told =
    others === '' ? '' : `; others: ${others}${othersBlocking(said).length > 0 ? ', which block the release' : ''}`;
  return `owner ${names}: ${countedWords(findings.map(asCounted)) || 'nothing'}${told}`;
}

/** How many of those that are not listed block, of each code; empty where every finding is listed. */
export function othersBlocking({ owner }: GateReport): readonly OthersFound[] {
  return (owner?.others ?? []).filter(({ severity, waived }) => severity === 'error' && !waived);
}

type Counted = Pick<OthersFound, 'severity' | 'waived' | 'count'>;

function asCounted({ severity, waived }: GateFinding): Counted {
  return { severity, waived: waived !== null, count: 1 };
}

function countedWords(found: readonly Counted[]): string {
  return WEIGHTS.flatMap((weight) => {
    const meant = found.filter(({ severity, waived }) => (waived ? 'waived' : severity) === weight);
    const count = meant.reduce((total, one) => total + one.count, 0);
    return count === 0 ? [] : [weightCount(count, weight)];
  }).join(', ');
}

/** @param most so many missing components are named, the rest counted */
export function completenessWords(
  { completeness: { roster, expected, present, missing }, notYet, only }: GateReport,
  show: Show,
  most = Number.POSITIVE_INFINITY,
): string {
  if (roster === 'none') return 'complete: unknown, as nothing says what belongs to it';
  const more = missing.length > most ? ` and ${missing.length - most} more` : '';
  const names = missing.length === 0 ? '' : `; missing ${missing.slice(0, most).map(show).join(', ')}${more}`;
  const later = notYet.length === 0 ? '' : `; not yet asked for: ${notYet.map(show).join(', ')}`;
  if (only !== undefined) return `asked for: ${present} of ${expected}${names}`;
  return `complete: ${present} of ${expected} (roster ${roster === 'policy' ? 'of the policy' : 'inferred'}${later})${names}`;
}

/** Waivers whose end is told; each finding that is waived says it too. */
const MOST_ENDING = 10;

/**
 * A sentence for each waiver in use that ends within seven days, whatever it meets; the first to end first. Of too many
 * the rest is counted.
 */
export function endingSoonWords(findings: readonly GateFinding[], show: Show): string[] {
  const waivers = groupBy(findings, ({ code, waived }) => (waived?.soon ? JSON.stringify([code, waived]) : null));
  const sentences = [...waivers.values()]
    .flatMap(([first, ...others]) => (first?.waived ? [{ ...first, ends: first.waived.expires, others }] : []))
    .sort((a, b) => compareText(a.ends, b.ends))
    .map(({ code, component, ends, others }) => {
      const name = component === null ? 'the release' : show(component);
      return `The waiver of ${code} for ${name}${others.length === 0 ? '' : ` and ${others.length} more`} ends ${ends}.`;
    });
  if (sentences.length <= MOST_ENDING) return sentences;
  const more = sentences.length - MOST_ENDING;
  return [
    ...sentences.slice(0, MOST_ENDING),
    `… and ${more} more ${more === 1 ? 'waiver ends' : 'waivers end'} within seven days.`,
  ];
}

/** At most so many characters; one of two code units is kept whole. */
export function clipped(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** "since v1.4.0-rc.1: fixed 2, still 1 (since v1.3.0), new 1", where that was asked. */
export function sinceLines({ since }: GateReport, show: Show): string[] {
  if (since === undefined) return [];
  if (since === null) return [NO_BASIS_WORDS];
  return [`since ${show(since.basis)}: ${sinceWords(since, show)}`];
}

/** Says of each finding whether it is new, or since when it is there; empty where nobody asked. */
export function sinceMarks({ since }: GateReport, show: Show): (finding: GateFinding) => string {
  const added = (since?.new ?? []).map((of) => [findingName(of), 'new'] as const);
  const still = (since?.still ?? []).map((of) => [findingName(of), `since ${show(of.since)}`] as const);
  const marks = new Map([...added, ...still]);
  return (finding) => marks.get(findingName(finding)) ?? '';
}

/** New ones first, then in the order of the checks. */
export function newFirst({ findings, since }: GateReport): readonly GateFinding[] {
  const added = new Set(since?.new.map(findingName));
  return added.size === 0 ? findings : findings.toSorted((a, b) => isIn(added, b) - isIn(added, a));
}

function isIn(names: ReadonlySet<string>, finding: GateFinding): number {
  return names.has(findingName(finding)) ? 1 : 0;
}

/** What is gone of the basis, under its heading each; nothing where nobody asked. */
export function goneSince(
  { release, since }: GateReport,
  show: Show,
): { heading: string; found: readonly GateFinding[] }[] {
  if (since == null) return [];
  return [
    { heading: `Fixed since ${show(since.basis)}`, found: since.fixed },
    { heading: `Unknown, as ${show(release)} does not hold what they are about`, found: since.unknown },
  ].filter(({ found }) => found.length > 0);
}

/** By severity, within it as they come. */
export function bySeverity(findings: readonly GateFinding[]): GateFinding[] {
  return SEVERITIES.flatMap((severity) => findings.filter((of) => of.severity === severity));
}

/** How many fragments a report read, and when: `1 fragment, read 2026-11-20T12:00:00.000Z`. */
export function readWords(fragments: number, readAt: string): string {
  return `${countWords(fragments, 'fragment')}, read ${readAt}`;
}
