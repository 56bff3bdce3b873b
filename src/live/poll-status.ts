import type { FaultCode, ReadFault } from '../contract/read-fault.ts';
import type { TableSummary } from './table-data.ts';

/** What is known of the readings: the last good one, and how the last try ended. */
export interface Reading {
  /** The last good one; null: there has never been one. */
  readonly table: TableSummary | null;
  /** Why the last try failed; null where it did not. */
  readonly fault: ReadFault | null;
  /** Where it did not: why the whole table could not be read when that was tried last; null: it could. */
  readonly wholeFault: ReadFault | null;
  /** Where it did not: how long an answer took, milliseconds, if that was slow; else null. */
  readonly slowMs: number | null;
  /** Failed tries in a row. */
  readonly failures: number;
  /** When the last try began and ended, milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** From the end of the last try to the next one, milliseconds. */
  readonly pauseMs: number;
}

/** A pause of 0 would end the polls: the query cache takes it for “no more”. */
const LEAST_PAUSE_MS = 1_000;

/**
 * From one reading's end to the next one's start, milliseconds.
 *
 * @param spentMs how long the last try took, all in all
 */
export function pauseAfterPoll(pollIntervalMs: number, spentMs: number): number {
  return Math.max(pollIntervalMs - spentMs, LEAST_PAUSE_MS);
}

/** Whoever comes back to the tab in an outage need not wait for its back-off, only for this since the last try. */
const OUTAGE_PAUSE_MS = 5_000;

/** Whether to read at once when the tab is seen again: a reading was missed, or the last one failed a while ago. */
export function isOverdue({ endedAt, pauseMs, fault }: Reading, now: number): boolean {
  return now - endedAt >= (fault === null ? pauseMs : Math.min(pauseMs, OUTAGE_PAUSE_MS));
}

/** The word for how much the screen can be trusted. */
export type LiveWord = 'Loading' | 'Live' | 'Paused' | 'Stale' | 'Offline';

export interface LiveStatus {
  readonly word: LiveWord;
  /** What a person needs to know besides, as a sentence without its full stop; null where there is nothing. */
  readonly reason: string | null;
}

/** What the status is judged by. */
export interface LiveInput {
  readonly reading: Reading | null;
  readonly paused: boolean;
  /** What the browser says of the network. */
  readonly online: boolean;
  /** Whether the page calls AWS itself; everything else is on this machine and needs no network. */
  readonly callsAws: boolean;
  readonly pollIntervalMs: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The fault with which the server behind the page is gone, whatever the table. */
const SERVER_GONE: FaultCode = 'local-server-stopped';

/**
 * How much the screen can be trusted. Paused wins: it is what the person asked for. Offline: this machine is cut off.
 * Stale: the last try failed, or the last one to read the whole table, whatever is known of changes since; or the last
 * good data are older than two readings would be.
 */
export function liveStatus({ reading, paused, online, callsAws, pollIntervalMs, now }: LiveInput): LiveStatus {
  const fault = reading?.fault ?? null;
  if (paused) return { word: 'Paused', reason: null };
  if (callsAws && !online) return { word: 'Offline', reason: 'this machine has no network' };
  if (fault?.code === SERVER_GONE) return { word: 'Offline', reason: 'local server stopped' };
  if (fault !== null || (reading?.wholeFault ?? null) !== null) return { word: 'Stale', reason: null };
  if (reading === null || reading.table === null) return { word: 'Loading', reason: null };
  const age = now - reading.endedAt;
  // Two polls, and the time that the second of these may take where it reads the whole table.
  const longest = Math.max(reading.table.tookMs, reading.table.detection?.full.tookMs ?? 0);
  // Polls of a slow table are further apart.
  const late = age > 2 * Math.max(pollIntervalMs, reading.pauseMs) + longest;
  if (late) return { word: 'Stale', reason: 'no reading for more than two polls' };
  const { slowMs } = reading;
  return { word: 'Live', reason: slowMs === null ? null : `slow: ${Math.round(slowMs / 1000)} s an answer` };
}
