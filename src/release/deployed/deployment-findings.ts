import type { Finding } from '../finding/finding.ts';
import { describeFinding } from '../finding/finding-words.ts';
import { WEIGHTS, weightOf } from '../finding/weights.ts';
import type { DeploymentCell, DeploymentMark } from './deployments.ts';

/** A mark in a word or two. */
export const MARK_WORDS = {
  split: 'split',
  inversion: 'inversion',
  partial: 'partial',
  'scaled-to-zero': 'scaled to zero',
  withdrawn: 'withdrawn',
} satisfies Record<DeploymentMark, string>;

/** All that is said of what runs in a cell, the worst first. */
export function findingsIn({ findings, marks }: DeploymentCell): readonly Finding[] {
  const all = new Set([...findings, ...marks.map(({ finding }) => finding)]);
  return [...all].sort((a, b) => WEIGHTS.indexOf(weightOf(a)) - WEIGHTS.indexOf(weightOf(b)));
}

/**
 * The title of a finding in the cell of its component and environment, which it need not name again: "runs 1.6.0-rc.2,
 * not 1.6.0". "(waived)" where it is.
 */
export function findingTitle(finding: Finding): string {
  const words = describeHere(finding);
  return finding.waived === null ? words : `${words} (waived)`;
}

/** The same without a word of a waiver. */
export function describeHere(finding: Finding): string {
  const { title } = describeFinding(finding);
  const { component, environment } = finding;
  // Of a whole release it says which one.
  const name = component === null ? title : component.slice(component.indexOf('#') + 1);
  const subject = [`${name} in ${environment}`, name].find((words) => /^:? /.test(after(title, words)));
  return subject === undefined ? title : after(title, subject).replace(/^:? /, '');
}

/** What follows a beginning of a text; empty where it does not begin so. */
function after(text: string, beginning: string): string {
  return text.startsWith(beginning) ? text.slice(beginning.length) : '';
}
