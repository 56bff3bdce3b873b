import type { KeptEvents } from '../../release/history/changes.ts';

/** What is kept of a table's past. */
export interface History extends KeptEvents {
  /** How many events had happened, those let go included, when all were marked as seen last. */
  readonly seen: number;
  /** The reading until which all was seen then, at first the first one: ISO 8601 in UTC. Absent: an older page kept it. */
  readonly seenAt?: string;
  /** Of the last reading that is in it, ISO 8601 in UTC. */
  readonly readAt: string;
}

/** What changed in the table, as far as it is known. */
export interface Activity extends History {
  /** Positions among all events: what happened between the visits begins, and what this page has watched. */
  readonly visitFrom: number;
  readonly watchedFrom: number;
  /** When an earlier visit read the table last, ISO 8601; null: this is the first visit. */
  readonly lastVisitAt: string | null;
  /** Why it is forgotten with the page, as a sentence; null where it is not. */
  readonly trouble: string | null;
  /** How many releases are too old for their state to be kept: of them only what is watched is told. */
  readonly releasesNotKept: number;
}
