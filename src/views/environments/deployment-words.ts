import {
  type DeploymentCell,
  type DeploymentMark,
  type Lag,
  type Standing,
  standingOf,
} from '../../release/deployed/deployments.ts';
import type { Finding } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import type { Readiness } from '../../release/matrix/roll-out.ts';
import { WEIGHTS, weightOf } from '../words/weights.ts';
import type { DeploymentFace } from './environments-answer.ts';
import type { VisibleDeployments } from './visible-deployments.ts';

/** A mark in a word or two. */
export const MARK_WORDS = {
  split: 'split',
  inversion: 'inversion',
  partial: 'partial',
  'scaled-to-zero': 'scaled to zero',
  withdrawn: 'withdrawn',
} satisfies Record<DeploymentMark, string>;

/** "3/3 ready"; "1/3 ready, waits for readiness"; "scaled to zero"; "readiness unknown". */
export function readinessWords({ state, ready, desired, waitsFor }: Readiness): string {
  if (state === 'unknown') return 'readiness unknown';
  if (state === 'scaled-to-zero') return 'scaled to zero';
  const counted = `${ready}/${desired} ready`;
  return waitsFor === null ? counted : `${counted}, waits for ${waitsFor}`;
}

/** How far something is from a release. */
export interface LagWords {
  /** It is what that release holds. */
  readonly level: boolean;
  /** "2 releases behind v1.6.0"; "not v1.6.0", where it is no older and another. */
  readonly said: string;
  /** The same for a narrow cell: "2 behind v1.6.0". */
  readonly short: string;
  /** "34 d"; null where it is not known, none, or it is not behind. */
  readonly days: string | null;
}

/**
 * What a cell says of how far it is from the newest stable release, then from the newest of all where that says more.
 * Never empty: what cannot be told is said, too.
 */
export function lagWords({ release, stage, findings, behindStable, behindNewest }: DeploymentCell): LagWords[] {
  if (behindNewest === null) return [plain('lag unknown')];
  const words = (lag: Lag, level: string) => standingWords(lag, standingOf(release, lag, findings), level);
  const toNewest = words(behindNewest, 'the newest');
  if (toNewest.level) return [toNewest];
  if (behindStable === null) return [plain('no stable release'), toNewest];
  // What a candidate has in common with the release is no stable release for it.
  const toStable = words(behindStable, stage === 'stable' ? 'the newest stable' : `as in ${behindStable.to}`);
  return behindStable.releases > 0 && behindStable.to === behindNewest.to ? [toStable] : distinct(toStable, toNewest);
}

function standingWords(lag: Lag, standing: Standing, level: string): LagWords {
  switch (standing) {
    case 'level':
      return plain(level, true);
    case 'behind':
      return behind(lag);
    case 'ahead':
      return plain(`ahead of ${lag.to}`);
    case 'other':
      return plain(`not ${lag.to}`);
  }
}

function distinct(first: LagWords, second: LagWords): LagWords[] {
  return first.said === second.said ? [first] : [first, second];
}

function plain(said: string, level = false): LagWords {
  return { level, said, short: said, days: null };
}

function behind({ to, releases, days }: Lag): LagWords {
  return {
    level: false,
    said: `${releases} ${releases === 1 ? 'release' : 'releases'} behind ${to}`,
    short: `${releases} behind ${to}`,
    days: days === null || days === 0 ? null : `${days} d`,
  };
}

/**
 * What runs, as a sentence: "api in prod: 1.4.0 of v1.4.0, 3/3 ready, 2 releases behind v1.6.0, 34 days". Screen readers
 * and tests rely on it.
 *
 * @param component its name
 * @param olderThan the environment that what is older is older than
 */
export function describeDeployment(
  component: string,
  environment: string,
  face: DeploymentFace | null,
  olderThan: string | null,
): string {
  const subject = `${component} in ${environment}`;
  if (face === null) return `${subject}: nothing`;
  const { version, release, readiness, lags, older, beside, worst, rest } = face;
  const said = [`${version} of ${release}`];
  said.push(readiness === null ? 'declared' : readinessWords(readiness));
  for (const { said: words, days } of lags) {
    said.push(words, ...(days === null ? [] : [days === '1 d' ? '1 day' : days.replace(' d', ' days')]));
  }
  if (older && olderThan !== null) said.push(`older than ${olderThan}`);
  if (beside > 0) said.push(`${beside} more beside it`);
  if (worst !== null) {
    const counted = rest.length === 0 ? '1 finding' : `${rest.length + 1} findings, first`;
    said.push(`${counted}: ${worst.title}`);
  }
  return `${subject}: ${said.join(', ')}`;
}

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
  const { title } = describeFinding(finding);
  const { component, environment } = finding;
  // Of a whole release it says which one.
  const name = component === null ? title : component.slice(component.indexOf('#') + 1);
  const subject = [`${name} in ${environment}`, name].find((words) => /^:? /.test(after(title, words)));
  const rest = subject === undefined ? title : after(title, subject).replace(/^:? /, '');
  return finding.waived === null ? rest : `${rest} (waived)`;
}

/** What follows a beginning of a text; empty where it does not begin so. */
function after(text: string, beginning: string): string {
  return text.startsWith(beginning) ? text.slice(beginning.length) : '';
}

/** "64 components". */
export function componentWords(count: number): string {
  return `${count} ${count === 1 ? 'component' : 'components'}`;
}

/** "12 of 64 components". */
export function shownWords({ shown, all }: Pick<VisibleDeployments, 'shown' | 'all'>): string {
  return shown === all ? componentWords(all) : `${shown} of ${componentWords(all)}`;
}

/** "2 of 5 environments". @param all how many there are, whatever the filters leave */
export function environmentWords({ environments }: { readonly environments: readonly unknown[] }, all: number): string {
  const noun = all === 1 ? 'environment' : 'environments';
  return environments.length === all ? `${all} ${noun}` : `${environments.length} of ${all} ${noun}`;
}

/** "older than staging: 2 in prod, 1 in qa". */
export function olderWords({ environments, sections }: VisibleDeployments, than: string): string {
  const rows = sections.flatMap((section) => section.rows);
  const counted = environments.flatMap(({ name }, place) => {
    const count = rows.filter(({ cells }) => cells[place]?.older).length;
    return count === 0 ? [] : [`${count} in ${name}`];
  });
  return counted.length === 0 ? `nothing is older than ${than}` : `older than ${than}: ${counted.join(', ')}`;
}
