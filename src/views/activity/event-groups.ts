import type { ChangeEvent } from '../../release/history/changes.ts';
import type { Report } from '../../release/report/report.ts';
import type { Visible } from '../filters/visible.ts';
import type { News } from '../matrix/news.ts';
import type { Activity } from './activity.ts';

/** An event and whether it was marked as seen. */
export interface ToldEvent {
  readonly event: ChangeEvent;
  /** Among all events that ever happened, from 0: its name on the screen. */
  readonly position: number;
  readonly seen: boolean;
}

/** What happened, in a word. `updated`: the component is as it was, and something is told of it otherwise. */
export type EventWord = 'new' | 'vanished' | 'changed' | 'rebuilt' | 'updated';

export function eventWord({ kind, change }: ChangeEvent): EventWord {
  if (kind !== 'changed') return kind;
  return change === 'unchanged' || change === null ? 'updated' : change;
}

/** Nothing but the time of the observation has changed. */
export function isObservedAgain({ fields, attributes }: Pick<ChangeEvent, 'fields' | 'attributes'>): boolean {
  return fields.length === 0 && attributes.count === 0;
}

/** The events that one reading found. */
export interface EventGroup {
  readonly at: string;
  /** What happened, without the next. */
  readonly events: readonly ToldEvent[];
  /** What only says that a roll-out moves on, or still is as it was. */
  readonly readiness: readonly ToldEvent[];
}

/** A stretch of the history, its readings newest first. */
export interface EventSection {
  readonly when: 'watching' | 'away' | 'earlier';
  readonly groups: readonly EventGroup[];
  readonly count: number;
}

/** The events in three stretches: while this page watches, since the visit before, and earlier. Newest first. */
export function sectionsOf(activity: Activity, left: (event: ChangeEvent) => boolean): EventSection[] {
  const { events, letGo, seen, visitFrom, watchedFrom } = activity;
  const told = events.flatMap((event, index): ToldEvent[] => {
    const position = letGo + index;
    return left(event) ? [{ event, position, seen: position < seen }] : [];
  });
  const section = (when: EventSection['when'], from: number, to: number): EventSection => {
    const members = told.filter(({ position }) => position >= from && position < to);
    return { when, groups: groupsOf(members), count: members.length };
  };
  return [
    section('watching', watchedFrom, Number.POSITIVE_INFINITY),
    section('away', visitFrom, watchedFrom),
    section('earlier', 0, visitFrom),
  ];
}

function groupsOf(told: readonly ToldEvent[]): EventGroup[] {
  const groups: { at: string; events: ToldEvent[]; readiness: ToldEvent[] }[] = [];
  for (const each of told) {
    const { at, readinessOnly } = each.event;
    let last = groups.at(-1);
    if (last?.at !== at) {
      last = { at, events: [], readiness: [] };
      groups.push(last);
    }
    (readinessOnly ? last.readiness : last.events).push(each);
  }
  return groups.reverse();
}

/** How many events nobody has marked as seen, without those that only say that a roll-out moves on. */
export function countUnseen({ events, letGo, seen }: Activity): number {
  return events.slice(Math.max(0, seen - letGo)).filter(({ readinessOnly }) => !readinessOnly).length;
}

/** What of the unseen arrived or changed before this page watched the table, and has not left it since. */
export function unseenNews({ events, letGo, seen, watchedFrom }: Activity): News {
  const news = new Map<string, 'new' | 'changed'>();
  for (const { kind, fragment, readinessOnly } of events.slice(
    Math.max(0, seen - letGo),
    Math.max(0, watchedFrom - letGo),
  )) {
    if (kind === 'vanished') news.delete(fragment);
    else if (!readinessOnly && news.get(fragment) !== 'new') news.set(fragment, kind);
  }
  return news;
}

/**
 * Whether the filters leave an event: those of its release and its component do. What is in the table no more has no
 * row or column that they could hide; it is left.
 */
export function filterOf(report: Report, visible: Visible): (event: ChangeEvent) => boolean {
  const hiddenTags = new Set(report.rows.map(({ release }) => release.tag));
  for (const row of visible.rows) hiddenTags.delete(report.rows[row]?.release.tag ?? '');
  const hiddenIds = new Set(report.components.map(({ id }) => id));
  for (const column of visible.columns) hiddenIds.delete(report.components[column]?.id ?? '');
  const { environments } = visible;
  return ({ release, component, environments: of }) =>
    !hiddenTags.has(release) &&
    !hiddenIds.has(component) &&
    (environments === null || of.some((name) => environments.includes(name)));
}
