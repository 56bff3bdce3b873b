import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

/** A text of a source file that somebody may read: of a string, a template or JSX. */
export interface SourceText {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

interface AstNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/**
 * The texts of a file, comments left out. What a template fills in is `…`.
 *
 * @param file TypeScript or TSX
 * @throws Error where it cannot be parsed
 */
export function textsOf(file: string): readonly SourceText[] {
  const source = readFileSync(file, 'utf8');
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const texts: SourceText[] = [];
  const add = (text: string, { start }: AstNode) => {
    if (text.trim() !== '') texts.push({ text, line: source.slice(0, start).split('\n').length });
  };
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    if (!isNode(node)) return;
    if (node.type === 'ImportDeclaration' || node.type.startsWith('TS')) {
      // Types say nothing, but `… as T` and `… satisfies T` hold an expression.
      if ('expression' in node) visit(node.expression);
      return;
    }
    if (node.type === 'JSXText') add(String(node.value).replace(/\s+/g, ' '), node);
    if (node.type === 'Literal' && typeof node.value === 'string') add(node.value, node);
    if (node.type === 'TemplateLiteral') {
      const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[];
      add(quasis.map(({ value }) => value.cooked).join('…'), node);
      visit(node.expressions);
      return;
    }
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value);
  };
  visit(program.body);
  return texts;
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
