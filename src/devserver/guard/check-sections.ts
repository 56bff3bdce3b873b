import { FINDING_CODES } from '../../release/finding/severity.ts';

/**
 * What the page shows of docs/findings.md: the sections of the checks, which stand together at its end.
 *
 * @throws Error where there is none, so that no build goes out without them
 */
export function checkSections(markdown: string): string {
  const headings = new Set<string>(FINDING_CODES);
  const first = [...markdown.matchAll(/^## (\S+)$/gm)].find(([, heading = '']) => headings.has(heading));
  if (first === undefined) throw new Error('docs/findings.md has no section of a check.');
  return markdown.slice(first.index);
}
