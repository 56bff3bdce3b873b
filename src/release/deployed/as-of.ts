import type { EnvironmentNames } from '../item/environment.ts';
import type { Evidence } from '../item/evidence.ts';
import { type Fragment, observedAt, readItem } from '../item/fragment.ts';
import { DOCUMENTED_KEYS, type Item, type PlainValue } from '../item/item.ts';
import type { Estate } from '../matrix/estate.ts';
import type { Policy } from '../policy/policy.ts';
import { momentOf } from '../policy/policy-times.ts';
import { makeReport } from '../report/make-report.ts';
import type { Report } from '../report/report.ts';

/** What a table said at a moment, as far as it still says so. */
export interface AsOf {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** On what had been observed by then, by the policy of today. */
  readonly report: Report;
  /** Places at which nothing had been observed by then, and something was later: what was there nobody knows. */
  readonly notKnown: readonly NotKnown[];
  /** Fragments that do not say when they were observed: none of them is in it. */
  readonly undated: number;
}

export interface NotKnown {
  /** `<type>#<name>`. */
  readonly component: string;
  readonly environment: string;
  /** When something was first observed there, as far as the table still says so. ISO 8601 in UTC. */
  readonly since: string;
}

/** That something of a release was observed in an environment. */
export interface Observation {
  readonly component: string;
  readonly environment: string;
  readonly release: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** What a report was made of. */
export interface Source {
  readonly fragments: readonly Fragment[];
  readonly evidence: readonly Evidence[];
}

/** The same, as whoever has the report holds it. */
export function sourceOf({ matrix, evidence }: Estate): Source {
  return {
    fragments: matrix.entries.flatMap((row) => row.flatMap((cell) => cell ?? [])),
    evidence: [...evidence.values()].flat(),
  };
}

/**
 * The moment that a date (its last one, or now where it is today) or a time names, ISO 8601 in UTC; of what is none, or is
 * to come, what is wrong with it.
 */
export function pastMoment(text: string, readAt: string): string | { readonly fault: string } {
  const moment = momentOf(text);
  if (moment === null) {
    return { fault: `“${text}” is neither a date such as 2026-11-15 nor a time such as 2026-11-15T12:00:00Z` };
  }
  const at = new Date(moment).toISOString();
  if (at <= readAt) return at;
  return readAt.startsWith(text) ? readAt : { fault: `${text} is still to come` };
}

/**
 * What a table said at a moment. Of each key the content counts that was there then: that of today, or one that it has
 * replaced and still keeps. What was observed again has only the time of the last observation, so that before it the
 * content is not known to have been there, unless it took the place of another one.
 *
 * @param at ISO 8601 in UTC
 */
export function asOf({ fragments, evidence }: Source, policy: Policy, at: string): AsOf {
  const then: Fragment[] = [];
  let undated = 0;
  for (const fragment of fragments) {
    const contents = contentsOf(fragment, policy.environments);
    const content = contents.find(({ since }) => since !== null && since <= at);
    if (content !== undefined) then.push(content.fragment);
    else if (contents.every(({ since }) => since === null)) undated++;
  }
  const known = new Set(then.flatMap(({ component, environments }) => environments.map(placeOf(component))));
  const later = new Map<string, NotKnown>();
  for (const { component, environment, at: since } of observationsOf(fragments, policy.environments)) {
    const place = placeOf(component)(environment);
    // The earliest comes first.
    if (!known.has(place) && !later.has(place)) later.set(place, { component, environment, since });
  }
  const signed = evidence.filter(({ publishedAt }) => publishedAt <= at);
  const report = makeReport(null, { fragments: then, evidence: signed, rejected: [], readAt: at }, policy).report;
  return { at, report, notKnown: [...later.values()], undated };
}

/** All that the table still says of when what was observed where, the earliest first. */
export function observationsOf(fragments: readonly Fragment[], names: EnvironmentNames): readonly Observation[] {
  const all: Observation[] = [];
  for (const fragment of fragments) {
    // Most name no environment, now or ever.
    if (fragment.environments.length === 0 && !hasReplaced(fragment)) continue;
    for (const { since, fragment: of } of contentsOf(fragment, names)) {
      if (since === null) continue;
      for (const environment of of.environments) {
        all.push({ component: of.component, environment, release: of.release, at: since });
      }
    }
  }
  return all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function placeOf(component: string): (environment: string) => string {
  return (environment) => `${component}\n${environment}`;
}

/** What a key held, and since when; null: nobody says. */
interface Held {
  readonly fragment: Fragment;
  readonly since: string | null;
}

/** The latest first. */
function contentsOf(fragment: Fragment, names: EnvironmentNames): readonly Held[] {
  if (!hasReplaced(fragment)) return [{ fragment, since: observedAt(fragment) }];
  const replaced = (fragment.item.replaced as readonly PlainValue[]).filter(isContent); // it is a list
  const contents = replaced.flatMap(({ replacedAt, ...content }) => {
    const read = readItem(
      {
        ...content,
        [DOCUMENTED_KEYS.release]: fragment.release,
        [DOCUMENTED_KEYS.component]: fragment.key,
      },
      DOCUMENTED_KEYS,
      names,
    );
    return 'fragment' in read ? [{ fragment: read.fragment, until: timeText(replacedAt) }] : [];
  });
  const all = [{ fragment, until: null }, ...contents];
  return all.map(({ fragment: of }, place): Held => {
    // It came when it took the place of the one before, however often it was seen again.
    const since = all[place + 1]?.until ?? observedAt(of);
    return { fragment: since === null || since === observedAt(of) ? of : { ...of, publishedAt: since }, since };
  });
}

function hasReplaced({ item }: Fragment): boolean {
  return Array.isArray(item.replaced) && item.replaced.length > 0;
}

function isContent(value: PlainValue): value is Item {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function timeText(value: PlainValue | undefined): string | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
