import { MAX_GITHUB_ANNOTATIONS } from '../../limits/limits.ts';
import { weightCount } from '../../release/finding/weights.ts';
import type { GateFinding } from '../../release/report/gate.ts';
import { unknownSentence } from '../../release/report/unknown-words.ts';
import { groupBy } from '../../release/text/group-by.ts';
import type { ReleaseReport } from './release-report.ts';
import { newFirst, othersBlocking, sinceMarks } from './report-words.ts';
import { annotation } from './workflow-command.ts';

/** Findings that one annotation names. */
const MOST_LINES = 10;

/**
 * Annotations for GitHub: one for each code that blocks or warns, with the findings of it; at most ten errors and ten
 * warnings, of which the last tells of the rest. Where only somebody's are listed, what of others blocks comes first. What is waived or only informs is left to the summary.
 */
export function annotationsOf({ said }: Omit<ReleaseReport, 'shown'>): string {
  const { release, verdict } = said;
  const markOf = sinceMarks(said, (tag) => tag);
  const unwaived = newFirst(said)
    .filter(({ waived }) => waived === null)
    .map((finding) => ({ ...finding, mark: markOf(finding) }));
  const unknown = verdict === 'unknown' ? [annotation('warning', `${release}: unknown`, [unknownSentence(said)])] : [];
  const blocking = othersBlocking(said);
  const count = blocking.reduce((sum, of) => sum + of.count, 0);
  const codes = blocking.map((of) => `${of.code} (${of.count})`).join(', ');
  const others =
    count === 0
      ? []
      : [annotation('error', `${release}: blocked by ${weightCount(count, 'error')} of others`, [codes])];
  return [
    ...others,
    ...ofKind('error', unwaived, release, MAX_GITHUB_ANNOTATIONS - others.length),
    ...unknown,
    ...ofKind('warning', unwaived, release, MAX_GITHUB_ANNOTATIONS - unknown.length),
  ].join('');
}

function ofKind(
  kind: 'error' | 'warning',
  findings: readonly (GateFinding & { readonly mark: string })[],
  release: string,
  most: number,
): readonly string[] {
  const groups = [...groupBy(findings, ({ code, severity }) => (severity === kind ? code : null))];
  const fits = groups.length <= most ? groups.length : most - 1;
  const shown = groups.slice(0, fits).map(([code, found]) => {
    const titles = found
      .slice(0, MOST_LINES)
      .map(({ message, mark }) => (mark === '' ? message : `${message} (${mark})`));
    const rest = found.length > MOST_LINES ? [`… and ${found.length - MOST_LINES} more`] : [];
    return annotation(kind, `${release}: ${code} (${found.length})`, [...titles, ...rest]);
  });
  const hidden = groups.slice(fits);
  if (hidden.length === 0) return shown;
  const count = hidden.reduce((sum, [, found]) => sum + found.length, 0);
  const codes = hidden.map(([code, found]) => `${code} (${found.length})`).join(', ');
  return [...shown, annotation(kind, `${release}: ${count} more findings`, [codes])];
}
