import {
  compareKeys,
  type Release,
  readRelease,
  readReleaseKey,
  WEIGHED_STAGES,
  type WeighedStage,
} from '../item/release.ts';
import { isLessMature, readVersion, spelling } from '../item/version.ts';
import { sameCommit } from '../matrix/checked-release.ts';
import type { Report, ReportRow } from '../report/report.ts';
import { atStage, stageNumber } from './tag-form.ts';

/** What a release is to become. */
export interface Target {
  readonly tag: string;
  /** As what the release is judged, and the stage of own versions. */
  readonly stage: WeighedStage;
}

/**
 * What a release is to become: the stage `rc` or the release `v1.4.0` of its line, in its own spelling, or in that of the
 * table where it is there already. The next candidate is a new one, unless the last has nothing but what this release
 * has: then a promotion is under way.
 *
 * @param to a stage, or a tag
 * @returns what is wrong with what was asked for, as a sentence
 */
export function targetOf(report: Report, row: ReportRow, to: string): Target | { readonly fault: string } {
  const { release } = row;
  const { tag } = release;
  const key = readReleaseKey(tag);
  if (key === null || release.line === null) {
    return {
      fault: `${tag} is not a version, so that nothing says what follows it; a plan is for one such as v1.4.0-rc.2.`,
    };
  }
  const stage = WEIGHED_STAGES.find((known) => known === to);
  const asked = stage === undefined ? readRelease(to.trim()) : null;
  if (asked !== null && asked.line !== release.line) {
    const which = asked.line === null ? `${to} is not a version` : `${to} is of another line than ${tag}`;
    return { fault: `--to: ${which}: expected ${WEIGHED_STAGES.join(', ')}, or a release of ${release.line}.` };
  }
  if (stage !== undefined && (release.stage === stage || isLessMature(stage, release.weighsAs))) {
    return { fault: `--to ${stage}: ${tag} is ${release.stage} already.` };
  }
  const target = stage === undefined ? spelt(report, asked as Release, tag) : nextOf(report, row, stage);
  const other = readReleaseKey(target.tag);
  if (other === null || compareKeys(other, key) <= 0) {
    return { fault: `--to: ${target.tag} does not come after ${tag}.` };
  }
  return target;
}

/** A release that was asked for by its tag, as the table spells it, else as the release before it is spelt. */
function spelt({ rows }: Report, asked: Release, like: string): Target {
  const there = rows.find(({ release, fragments }) => fragments > 0 && release.version === asked.version)?.release.tag;
  const again = atStage(like.trim(), asked.weighsAs, stageNumber(asked.tag));
  return {
    tag: there ?? (readRelease(again).version === asked.version ? again : asked.tag),
    stage: asked.weighsAs,
  };
}

function nextOf(report: Report, row: ReportRow, stage: WeighedStage): Target {
  const { tag, line } = row.release;
  if (stage === 'stable') return spelt(report, readRelease(atStage(tag.trim(), stage, null)), tag);
  const [last] = report.rows.filter(
    ({ release, fragments }) => fragments > 0 && release.line === line && release.stage === stage,
  );
  if (last === undefined) return { tag: atStage(tag.trim(), stage, 1), stage };
  if (holdsNothingElse(last, row)) return { tag: last.release.tag, stage };
  return { tag: atStage(tag.trim(), stage, (stageNumber(last.release.tag) ?? 0) + 1), stage };
}

/** Whether all that was built for a release is at the commits of another. */
function holdsNothingElse({ cells }: ReportRow, of: ReportRow): boolean {
  return cells.every((cell, column) =>
    (cell?.entries ?? []).every(({ type, fields: { commit } }) => {
      if (type === 'k8s') return true;
      const other = of.cells[column]?.entries[0]?.fields.commit;
      return commit !== undefined && other !== undefined && sameCommit(commit, other);
    }),
  );
}

/**
 * The own version that a component has at another stage: `2.3.0-beta.1` → `2.3.0-rc.2`, where the table has its rc.1.
 *
 * @param others own versions of the component in all releases
 */
export function ownAtStage(version: string, stage: WeighedStage, others: readonly string[]): string {
  if (stage === 'stable') return atStage(version, stage, null);
  const numbers = others.flatMap((other) => {
    const number = stageNumber(other);
    const read = number === null ? null : readVersion(other);
    const same = readVersion(atStage(version, stage, number));
    return read !== null && same !== null && spelling(read) === spelling(same) ? [number ?? 0] : [];
  });
  return atStage(version, stage, Math.max(0, ...numbers) + 1);
}
