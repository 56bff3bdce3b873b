import type { Component } from '../../release/component.ts';
import type { DeploymentCell, DeploymentMark, Lag } from '../../release/deployments.ts';
import type { Readiness } from '../../release/roll-out.ts';
import type { LeftDeployments } from './left-deployments.ts';

/** A mark in a word or two; its picture is that of its finding's code. */
export const MARK_WORDS = {
  split: 'split',
  inversion: 'inversion',
  partial: 'partial',
  'scaled-to-zero': 'scaled to zero',
} satisfies Record<DeploymentMark, string>;

/** "3/3 ready"; "1/3 ready, waits for readiness"; "scaled to zero"; "readiness unknown". */
export function readinessWords({ state, ready, desired, waitsFor }: Readiness): string {
  if (state === 'unknown') return 'readiness unknown';
  if (state === 'scaled-to-zero') return 'scaled to zero';
  const counted = `${ready}/${desired} ready`;
  return waitsFor === null ? counted : `${counted}, waits for ${waitsFor}`;
}

/** How far behind something is. `level`: nothing newer is out. */
export interface LagWords {
  readonly level: boolean;
  /** "2 releases behind v1.6.0". */
  readonly said: string;
  /** The same for a narrow cell: "2 behind v1.6.0". */
  readonly short: string;
  /** "34 d"; null where it is not known, or level. */
  readonly days: string | null;
}

/**
 * What a cell says of how far it is behind: the newest stable release, then the newest of all where that is another.
 * Never empty: what cannot be told is said, too.
 */
export function lagWords({ stage, behindStable, behindNewest }: DeploymentCell): LagWords[] {
  if (behindNewest === null) return [plain(false, 'lag unknown')];
  if (behindNewest.releases === 0) return [plain(true, 'the newest')];
  const words: LagWords[] = [];
  if (behindStable === null) words.push(plain(false, 'no stable release'));
  else if (behindStable.releases > 0) words.push(behind(behindStable));
  else words.push(plain(true, stage === 'stable' ? 'the newest stable' : `ahead of ${behindStable.to}`));
  if (behindStable?.releases === 0 || behindStable?.to !== behindNewest.to) words.push(behind(behindNewest));
  return words;
}

function plain(level: boolean, said: string): LagWords {
  return { level, said, short: said, days: null };
}

function behind({ to, releases, days }: Lag): LagWords {
  return {
    level: false,
    said: `${releases} ${releases === 1 ? 'release' : 'releases'} behind ${to}`,
    short: `${releases} behind ${to}`,
    days: days === null ? null : `${days} d`,
  };
}

/**
 * What runs, as a sentence: "api in prod: 1.4.0 of v1.4.0, 3/3 ready, 2 releases behind v1.6.0, 34 days". Screen readers
 * and tests rely on it.
 *
 * @param olderThan the environment that runs something newer, where such ones are looked for
 */
export function describeDeployment(
  component: Component,
  environment: string,
  cell: DeploymentCell | null,
  olderThan: string | null,
): string {
  const subject = `${component.name} in ${environment}`;
  if (cell === null) return `${subject}: nothing`;
  const said = [`${cell.version} of ${cell.release}`];
  said.push(cell.readiness === null ? 'declared' : readinessWords(cell.readiness));
  for (const { said: words, days } of lagWords(cell)) {
    said.push(words, ...(days === null ? [] : [days === '1 d' ? '1 day' : days.replace(' d', ' days')]));
  }
  const marks = cell.marks.filter(({ mark }) => mark !== 'scaled-to-zero' || cell.readiness?.state !== mark);
  said.push(...new Set(marks.map(({ mark }) => MARK_WORDS[mark])));
  if (olderThan !== null) said.push(`older than ${olderThan}`);
  if (cell.beside.length > 0) said.push(`${cell.beside.length} more beside it`);
  return `${subject}: ${said.join(', ')}`;
}

/** "64 components". */
export function componentWords(count: number): string {
  return `${count} ${count === 1 ? 'component' : 'components'}`;
}

/** "12 of 64 components". */
export function shownWords({ shown, all }: LeftDeployments): string {
  return shown === all ? componentWords(all) : `${shown} of ${componentWords(all)}`;
}

/** "2 of 5 environments". @param all how many there are, whatever the filters leave */
export function environmentWords({ environments }: LeftDeployments, all: number): string {
  const noun = all === 1 ? 'environment' : 'environments';
  return environments.length === all ? `${all} ${noun}` : `${environments.length} of ${all} ${noun}`;
}
