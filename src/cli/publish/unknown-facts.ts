import type { CiFacts } from './ci-facts.ts';

/** Places that are named of those that lack something. */
const MAX_NAMED = 3;

interface Made {
  readonly place: string;
  readonly input: { readonly commit?: string | undefined; readonly date?: string | undefined };
}

/** Says which components are published without their commit or its date, and how to give them. */
export function unknownFactsWords(made: readonly Made[], from: CiFacts['from']): string[] {
  const why =
    from === 'git' ? 'there is no CI, and no checkout of what was built' : 'neither the run nor a checkout says it';
  const lacking = (commit: boolean, date: boolean) =>
    made.filter(({ input }) => (input.commit === undefined) === commit && (input.date === undefined) === date);
  return [
    ...words(lacking(true, true), `no commit and no date is known, as ${why}. Give them by --commit and --date.`),
    ...words(lacking(true, false), `no commit is known, as ${why}. Give it by --commit.`),
    ...words(lacking(false, true), `no date is known, as ${why}. Give it by --date.`),
  ];
}

function words(made: readonly Made[], what: string): string[] {
  if (made.length === 0) return [];
  const named = made.slice(0, MAX_NAMED).map(({ place }) => place);
  const more = made.length > MAX_NAMED ? ` and ${made.length - MAX_NAMED} more` : '';
  return [`${named.join(', ')}${more}: ${what}`];
}
