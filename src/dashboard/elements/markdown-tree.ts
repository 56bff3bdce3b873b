import MarkdownIt, { type Token } from 'markdown-it';
import { MAX_MARKDOWN_LEVELS, MAX_MARKDOWN_NODES } from '../../limits/limits.ts';
import type { PlainReason } from './markdown-caps.ts';

/** What holds other nodes. `head` and `body` are those of a table; a heading's level is nobody's concern. */
type Holding =
  | 'paragraph'
  | 'heading'
  | 'bullet_list'
  | 'ordered_list'
  | 'list_item'
  | 'blockquote'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tr'
  | 'th'
  | 'td'
  | 'em'
  | 'strong'
  | 's';

/** Markdown as it is drawn: every text with its escapes and entities decoded, so that nothing of it appears later. */
export type MarkdownNode =
  | { readonly kind: 'text' | 'code_inline' | 'code_block' | 'image'; readonly text: string }
  | { readonly kind: 'hardbreak' | 'hr' }
  | {
      readonly kind: Holding;
      readonly children: readonly MarkdownNode[];
      /** The first number of an ordered list. */
      readonly start?: number;
      /** Of an item that is a task. */
      readonly task?: Task;
    }
  /** The address as written, whatever it is: whether it becomes a link is not decided here. */
  | { readonly kind: 'link'; readonly address: string; readonly children: readonly MarkdownNode[] };

type Task = 'done' | 'open';

/** A node that is not closed yet, or the whole. */
interface Open {
  readonly kind: Holding | 'link' | 'root';
  readonly children: MarkdownNode[];
  readonly address?: string;
  readonly start?: number;
  task?: Task;
}

/**
 * CommonMark with GitHub's tables, strikethrough and tasks. No HTML: it is text. Of bare addresses those of https become
 * links. Footnotes are text, or the definition of one would be that of a link.
 */
const PARSER = parser();

function parser() {
  // The parser leaves out blocks that are nested more deeply: none of them is shown in part, see below. Brackets it lets be
  // text, else it would look for the end of each among all the others.
  const made = new MarkdownIt({ html: false, linkify: false, maxNesting: MAX_MARKDOWN_LEVELS });
  // What becomes a link is decided by who draws it, from the address as it was written.
  made.validateLink = () => true;
  made.normalizeLink = (address) => address;
  made.normalizeLinkText = (text) => text;
  const paragraph = made.block.ruler.getRules('').at(-1); // what nothing else takes
  made.block.ruler.before('reference', 'footnote', (state, line, end, silent) => {
    const begin = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
    return !silent && state.src.startsWith('[^', begin) && paragraph?.(state, line, end, silent) === true;
  });
  made.inline.ruler.at('linkify', (state, silent) => {
    const address = silent || state.linkLevel > 0 || state.src[state.pos] !== ':' ? null : bareAddress(state);
    if (address === null) return false;
    state.pending = state.pending.slice(0, -SCHEME.length);
    state.push('link_open', 'a', 1).attrs = [['href', address]];
    state.push('text', '', 0).content = address;
    state.push('link_close', 'a', -1);
    state.pos += address.length - SCHEME.length;
    return true;
  });
  return made;
}

const SCHEME = 'https';
/** What ends a sentence, and closes a mark. */
const NOT_AT_END = '?!.,:;*_~\'"';

/** An address in a text, at its colon. As of GitHub it begins a word, and the mark that ends a sentence is none of it. */
function bareAddress({ src, pos, pending }: { src: string; pos: number; pending: string }): string | null {
  if (!/(?:^|[\s*_~])\(?https$/.test(pending.slice(-SCHEME.length - 2))) return null;
  const rest = /:\/\/[^\s<>"]+/y;
  rest.lastIndex = pos;
  const found = rest.exec(src)?.[0] ?? '';
  const brackets = found.includes('(') ? '' : ')';
  let end = found.length;
  while (end > 0 && `${NOT_AT_END}${brackets}`.includes(found.charAt(end - 1))) end -= 1;
  return end > '://'.length ? SCHEME + found.slice(0, end) : null;
}

/** Reads a changelog. @returns its nodes, or why it is to be shown as it was written */
export function readMarkdown(text: string): readonly MarkdownNode[] | PlainReason {
  const root: Open = { kind: 'root', children: [] };
  const open: Open[] = [root];
  let count = 0;
  let deepest = 0;
  const place = (tokens: readonly Token[]) => {
    for (const token of tokens) {
      // The paragraph of an item of a tight list leaves its texts to the item.
      if (token.hidden || (token.type === 'text' && token.content === '')) continue;
      if (token.type === 'inline') {
        readTask(open, token);
        place(token.children ?? []);
      } else if (token.nesting === -1) open.pop();
      else {
        count += 1;
        const parent = open.at(-1) ?? root;
        if (token.nesting === 0) parent.children.push(leafOf(token));
        else {
          const node = opened(token);
          parent.children.push(node as MarkdownNode); // the root is none of those that are opened
          open.push(node);
          deepest = Math.max(deepest, open.length);
        }
      }
    }
  };
  place(PARSER.parse(text, {}));
  if (deepest > MAX_MARKDOWN_LEVELS) return 'deep';
  return count > MAX_MARKDOWN_NODES ? 'dense' : root.children;
}

function opened(token: Token): Open {
  const kind = token.type.slice(0, -'_open'.length) as Holding | 'link'; // what the parser above opens
  if (kind === 'link') return { kind, address: String(token.attrGet('href')), children: [] };
  const start = kind === 'ordered_list' ? Number(token.attrGet('start') ?? 1) : null;
  return { kind, children: [], ...(start !== null && { start }) };
}

function leafOf({ type, content, children }: Token): MarkdownNode {
  switch (type) {
    case 'hardbreak':
    case 'hr':
      return { kind: type };
    case 'softbreak':
      return { kind: 'text', text: '\n' };
    case 'fence':
    case 'code_block':
      return { kind: 'code_block', text: content.replace(/\n$/, '') };
    case 'image':
      return { kind: 'image', text: wordsOf(children ?? []) };
    default:
      return { kind: type === 'code_inline' ? type : 'text', text: content };
  }
}

/** Of an image, whose words may hold marks and images themselves. */
function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content, children }) =>
      type === 'image' ? wordsOf(children ?? []) : type.endsWith('break') ? ' ' : content,
    )
    .join('');
}

/** An item that begins with `[x]` or `[ ]` is a task; the box is taken off its text. */
function readTask(open: readonly Open[], { children }: Token): void {
  const first = children?.[0];
  const [above, parent] = open.slice(-2);
  const item = parent?.kind === 'paragraph' ? above : parent;
  const begins = parent?.children.length === 0 && (item === parent || item?.children.length === 1);
  if (item?.kind !== 'list_item' || !begins || first?.type !== 'text') return;
  const box = /^\[([ xX])\]\s+/.exec(first.content);
  if (box === null) return;
  item.task = box[1] === ' ' ? 'open' : 'done';
  first.content = first.content.slice(box[0].length);
}

/** What is read of some nodes as one text: the words of a link, to be compared with its address. */
export function textOf(nodes: readonly MarkdownNode[]): string {
  return nodes.map((node) => ('children' in node ? textOf(node.children) : 'text' in node ? node.text : ' ')).join('');
}
