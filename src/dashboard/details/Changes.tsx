import { type ChangeList, readListedCommit } from '../../release/item/change-list.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { changesWords } from '../../views/words/changes-words.ts';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';

/** The commits that a fragment brings: how many, and on demand each. */
export function Changes({ changes }: { readonly changes: ChangeList }) {
  const { commits } = changes;
  const words = changesWords(changes);
  if (commits.length === 0) return <VisibleText text={words} />;
  return (
    <details>
      <summary className="cursor-pointer rounded">
        <VisibleLabel text={words} />
      </summary>
      <ul aria-label="Commits" className="m-0 mt-1 max-h-72 list-none space-y-1 overflow-y-auto p-0">
        {commits.map((line) => {
          const commit = readListedCommit(line);
          return (
            <li key={line} className="[overflow-wrap:anywhere]">
              {commit !== null && (
                <code className="mr-1.5 font-mono text-sm text-dim">{shownText(commit.sha.slice(0, 7))}</code>
              )}
              <VisibleText text={commit?.subject ?? line} />
            </li>
          );
        })}
      </ul>
    </details>
  );
}
