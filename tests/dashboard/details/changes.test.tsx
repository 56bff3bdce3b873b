import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Changes } from '../../../src/dashboard/details/Changes.tsx';
import { changesWords } from '../../../src/views/words/changes-words.ts';

test.each([
  [{ commits: ['9f3c2ab a'] }, '1 commit'],
  [{ commits: ['9f3c2ab a', '8e2b1aa b'], since: 'v1.3.0' }, '2 commits since v1.3.0'],
  [{ commits: ['9f3c2ab a'], since: 'v1.3.0', cut: 1 }, '1 commit since v1.3.0, and 1 older that is not listed'],
  [
    { commits: [], cut: 3, shallow: true },
    '0 commits, and 3 older that are not listed; older ones are not known, as the checkout was shallow',
  ],
])('%j in words', (changes, words) => {
  expect(changesWords(changes)).toBe(words);
});

test('the commits of a fragment, on demand; what is hostile in them can be seen, and is text', async () => {
  const commits = ['9f3c2abdef0 fix: <b>total</b> \u202e(#1)\t#1', 'no commit'];
  render(<Changes changes={{ commits, since: 'v1.3.0' }} />);
  await userEvent.click(screen.getByText('2 commits since v1.3.0'));
  const lines = within(screen.getByRole('list', { name: 'Commits' })).getAllByRole('listitem');
  expect(lines.map(({ textContent }) => textContent)).toEqual(['9f3c2abfix: <b>total</b> ⟨U+202E⟩(#1)', 'no commit']);
});
