import { readChangeQuery } from '../../release/history/change-query.ts';
import { findChange } from '../../release/history/find-change.ts';
import type { FoundChange } from '../../release/history/find-document.ts';
import { unseenWords } from '../../release/history/find-words.ts';
import type { Report } from '../../release/report/report.ts';
import type { Known } from '../questions.ts';
import {
  type Action,
  actionEntries,
  cellEntries,
  changeEntries,
  type Entry,
  holderEntries,
  reportEntries,
} from './entries.ts';
import { type FoundGroup, findEntries } from './find-entries.ts';

export interface SearchAsks {
  /** As it is typed. */
  readonly text: string;
  /** What can be done in the state that the page is in. */
  readonly actions: readonly Action[];
}

export interface SearchAnswer {
  /** What was searched for: by then more may have been typed. */
  readonly text: string;
  readonly groups: readonly FoundGroup[];
  /** The text is a commit or a digest, and nothing holds it. */
  readonly noHolder: boolean;
  /** What could not be looked at for a change; absent where all could, or no fragment lists any change at all. */
  readonly unseen?: string;
}

/** What is found by a text: names, findings, views and actions, where a pasted change is, and what holds a commit or digest. */
export function answerSearch({ report, fragments }: Known, { text, actions }: SearchAsks): SearchAnswer {
  const holders = holderEntries(report, text, fragments);
  const change = changeOf(report, text);
  const changes = change === null ? [] : changeEntries(change);
  const isListed = change !== null && fragments.some(({ fields }) => fields.changes !== undefined);
  const unseen = isListed ? unseenWords(change.unseen) : '';
  const found = [...changes, ...(holders ?? cellEntries(report, text))];
  return {
    text,
    groups: findEntries([...namedOf(report), ...actionEntries(actions)], text, found),
    noHolder: holders?.length === 0 && changes.length === 0,
    ...(unseen === '' ? {} : { unseen }),
  };
}

/** Versions are found as releases are. What only may be a ticket (`auth-2`) and is of no change is a name. */
function changeOf(report: Report, text: string): FoundChange | null {
  const query = readChangeQuery(text);
  if (query === null || query.kind === 'version') return null;
  const found = findChange(report, text.trim(), query);
  return query.kind === 'ticket' && found.components.length === 0 ? null : found;
}

/** Made once per report, and not for each letter. */
const NAMED = new WeakMap<Report, readonly Entry[]>();

function namedOf(report: Report): readonly Entry[] {
  const named = NAMED.get(report) ?? reportEntries(report);
  NAMED.set(report, named);
  return named;
}
