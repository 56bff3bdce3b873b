import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useRef, useState } from 'react';
import { expect, test } from 'vitest';
import { useFocusHome } from '../../../src/dashboard/elements/focus-home.ts';

const isOurs = (element: Element) => element.closest('[role="dialog"]') === null;

function Page({ without }: { readonly without?: string }) {
  const home = useRef<HTMLElement>(null);
  useFocusHome(home, isOurs);
  return (
    <>
      <section ref={home} tabIndex={-1} aria-label="Home">
        {without !== 'Ours' && <button type="button">Ours</button>}
        <button type="button">Other</button>
      </section>
      <div role="dialog">{without !== 'Of a dialog' && <button type="button">Of a dialog</button>}</div>
    </>
  );
}

test.each([
  ['what is taken out while it has the focus leaves it to the home', 'Ours', null, 'Home'],
  ['what did not have the focus takes it from nothing', 'Ours', 'Other', 'Other'],
  ['who has left it for nothing keeps nothing', 'Ours', document.body, null],
  ['what is not ours is not made good', 'Of a dialog', null, null],
])('%s', async (_, name, then, left) => {
  const { rerender } = render(<Page />);
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name }));
  if (then !== null) await user.click(typeof then === 'string' ? screen.getByRole('button', { name: then }) : then);
  rerender(<Page without={name} />);
  expect(document.activeElement).toBe(
    left === null ? document.body : screen.getByRole(left === 'Home' ? 'region' : 'button', { name: left }),
  );
});

function Part() {
  const [drawn, setDrawn] = useState(true);
  const later = () => setTimeout(() => setDrawn(false), 0);
  return drawn ? (
    <button type="button" onClick={later}>
      Ends itself
    </button>
  ) : null;
}

test('what is taken out by a part that is drawn alone leaves the focus to the home, too', async () => {
  function Whole() {
    const home = useRef<HTMLElement>(null);
    useFocusHome(home, isOurs);
    return (
      <section ref={home} tabIndex={-1} aria-label="Home">
        <Part />
      </section>
    );
  }
  render(<Whole />);
  await userEvent.click(screen.getByRole('button', { name: 'Ends itself' }));
  await waitFor(() => expect(screen.getByRole('region', { name: 'Home' })).toHaveFocus());
});
