import type { Report } from '../../release/report/report.ts';
import { type PointedAt, pointedAt } from '../filters/pointed-at.ts';
import type { Known } from '../questions.ts';
import { type Action, actionEntries, cellEntries, type Entry, pointedEntries, reportEntries } from './entries.ts';
import { type FoundGroup, findEntries } from './find-entries.ts';
import { type InFull, inFull } from './where-words.ts';

export interface SearchAsks {
  /** As it is typed. */
  readonly text: string;
  /** What can be done in the state that the page is in. */
  readonly actions: readonly Action[];
}

export interface WhereAsks {
  /** As it is typed. */
  readonly text: string;
}

/** Where something is that was pasted, such as a commit, an image, a ticket or the address of one. */
export interface WhereAnswer {
  /** What was looked for: by then more may have been typed. */
  readonly text: string;
  readonly groups: readonly FoundGroup[];
  /** What was looked for, as nothing has it; null: something has, or there is nothing to say. */
  readonly nothing: string | null;
  /** Absent where there is no more to say. */
  readonly inFull?: InFull;
}

/** The same, with everything that is found by its name: releases, components, findings, views and actions. */
export type SearchAnswer = WhereAnswer;

export function answerWhere({ report, fragments }: Known, { text }: WhereAsks): WhereAnswer {
  const pointed = pointedAt(report, text);
  const entries = pointed === null ? [] : pointedEntries(report, pointed);
  return { text, groups: findEntries([], text, entries), ...aside(pointed, fragments) };
}

export function answerSearch({ report, fragments }: Known, { text, actions }: SearchAsks): SearchAnswer {
  const pointed = pointedAt(report, text);
  const found = pointed === null ? cellEntries(report, text) : pointedEntries(report, pointed);
  const named = [...namedOf(report), ...actionEntries(actions)];
  const groups = findEntries(named, text, found);
  const rest = aside(pointed, fragments);
  return { text, groups, ...rest, nothing: rest.nothing ?? (groups.length === 0 ? noMatch(text) : null) };
}

/** Characters of what was typed that are said again. */
const SAID = 60;

function noMatch(text: string): string {
  const wanted = text.trim();
  return `Nothing matches “${wanted.length > SAID ? `${wanted.slice(0, SAID)}…` : wanted}”.`;
}

function aside(pointed: PointedAt | null, fragments: Known['fragments']): Pick<WhereAnswer, 'nothing' | 'inFull'> {
  if (pointed === null) return { nothing: null };
  const full = inFull(
    pointed.found,
    fragments.some(({ fields }) => fields.changes !== undefined),
  );
  return { nothing: pointed.nothing, ...(full === null ? {} : { inFull: full }) };
}

/** Made once per report, and not for each letter. */
const NAMED = new WeakMap<Report, readonly Entry[]>();

function namedOf(report: Report): readonly Entry[] {
  const named = NAMED.get(report) ?? reportEntries(report);
  NAMED.set(report, named);
  return named;
}
