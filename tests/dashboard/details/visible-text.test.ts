import { describe, expect, it } from 'vitest';
import { type Piece, visibleJson, visibleText } from '../../../src/dashboard/details/visible-text.ts';

const mark = (code: string, name: string, times = 1): Piece => ({ code, name, times });

describe('visibleText', () => {
  it.each<[string, string, Piece[]]>([
    ['nothing', '', []],
    ['plain text', 'auth-service', [{ text: 'auth-service' }]],
    [
      'a right-to-left override',
      'txt\u202eexe.png',
      [{ text: 'txt' }, mark('U+202E', 'right-to-left override'), { text: 'exe.png' }],
    ],
    ['an isolate', '\u2066a', [mark('U+2066', 'left-to-right isolate'), { text: 'a' }]],
    [
      'a run of one character',
      'a\u200b\u200b\u200bb',
      [{ text: 'a' }, mark('U+200B', 'zero-width space', 3), { text: 'b' }],
    ],
    [
      'different ones side by side',
      '\u200b\u200c',
      [mark('U+200B', 'zero-width space'), mark('U+200C', 'zero-width non-joiner')],
    ],
    ['NUL', 'a\u0000', [{ text: 'a' }, mark('U+0000', 'null')]],
    ['a terminal escape', '\u001b[2J', [mark('U+001B', 'escape'), { text: '[2J' }]],
    ['a control of the second kind', '\u0085', [mark('U+0085', 'control character')]],
    [
      'line ends in a name',
      'a\r\nb',
      [{ text: 'a' }, mark('U+000D', 'carriage return'), mark('U+000A', 'line feed'), { text: 'b' }],
    ],
    ['half of a character', 'a\ud800b', [{ text: 'a' }, mark('U+D800', 'half of a character'), { text: 'b' }]],
    ['the other half', '\udc00', [mark('U+DC00', 'half of a character')]],
    ['a blank that is a letter', 'a\u3164', [{ text: 'a' }, mark('U+3164', 'invisible character')]],
    ['the blank braille pattern', '\u2800', [mark('U+2800', 'invisible character')]],
    ['letters of the tag plane', 'v1\u{e0041}', [{ text: 'v1' }, mark('U+E0041', 'invisible character')]],
    ['a variation selector after a digit', '1.4.0\ufe0f', [{ text: '1.4.0' }, mark('U+FE0F', 'invisible character')]],
    ['a joiner between letters', 'a\u200db', [{ text: 'a' }, mark('U+200D', 'zero-width joiner'), { text: 'b' }]],
    ['an emoji', '🚀 go', [{ text: '🚀 go' }]],
    ['joined and coloured emoji', '👩🏽‍💻 ❤️ 1️⃣', [{ text: '👩🏽‍💻 ❤️ 1️⃣' }]],
    ['another script', 'сервис 服务 خدمة', [{ text: 'сервис 服务 خدمة' }]],
  ])('%s', (_, text, pieces) => {
    expect(visibleText(text, { limit: 1000, lines: false })).toEqual({ pieces, cut: 0 });
  });

  it('leaves line ends and tabs in a text of several lines', () => {
    expect(visibleText('a\n\tb\u0007', { limit: 1000, lines: true })).toEqual({
      pieces: [{ text: 'a\n\tb' }, mark('U+0007', 'bell')],
      cut: 0,
    });
  });

  it.each<[string, number, string, number]>([
    ['abcdef', 6, 'abcdef', 0],
    ['abcdef', 4, 'abcd', 2],
    // Not between the two halves of the rocket.
    ['abc🚀', 4, 'abc', 2],
    ['🚀'.repeat(500_000), 200, '🚀'.repeat(100), 999_800],
  ])('cuts %# where it is told to', (text, limit, shown, cut) => {
    expect(visibleText(text, { limit, lines: false })).toEqual({ pieces: [{ text: shown }], cut });
  });
});

describe('visibleJson', () => {
  it.each<[unknown, string]>([
    [{ a: 'b' }, '{\n  "a": "b"\n}'],
    [{ 'a\u202e': '\u200b' }, '{\n  "a\\u202e": "\\u200b"\n}'],
    [{ a: '\u0007\ud800\u{e0041}' }, '{\n  "a": "\\u0007\\ud800\\udb40\\udc41"\n}'],
    [undefined, 'null'],
  ])('%#', (value, json) => {
    expect(visibleJson(value)).toBe(json);
    expect(JSON.parse(json)).toEqual(value ?? null);
  });
});
