import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type Fragment, readItems } from '../../release/fragment.ts';
import { factsOf, type GateReport, gateRelease } from '../../release/gate.ts';
import { ownersOf } from '../../release/owners.ts';
import type { Policy } from '../../release/policy.ts';
import type { PolicySource } from '../../release/policy-item.ts';
import { type Stage, sortReleases } from '../../release/release.ts';
import { policyInForce } from '../policy-option.ts';
import type { ItemsRead } from '../table-options.ts';

/** What every report of a release is written from. */
export interface ReleaseReport {
  readonly said: GateReport;
  readonly policy: Policy;
  readonly source: PolicySource;
  /** By component id. */
  readonly owners: ReadonlyMap<string, string>;
  /** The newest releases there are, where there is no fragment of this one: it may be a slip of the pen. */
  readonly newest: readonly string[];
  /** Address of the release on somebody's dashboard; null: none was given. */
  readonly link: string | null;
}

/** What is asked for of a release. */
export interface Question {
  readonly release: string;
  /** The stage it is evaluated as; null: its own. */
  readonly as: Stage | null;
  /** Types of which what is absent is not asked for. */
  readonly notYet: readonly string[];
  /** File of the policy document; undefined: the table's item. */
  readonly policy: string | undefined;
  /** ISO 8601. */
  readonly readAt: string;
  /** Template with `{release}`, already checked. */
  readonly link: string | undefined;
}

/**
 * Judges a release by items that were read.
 *
 * @throws Ending (usage) for a broken policy document
 */
export function reportRelease({ items, keys }: ItemsRead, question: Question): ReleaseReport {
  const { release, as, notYet, readAt, link } = question;
  const { policy, source } = policyInForce(question.policy, items, keys);
  const { fragments, rejected } = readItems(items, keys, policy.environments);
  const facts = canonicalize(factsOf([...fragments, ...rejected], policy)) ?? '';
  const digest = `sha256:${createHash('sha256').update(facts).digest('hex')}`;
  const said = gateRelease({ fragments, rejected, readAt, policy, digest }, release, as, new Set(notYet));
  return {
    said,
    policy,
    source,
    owners: ownersOf(fragments, release),
    newest: said.fragments === 0 ? newestOf(fragments) : [],
    link: link === undefined ? null : new URL(link.replaceAll('{release}', encodeURIComponent(release))).href,
  };
}

const MOST_NEWEST = 3;

function newestOf(fragments: readonly Fragment[]): readonly string[] {
  const tags = sortReleases([...new Set(fragments.map(({ release }) => release))]).map(({ tag }) => tag);
  return tags.slice(0, MOST_NEWEST);
}
