import { countWords } from '../text/count-words.ts';
import { groupBy } from '../text/group-by.ts';
import { markdownCode, markdownForeignLink } from '../text/markdown-text.ts';
import { proseWithCode } from '../text/prose.ts';
import { CHANGE_KINDS, type ChangeKind, type NotedChange, type Notes } from './notes-document.ts';

const KIND_WORDS = {
  breaking: 'Breaking changes',
  feature: 'Features',
  fix: 'Fixes',
  performance: 'Performance',
  revert: 'Reverts',
  other: 'Other changes',
} satisfies Record<ChangeKind, string>;

/**
 * A release note as Markdown, by kind and owner. Subjects are somebody's text: what is more than a plain word stands in
 * code, so that none of it is rendered.
 */
export function notesAsMarkdown({ release, since, changes, merges, unknown, readAt }: Notes): string {
  const repositories = new Set(changes.map(({ repo }) => repo)).size;
  const components = new Set(changes.flatMap((of) => of.components)).size;
  const from = since === null ? '' : ` since ${markdownCode(since)}`;
  const count = `${countWords(changes.length, 'change')}${from}, in ${countWords(components, 'component')} of ${countWords(repositories, 'repository', 'repositories')}.`;
  const blocks = [
    `## ${markdownCode(release)}`,
    changes.length === 0 ? `No change${from} is listed.` : count,
    ...CHANGE_KINDS.flatMap((kind) => {
      const ofKind = changes.filter((change) => change.kind === kind);
      return ofKind.length === 0 ? [] : [`### ${KIND_WORDS[kind]}`, ...byOwner(ofKind)];
    }),
    ...(unknown.length === 0
      ? []
      : [
          '### Not known',
          unknown
            .map(({ component, why }) => `- ${markdownCode(component)}: ${proseWithCode(why, markdownCode)}`)
            .join('\n'),
        ]),
    `<sub>${merges === 0 ? '' : `${countWords(merges, 'merge')} of branches left out; `}read ${readAt}</sub>`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Under the name of its owner each, where anybody owns one. */
function byOwner(changes: readonly NotedChange[]): string[] {
  const groups = [...groupBy(changes, ({ owners }) => owners.join(', '))];
  return groups.flatMap(([owner, of]) => [
    ...(owner === '' ? (groups.length === 1 ? [] : ['Nobody’s']) : [markdownCode(owner)]),
    of.map(changeLine).join('\n'),
  ]);
}

function changeLine({ title, scope, refs, components, commits, link }: NotedChange): string {
  const [first = ''] = commits;
  const sha = first.slice(0, 7);
  const of = scope === null ? '' : `${markdownCode(scope)}: `;
  const named = [...refs.map(markdownCode), link === null ? markdownCode(sha) : markdownForeignLink(sha, link)];
  return `- ${of}${proseWithCode(title, markdownCode)} (${named.join(', ')}; ${components.map(markdownCode).join(', ')})`;
}
