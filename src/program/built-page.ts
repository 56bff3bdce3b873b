import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { usage } from '../cli/context/exit-codes.ts';
import { ONE_FILE_PAGE } from '../contract/one-file.ts';

/** Where the page lies once it is built: beside the program in the package, in `dist` of a checkout. */
const PAGES = ['./page', '../../dist'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

export const NO_BUILD = 'There is no build of the page. Make one first: npm run build';

/** @returns the folder of the page as it was built; null: there is none */
export function builtPage(): string | null {
  return PAGES.find((folder) => existsSync(join(folder, 'index.html'))) ?? null;
}

/**
 * The page as one file, without data.
 *
 * @throws ExitError (usage) where there is no build, or one from before there was such a page
 */
export function readFilePage(): string {
  const path = join(builtPage() ?? '', ONE_FILE_PAGE);
  if (builtPage() === null || !existsSync(path)) throw usage(`--format html: ${NO_BUILD}`);
  return readFileSync(path, 'utf8');
}
