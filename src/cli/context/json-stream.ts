/** Lines that a runner or a wrapper prints around a tool's output: `[command]/…/terraform-bin output -json`, `::debug::…`. */
const WRAPPED = /^(?:\[command\]|::[a-z-]+(?: [^:]*)?::).*$/gm;

/** What is not JSON, and the line it stands on. */
export interface NoJson {
  readonly line: number;
  readonly text: string;
}

/**
 * Parts a text into JSON documents, however they stand: one a line, over many lines each, or one directly behind the
 * other, as two answers of curl do. Lines of runners and wrappers are passed over.
 */
export function jsonStream(text: string): { readonly documents: unknown[] } | { readonly fault: NoJson } {
  const plain = text.replace(/^\ufeff/, '').replace(WRAPPED, '');
  const documents: unknown[] = [];
  let at = nextText(plain, 0);
  while (at < plain.length) {
    const end = endOfDocument(plain, at);
    try {
      documents.push(JSON.parse(plain.slice(at, end)));
    } catch {
      return { fault: noJson(plain, at) };
    }
    at = nextText(plain, end);
  }
  return { documents };
}

/**
 * The one document that ends a text, for tools that let others print before theirs.
 *
 * @returns null where no line begins a document that reaches to the end
 */
export function lastDocument(text: string): { readonly document: unknown; readonly linesBefore: number } | null {
  const lines = text.trimEnd().split('\n');
  for (const [linesBefore, line] of lines.entries()) {
    if (!/^\s*[[{]/.test(line)) continue;
    try {
      return { document: JSON.parse(lines.slice(linesBefore).join('\n')), linesBefore };
    } catch {
      // A later line may begin it.
    }
  }
  return null;
}

function nextText(text: string, from: number): number {
  const found = /\S/g;
  found.lastIndex = from;
  return found.exec(text)?.index ?? text.length;
}

/** Behind the bracket that closes the first one; for anything else the end of its line. */
function endOfDocument(text: string, start: number): number {
  const lineEnd = text.indexOf('\n', start);
  if (!'[{'.includes(text[start] ?? '')) return lineEnd === -1 ? text.length : lineEnd;
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function noJson(text: string, at: number): NoJson {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const [line = ''] = text.slice(start).split('\n');
  return { line: text.slice(0, start).split('\n').length, text: line };
}
