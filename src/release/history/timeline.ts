import type { EnvironmentNames } from '../item/environment.ts';
import { type Evidence, readEvidence } from '../item/evidence.ts';
import { type Fragment, observedAt, readItem } from '../item/fragment.ts';
import type { Item, KeyNames, PlainValue } from '../item/item.ts';
import type { WrittenPolicy } from '../policy/policy-item.ts';
import { type ChangeEvent, changesBetween } from './changes.ts';

/**
 * One thing that the table says happened, and when. What an item says now happened when it was observed; what it replaced
 * is kept in it, and happened before.
 */
export type Happening =
  /** A component was published, or a workload was rolled out. */
  | { readonly kind: 'published' | 'rolled-out'; readonly at: string; readonly fragment: Fragment }
  /** Other content came under the same key; `ready`: of a workload only how ready it is. */
  | {
      readonly kind: 'replaced' | 'ready';
      readonly at: string;
      readonly fragment: Fragment;
      readonly change: ChangeEvent;
    }
  | { readonly kind: 'checked'; readonly at: string; readonly evidence: Evidence }
  | { readonly kind: 'policy'; readonly at: string; readonly policy: WrittenPolicy };

export interface Timeline {
  /** Ascending by their time. */
  readonly happenings: readonly Happening[];
  /** Fragments that do not say when they were observed, or name a time that has not come. */
  readonly undated: readonly Fragment[];
}

/** What a timeline is made of. */
export interface TimelineInput {
  readonly fragments: readonly Fragment[];
  readonly evidence: readonly Evidence[];
  /** The documents of the policy, as far as the table says when they were written. */
  readonly policies: readonly WrittenPolicy[];
  readonly keys: KeyNames;
  readonly environments: EnvironmentNames;
  /** ISO 8601 in UTC. */
  readonly readAt: string;
}

/** By so much a clock may be ahead of the reader's, milliseconds. */
const AHEAD_MS = 5 * 60_000;

/** What the table says happened, whoever looked at it and whenever. */
export function timelineOf({ fragments, evidence, policies, keys, environments, readAt }: TimelineInput): Timeline {
  const happenings: Happening[] = [];
  const latest = new Date(Date.parse(readAt) + AHEAD_MS).toISOString();
  const undated: Fragment[] = [];
  for (const fragment of fragments) {
    const said = happeningsOf(fragment, keys, environments).filter(({ at }) => at <= latest);
    if (said.length === 0) undated.push(fragment);
    happenings.push(...said);
  }
  for (const each of evidence) {
    for (const said of [each, ...earlierEvidence(each, keys)]) {
      if (said.publishedAt <= latest) happenings.push({ kind: 'checked', at: said.publishedAt, evidence: said });
    }
  }
  for (const policy of policies) {
    if (policy.publishedAt !== null && policy.publishedAt <= latest) {
      happenings.push({ kind: 'policy', at: policy.publishedAt, policy });
    }
  }
  return { happenings: byTime(happenings), undated };
}

/** ISO 8601 in UTC with equal precision: text order is time order. */
export function byTime<T extends { readonly at: string }>(happenings: readonly T[]): T[] {
  return happenings.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function happeningsOf(fragment: Fragment, keys: KeyNames, environments: EnvironmentNames): Happening[] {
  const found: Happening[] = [];
  let before: Fragment | null = null;
  for (const one of [...earlierFragments(fragment, keys, environments), fragment]) {
    const at = observedAt(one);
    if (at === null) continue;
    const [change] = before === null ? [] : changesBetween([before], [one], at);
    if (before === null) found.push({ kind: one.type === 'k8s' ? 'rolled-out' : 'published', at, fragment: one });
    else if (change !== undefined && !isObservedAgain(change)) {
      found.push({ kind: change.readinessOnly ? 'ready' : 'replaced', at, fragment: one, change });
    }
    before = one;
  }
  return found;
}

/** Nothing but the time of the observation has changed. */
function isObservedAgain({ fields, attributes }: ChangeEvent): boolean {
  return attributes.count === 0 && fields.every(({ field }) => field === 'date');
}

/** What an item said before, the oldest first. */
function replacedIn({ replaced }: Item): Item[] {
  if (!Array.isArray(replaced)) return [];
  return replaced
    .filter(isItem)
    .map(({ replacedAt: _, ...content }) => content)
    .toReversed();
}

function isItem(value: PlainValue): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function earlierFragments({ item, release, key }: Fragment, keys: KeyNames, names: EnvironmentNames): Fragment[] {
  return replacedIn(item).flatMap((content) => {
    const reading = readItem({ ...content, [keys.release]: release, [keys.component]: key }, keys, names);
    return 'fragment' in reading ? [reading.fragment] : [];
  });
}

function earlierEvidence({ id, item }: Evidence, keys: KeyNames): Evidence[] {
  const [release, key] = [item[keys.release], item[keys.component]];
  if (typeof release !== 'string' || typeof key !== 'string') return [];
  return replacedIn(item).flatMap((content) => {
    const reading = readEvidence(id, release, key, content);
    return 'evidence' in reading ? [reading.evidence] : [];
  });
}

/** Happenings that belong together: of one kind, one release and one environment, within an hour of each other. */
export interface HappeningGroup {
  readonly kind: Happening['kind'];
  /** Null: of no release. */
  readonly release: string | null;
  /** Folded; null: of no single one. */
  readonly environment: string | null;
  /** When the first and the last of them happened. */
  readonly from: string;
  readonly to: string;
  /** Ascending by their time. At least one. */
  readonly happenings: readonly Happening[];
}

/** Of a release that comes in over an hour nobody wants to read a line per component. */
const TOGETHER_MS = 60 * 60_000;

/** @param happenings ascending by their time @returns by their end, the newest first */
export function groupHappenings(happenings: readonly Happening[]): HappeningGroup[] {
  interface Open {
    readonly group: Omit<HappeningGroup, 'to'> & { readonly happenings: Happening[] };
    to: string;
    toMs: number;
  }
  const groups: Open[] = [];
  const open = new Map<string, Open>();
  for (const happening of happenings) {
    const { kind, at } = happening;
    const atMs = Date.parse(at);
    const { release, environment } = placeOf(happening);
    // Each result of a check, and each change of the policy, is something of its own.
    const name = kind === 'checked' || kind === 'policy' ? null : `${kind}\n${release}\n${environment}`;
    const known = name === null ? undefined : open.get(name);
    if (known !== undefined && atMs - known.toMs <= TOGETHER_MS) {
      known.group.happenings.push(happening);
      known.to = at;
      known.toMs = atMs;
      continue;
    }
    const made: Open = {
      group: { kind, release, environment, from: at, happenings: [happening] },
      to: at,
      toMs: atMs,
    };
    groups.push(made);
    if (name !== null) open.set(name, made);
  }
  return groups.sort((a, b) => b.toMs - a.toMs).map(({ group, to }) => ({ ...group, to }));
}

function placeOf(happening: Happening): { readonly release: string | null; readonly environment: string | null } {
  switch (happening.kind) {
    case 'policy':
      return { release: null, environment: null };
    case 'checked':
      return { release: happening.evidence.release, environment: happening.evidence.environment };
    default: {
      const { release, type, environments } = happening.fragment;
      return { release, environment: type === 'k8s' && environments.length > 0 ? environments.join(', ') : null };
    }
  }
}
