import type { FindingCode } from '../../release/finding/finding.ts';

/** A piece of a section of docs/findings.md, without its marks. */
export type Block =
  | { readonly kind: 'paragraph' | 'item'; readonly spans: readonly Span[] }
  /** An example to be copied as it is. */
  | { readonly kind: 'code'; readonly text: string };

export interface Span {
  readonly text: string;
  readonly code: boolean;
}

/** Resolved at build time; in a chunk of its own, which is fetched when somebody asks. No entry without the file. */
const FILES = import.meta.glob<string>('../../../docs/findings.md', { query: '?raw', import: 'default' });

/**
 * What the documentation says of a check, from the page's own files: nothing is asked of another machine.
 *
 * @returns the section's blocks; none where the file has no section for the code
 * @throws whatever the browser throws where the chunk cannot be fetched
 */
export async function documentationOf(code: FindingCode): Promise<readonly Block[]> {
  const [load] = Object.values(FILES);
  return load === undefined ? [] : sectionOf(await load(), code);
}

/** Of the Markdown that docs/findings.md is written in: headings, paragraphs, lists, fences, code spans, emphasis. */
const HEADING = /^#{1,6}\s+(.*?)\s*#*$/;
const FENCE = /^\s*```/;
const ITEM = /^\s*(?:[-*]|\d+\.)\s+/;

/**
 * The section of a Markdown file under the heading that is a code: `## missing-component`, with or without backticks.
 * It ends with the next heading of its level or a higher one.
 */
export function sectionOf(markdown: string, code: FindingCode): readonly Block[] {
  const blocks: Block[] = [];
  let level: number | null = null;
  let lines: string[] = [];
  let item = false;
  let fence: string[] | null = null;
  const flush = (): void => {
    if (lines.length > 0) blocks.push({ kind: item ? 'item' : 'paragraph', spans: spansOf(lines.join(' ')) });
    lines = [];
    item = false;
  };
  for (const line of markdown.split(/\r?\n/)) {
    if (FENCE.test(line)) {
      flush();
      if (fence !== null && level !== null) blocks.push({ kind: 'code', text: fence.join('\n') });
      fence = fence === null ? [] : null;
      continue;
    }
    if (fence !== null) {
      fence.push(line);
      continue;
    }
    const heading = HEADING.exec(line)?.[1];
    if (heading !== undefined) {
      const depth = line.indexOf(' ');
      if (level !== null && depth <= level) break;
      if (level === null && heading.replaceAll('`', '') === code) level = depth;
      else if (level !== null) {
        flush();
        blocks.push({ kind: 'paragraph', spans: spansOf(heading) });
      }
      continue;
    }
    if (level === null) continue;
    if (line.trim() === '') flush();
    else if (ITEM.test(line)) {
      flush();
      item = true;
      lines.push(line.replace(ITEM, ''));
    } else lines.push(line.trim());
  }
  flush();
  return blocks;
}

/** Code spans as such; of links and emphasis the words. */
function spansOf(text: string): Span[] {
  return text
    .split(/(`[^`]+`)/)
    .filter(Boolean)
    .map((part) =>
      part.startsWith('`') && part.endsWith('`')
        ? { text: part.slice(1, -1), code: true }
        : { text: part.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/\*\*?([^*]+)\*\*?/g, '$1'), code: false },
    );
}
