import { type ChangeTotal, changedSince } from '../store/change-counter.ts';
import { allowanceAt, isCounted, mostAllowance, type ReadLimits, wholeEveryMs } from './read-budget.ts';

/**
 * How changes of the table are found. One rule for every poll:
 *
 * 1. Where a reading of the whole table is due, it is made.
 * 2. Else, where publishers count their changes, the counter is asked for half a read unit. Where it stands as it
 *    stood, nothing else is read; else the releases that changed are, and no others.
 * 3. Else, where nobody counts, the releases that somebody looks at and the newest ones are read one after the other, as
 *    fast as may be paid for.
 *
 * What is found by none but the whole reading (what was deleted, what was written by somebody who does not count) is
 * late by the time between two of those at most. Times here are those of this machine alone, and say only when to read,
 * never what is news.
 */

/** What is known of the table's changes. It is kept with the data it was found with: a failed reading leaves both. */
export interface Detection {
  /**
   * The counter up to which the data hold every counted change; 0: nobody has counted yet; null: not known, as it may
   * not be read, began anew, or cannot say what changed.
   */
  readonly counted: number | null;
  /** The releases' own counters, none later than what the data hold; null: not read. */
  readonly counters: ReadonlyMap<string, number> | null;
  /** What they were when the table was last read as a whole; null: not read. */
  readonly countersAtWhole: ReadonlyMap<string, number> | null;
  /** The last reading of the whole table. */
  readonly full: {
    /** Milliseconds since 1970, like all times here. */
    readonly startedAt: number;
    /** Read units; where the endpoint does not count them, as many as its pages can hold. */
    readonly readUnits: number;
    readonly tookMs: number;
  };
  /** When the last poll began. */
  readonly at: number;
  /** When the policy was asked for last, and the counter that nobody keeps yet. */
  readonly lookedAt: number;
  /** Read units left for all but whole readings; below 0 while changes that were announced have been dear. */
  readonly allowance: number;
  /** Changes were announced that are not read yet, as there is no allowance. */
  readonly heldBack: boolean;
  /** When releases were read by themselves, those of the last polls. */
  readonly releasesReadAt: ReadonlyMap<string, number>;
  /** Read units and milliseconds of the polls that read no whole table; older ones fade. */
  readonly looks: { readonly readUnits: number; readonly ms: number };
  /** What the rights do not allow. */
  readonly denied: { readonly getItem: boolean; readonly query: boolean };
}

/** How often what seldom changes is asked for: the policy, and whether somebody has begun to count. */
const LOOK_AROUND_MS = 60_000;

/** A release that somebody looks at, or a new one. */
export interface Candidate {
  readonly release: string;
  /** What reading it costs, read units. */
  readonly readUnits: number;
  /** It is open: read more often than the others. */
  readonly chosen: boolean;
}

/** What a poll reads. */
export type Poll =
  | { readonly reads: 'whole' }
  | {
      readonly reads: 'changes';
      readonly total: boolean;
      readonly policy: boolean;
      /** In place of what nobody announces. */
      readonly releases: readonly string[];
    };

export interface PollInput {
  /** Null: there has been no reading. */
  readonly detection: Detection | null;
  readonly limits: ReadLimits;
  readonly fragments: number;
  /** A person asked for all of it. */
  readonly wholeAsked: boolean;
  /** Not before: a whole reading failed after it had cost something; null: none did. */
  readonly retryWholeAt: number | null;
  readonly candidates: () => readonly Candidate[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What is to be read now. */
export function nextPoll(input: PollInput): Poll {
  const { detection, limits, fragments, now } = input;
  if (detection === null || input.wholeAsked || isWholeDue(detection, limits, fragments, input.retryWholeAt, now)) {
    return { reads: 'whole' };
  }
  const { counted, denied } = detection;
  const around = now - detection.lookedAt >= LOOK_AROUND_MS || now < detection.lookedAt;
  const announced = isCounted(counted);
  return {
    reads: 'changes',
    total: !denied.getItem && (announced || (counted === 0 && around)),
    policy: around,
    releases: announced || denied.query ? [] : onTurn(input.candidates(), detection, limits, now),
  };
}

function isWholeDue(
  detection: Detection,
  limits: ReadLimits,
  fragments: number,
  retryAt: number | null,
  now: number,
): boolean {
  const since = now - detection.full.startedAt;
  // The clock was put back: then the time of the next try is not a time either.
  if (since < 0) return true;
  if (retryAt !== null && now < retryAt) return false;
  // Half a poll early is nearer to its time than half a poll late.
  return since >= wholeEveryMs(detection, limits, fragments) - limits.pollIntervalMs / 2;
}

/** Read in one poll at most, whatever it costs. */
const MOST_AT_ONCE = 8;
/** An open release counts as if it had waited so many times as long. */
const CHOSEN_WEIGHT = 5;

/** Those that have waited longest, as many as there is allowance for. */
function onTurn(
  candidates: readonly Candidate[],
  detection: Detection,
  limits: ReadLimits,
  now: number,
): readonly string[] {
  let left = allowanceAt(detection, limits, now);
  const waited = ({ release, chosen }: Candidate) =>
    (now - (detection.releasesReadAt.get(release) ?? detection.full.startedAt)) * (chosen ? CHOSEN_WEIGHT : 1);
  const taken: string[] = [];
  for (const { release, readUnits } of candidates.toSorted((a, b) => waited(b) - waited(a))) {
    // In turn: a dear one is waited for, else it would never come.
    if (taken.length === MOST_AT_ONCE || readUnits > left) break;
    left -= readUnits;
    taken.push(release);
  }
  return taken;
}

/** What the counter says. */
export type Announced =
  | { readonly says: 'nothing' }
  | { readonly says: 'releases'; readonly releases: readonly string[] }
  /** More than it can name: the releases' own counters must be compared. */
  | { readonly says: 'many' }
  /** Only the whole table can tell. */
  | { readonly says: 'unsure' };

/** @param total as it is now, and not as a replica remembers it, where it seems to have gone back */
export function announcedBy(total: ChangeTotal, { counted, counters }: Detection): Announced {
  if (counted === null || total.count < counted) return { says: 'unsure' };
  if (total.count === counted) return { says: 'nothing' };
  const releases = changedSince(total, counted);
  if (releases !== null) return { says: 'releases', releases };
  return { says: counters === null ? 'unsure' : 'many' };
}

/** What a poll of changes leads to. */
export interface Looked {
  readonly poll: Extract<Poll, { reads: 'changes' }>;
  readonly now: number;
  /** Read units of the poll; null where the endpoint does not count them, which costs nothing then. */
  readonly readUnits: number | null;
  /** Single releases that were read. */
  readonly releases: readonly string[];
  readonly change: Partial<Pick<Detection, 'counted' | 'counters' | 'heldBack' | 'denied'>>;
}

/** What is known after a poll that did not read the whole table. */
export function afterLook(before: Detection, limits: ReadLimits, looked: Looked): Detection {
  const { poll, now, change } = looked;
  const readUnits = looked.readUnits ?? 0;
  const isSlow = poll.policy;
  return {
    ...before,
    heldBack: false,
    ...change,
    at: now,
    lookedAt: isSlow ? now : before.lookedAt,
    allowance: allowanceAt(before, limits, now) - readUnits,
    releasesReadAt: readAgain(before.releasesReadAt, looked.releases, now),
    looks: { readUnits: before.looks.readUnits + readUnits, ms: before.looks.ms + Math.max(now - before.at, 0) },
  };
}

/** What was read long ago has waited as long as anything else. */
const REMEMBERED = 200;

function readAgain(before: Detection['releasesReadAt'], releases: readonly string[], now: number) {
  if (releases.length === 0) return before;
  const next = new Map(before);
  for (const release of releases) {
    next.delete(release);
    next.set(release, now);
  }
  for (const release of next.keys()) {
    if (next.size <= REMEMBERED) break;
    next.delete(release);
  }
  return next;
}

/** What is known after a reading of the whole table. */
export function afterWhole(
  before: Detection | null,
  limits: ReadLimits,
  found: Pick<Detection, 'counted' | 'counters' | 'countersAtWhole' | 'full' | 'denied'>,
): Detection {
  const now = found.full.startedAt;
  const looks = before?.looks ?? { readUnits: 0, ms: 0 };
  return {
    ...found,
    at: now,
    lookedAt: now,
    allowance: before === null ? mostAllowance(limits) : allowanceAt(before, limits, now),
    heldBack: false,
    releasesReadAt: before?.releasesReadAt ?? new Map(),
    looks: { readUnits: looks.readUnits / 2, ms: looks.ms / 2 },
  };
}
