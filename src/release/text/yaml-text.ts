import { Document, isScalar, Scalar, visit } from 'yaml';
import { ACTING, escapeOf } from './json-text.ts';

/** Where YAML would begin a line with somebody's text, which could be the command `::name::…`. */
const LINE_START = /\n|^::/;

/** A document as YAML, harmless to a terminal and a CI log, with a line feed at its end. */
export function yamlText(document: unknown): string {
  // Anchors would make a puzzle of what is published alike for many components.
  const yaml = new Document(document, { aliasDuplicateObjects: false });
  visit(yaml, {
    Node: (_, node) => {
      if (!isScalar(node) || typeof node.value !== 'string') return;
      // Only double quotes know escapes, that of a line feed too.
      if (node.value.search(ACTING) !== -1 || LINE_START.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  const text = yaml.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY });
  return text.replace(ACTING, yamlEscape);
}

/** YAML knows no halves of characters: one beyond the first plane is written whole. */
function yamlEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : escapeOf(character);
}
