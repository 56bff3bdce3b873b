import { writeFileSync } from 'node:fs';
import { MAX_UNWRITTEN_FILES } from '../../limits/limits.ts';
import { shellWord } from '../../release/text/shell-text.ts';
import type { ConnectionOptions } from '../table/table-options.ts';

/** What decides on how, and where to, the same is written once more. */
interface WritingOptions extends ConnectionOptions {
  readonly allowAnyRelease?: true;
  readonly replace?: true;
}

/**
 * Saves what may not be in the table, and says by which command it is written. Where no file can be written that is
 * said and costs nothing else.
 *
 * @param values JSON objects; where there are none nothing is done
 * @param file its name; another is taken where that is there
 * @param goOn words with the command that takes the file, `Publish by: release-matrix publish --input`
 * @returns the file's name; null: there is none
 */
export function saveUnwritten(
  values: readonly unknown[],
  file: string,
  goOn: string,
  options: WritingOptions,
  say: (lines: readonly string[]) => void,
): string | null {
  if (values.length === 0) return null;
  try {
    const saved = savedAs(values, file);
    const command = [goOn, shellWord(saved), ...sameOptions(options)].join(' ');
    say([`${values.length} not written; saved as ${saved}. ${command}`]);
    return saved;
  } catch (error) {
    say([`${values.length} not written, and not saved: ${error instanceof Error ? error.message : error}`]);
    return null;
  }
}

/** A file that is there is left alone, and another name is taken: `name.ndjson`, `name-2.ndjson`, … */
function savedAs(values: readonly unknown[], name: string): string {
  const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
  const dot = name.lastIndexOf('.');
  for (let attempt = 1; ; attempt += 1) {
    const numbered = attempt === 1 ? '' : `-${attempt}`;
    const file = dot > 0 ? `${name.slice(0, dot)}${numbered}${name.slice(dot)}` : `${name}${numbered}`;
    try {
      writeFileSync(file, text, { flag: 'wx' });
      return file;
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!taken || attempt === MAX_UNWRITTEN_FILES) throw error;
    }
  }
}

function sameOptions({ allowAnyRelease, replace, table, region, profile, endpoint }: WritingOptions): string[] {
  const flags = Object.entries({ '--allow-any-release': allowAnyRelease, '--replace': replace });
  const named = Object.entries({ '--table': table, '--region': region, '--profile': profile, '--endpoint': endpoint });
  return [
    ...flags.flatMap(([flag, given]) => (given ? [flag] : [])),
    ...named.flatMap(([option, value]) => (value === undefined ? [] : [option, shellWord(value)])),
  ];
}
