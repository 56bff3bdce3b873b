/** More does not fit on a line of the widest screens. */
const SHORT_CHARACTERS = 300;

/** Links and images, of which the label is kept, and what sets words off. */
const MARKS = /!?\[([^\]\n]*)\]\([^)\n]*\)|\*\*|__|`/g;

/** The entries of a changelog on one line: without headings and the marks of Markdown. */
export function inShort(changelog: string): string {
  const entries: string[] = [];
  let length = 0;
  for (const line of changelog.split('\n')) {
    if (length > SHORT_CHARACTERS) break;
    const entry = /^\s*(?:[-*+]|\d+[.)])?\s*(?!#)(.*?)\s*$/.exec(line)?.[1] ?? '';
    if (entry === '' || /^\s*(?:#|[-=*_]{3,}\s*$)/.test(line)) continue;
    const plain = entry.replace(MARKS, '$1');
    entries.push(plain);
    length += plain.length;
  }
  const text = entries.join(' · ');
  return text.length <= SHORT_CHARACTERS ? text : `${text.slice(0, SHORT_CHARACTERS)}…`;
}
