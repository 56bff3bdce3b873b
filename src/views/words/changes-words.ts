import type { ChangeList } from '../../release/item/change-list.ts';
import { countWords } from '../../release/text/count-words.ts';

/** "12 commits since v1.3.0, and 3 older ones that are not listed"; what a shallow checkout did not know is said. */
export function changesWords({ commits, since, cut = 0, shallow = false }: ChangeList): string {
  const count = countWords(commits.length, 'commit');
  const from = since === undefined ? '' : ` since ${since}`;
  const older = cut === 0 ? '' : `, and ${cut} older that ${cut === 1 ? 'is' : 'are'} not listed`;
  return `${count}${from}${older}${shallow ? '; older ones are not known, as the checkout was shallow' : ''}`;
}
