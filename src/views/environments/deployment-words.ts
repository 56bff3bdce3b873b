import { describeHere, findingsIn, findingTitle } from '../../release/deployed/deployment-findings.ts';
import {
  type DeploymentCell,
  type Difference,
  isNotAsReleased,
  type Lag,
  type Standing,
  standingOf,
} from '../../release/deployed/deployments.ts';
import type { Finding } from '../../release/finding/finding.ts';
import { WEIGHTS, type Weight, weightOf } from '../../release/finding/weights.ts';
import { withoutV } from '../../release/item/version.ts';
import type { Readiness } from '../../release/matrix/roll-out.ts';
import type { DeploymentFace } from './environments-answer.ts';
import type { VisibleDeployments } from './visible-deployments.ts';

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
  /** "34 d"; null where it is not known, none, or it is not behind. */
  readonly days: string | null;
}

/**
 * What is said of how far something is from the newest stable release, then from the newest of all where that says more.
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
  return { level, said, days: null };
}

function behind({ to, releases, days }: Lag): LagWords {
  return {
    level: false,
    said: `${releases} ${releases === 1 ? 'release' : 'releases'} behind ${to}`,
    days: days === null || days === 0 ? null : `${days} d`,
  };
}

/** Something that is written in a cell, in two or three words. */
export interface Remark {
  /** Null: it weighs nothing by itself. */
  readonly weight: Weight | null;
  readonly text: string;
}

/**
 * What is written in a cell beside its version: every finding in two or three words, the worst first, and how it differs
 * from what the environment's release says. Nothing where it is as that says and nothing is wrong.
 *
 * @param inUse the environment's release
 */
export function remarksOn(cell: DeploymentCell, inUse: string | null): Remark[] {
  const differs = differenceWords(cell, inUse);
  let isTold = differs === null;
  const remarks = findingsIn(cell).map((finding): Remark => {
    if (cell.differs !== null && TELLS[cell.differs].includes(finding.code)) isTold = true;
    const isLeftBehind = finding.code === 'partial-environment' && differs !== null;
    const text = isLeftBehind ? differs : shortWords(finding, cell);
    return { weight: weightOf(finding), text: finding.waived === null ? text : `${text} (waived)` };
  });
  const others = isTold || differs === null ? [] : [{ weight: null, text: differs }];
  const { readiness } = cell;
  // Where the policy says nothing of it, it is the case all the same.
  const unsaid =
    readiness?.state === 'not-ready' && !remarks.some(({ text }) => text === rollOutWords(readiness))
      ? [{ weight: null, text: rollOutWords(readiness) }]
      : [];
  return distinctRemarks([...remarks, ...others, ...unsaid]);
}

/** By how something differs, the findings that say the same. */
const TELLS = {
  older: ['partial-environment'],
  newer: [],
  apart: [],
  other: ['image-mismatch', 'immature-version'],
} satisfies Record<Difference, readonly Finding['code'][]> as Record<Difference, readonly Finding['code'][]>;

/** "still v1.5.0"; "already v1.7.0"; "not v1.6.0". */
function differenceWords({ differs, release }: DeploymentCell, inUse: string | null): string | null {
  switch (differs) {
    case null:
      return null;
    case 'older':
      return `still ${release}`;
    case 'newer':
      return `already ${release}`;
    case 'apart':
      return `of ${release}`;
    case 'other':
      return `not ${inUse ?? release}`;
  }
}

function distinctRemarks(remarks: readonly Remark[]): Remark[] {
  return remarks.filter(({ text }, at) => remarks.findIndex((other) => other.text === text) === at);
}

/** "1/3 ready"; "2/2 rolling out". */
function rollOutWords({ ready, desired }: Pick<Readiness, 'ready' | 'desired'>): string {
  return ready < (desired ?? 0) ? `${ready}/${desired} ready` : `${ready}/${desired} rolling out`;
}

/** A finding in the cell that it is about, in as few words as say it. */
function shortWords(finding: Finding, { environment }: DeploymentCell): string {
  switch (finding.code) {
    case 'not-ready':
      return rollOutWords(finding.details);
    case 'immature-version':
      return finding.details.maturity === 'moving' ? 'moving tag' : 'pre-release';
    case 'image-mismatch':
      return finding.details.sameTag === null ? 'other image' : 'other digest';
    case 'scaled-to-zero':
      return 'scaled to zero';
    case 'readiness-unknown':
      return 'readiness unknown';
    case 'withdrawn-release':
      return 'withdrawn';
    case 'partial-environment':
      return `left behind by ${finding.release}`;
    case 'environment-inversion':
      return `ahead of ${finding.details.earlier.map((earlier) => earlier.environment).join(', ')}`;
    case 'environment-split': {
      const { images } = finding.details;
      const here = images.find((image) => image.environment === environment)?.value;
      const others = images.filter((image) => image.value !== here).flatMap((image) => image.environment ?? []);
      return others.length === 0 ? 'other image elsewhere' : `other image than ${others.join(', ')}`;
    }
    default:
      return describeHere({ ...finding, waived: null });
  }
}

/** What a cell is called: its version; where that only repeats its release, and the environment runs another, so. */
export function labelOf(cell: DeploymentCell): string {
  const { differs, version, release } = cell;
  const repeats = withoutV(release) === withoutV(version);
  return (repeats && differs !== null && differs !== 'other' ? differenceWords(cell, null) : null) ?? version;
}

/**
 * What is there, as a sentence: "orders in prod: 1.6.0-rc.2 of v1.6.0, 3/3 ready, not as released: is 1.6.0-rc.2 in a
 * stable release; …, 5 releases behind v1.8.0, 34 days". Screen readers and tests rely on it.
 *
 * @param component its name
 * @param since of nothing: when something was first observed there, where that was after the moment shown
 */
export function describeDeployment(
  component: string,
  environment: string,
  face: DeploymentFace | null,
  since?: string,
): string {
  const subject = `${component} in ${environment}`;
  if (face === null)
    return since === undefined ? `${subject}: nothing` : `${subject}: not known, first observed ${since}`;
  const { version, release, of = release, readiness, off, card, beside } = face;
  const said = [`${version} of ${of}`];
  said.push(readiness === null ? 'declared' : readinessWords(readiness));
  const wrong = card.says.map(({ text }) => text).join('; ');
  said.push(`${off ? 'not as released' : 'as released'}${wrong === '' ? '' : `: ${wrong}`}`);
  for (const { said: words, days } of card.lags) {
    said.push(words, ...(days === null ? [] : [days === '1 d' ? '1 day' : days.replace(' d', ' days')]));
  }
  if (beside > 0) said.push(`${beside} more beside it`);
  return `${subject}: ${said.join(', ')}`;
}

/** All that is said of what is in a cell in full, the worst first, and how it differs where no finding tells that. */
export function sentencesOn(cell: DeploymentCell, inUse: string | null): Remark[] {
  const found = findingsIn(cell);
  const said = found.map((finding): Remark => ({ weight: weightOf(finding), text: findingTitle(finding) }));
  const differs = differenceWords(cell, inUse);
  if (differs === null || (cell.differs === 'other' && found.some(({ code }) => TELLS.other.includes(code))))
    return said;
  return [...said, { weight: null, text: differs }];
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
export function environmentWords(shown: number, all: number): string {
  const noun = all === 1 ? 'environment' : 'environments';
  return shown === all ? `${all} ${noun}` : `${shown} of ${all} ${noun}`;
}

/** What weighs most of what keeps it from being as released, from 0; null: it is as released. */
export function offRank(cell: DeploymentCell): number | null {
  if (!isNotAsReleased(cell)) return null;
  const [worst] = findingsIn(cell);
  return worst === undefined ? WEIGHTS.length : WEIGHTS.indexOf(weightOf(worst));
}
