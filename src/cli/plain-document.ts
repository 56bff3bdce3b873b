import { Document, isScalar, Scalar, visit } from 'yaml';

// JSON.stringify and YAML leave alone what a terminal may act on: C1 controls and bidirectional characters. Both
// languages can write them as \u009b, which every reader turns back into the character.
const HIDDEN = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A document as JSON, indented, harmless to a terminal, with a line feed at its end. */
export function jsonText(document: unknown): string {
  return `${escaped(JSON.stringify(document, null, 2))}\n`;
}

/** A document as YAML, harmless to a terminal, with a line feed at its end. */
export function yamlText(document: unknown): string {
  // Anchors would make a puzzle of what is published alike for many components.
  const yaml = new Document(document, { aliasDuplicateObjects: false });
  visit(yaml, {
    Node: (_, node) => {
      if (isScalar(node) && typeof node.value === 'string' && node.value.search(HIDDEN) !== -1) {
        // Only double quotes know escapes.
        node.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  return escaped(yaml.toString({ lineWidth: 0 }));
}

function escaped(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
