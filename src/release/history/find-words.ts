import type { FoundChange, FoundComponent } from './find-document.ts';

/** Makes text from the table safe where it is to stand. */
type Show = (text: string) => string;

/** Releases that are named of those that do not have it; the rest is counted. */
const MOST_RELEASES = 5;
/** Components that are named of those that could not be looked at. */
const MOST_NAMES = 5;

/** "in v1.4.0-beta.1, v1.4.0", and a line for what is not known to have it, with the reason. */
function releaseLines({ first, releases }: FoundComponent, show: Show): string[] {
  if (first === null) return ['in no release'];
  const [start, ...later] = releases;
  const names = (has: 'yes') => later.filter((of) => of.has === has).map(({ release }) => show(release));
  const others = later.filter(({ has }) => has !== 'yes');
  const wordOf = { yes: 'in', part: 'in part in', no: 'not in', unknown: 'unknown in' } as const;
  const lines = others
    .slice(0, MOST_RELEASES)
    .map(({ release, has, why }) => `${wordOf[has]} ${show(release)}: ${show(why ?? '')}`);
  const part = start?.has === 'part' ? ` (${show(start.why ?? '')})` : '';
  const also = names('yes').length === 0 ? [] : [`in ${names('yes').join(', ')}`];
  const rest = others.length > MOST_RELEASES ? [`… and ${others.length - MOST_RELEASES} more that do not have it`] : [];
  return [`first in ${show(first)}${part}`, ...also, ...lines, ...rest];
}

/** "runs in dev, qa; not in prod"; empty where nothing of it is known to run. */
function runsWords({ environments }: FoundComponent, show: Show): string {
  const named = (has: FoundComponent['environments'][number]['has'], word: string) => {
    const of = environments.filter((one) => one.has === has).map(({ environment }) => show(environment));
    return of.length === 0 ? [] : [`${word} ${of.join(', ')}`];
  };
  return [
    ...named('yes', 'runs in'),
    ...named('part', 'in part in'),
    ...named('no', 'not in'),
    ...named('unknown', 'unknown in'),
  ].join('; ');
}

/** Where a change of a component is, in one sentence. */
export function stripWords(of: FoundComponent, show: Show = (text) => text): string {
  const [first = '', ...rest] = releaseLines(of, show);
  return [[first, ...rest].join(', '), runsWords(of, show)].filter(Boolean).join('; ');
}

/** What could not be looked at; empty where everything could. */
export function unseenWords({ without, cut, shallow }: FoundChange['unseen'], show: Show = (text) => text): string {
  const named = (of: readonly string[], what: string) => {
    if (of.length === 0) return [];
    const more = of.length > MOST_NAMES ? ` and ${of.length - MOST_NAMES} more` : '';
    return [`${what}: ${of.slice(0, MOST_NAMES).map(show).join(', ')}${more}`];
  };
  const lists = [
    ...named(without, 'fragments that list no changes'),
    ...named(cut, 'lists that are cut'),
    ...named(shallow, 'lists of shallow checkouts'),
  ];
  return lists.length === 0 ? '' : `Not looked at: ${lists.join('; ')}.`;
}

/**
 * Where a change is as lines for a terminal.
 *
 * @param show writes what somebody published; the lines as a whole are for whoever prints them to make safe
 */
export function foundAsLines(found: FoundChange, show: Show): readonly string[] {
  const { commits, components, unseen, readAt, asked } = found;
  const listed = commits.map(({ sha, subject, refs, repo }) =>
    [sha.slice(0, 12), show(subject), refs.map(show).join(' '), repo === null ? '' : `(${show(repo)})`]
      .filter(Boolean)
      .join('  '),
  );
  const strips = components.flatMap((of) => {
    const runs = runsWords(of, show);
    return [
      '',
      show(of.component),
      ...[...releaseLines(of, show), ...(runs === '' ? [] : [runs])].map((line) => `  ${line}`),
    ];
  });
  const untold = unseenWords(unseen, show);
  return [
    ...(components.length === 0 ? [`No fragment has ${show(asked)}.`] : listed),
    ...(listed.length === 0 ? strips.slice(1) : strips),
    '',
    ...(untold === '' ? [] : [untold]),
    `read ${readAt}`,
  ];
}
