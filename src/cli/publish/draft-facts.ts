import type { AdapterDraft } from '../adapters/tool-output.ts';
import { given } from '../adapters/tool-output.ts';
import type { CliContext } from '../context/cli-context.ts';
import type { CiFacts } from './ci-facts.ts';
import { commitOfTag, dateOfCommit } from './ci-facts-git.ts';
import type { PublishOptions } from './publish-options.ts';

/** What is known of a component beside what its tool says. */
export interface DraftFacts {
  /** The git tag that it was released by; null: none is known to be there. */
  readonly tag: string | null;
  readonly fields: { readonly repo?: string; readonly commit?: string; readonly date?: string };
}

/**
 * What the run and git say of a component that this run made. A monorepo's tags may lie on other commits than that of
 * the run, and a date is that of the commit or nobody's.
 */
export async function factsOfDraft(
  draft: AdapterDraft,
  facts: CiFacts,
  options: Pick<PublishOptions, 'tag' | 'commit'>,
  { git }: CliContext,
): Promise<DraftFacts> {
  const { fields, unconfirmed } = draft;
  const { tag, commit: tagged } = await tagOf(draft, options.tag ?? null, facts.tag, git);
  // Outside a CI nobody says that HEAD is where a tag leads that git does not have.
  const ofRun = tag !== null && facts.from === 'git' && tag !== facts.tag ? null : facts.commit;
  const known = options.commit ?? fields.commit ?? tagged ?? ofRun;
  const commit = known ?? unconfirmed?.commit ?? null;
  const isUnconfirmed = commit !== null && unconfirmed?.commit !== undefined && sameCommit(commit, unconfirmed.commit);
  const ofCommit = commit === null ? null : await dateOf(commit, facts, git);
  return {
    tag,
    fields: given({
      repo: facts.repo ?? undefined,
      commit: commit ?? undefined,
      date: ofCommit ?? (isUnconfirmed ? unconfirmed?.date : undefined),
    }),
  };
}

/** The tag that is said, or of the likely ones the first that the run is about or git has; with its commit. */
async function tagOf(
  { tag, likelyTags = [] }: AdapterDraft,
  given: string | null,
  ofRun: string | null,
  git: CliContext['git'],
): Promise<{ readonly tag: string | null; readonly commit: string | null }> {
  const said = given ?? tag;
  if (said !== null) return { tag: said, commit: await commitOfTag(git, said) };
  for (const likely of likelyTags) {
    const commit = await commitOfTag(git, likely);
    if (commit !== null || likely === ofRun) return { tag: likely, commit };
  }
  return { tag: null, commit: null };
}

/** When a commit was made, by the run where it is the run's own, else by git. */
export async function dateOf(commit: string, facts: CiFacts, git: CliContext['git']): Promise<string | null> {
  const isRuns = facts.commit !== null && sameCommit(commit, facts.commit);
  return (isRuns ? facts.date : null) ?? (await dateOfCommit(git, commit));
}

/** Commits may be shortened. */
function sameCommit(a: string, b: string): boolean {
  const [short = '', long = ''] = [a.toLowerCase(), b.toLowerCase()].toSorted(
    (one, other) => one.length - other.length,
  );
  return short.length >= 7 && long.startsWith(short);
}
