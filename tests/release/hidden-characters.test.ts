import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf, shownText } from '../../src/release/text/hidden-characters.ts';
import { HIDDEN_CHARACTERS } from './hidden-list.ts';

describe('shownText', () => {
  it.each<[string, string, string, string, string]>([
    // what, text, as a name, in a line, in prose
    ['nothing', '', '', '', ''],
    ['plain text', 'auth-service 1.4', 'auth-service 1.4', 'auth-service 1.4', 'auth-service 1.4'],
    ['other scripts', 'сервис 服务 خدمة', 'сервис 服务 خدمة', 'сервис 服务 خدمة', 'сервис 服务 خدمة'],
    ['a right-to-left override', 'a\u202egpj', 'a⟨U+202E⟩gpj', 'a⟨U+202E⟩gpj', 'a⟨U+202E⟩gpj'],
    ['a run', 'v1\u200b\u200b\u200b', 'v1⟨U+200B ×3⟩', 'v1⟨U+200B ×3⟩', 'v1⟨U+200B ×3⟩'],
    ['two kinds', '\u200b\u200c', '⟨U+200B⟩⟨U+200C⟩', '⟨U+200B⟩⟨U+200C⟩', '⟨U+200B⟩⟨U+200C⟩'],
    ['a terminal escape', '\u001b[2J', '⟨U+001B⟩[2J', '⟨U+001B⟩[2J', '⟨U+001B⟩[2J'],
    [
      'lines',
      'a\r\n\tb\rc',
      'a⟨U+000D⟩⟨U+000A⟩⟨U+0009⟩b⟨U+000D⟩c',
      'a⟨U+000D⟩⟨U+000A⟩⟨U+0009⟩b⟨U+000D⟩c',
      'a\r\n\tb⟨U+000D⟩c',
    ],
    ['half of a character', 'a\ud800b\udc00', 'a⟨U+D800⟩b⟨U+DC00⟩', 'a⟨U+D800⟩b⟨U+DC00⟩', 'a⟨U+D800⟩b⟨U+DC00⟩'],
    ['tags', 'v1\u{e0041}', 'v1⟨U+E0041⟩', 'v1⟨U+E0041⟩', 'v1⟨U+E0041⟩'],
    ['private and unassigned', '\ue000\u{10ffff}', '⟨U+E000⟩⟨U+10FFFF⟩', '⟨U+E000⟩⟨U+10FFFF⟩', '⟨U+E000⟩⟨U+10FFFF⟩'],
    ['unusual blanks', 'a\u00a0!\u3000b', 'a⟨U+00A0⟩!⟨U+3000⟩b', 'a⟨U+00A0⟩!⟨U+3000⟩b', 'a\u00a0!\u3000b'],
    ['blanks at the ends', ' a ', '⟨U+0020⟩a⟨U+0020⟩', ' a ', ' a '],
    ['blanks in a row', 'a   b', 'a ⟨U+0020 ×2⟩b', 'a   b', 'a   b'],
    ['nothing but blanks', '  ', '⟨U+0020 ×2⟩', '  ', '  '],
    ['a composed letter', 'é', 'é', 'é', 'é'],
    ['the same, not composed', 'e\u0301', 'e⟨U+0301⟩', 'e\u0301', 'e\u0301'],
    ['what composes with nothing', 'x\u0301', 'x\u0301', 'x\u0301', 'x\u0301'],
    ['what would stand on another’s letter', '\u0301a', '⟨U+0301⟩a', '\u0301a', '\u0301a'],
    ['the sign of Kelvin', '\u212a', '⟨U+212A⟩', '\u212a', '\u212a'],
    ['Korean in parts', '\u1112\u1161\u11ab', '\u1112⟨U+1161⟩⟨U+11AB⟩', '\u1112\u1161\u11ab', '\u1112\u1161\u11ab'],
    ['a mark spelled out', 'a⟨U+200B⟩ ⟨a⟩', 'a⟨U+27E8⟩U+200B⟩ ⟨a⟩', 'a⟨U+200B⟩ ⟨a⟩', 'a⟨U+200B⟩ ⟨a⟩'],
    ['a coloured sign', '❤️❤', '❤️❤', '❤️❤', '❤️❤'],
    ['a selector that does nothing', '🚀️1️', '🚀⟨U+FE0F⟩1⟨U+FE0F⟩', '🚀⟨U+FE0F⟩1⟨U+FE0F⟩', '🚀️1⟨U+FE0F⟩'],
    ['a keycap', '1️⃣', '1⟨U+FE0F⟩⃣', '1⟨U+FE0F⟩⃣', '1️⃣'],
    ['joined emoji', '👩🏽‍💻', '👩🏽⟨U+200D⟩💻', '👩🏽⟨U+200D⟩💻', '👩🏽‍💻'],
    ['a joiner of nothing', 'a\u200db\u200c', 'a⟨U+200D⟩b⟨U+200C⟩', 'a⟨U+200D⟩b⟨U+200C⟩', 'a⟨U+200D⟩b⟨U+200C⟩'],
    ['Persian', 'می‌خواهم', 'می⟨U+200C⟩خواهم', 'می⟨U+200C⟩خواهم', 'می‌خواهم'],
    ['Hindi', 'क्‍ष', 'क्⟨U+200D⟩ष', 'क्⟨U+200D⟩ष', 'क्‍ष'],
  ])('%s', (_, text, name, line, prose) => {
    expect([shownText(text), shownText(text, 'line'), shownText(text, 'prose')]).toEqual([name, line, prose]);
  });

  it.each(HIDDEN_CHARACTERS)('shows %s, wherever it stands', (code, character) => {
    for (const text of [`a${character}b`, `${character}a`, `a${character}`, character]) {
      expect(shownText(text)).toBe(text.replace(character, `⟨${code}⟩`));
    }
  });

  it('makes two texts of no two names', () => {
    const character = fc.constantFrom(
      'a',
      'e',
      'é',
      'K',
      '❤',
      '⟨',
      '⟩',
      'U+200B',
      ' ×2',
      ' ',
      '\u0301',
      '\u212a',
      '\u{e0041}',
      ...HIDDEN_CHARACTERS.map(([, one]) => one),
    );
    const name = fc.array(character, { maxLength: 6 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(shownText(one) === shownText(other)).toBe(one === other);
      }),
      { numRuns: 20_000 },
    );
  });

  it('is what its pieces are together, and has nothing more to show', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = shownText(text);
        expect(
          piecesOf(text)
            .map((piece) => ('mark' in piece ? piece.mark : piece.text))
            .join(''),
        ).toBe(shown);
        expect(shownText(shown, 'line')).toBe(shown);
      }),
    );
  });
});

describe('piecesOf', () => {
  it.each([
    ['\u202e', 'right-to-left override'],
    ['\u200b\u200b', 'zero-width space ×2'],
    ['\u0085', 'control character'],
    ['\ud800', 'half of a character'],
    ['\u2003', 'unusual blank'],
    ['\u3164', 'invisible character'],
    ['e\u0301', 'mark on the letter before it'],
    ['\u212b', 'another form of a letter'],
    ['\ue000', 'character without a sign'],
  ])('names %j', (text, name) => {
    expect(piecesOf(text).at(-1)).toHaveProperty('name', name);
  });
});
