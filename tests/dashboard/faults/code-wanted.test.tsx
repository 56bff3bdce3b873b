import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { CodeWanted } from '../../../src/dashboard/faults/CodeWanted.tsx';

test('a code that does not open the page: it says why, and the next one can be pasted', async () => {
  const user = userEvent.setup();
  const tried: string[] = [];
  const onCode = async (code: string) => {
    tried.push(code);
    return code === 'old' ? 'expired' : 'wrong';
  };
  render(<CodeWanted locked="no-code" onCode={onCode} />);
  expect(screen.getByRole('heading')).toHaveTextContent('This page needs a one-time code');
  const field = screen.getByLabelText('Code from the terminal');
  for (const [code, title] of [
    ['   ', 'This page needs a one-time code'],
    [' old ', 'The code has expired'],
    ['mistyped', 'The code is wrong'],
  ] as const) {
    await user.clear(field); // user-event does not see that a form is reset
    await user.type(field, `${code}{Enter}`);
    expect(await screen.findByRole('heading', { name: title })).toBeInTheDocument();
    expect(field).toHaveFocus();
  }
  expect(field).toHaveValue('');
  expect(tried).toEqual(['old', 'mistyped']);
});
