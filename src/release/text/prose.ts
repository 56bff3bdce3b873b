/** Words and counts, which nothing takes for markup, a link or a mention. */
const PLAIN = /^(?:[A-Za-z]+(?:[’'-][A-Za-z]+)*|\d+)?$/;
/** What may stand around a word in a sentence. */
const AROUND = /^([(“]*)(.*?)([)”,.;:!?…]*)$/s;

/**
 * A sentence of ours that holds names and versions of somebody else's, for a language with markup: what is more than a
 * plain word stands in code, the rest can be read as the sentence it is. Somebody's plain words are plain words.
 *
 * @param code writes text as code of that language
 */
export function proseWithCode(sentence: string, code: (text: string) => string): string {
  return sentence
    .split(' ')
    .map((word, _, words) => {
      // A blank of somebody's name, beside ours or at an end, would not be seen.
      if (word === '' && words.length > 1) return code(' ');
      const [, before = '', core = '', after = ''] = AROUND.exec(word) ?? [];
      return PLAIN.test(core) ? word : `${before}${code(core)}${after}`;
    })
    .join(' ');
}
