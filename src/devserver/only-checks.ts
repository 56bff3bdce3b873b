import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { checkSections } from './guard/check-sections.ts';

/** Of docs/findings.md the page shows the checks alone: half of the file, which is nobody's to load. */
export function onlyChecksOfFindings(): Plugin {
  const RAW = '/docs/findings.md?raw';
  return {
    name: 'only-checks-of-findings',
    apply: 'build',
    enforce: 'pre',
    load: (id) =>
      id.endsWith(RAW)
        ? `export default ${JSON.stringify(checkSections(readFileSync(id.slice(0, -'?raw'.length), 'utf8')))};`
        : null,
  };
}
