import { unseenWords } from '../../release/history/find-words.ts';
import type { Report } from '../../release/report/report.ts';
import { type PointedAt, pointedAt } from '../filters/pointed-at.ts';
import type { Known } from '../questions.ts';
import { type Action, actionEntries, cellEntries, type Entry, pointedEntries, reportEntries } from './entries.ts';
import { type FoundGroup, findEntries } from './find-entries.ts';

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

/** Where something is that was pasted: a commit, a digest, a pull request, a ticket, or `component@version`. */
export interface WhereAnswer {
  /** What was looked for: by then more may have been typed. */
  readonly text: string;
  readonly groups: readonly FoundGroup[];
  /** It is of that kind, and this is what is said as nothing has it. */
  readonly nothing: string | null;
  /** What could not be looked at for a change; absent where all could, or no fragment lists any change at all. */
  readonly unseen?: string;
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
  return { text, groups: findEntries(named, text, found), ...aside(pointed, fragments) };
}

function aside(pointed: PointedAt | null, fragments: Known['fragments']): Pick<WhereAnswer, 'nothing' | 'unseen'> {
  if (pointed === null) return { nothing: null };
  const isListed = fragments.some(({ fields }) => fields.changes !== undefined);
  const unseen = isListed ? unseenWords(pointed.found.unseen) : '';
  return { nothing: pointed.nothing, ...(unseen === '' ? {} : { unseen }) };
}

/** Made once per report, and not for each letter. */
const NAMED = new WeakMap<Report, readonly Entry[]>();

function namedOf(report: Report): readonly Entry[] {
  const named = NAMED.get(report) ?? reportEntries(report);
  NAMED.set(report, named);
  return named;
}
