/**
 * Text from outside, with what cannot be seen made visible: a right-to-left override makes `txt.exe` of `exe.txt`, a
 * zero-width space makes two equal names differ.
 */
export type Piece =
  | { readonly text: string }
  /** One or more of the same invisible character. `code` as Unicode writes it: `U+202E`. */
  | { readonly code: string; readonly name: string; readonly times: number };

export interface VisibleText {
  readonly pieces: readonly Piece[];
  /** How many UTF-16 units were cut off at the end; 0 for none. */
  readonly cut: number;
}

/**
 * What is not seen, or changes the order of what is: controls, surrogates without their other half, bidi controls, line
 * and paragraph separators, interlinear marks, the blank braille pattern, and all that Unicode says is not to be drawn.
 */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb\u2800]/gu;

/** What joins or styles a picture belongs to it: family emoji are joined by U+200D, hearts coloured by U+FE0F. */
const PART_OF_EMOJI =
  /(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})\ufe0f|(?<=[0-9#*])\ufe0f(?=\u20e3)/gu;

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00, 'null'],
  [0x07, 'bell'],
  [0x08, 'backspace'],
  [0x09, 'tab'],
  [0x0a, 'line feed'],
  [0x0d, 'carriage return'],
  [0x1b, 'escape'],
  [0xad, 'soft hyphen'],
  [0x61c, 'Arabic letter mark'],
  [0x200b, 'zero-width space'],
  [0x200c, 'zero-width non-joiner'],
  [0x200d, 'zero-width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'end of direction'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2060, 'word joiner'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'end of isolate'],
  [0xfeff, 'byte order mark'],
]);

interface VisibleTextOptions {
  /** UTF-16 units after which the text is cut. */
  readonly limit: number;
  /** Whether line feeds and tabs stay as they are, as in a text of several lines. */
  readonly lines: boolean;
}

/** Splits a text into what is seen and marks for what is not. */
export function visibleText(text: string, { limit, lines }: VisibleTextOptions): VisibleText {
  const shown = cutAt(text, limit);
  const pieces: Piece[] = [];
  const harmless = new Set(Array.from(shown.matchAll(PART_OF_EMOJI), ({ index }) => index));
  let from = 0;
  for (const { 0: character, index } of shown.matchAll(INVISIBLE)) {
    if (harmless.has(index)) continue;
    if (lines && (character === '\n' || character === '\t')) continue;
    if (index > from) pieces.push({ text: shown.slice(from, index) });
    from = index + character.length;
    const code = codeOf(character);
    const last = pieces.at(-1);
    if (last !== undefined && 'code' in last && last.code === code) {
      pieces[pieces.length - 1] = { ...last, times: last.times + 1 };
    } else {
      pieces.push({ code, name: nameOf(character), times: 1 });
    }
  }
  if (from < shown.length) pieces.push({ text: shown.slice(from) });
  return { pieces, cut: text.length - shown.length };
}

/** Never between the halves of a character outside the first plane: each would be a mark of its own. */
function cutAt(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = NAMES.get(code);
  if (name !== undefined) return name;
  if (code >= 0xd800 && code <= 0xdfff) return 'half of a character';
  return code < 0xa0 ? 'control character' : 'invisible character';
}

/**
 * JSON for reading and copying: two spaces deep, every invisible character written as its `\u` escape. It means the
 * same as the plain one, since such characters can only stand inside its strings.
 */
export function visibleJson(value: unknown): string {
  return (JSON.stringify(value, null, 2) ?? 'null').replace(INVISIBLE, (character) => {
    if (character === '\n') return character;
    return Array.from({ length: character.length }, (_, unit) => {
      return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
    }).join('');
  });
}
