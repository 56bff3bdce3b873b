import type { FoundChange, FoundComponent } from '../../release/history/find-document.ts';
import { stripWords, unseenWords } from '../../release/history/find-words.ts';

/** What stands behind the answer, for who wants to know all of it. */
export interface InFull {
  /** In a few words what is in it. */
  readonly summary: string;
  readonly lines: readonly string[];
}

/** These are looked for in the lists of changes; all else is itself what a release has, and others have another. */
const OF_CHANGES: ReadonlySet<FoundChange['kind']> = new Set(['commit', 'request', 'ticket']);

/**
 * Where something of a component is, in what decides: the first release, where it runs now, where it does not, and the
 * stable release that lacks it, else the newest one.
 */
export function whereWords(of: FoundComponent, kind: FoundChange['kind']): string {
  const [start, ...later] = of.releases;
  if (start === undefined) return 'in no release';
  const having = later.filter(({ has }) => has === 'yes');
  const isOne = !OF_CHANGES.has(kind) && having.length === 0;
  const first = `${isOne ? 'in' : 'first in'} ${start.release}${start.has === 'part' ? ` (${start.why ?? ''})` : ''}`;
  const parts = [first, ...runsWords(of, OF_CHANGES.has(kind))];
  if (!OF_CHANGES.has(kind)) return parts.join(' · ');
  const lacking = later.filter(({ has }) => has !== 'yes').reverse();
  const worst = lacking.find(({ stage }) => stage === 'stable') ?? lacking[0];
  if (worst === undefined) return parts.join(' · ');
  const more = lacking.length > 1 ? ` and ${lacking.length - 1} more` : '';
  return [...parts, `${lackWords(worst)}${more}`].join(' · ');
}

function runsWords({ environments }: FoundComponent, isChange: boolean): string[] {
  const of = (has: FoundComponent['environments'][number]['has']) => environments.filter((one) => one.has === has);
  const named = (word: string, which: typeof environments) =>
    which.length === 0 ? [] : [`${word} ${which.map(({ environment }) => environment).join(', ')}`];
  const lacks = of('no');
  if (environments.length > 0 && lacks.length === environments.length) return ['runs nowhere'];
  return [
    ...named('runs in', of('yes')),
    ...named('in part in', of('part')),
    ...named('unknown in', of('unknown')),
    // Of a version it goes without saying: there runs another.
    ...(isChange && lacks.length > 0
      ? [`not in ${lacks.map(({ environment, release }) => `${environment} (${release})`).join(', ')}`]
      : []),
  ];
}

/** Why not, up to the first comma: what follows explains it. */
function lackWords({ release, has, why }: FoundComponent['releases'][number]): string {
  if (has === 'unknown') return `unknown in ${release}`;
  return `${has === 'part' ? 'in part' : 'not'} in ${release}${why === null ? '' : ` (${why.split(',', 1)[0]})`}`;
}

/**
 * All that is known of where something is, and what could not be looked at.
 *
 * @param isListed whether any fragment lists changes: where none does, nobody expects it
 * @returns null where the answer says it all
 */
export function inFull({ kind, components, unseen }: FoundChange, isListed: boolean): InFull | null {
  if (!OF_CHANGES.has(kind)) return null;
  const sentences = components.map((of) => `${of.component}: ${stripWords(of)}`);
  const { without, cut, shallow } = unseen;
  const count = isListed ? new Set([...without, ...cut, ...shallow]).size : 0;
  const lines = [...sentences, ...(count === 0 ? [] : [unseenWords(unseen)])];
  const notAll = count === 1 ? '1 component does not list all changes' : `${count} components do not list all changes`;
  const summary = [...(sentences.length === 0 ? [] : ['In full']), ...(count === 0 ? [] : [notAll])].join(' · ');
  return lines.length === 0 ? null : { summary, lines };
}
