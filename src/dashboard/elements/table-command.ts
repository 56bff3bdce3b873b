import { createContext } from 'react';
import type { PageStart } from '../../contract/local-server.ts';
import { shellWord } from '../../release/text/shell-text.ts';
import { fixContext } from './fix-context.ts';

/** How a command of ours reaches the table that is shown. */
export interface TableCommands {
  /**
   * The command, ready to paste: each word quoted, with the options by which the table is found. An emulator is called by
   * the key that its tables are kept by.
   */
  readonly of: (words: readonly string[]) => string;
  /** The policy in force is a file of the settings: what the table's item says does not count here. */
  readonly policyIsFile: boolean;
  /** No command reaches the table: it is inside the local server, or nobody knows where it is. */
  readonly isInside: boolean;
  /** What is shown is a file already, and not the table. */
  readonly isFile: boolean;
}

/** Null: nobody says which table it is. */
export const TableCommandsContext = createContext<TableCommands | null>(null);

export function tableCommands(start: PageStart): TableCommands {
  const { source } = start;
  const isInside = source.kind === 'embedded' || (source.kind === 'file' && !source.isReached);
  const { profile, table, region, endpoint, keyId } = fixContext(start);
  const options = Object.entries({
    '--table': table,
    '--region': region,
    '--profile': profile,
    '--endpoint': endpoint,
  });
  const named = options.flatMap(([option, value]) => (value === null ? [] : [option, value]));
  const prefix = keyId === null ? '' : `AWS_ACCESS_KEY_ID=${shellWord(keyId)} `;
  return {
    of: (words) =>
      `${isInside ? '' : prefix}${['release-matrix', ...words, ...(isInside ? [] : named)].map((word) => shellWord(word)).join(' ')}`,
    policyIsFile: start.policy !== null,
    isInside,
    isFile: source.kind === 'file',
  };
}
