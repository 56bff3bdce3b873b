import { expect, it } from 'vitest';
import { visibleText } from '../../../src/dashboard/elements/visible-text.ts';

it.each<[string, number, string, number]>([
  ['abcdef', 6, 'abcdef', 0],
  ['abcdef', 4, 'abcd', 2],
  // Not between the two halves of the rocket.
  ['abc🚀', 4, 'abc', 2],
  ['🚀'.repeat(500_000), 200, '🚀'.repeat(100), 999_800],
])('visibleText cuts %# where it is told to', (text, limit, shown, cut) => {
  expect(visibleText(text, limit, 'name')).toEqual({ pieces: [{ text: shown }], cut });
});

it('visibleText leaves the lines of prose, and shows those of a name', () => {
  const shown = (kind: 'prose' | 'name') => visibleText('a\n\u0007', 10, kind).pieces;
  expect(shown('prose')).toEqual([{ text: 'a\n' }, { mark: '⟨U+0007⟩', name: 'bell' }]);
  expect(shown('name')).toEqual([
    { text: 'a' },
    { mark: '⟨U+000A⟩', name: 'line feed' },
    { mark: '⟨U+0007⟩', name: 'bell' },
  ]);
});
