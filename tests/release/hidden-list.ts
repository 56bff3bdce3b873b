/**
 * What must never reach a reader as it is, one by one, written down apart from the rule that shows it. By code point:
 * from and to, both included.
 */
const RANGES: readonly (readonly [number, number])[] = [
  // Controls: terminals act on them; line ends forge lines.
  [0x00, 0x1f],
  [0x7f, 0x9f],
  // Blanks other than the space, and what is drawn as one or not at all.
  [0xa0, 0xa0],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x2800, 0x2800],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xffa0, 0xffa0],
  // Zero width, and what turns the direction.
  [0x61c, 0x61c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2064],
  [0x2066, 0x206f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0x1d173, 0x1d17a],
  // Selectors of variants, and the letters of the tag plane, by which text is smuggled.
  [0xfe00, 0xfe0f],
  [0xe0001, 0xe0001],
  [0xe0020, 0xe007f],
  [0xe0100, 0xe0103],
  [0xe01ef, 0xe01ef],
];

/** Each as Unicode writes it, `U+202E`, and itself. Without halves of characters, which no table can hold. */
export const HIDDEN_CHARACTERS: readonly (readonly [string, string])[] = RANGES.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, at) => {
    const code = (from + at).toString(16).toUpperCase().padStart(4, '0');
    return [`U+${code}`, String.fromCodePoint(from + at)] as const;
  }),
);
