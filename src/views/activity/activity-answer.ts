import type { ChangeEvent } from '../../release/history/changes.ts';
import type { Report } from '../../release/report/report.ts';
import { applyFilters } from '../filters/apply-filters.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import type { Activity } from './activity.ts';
import {
  type EventGroup,
  type EventSection,
  type EventWord,
  eventWord,
  filterOf,
  sectionsOf,
  type ToldEvent,
} from './event-groups.ts';

export interface ActivityAsks {
  readonly filters: Filters;
  /** How many events of each stretch are told at most, the newest. */
  readonly room: Readonly<Record<EventSection['when'], number>>;
}

/** One thing that happened, as it is drawn. */
export interface EventLine
  extends Pick<ChangeEvent, 'release' | 'component' | 'environments' | 'fields' | 'attributes' | 'retagged'> {
  /** Among all events that ever happened, from 0: its name on the screen. */
  readonly position: number;
  readonly seen: boolean;
  readonly word: EventWord;
  /** The own version of what is new or vanished; else empty. */
  readonly version: string;
  /** The table still has its release and its component, so that there is a cell to lead to. */
  readonly inTable: boolean;
}

/** What one reading found. */
export interface LineGroup {
  readonly at: string;
  readonly events: readonly EventLine[];
  /** What only says that a roll-out moves on, or still is as it was. */
  readonly readiness: readonly EventLine[];
}

export interface LineSection extends Pick<EventSection, 'when' | 'count'> {
  /** Those that there is room for, newest first. */
  readonly groups: readonly LineGroup[];
  /** How many events these leave out. */
  readonly left: number;
}

export interface ToldActivity extends Pick<Activity, 'lastVisitAt' | 'trouble' | 'letGo' | 'releasesNotKept'> {
  readonly sections: readonly LineSection[];
  /** How many events the filters leave, and how many they hide. */
  readonly shown: number;
  readonly hidden: number;
}

/** Null: the history is not there yet. */
export type ActivityAnswer = ToldActivity | null;

/** What changed in the table, as far as the filters leave it and there is room. */
export function answerActivity({ report, activity }: Known, { filters, room }: ActivityAsks): ActivityAnswer {
  if (activity === null) return null;
  const sections = sectionsOf(activity, filterOf(report, applyFilters(report, filters)));
  const lineOf = lineWriter(report);
  const shown = sections.reduce((sum, { count }) => sum + count, 0);
  const { lastVisitAt, trouble, letGo, releasesNotKept } = activity;
  return {
    sections: sections.map(({ when, groups, count }) => ({ when, count, ...within(groups, room[when], lineOf) })),
    shown,
    hidden: activity.events.length - shown,
    lastVisitAt,
    trouble,
    letGo,
    releasesNotKept,
  };
}

/** As much as there is room for, a long group cut short; and how many events that leaves out. */
function within(
  groups: readonly EventGroup[],
  room: number,
  lineOf: (told: ToldEvent) => EventLine,
): Pick<LineSection, 'groups' | 'left'> {
  const drawn: LineGroup[] = [];
  let [free, left] = [room, 0];
  for (const { at, ...group } of groups) {
    const events = group.events.slice(0, Math.max(0, free));
    const readiness = group.readiness.slice(0, Math.max(0, free - events.length));
    const count = events.length + readiness.length;
    if (count > 0) drawn.push({ at, events: events.map(lineOf), readiness: readiness.map(lineOf) });
    free -= count;
    left += group.events.length + group.readiness.length - count;
  }
  return { groups: drawn, left };
}

function lineWriter({ rows, components }: Report): (told: ToldEvent) => EventLine {
  const tags = new Set(rows.map(({ release }) => release.tag));
  const ids = new Set(components.map(({ id }) => id));
  return ({ event, position, seen }) => {
    const { kind, release, component, environments, fields, attributes, retagged, from, to } = event;
    const version = kind === 'changed' ? '' : (to ?? from ?? '');
    const inTable = tags.has(release) && ids.has(component);
    const word = eventWord(event);
    return { position, seen, word, release, component, environments, version, fields, attributes, retagged, inTable };
  };
}
