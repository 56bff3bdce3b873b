import { currentReleases } from '../../release/deployed/current-releases.ts';
import type { Finding } from '../../release/finding/finding.ts';
import type { ChangeEvent } from '../../release/history/changes.ts';
import {
  byTime,
  groupHappenings,
  type Happening,
  type HappeningGroup,
  timelineOf,
} from '../../release/history/timeline.ts';
import { verdictSteps } from '../../release/history/verdict-changes.ts';
import type { VerdictChange } from '../../release/history/verdict-folding.ts';
import type { Fragment } from '../../release/item/fragment.ts';
import { placesOf } from '../../release/matrix/matrix.ts';
import { ownerOf } from '../../release/matrix/owners.ts';
import type { Report } from '../../release/report/report.ts';
import type { Verdict } from '../../release/report/verdict.ts';
import type { Steps } from '../../release/text/steps.ts';
import { applyFilters } from '../filters/apply-filters.ts';
import type { Visible } from '../filters/visible.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import { type Activity, ITEMS_TOLD } from './activity.ts';
import { itemWords, type LineWords, latest, verdictWords, wordsOf } from './activity-lines.ts';

export interface ActivityAsks {
  readonly filters: Filters;
  /** How many lines are told at most, the newest. */
  readonly room: number;
  /** Lines whose components are told as well, by their name. */
  readonly open: readonly string[];
}

/** What happened together, in a line. */
export interface ActivityLine extends LineWords {
  /** Tells it from the others, and stays as more comes to it. */
  readonly id: string;
  /**
   * What happened; `verdict`: a release passes, or fails, and did not before; `gone`: items are not in the table any more,
   * as this browser found.
   */
  readonly kind: HappeningGroup['kind'] | 'verdict' | 'gone';
  /** The verdict since then. Absent: it is of none. */
  readonly verdict?: Verdict['result'];
  /** Tag; null: it is of no release. */
  readonly release: string | null;
  readonly environment: string | null;
  /** When the first and the last of it happened, ISO 8601 in UTC. */
  readonly from: string;
  readonly to: string;
  /** Something of it came since the last visit, or since all was marked as seen. */
  readonly isNew: boolean;
  /** The release has a row in the table, to which it leads. */
  readonly inTable: boolean;
  /** How many components it is of; 0: it opens to nothing. */
  readonly count: number;
  /** Of what is open the first of them. */
  readonly items: readonly LineItem[];
}

/** A component that a line is about. */
export interface LineItem {
  /** Id. */
  readonly component: string;
  readonly owner: string | null;
  readonly what: string;
  readonly isNew: boolean;
}

export interface ToldActivity extends Pick<Activity, 'trouble'> {
  /** By when they ended, the newest first. */
  readonly lines: readonly ActivityLine[];
  /** How many lines the filters leave, of how many, and how many fragments that they leave say no time. */
  readonly shown: number;
  readonly all: number;
  readonly undated: number;
  /** Of how many current releases it is not known, or too much work to find out, since when the verdict is what it is. */
  readonly untold: number;
  /** Null: this is the first visit. */
  readonly lastVisitAt: string | null;
}

/** Null: the history is not there yet. */
export type ActivityAnswer = ToldActivity | null;

/** What the table says happened, as far as the filters leave it and there is room. */
export function* activitySteps(known: Known, { filters, room, open }: ActivityAsks): Steps<ActivityAnswer> {
  const { activity } = known;
  if (activity === null) return null;
  const { groups, all, undated, untold } = yield* groupSteps(known, applyFilters(known.report, filters));
  const write = lineWriter(known, unseenOf(activity), new Set(open));
  return {
    lines: groups.slice(0, room).map(write),
    shown: groups.length,
    ...{ all, undated, untold },
    lastVisitAt: activity.lastVisitAt,
    trouble: activity.trouble,
  };
}

interface Shown extends Pick<ToldActivity, 'all' | 'undated' | 'untold'> {
  readonly groups: readonly ShownGroup[];
}

/** Everything that happened, as far as the filters leave it, in groups, the newest first. */
export function* groupSteps(known: Known, visible: Visible): Steps<Shown> {
  const { happenings, undated } = timelineIn(known);
  yield;
  const left = filterOf(known.report, visible);
  const seen = changesSeen(known.activity);
  const told = byTime([...happenings.map((happening) => asSeen(happening, seen)), ...seenOf(undated, seen)]);
  yield;
  const shown = told.filter((happening) => left(placeOf(happening)));
  yield;
  const groups: ShownGroup[] = groupHappenings(shown);
  const ofAll = shown.length === told.length ? groups.length : yield* groupsInAll(known, told);
  yield;
  const { changes, untold } = yield* verdictsIn(known);
  const others = [...verdictGroups(changes, left), ...goneIn(known.activity, left)];
  const gone = goneIn(known.activity, () => true);
  return {
    groups: [...groups, ...others].sort(newestFirst),
    all: ofAll + changes.length + gone.length,
    undated: undated.filter((fragment) => !seen.has(fragment.id) && left(fragment)).length,
    untold: untold.filter((release) => left({ release, component: null, environments: [] })).length,
  };
}

/** By the minute, as it is shown: what ended last, of these what it made of a verdict, then what began last. */
function newestFirst(a: ShownGroup, b: ShownGroup): number {
  const later = (one: string, other: string) => (one < other ? 1 : one > other ? -1 : 0);
  return (
    later(minuteOf(a.to), minuteOf(b.to)) ||
    Number(b.kind === 'verdict') - Number(a.kind === 'verdict') ||
    later(minuteOf(a.from), minuteOf(b.from)) ||
    later(a.to, b.to)
  );
}

function minuteOf(time: string): string {
  return time.slice(0, MINUTE);
}

const MINUTE = 'YYYY-MM-DDThh:mm'.length;

/** Of a report how many groups of happenings there are before any filter. */
const groupsOfAll = new WeakMap<Report, { readonly events: Activity['events']; readonly count: number }>();

function* groupsInAll({ report, activity }: Known, told: readonly Happening[]): Steps<number> {
  const events = activity?.events ?? NO_EVENTS;
  const before = groupsOfAll.get(report);
  if (before?.events === events) return before.count;
  yield;
  const count = groupHappenings(told).length;
  groupsOfAll.set(report, { events, count });
  return count;
}

/** Of a report the timeline, which every filter asks for anew. */
const timelines = new WeakMap<Report, ReturnType<typeof timelineOf>>();

function timelineIn({ report, fragments, evidence, policies, policy, keyNames }: Known): ReturnType<typeof timelineOf> {
  const known = timelines.get(report);
  if (known !== undefined) return known;
  const { environments } = policy;
  const made = timelineOf({ fragments, evidence, policies, keys: keyNames, environments, readAt: report.readAt });
  timelines.set(report, made);
  return made;
}

/** So much of what happened is asked for what it did to verdicts, the latest. */
const ASKED_FOR_VERDICTS = 4_000;

interface ToldVerdicts {
  /** What somebody saw of the past counts as well. */
  readonly events: Activity['events'];
  readonly changes: readonly VerdictChange[];
  /** Tags of the current releases that have a verdict, of which nothing is told. */
  readonly untold: readonly string[];
}

/** Of a report how verdicts became what they are, likewise. */
const toldVerdicts = new WeakMap<Report, ToldVerdicts>();
const NO_EVENTS: Activity['events'] = [];

function* verdictsIn(known: Known): Steps<ToldVerdicts> {
  const { report, keyNames: keys, activity } = known;
  const events = activity?.events ?? NO_EVENTS;
  const before = toldVerdicts.get(report);
  if (before?.events === events) return before;
  const since = timelineIn(known).happenings.at(-ASKED_FOR_VERDICTS)?.at ?? '';
  const current = currentReleases(report);
  const changes = yield* verdictSteps({ ...known, keys, seen: events }, current, since);
  const told = new Set(changes.map(({ release }) => release));
  const untold = report.rows.flatMap(({ release: { tag }, verdict }) =>
    current.has(tag) && !told.has(tag) && !verdict.unknown.some((reason) => reason === 'arriving') ? [tag] : [],
  );
  const made = { events, changes, untold };
  toldVerdicts.set(report, made);
  return made;
}

/** Of what blocks a release, or no longer does, the first is named that the filters leave. */
function verdictGroups(changes: readonly VerdictChange[], left: (of: Placed) => boolean): ShownGroup[] {
  return changes.flatMap((change): ShownGroup[] => {
    const { release, from, to, cause } = change;
    const findings = 'findings' in cause ? cause.findings : [];
    const named = findings.find(({ component, environment }) =>
      left({ release, component, environments: environment === null ? [] : [environment] }),
    );
    if (named === undefined && (findings.length > 0 || !left({ release, component: null, environments: [] })))
      return [];
    return [
      {
        kind: 'verdict',
        release,
        environment: null,
        from,
        to,
        happenings: [],
        change: { ...change, named: named ?? null },
      },
    ];
  });
}

/** Of each fragment how it came to be as it is, where this browser has seen it come or change. */
function changesSeen(activity: Activity | null): ReadonlyMap<string, ChangeEvent> {
  const come = (activity?.events ?? []).filter(({ kind }) => kind !== 'vanished');
  return new Map(come.map((event) => [event.fragment, event]));
}

/** Whoever puts items by other means keeps nothing of what they replaced. A browser that watched still knows. */
function asSeen(happening: Happening, seen: ReadonlyMap<string, ChangeEvent>): Happening {
  if (happening.kind !== 'published' && happening.kind !== 'rolled-out') return happening;
  const { at, fragment } = happening;
  const change = seen.get(fragment.id);
  if (change?.kind !== 'changed' || (change.fields.length === 0 && change.attributes.count === 0)) return happening;
  return { kind: change.readinessOnly ? 'ready' : 'replaced', at, fragment, change };
}

/** What says no time of its own happened when it was seen. */
function seenOf(undated: readonly Fragment[], seen: ReadonlyMap<string, ChangeEvent>): Happening[] {
  return undated.flatMap((fragment): Happening[] => {
    const at = seen.get(fragment.id)?.at;
    if (at === undefined) return [];
    return [asSeen({ kind: fragment.type === 'k8s' ? 'rolled-out' : 'published', at, fragment }, seen)];
  });
}

type ShownGroup = Omit<HappeningGroup, 'kind'> & {
  readonly kind: ActivityLine['kind'];
  /** Of a verdict. */
  readonly change?: VerdictChange & { readonly named: Finding | null };
  /** Of what is gone: the components. */
  readonly gone?: readonly { readonly id: string; readonly component: string; readonly was: string }[];
};

/** What the table cannot say, as it is not there any more: this browser has found it gone. */
function goneIn(activity: Activity | null, left: (of: Placed) => boolean): ShownGroup[] {
  const groups = new Map<string, ShownGroup & { gone: { id: string; component: string; was: string }[] }>();
  for (const { kind, at, release, component, environments, fragment, from } of activity?.events ?? []) {
    if (kind !== 'vanished' || !left({ release, component, environments })) continue;
    const name = JSON.stringify([at, release]);
    const group = groups.get(name) ?? {
      ...{ kind: 'gone' as const, release, environment: null, from: at, to: at, happenings: [], gone: [] },
    };
    group.gone.push({ id: fragment, component, was: from ?? '' });
    groups.set(name, group);
  }
  return [...groups.values()];
}

interface Placed {
  /** Null: of none. */
  readonly release: string | null;
  readonly component: string | null;
  readonly environments: readonly string[];
}

/**
 * Whether the filters leave something: those of its release and its component do. What is in the table no more has no
 * row or column that they could hide; it is left. What is of no component is hidden where components are chosen.
 */
function filterOf(report: Report, visible: Visible): (of: Placed) => boolean {
  const hiddenTags = new Set(report.rows.map(({ release }) => release.tag));
  for (const row of visible.rows) hiddenTags.delete(report.rows[row]?.release.tag ?? '');
  const hiddenIds = new Set(report.components.map(({ id }) => id));
  for (const column of visible.columns) hiddenIds.delete(report.components[column]?.id ?? '');
  const { environments } = visible;
  return ({ release, component, environments: named }) => {
    if (release === null ? hiddenTags.size > 0 : hiddenTags.has(release)) return false;
    if (component === null ? hiddenIds.size > 0 : hiddenIds.has(component)) return false;
    return environments === null || named.some((name) => environments.includes(name));
  };
}

function placeOf(happening: Happening): Placed {
  switch (happening.kind) {
    case 'policy':
      return { release: null, component: null, environments: [] };
    case 'checked': {
      const { release, component, environment } = happening.evidence;
      return { release, component, environments: environment === null ? [] : [environment] };
    }
    default:
      return happening.fragment;
  }
}

/** What of the table is new since it was last marked as seen: fragments by `Fragment#id`, and since when. */
export interface Unseen {
  readonly fragments: ReadonlySet<string>;
  /** ISO 8601; null: nobody knows. What is not a fragment is new where it came after. */
  readonly since: string | null;
}

export function unseenOf({ events, letGo, seen, seenAt, lastVisitAt }: Activity): Unseen {
  return {
    fragments: new Set(events.slice(Math.max(0, seen - letGo)).map(({ fragment }) => fragment)),
    since: seenAt ?? lastVisitAt,
  };
}

/** Writes the line of a group. */
export function lineWriter(
  { report, survey }: Known,
  unseen: Unseen,
  open: ReadonlySet<string>,
): (group: ShownGroup) => ActivityLine {
  const { matrix } = survey.estate;
  const tags = placesOf(matrix.releases);
  const ids = placesOf(matrix.components);
  const ownerIn = (release: string, component: string) =>
    ownerOf(matrix, tags.get(release) ?? -1, ids.get(component) ?? -1);
  const owner = ({ release, component }: Fragment) => ownerIn(release, component);
  const isLater = (at: string) => unseen.since !== null && at > unseen.since;
  const isNew = (happening: Happening) =>
    'fragment' in happening ? unseen.fragments.has(happening.fragment.id) : isLater(happening.at);
  const rows = placesOf(report.rows.map(({ release }) => release));
  return ({ kind, release, environment, from, to, happenings, change, gone = [] }) => {
    const id = JSON.stringify([kind, release, environment, from]);
    const all = latest(happenings);
    const items = (): LineItem[] => [
      ...all.map((happening) => ({
        component: happening.fragment.component,
        owner: owner(happening.fragment),
        what: itemWords(happening),
        isNew: isNew(happening),
      })),
      ...gone.map(({ id: fragment, component, was }) => ({
        component,
        owner: ownerIn(release ?? '', component),
        what: was,
        isNew: unseen.fragments.has(fragment),
      })),
    ];
    return {
      ...(change ? verdictWords(change, change.named) : kind === 'gone' ? goneWords(gone) : wordsOf(happenings, owner)),
      ...{ id, kind, release, environment, from, to },
      ...(change ? { verdict: change.after } : {}),
      isNew: change
        ? change.before !== 'not-known' && isLater(change.to)
        : happenings.some(isNew) || gone.some(({ id: fragment }) => unseen.fragments.has(fragment)),
      inTable: release !== null && rows.has(release),
      count: all.length + gone.length,
      items: open.has(id) ? items().slice(0, ITEMS_TOLD) : [],
    };
  };
}

function goneWords(gone: readonly { readonly component: string }[]): LineWords {
  const [only] = gone;
  const what = gone.length === 1 && only !== undefined ? nameOf(only.component) : `${gone.length} items`;
  return { what: '', deviation: `${what} not in the table any more` };
}

function nameOf(component: string): string {
  return component.slice(component.indexOf('#') + 1);
}
