import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import Palette from '../../../src/dashboard/commands/Palette.tsx';
import { DEFAULT_ENVIRONMENTS } from '../../../src/release/item/environment.ts';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../../src/release/item/item.ts';
import type { Entry } from '../../../src/views/search/entries.ts';
import { item, reportOf } from '../report-of.ts';

const COMMIT = '9f3c2ab7d1e04f5566778899aabbccddeeff0011';
const ITEMS = [
  item('v1.4.0', 'backend#payment-service', { commit: COMMIT }),
  item('v1.3.0', 'backend#payment-service'),
  item('v1.3.0', 'backend#exe.\u202etxt'),
];
const { fragments } = readItems(ITEMS, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
const PAUSE: Entry = {
  id: 'pause',
  group: 'Actions',
  label: 'Pause reading',
  detail: 'live',
  leads: { to: 'action', run: () => undefined },
};

beforeAll(() => {
  // jsdom lays nothing out.
  Element.prototype.scrollIntoView ??= () => undefined;
});

async function open() {
  const [onChoose, onClose] = [vi.fn<(entry: Entry) => void>(), vi.fn()];
  function Typed() {
    const [typed, setTyped] = useState('');
    return (
      <Palette
        typed={typed}
        onType={setTyped}
        onReady={() => undefined}
        report={reportOf(ITEMS)}
        fragments={fragments}
        actions={[PAUSE]}
        onChoose={onChoose}
        onClose={onClose}
      />
    );
  }
  render(<Typed />);
  const dialog = within(await screen.findByRole('dialog', { name: 'Search' }));
  const user = userEvent.setup();
  const box = dialog.getByRole('combobox', { name: 'Search' });
  await waitFor(() => expect(box).toHaveFocus());
  return { user, dialog, box, onChoose, onClose };
}

describe('the palette', () => {
  it('takes the focus, finds as one types, and Enter chooses the best', async () => {
    const { user, dialog, onChoose } = await open();
    await user.keyboard('paymnt');
    await user.clear(dialog.getByRole('combobox'));
    await user.keyboard('payment');
    expect(dialog.getByRole('option', { name: /^payment-service/ })).toBeVisible();
    await user.keyboard('{Enter}');
    expect(onChoose.mock.calls.map(([{ id, leads }]) => [id, leads])).toEqual([
      ['component:backend#payment-service', { to: 'place', row: 0, column: 1 }],
    ]);
  });

  it('runs an action by arrow keys', async () => {
    const { user, onChoose } = await open();
    await user.keyboard('pause reading');
    await user.keyboard('{ArrowDown}{ArrowUp}{Enter}');
    expect(onChoose).toHaveBeenCalledWith(PAUSE);
  });

  it('finds what holds a pasted commit, and says where nothing does', async () => {
    const { user, dialog, box } = await open();
    await user.click(box);
    await user.paste(COMMIT);
    expect(dialog.getByRole('group', { name: 'Holds this commit or digest' })).toBeVisible();
    expect(dialog.getByRole('option', { name: /^payment-service in v1\.4\.0/ })).toBeVisible();
    await user.clear(box);
    await user.paste('0123456789abcdef');
    expect(dialog.getByText('No fragment holds this commit or digest.')).toBeVisible();
  });

  it('says that it finds nothing, and marks what cannot be seen', async () => {
    const { user, dialog, box } = await open();
    await user.keyboard('zzzzzz');
    expect(await dialog.findByText('No matches.')).toBeVisible();
    await user.clear(box);
    await user.keyboard('exe');
    expect(dialog.getByRole('option', { name: /exe\.⟨U\+202E⟩txt/ })).toBeVisible();
  });

  it('closes by Escape', async () => {
    const { user, onClose } = await open();
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalled();
  });
});
