import { readFileSync } from 'node:fs';
import type { Item } from '../../src/release/item/item.ts';

/** What docs/fragments.md says of one type. */
export interface DocumentedFragment {
  readonly type: string;
  /** As it is printed. */
  readonly item: Item;
  /** The words of the command, as a shell hands them to the program, `aws` left out. */
  readonly command: readonly string[];
}

/** Every section of docs/fragments.md that documents a type. */
export function documentedFragments(): readonly DocumentedFragment[] {
  const text = readFileSync(new URL('../../docs/fragments.md', import.meta.url), 'utf8');
  const section = /^## .*: `(\w+)`$[\s\S]*?^```json\n([\s\S]*?)^```$\s*^```sh\n([\s\S]*?)^```$/gm;
  return [...text.matchAll(section)].map(([, type = '', item = '', command = '']) => ({
    type,
    item: JSON.parse(item),
    command: shellWords(command).slice(1),
  }));
}

/** The commands need no more of a shell than blanks and single quotes; a command that did would be read wrongly here. */
function shellWords(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|([^\s'"\\$`]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}
