import { Document, isScalar, Scalar, visit } from 'yaml';
import { COMMAND_BRACKET } from '../release/log-text.ts';

// JSON.stringify and YAML leave alone what a terminal may act on, C1 controls and bidirectional characters, and what a
// CI's agent takes for a command, `##[…]` or `##vso[…]`. Both languages can write them as \u009b, which every reader turns back
// into the character.
const ACTING = new RegExp(
  String.raw`[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|${COMMAND_BRACKET.source}`,
  'gu',
);
/** Where YAML would begin a line with somebody's text, which could be the command `::name::…`. */
const LINE_START = /\n|^::/;

/** A document as JSON, indented, harmless to a terminal and a CI log, with a line feed at its end. */
export function jsonText(document: unknown): string {
  return `${escaped(JSON.stringify(document, null, 2))}\n`;
}

/** A value as JSON on one line, harmless to a terminal and a CI log. */
export function jsonLine(value: unknown): string {
  return escaped(JSON.stringify(value));
}

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
  return escaped(yaml.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY }));
}

function escaped(text: string): string {
  return text.replace(ACTING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
