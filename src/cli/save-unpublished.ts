import { writeFileSync } from 'node:fs';

/** Other runs of the job may have left a file of the same name, and what is in it is not to be lost. */
const MAX_NAMES = 100;

/**
 * Saves what could not be written, a JSON object a line, for `publish --input` or `import`. A file that is there is
 * left alone, and another name is taken: `name.ndjson`, `name-2.ndjson`, …
 *
 * @returns the file's name
 * @throws Error where no file can be written
 */
export function saveUnpublished(values: readonly unknown[], name: string): string {
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
      if (!taken || attempt === MAX_NAMES) throw error;
    }
  }
}
