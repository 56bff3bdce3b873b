/**
 * The one rule which characters of somebody else's text cannot be seen, or turn the order of those that can, and how they
 * are shown: on screen, in a terminal, in Markdown, Slack, CSV and JUnit. A right-to-left override makes `txt.exe` of
 * `exe.txt`, a zero-width space makes two releases look like one.
 *
 * How much is shown depends on what the text is:
 *
 * | | a name | a line of ours that holds names | prose of several lines |
 * | --- | --- | --- | --- |
 * | invisible and direction characters, controls, halves of characters | shown | shown | shown |
 * | line ends and tabs | shown | shown | left |
 * | unusual blanks, what joins emoji and letters | shown | shown | left |
 * | blanks at either end or after another, letters not composed (NFC), what reads as one of our marks | shown | left | left |
 *
 * In a name all is shown, joiners too: no two names may look alike. In prose a family emoji, a Persian or a Hindi word
 * need their joiners, French and Japanese their blanks, and nothing is told apart by them. A line of ours indents and
 * aligns by blanks; the names in it are shown as names where it is made.
 */
export type TextKind = 'name' | 'line' | 'prose';

export type Piece =
  | { readonly text: string }
  /** One or more of the same character. `mark` is what stands for it as text: `⟨U+202E⟩`, `⟨U+200B ×3⟩`. */
  | { readonly mark: string; readonly name: string };

/**
 * Controls, format characters, halves of characters, private and unassigned ones (which all look the same, or like
 * nothing), blanks other than the space, line and paragraph ends, all that Unicode says is not to be drawn, and three
 * signs that are blank: the braille pattern without dots, a filler of Khitan, the note head of nothing.
 */
const HIDDEN = String.raw`(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]`;
/** What makes a picture of a sign that would else be a letter, such as ❤: it is seen. */
const SEEN_SELECTOR = String.raw`(?<=(?!\p{Emoji_Presentation})\p{Extended_Pictographic})\ufe0f`;
/** The scripts whose words need a joiner or its opposite in places. */
const JOINED_SCRIPTS = 'Arab Syrc Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt'
  .split(' ')
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('');
const PART_OF_PROSE = [
  String.raw`[\n\t\p{Zs}]|\r(?=\n)`,
  String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)`,
  String.raw`(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)\u200d(?=\p{Extended_Pictographic})`,
  `(?<=[${JOINED_SCRIPTS}])[\\u200c\\u200d](?=[${JOINED_SCRIPTS}])`,
].join('|');
/** A blank that is not seen as one, what would stand on a letter before the name, and what reads as one of our marks. */
const MISTAKEN = String.raw` (?=$)|(?<=^| ) |^\p{M}|⟨(?=U\+)`;

/** What is shown in a line, as the source of a pattern with the flag `u`, to be joined with others. */
export const SHOWN_IN_LINE = `(?!${SEEN_SELECTOR})${HIDDEN}`;

const SHOWN = {
  name: new RegExp(`${SHOWN_IN_LINE}|${MISTAKEN}`, 'gu'),
  line: new RegExp(SHOWN_IN_LINE, 'gu'),
  prose: new RegExp(`(?!${PART_OF_PROSE})${HIDDEN}`, 'gu'),
} satisfies Record<TextKind, RegExp>;

/** Nearly every text: printable ASCII and signs of ours, words a single blank apart. Thousands are drawn at once. */
const PLAIN = /^(?:[!-~·…’“”→]+ )*[!-~·…’“”→]+$/;

declare const SHOWN_TEXT: unique symbol;
/** Text that `shownText` has made: a test looks for texts on the screen that are not. */
export type ShownText = string & { readonly [SHOWN_TEXT]: true };

/** Whether there is nothing about a text that needs to be shown, nor a letter that is written from the right. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** Splits a text into what is seen and marks for what is not. */
export function piecesOf(text: string, kind: TextKind = 'name'): readonly Piece[] {
  if (PLAIN.test(text)) return [{ text }];
  const pieces: Piece[] = [];
  let from = 0;
  for (const { character, index, times } of runs(text, kind)) {
    if (index > from) pieces.push({ text: text.slice(from, index) });
    from = index + times * character.length;
    const suffix = times > 1 ? ` ×${times}` : '';
    pieces.push({ mark: `⟨${codeOf(character)}${suffix}⟩`, name: `${nameOf(character)}${suffix}` });
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The same as plain text: for a label, a title, an option, a terminal. What it makes of two names is never the same. */
export function shownText(text: string, kind: TextKind = 'name'): ShownText {
  const shown = PLAIN.test(text)
    ? text
    : piecesOf(text, kind)
        .map((piece) => ('mark' in piece ? piece.mark : piece.text))
        .join('');
  return shown as ShownText; // what makes it one
}

/** What stands for a character as plain text. */
export function markOf(character: string): string {
  return `⟨${codeOf(character)}⟩`;
}

interface Run {
  readonly character: string;
  readonly index: number;
  readonly times: number;
}

function runs(text: string, kind: TextKind): Run[] {
  const found = Array.from(text.matchAll(SHOWN[kind]), ({ 0: character, index }) => ({ character, index }));
  if (kind === 'name' && text.normalize('NFC') !== text) found.push(...notComposed(text));
  found.sort((one, other) => one.index - other.index);
  const runs: Run[] = [];
  for (const { character, index } of found) {
    const last = runs.at(-1);
    if (last?.index === index) continue;
    if (last?.character === character && last.index + last.times * character.length === index) {
      runs[runs.length - 1] = { ...last, times: last.times + 1 };
    } else runs.push({ character, index, times: 1 });
  }
  return runs;
}

/** A letter and what is put on it, or the parts of a Korean syllable. */
const CLUSTER = /[^\p{M}\u1160-\u11ff][\p{M}\u1160-\u11ff]*|[\p{M}\u1160-\u11ff]+/gu;

/** What composes with the letter before it, as é may be one character or two, and what is another character, as Å is. */
function* notComposed(text: string): Generator<{ character: string; index: number }> {
  for (const { 0: cluster, index: start } of text.matchAll(CLUSTER)) {
    if (cluster.normalize('NFC') === cluster) continue;
    let index = start;
    for (const character of cluster) {
      if (index > start || character.normalize('NFC') !== character) yield { character, index };
      index += character.length;
    }
  }
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00, 'null'],
  [0x07, 'bell'],
  [0x08, 'backspace'],
  [0x09, 'tab'],
  [0x0a, 'line feed'],
  [0x0d, 'carriage return'],
  [0x1b, 'escape'],
  [0x20, 'blank'],
  [0xa0, 'no-break blank'],
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
  [0x27e8, 'bracket, written out'],
  [0xfeff, 'byte order mark'],
]);

function nameOf(character: string): string {
  const known = NAMES.get(character.codePointAt(0) ?? 0);
  if (known !== undefined) return known;
  if (/\p{Cs}/u.test(character)) return 'half of a character';
  if (/\p{Cc}/u.test(character)) return 'control character';
  if (/\p{Z}/u.test(character)) return 'unusual blank';
  if (/\p{Default_Ignorable_Code_Point}/u.test(character)) return 'invisible character';
  if (/\p{M}/u.test(character)) return 'mark on the letter before it';
  return /\p{L}/u.test(character) ? 'another form of a letter' : 'character without a sign';
}
