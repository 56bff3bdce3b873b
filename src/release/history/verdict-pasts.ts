import type { FindingCode } from '../finding/finding.ts';
import { type Evidence, isEvidenceKey, readEvidence } from '../item/evidence.ts';
import { readTime } from '../item/fields.ts';
import { type Fragment, observedAt, type RejectedItem, readItem } from '../item/fragment.ts';
import { isUnreadable, type KeyNames } from '../item/item.ts';
import type { Release } from '../item/release.ts';
import type { Estate } from '../matrix/estate.ts';
import type { WrittenPolicy } from '../policy/policy-item.ts';
import { severityAt } from '../policy/severity-at.ts';
import type { Survey } from '../report/survey.ts';
import { groupBy } from '../text/group-by.ts';
import type { ChangeEvent } from './changes.ts';
import { ALWAYS, NEVER, type Past, pastOf } from './past-of.ts';

// What the verdicts on some releases rest on, and since when that is known. More than any check asks of, so that nothing
// of it is missed.

/** What is known of a table. */
export interface VerdictSources {
  /** Of the state now. */
  readonly survey: Survey;
  readonly fragments: readonly Fragment[];
  readonly evidence: readonly Evidence[];
  readonly rejected: readonly RejectedItem[];
  /** The documents of the policy, the newest first, as far as the table holds them. */
  readonly policies: readonly WrittenPolicy[];
  readonly keys: KeyNames;
  /** What somebody saw come, change and go. */
  readonly seen: readonly ChangeEvent[];
}

/** One key that held something else before. */
export interface Moment {
  readonly at: string;
  /** Tag of the release that it is of. */
  readonly release: string;
  /** Tags of the releases whose verdicts may be others since. */
  readonly affects: readonly string[];
  readonly change:
    | { readonly of: 'fragment'; readonly is: Fragment; readonly was: Fragment | null }
    | { readonly of: 'evidence'; readonly is: Evidence; readonly was: Evidence | null };
}

/** From when on all is known on which a verdict rests. */
export interface KnownFrom {
  /** ISO 8601 in UTC; `ALWAYS`: before the first of it there was nothing. */
  readonly at: string;
  /** Something of the release itself was written then, or the policy. What others write says nothing of when it became so. */
  readonly own: boolean;
}

export interface Pasts {
  /** The latest first. */
  readonly moments: readonly Moment[];
  /** By tag. */
  readonly knownFrom: ReadonlyMap<string, KnownFrom>;
}

/** On which items the verdicts on some releases may rest. */
interface Relations {
  readonly tags: ReadonlySet<string>;
  /** By tag: the releases whose verdicts rest on it as on themselves, of its line, of its version. */
  readonly near: ReadonlyMap<string, readonly string[]>;
  /** By tag: near ones, and those above a stable release. */
  readonly all: ReadonlyMap<string, readonly string[]>;
  /** By tag: these, and those that ask what else runs, or ran before, where they run. */
  readonly ofWorkloads: ReadonlyMap<string, readonly string[]>;
  /** Those that fail by what runs of a later release where. */
  readonly byOrder: ReadonlySet<string>;
  /** Those that a finding of some code would fail. */
  readonly blockedBy: (codes: readonly FindingCode[]) => (tag: string) => boolean;
}

function relationsIn(estate: Estate, tags: ReadonlySet<string>): Relations {
  const { releases, components, entries } = estate.matrix;
  const { policy } = estate;
  const carries = policy.patchesCarry || policy.roster.some(({ expectation }) => expectation === 'carried');
  const asked = releases.flatMap((release, row) => (tags.has(release.tag) ? [{ release, row }] : []));
  const isNear = (a: Release, b: Release) =>
    a.tag === b.tag || (a.line !== null && a.line === b.line) || (a.version !== null && a.version === b.version);
  const hasWorkload = (row: number) =>
    carries || entries[row]?.some((cell, column) => cell !== null && components[column]?.type === 'k8s') === true;
  const isBlockedBy = (release: Release, codes: readonly FindingCode[]) =>
    codes.some((code) => severityAt(code, release.stage, release, policy) === 'error');
  const withWorkloads = asked.filter(({ row }) => hasWorkload(row));
  const byOrder = new Set(
    withWorkloads.flatMap(({ release }) => (isBlockedBy(release, ['environment-inversion']) ? [release.tag] : [])),
  );
  const byPlace = withWorkloads.filter(({ release }) => isBlockedBy(release, ['partial-environment']));
  const near = new Map<string, readonly string[]>();
  const all = new Map<string, readonly string[]>();
  const ofWorkloads = new Map<string, readonly string[]>();
  for (const [row, release] of releases.entries()) {
    const close = asked.filter((one) => isNear(one.release, release));
    const above = asked.filter((one) => close.includes(one) || (release.stage === 'stable' && one.row < row));
    const tagsOf = (some: typeof asked) => some.map((one) => one.release.tag);
    near.set(release.tag, tagsOf(close));
    all.set(release.tag, tagsOf(above));
    const placed = byPlace.filter((one) => one.row < row);
    ofWorkloads.set(release.tag, [...new Set([...tagsOf(above), ...tagsOf(placed), ...byOrder])]);
  }
  const releaseOf = new Map(asked.map(({ release }) => [release.tag, release]));
  const blockedBy = (codes: readonly FindingCode[]) => (tag: string) => {
    const release = releaseOf.get(tag);
    return release !== undefined && isBlockedBy(release, codes);
  };
  return { tags, near, all, ofWorkloads, byOrder, blockedBy };
}

const NOBODY: readonly string[] = [];

/** Says of some releases that nothing before is known. @param by tag of the release, of which something was written then */
type UnknownBefore = (of: readonly string[], at: string, by?: string) => void;

/**
 * What the table still says of the past of all that the verdicts on some releases rest on.
 *
 * @param since how far back to look, ISO 8601 in UTC; empty: as far as is known
 */
export function pastsOf(sources: VerdictSources, tags: ReadonlySet<string>, since: string): Pasts {
  const { fragments, evidence, keys, survey } = sources;
  const relations = relationsIn(survey.estate, tags);
  const { all, ofWorkloads, byOrder } = relations;
  const names = survey.estate.policy.environments;
  const ofPolicy = { at: policyKnownFrom(sources), own: true };
  const knownFrom = new Map<string, KnownFrom>([...tags].map((tag) => [tag, ofPolicy]));
  const unknownBefore: UnknownBefore = (of, at, by) => {
    if (at === ALWAYS) return;
    for (const tag of of) if ((knownFrom.get(tag)?.at ?? NEVER) < at) knownFrom.set(tag, { at, own: tag === by });
  };
  const moments: Moment[] = [];
  const add = <T>(
    { contents }: Past<T>,
    release: string,
    affects: readonly string[],
    of: (is: T, was: T | null) => Moment['change'],
    from: string,
  ) => {
    for (const [at, { content, since: came }] of contents.entries()) {
      const was = contents[at + 1]?.content ?? null;
      if (came < since || (was === null && from !== ALWAYS)) break;
      moments.push({ at: came, release, affects, change: of(content, was) });
    }
  };
  unknownBefore([...tags], lostSince(sources));
  unknownOfRejected(sources, relations, unknownBefore);
  const { doubts, rivalled } = doubtsIn(sources);
  // By release, of what is built and of what runs: told once for all of it.
  const built = new Map<string, string>();
  const running = new Map<string, string>();
  for (const fragment of fragments) {
    const { type, release, key } = fragment;
    const isWorkload = type === 'k8s';
    const affects = (isWorkload ? ofWorkloads : all).get(release) ?? NOBODY;
    if (affects.length === 0) continue;
    let from = knownFromOfPlain(fragment, since);
    if (from === null) {
      const past = pastOf(fragment, (item) => {
        const read = readItem({ ...item, [keys.release]: release, [keys.component]: key }, keys, names);
        return 'fragment' in read && !read.fragment.retired ? read.fragment : null;
      });
      from = past.knownFrom;
      // Of what is withdrawn the matrix says only that it is there.
      if (fragment.retired) from = past.contents[0]?.since ?? NEVER;
      else add(past, release, affects, (is, was) => ({ of: 'fragment', is, was }), past.knownFrom);
    }
    if (from !== ALWAYS) {
      const known = isWorkload ? running : built;
      known.set(release, later(known.get(release) ?? ALWAYS, from));
    }
    unknownBefore(affects, doubts.get(fragment.id) ?? ALWAYS);
    if (byOrder.size > 0) unknownBefore([...byOrder], rivalled.get(fragment.id) ?? ALWAYS);
  }
  for (const [release, from] of built) unknownBefore(all.get(release) ?? NOBODY, from, release);
  for (const [release, from] of running) unknownBefore(ofWorkloads.get(release) ?? NOBODY, from, release);
  for (const each of evidence) {
    const affects = all.get(each.release) ?? [];
    const [hash, key] = [each.item[keys.release], each.item[keys.component]];
    if (affects.length === 0 || typeof hash !== 'string' || typeof key !== 'string') continue;
    const past = pastOf(each, (item) => {
      const read = readEvidence(each.id, hash, key, item);
      return 'evidence' in read ? read.evidence : null;
    });
    unknownBefore(affects, past.knownFrom, each.release);
    add(past, each.release, affects, (is, was) => ({ of: 'evidence', is, was }), past.knownFrom);
  }
  return { moments: counting(moments, knownFrom), knownFrom };
}

/** What `pastOf` would say of nearly all: items that keep nothing, and came before it is asked; null: of another. */
function knownFromOfPlain({ item, publishedAt, retired }: Fragment, since: string): string | null {
  if (item.replaced !== undefined || item.firstPublishedAt !== undefined || retired) return null;
  if (publishedAt === null) return NEVER;
  if (typeof item.writeId !== 'string') return publishedAt;
  return publishedAt < since ? ALWAYS : null;
}

/** Those that a verdict of a known state may have changed at, and what lies between. */
function counting(moments: readonly Moment[], knownFrom: Pasts['knownFrom']): Moment[] {
  return moments
    .filter(({ at, affects }) => affects.some((tag) => at > (knownFrom.get(tag)?.at ?? NEVER)))
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** Before that the policy was another. */
function policyKnownFrom({ policies: [newest] }: VerdictSources): string {
  return newest === undefined ? ALWAYS : (newest.publishedAt ?? NEVER);
}

/** Before that nothing is known of any: something was there that is gone, or cannot be read. */
function lostSince({ rejected, seen }: VerdictSources): string {
  const gone = seen.filter(({ kind }) => kind === 'vanished').map(({ at }) => at);
  return [rejected.some(({ item }) => isUnreadable(item)) ? NEVER : ALWAYS, ...gone].reduce(later);
}

/** An item that cannot be read may block its release, or may once have held what others were measured by. */
function unknownOfRejected({ rejected }: VerdictSources, relations: Relations, unknownBefore: UnknownBefore): void {
  const { near, all, blockedBy } = relations;
  const blocks = blockedBy(['invalid-fragment']);
  const looksAtLine = blockedBy(['stage-skipped', 'rebuilt-after-rc', 'near-duplicate-name']);
  for (const { release, key } of rejected) {
    if (release === null) continue;
    const isEvidence = key !== null && isEvidenceKey(release, key);
    // With such a key it never was a fragment, whatever it held.
    const of = isEvidence
      ? all.get(release)
      : near.get(release)?.filter((tag) => (tag === release ? blocks(tag) : looksAtLine(tag)));
    unknownBefore(of ?? NOBODY, NEVER);
  }
}

interface Doubts {
  /** Since when an item is known to be as it is, where it looks as if that were known for longer: by `Fragment#id`. */
  readonly doubts: ReadonlyMap<string, string>;
  /** Since when one is known to have been seen after what else runs in its place. */
  readonly rivalled: ReadonlyMap<string, string>;
}

function doubtsIn({ fragments, survey, seen }: VerdictSources): Doubts {
  const doubts = new Map<string, string>();
  const rivalled = new Map<string, string>();
  // Somebody saw it change, and it keeps fewer contents than that.
  const changes = groupBy(seen, ({ kind, fragment, fields, attributes }) =>
    kind === 'changed' && (fields.length > 0 || attributes.count > 0) ? fragment : null,
  );
  const again = fragments.filter(({ item }) => item.firstPublishedAt !== undefined);
  if (changes.size === 0 && again.length === 0) return { doubts, rivalled };
  for (const { id, item } of fragments) {
    const of = changes.get(id) ?? [];
    const kept = Array.isArray(item.replaced) ? item.replaced.length : 0;
    if (of.length > kept) doubts.set(id, of.map(({ at }) => at).reduce(later));
  }
  if (again.length === 0) return { doubts, rivalled };
  // When what was observed again was seen before that is not kept. It is of account where something else was seen to run in
  // its place meanwhile, and where nothing but it says when its release began.
  const ignoresSome = survey.estate.policy.roster.some(({ expectation }) => expectation === 'ignored');
  const began = new Map<string, string>();
  for (const { release, publishedAt, item } of fragments) {
    if (publishedAt === null || item.firstPublishedAt !== undefined) continue;
    const known = began.get(release);
    if (known === undefined || publishedAt < known) began.set(release, publishedAt);
  }
  const placesIn = ({ component, environments }: Fragment) => environments.map((name) => `${component}\n${name}`);
  const inPlace = new Map<string, Fragment[]>();
  for (const fragment of fragments) {
    if (fragment.type !== 'k8s') continue;
    for (const place of placesIn(fragment)) {
      const known = inPlace.get(place);
      if (known === undefined) inPlace.set(place, [fragment]);
      else known.push(fragment);
    }
  }
  for (const fragment of again) {
    const { id, release, publishedAt, item } = fragment;
    const first = readTime(item.firstPublishedAt ?? null) ?? ALWAYS;
    const start = began.get(release);
    const rivals = placesIn(fragment).flatMap((place) =>
      (inPlace.get(place) ?? []).filter((other) => other !== fragment && (observedAt(other) ?? NEVER) > first),
    );
    const last = publishedAt ?? NEVER;
    const isOfAccount =
      ignoresSome || start === undefined || start > first || rivals.some((other) => other.release === release);
    if (isOfAccount) doubts.set(id, later(doubts.get(id) ?? ALWAYS, last));
    // What runs of several releases is asked only for their order.
    else if (rivals.length > 0) rivalled.set(id, last);
  }
  return { doubts, rivalled };
}
