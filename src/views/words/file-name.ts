/** A text that somebody else may have written, as part of a file's name: `@prod` → `prod`. */
export function fileNamePart(text: string): string {
  const plain = text.replace(/[^\w.+-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return plain.slice(0, 60) || 'unnamed';
}
