import type { Report } from '../../release/report/report.ts';
import type { Known } from '../questions.ts';
import { type Action, actionEntries, cellEntries, type Entry, holderEntries, reportEntries } from './entries.ts';
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
}

/** What is found by a text: names, findings, views and actions, and what holds a pasted commit or digest. */
export function answerSearch({ report, fragments }: Known, { text, actions }: SearchAsks): SearchAnswer {
  const holders = holderEntries(report, text, fragments);
  const found = holders ?? cellEntries(report, text);
  return {
    text,
    groups: findEntries([...namedOf(report), ...actionEntries(actions)], text, found),
    noHolder: holders?.length === 0,
  };
}

/** Made once per report, and not for each letter. */
const NAMED = new WeakMap<Report, readonly Entry[]>();

function namedOf(report: Report): readonly Entry[] {
  const named = NAMED.get(report) ?? reportEntries(report);
  NAMED.set(report, named);
  return named;
}
