import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { SearchText } from '../../../src/dashboard/commands/dialogs.ts';
import { useLateChoice } from '../../../src/dashboard/commands/late-choice.ts';
import Palette, { type PaletteProps } from '../../../src/dashboard/commands/Palette.tsx';
import { useAnswer } from '../../../src/dashboard/state/answers.ts';
import type { Entry } from '../../../src/views/search/entries.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';
import { Answered } from '../answered.tsx';

const COMMIT = '9f3c2ab7d1e04f5566778899aabbccddeeff0011';
const ITEMS = [
  item('v1.4.0', 'backend#payment-service', { commit: COMMIT }),
  item('v1.3.0', 'backend#payment-service'),
  item('v1.3.0', 'backend#exe.\u202etxt', { changes: [`${'e'.repeat(40)} fix \u202etotal (#12)`] }),
];
const KNOWN = knownOf(reportOf(ITEMS));
const PAUSE = { id: 'pause', label: 'Pause reading', detail: 'live' };

beforeAll(() => {
  // jsdom lays nothing out.
  Element.prototype.scrollIntoView ??= () => undefined;
});

/** As the page has it. */
function Search(props: Omit<PaletteProps, 'onChooseBest'>) {
  const { typed, found, onChoose } = props;
  const [wanted, setWanted] = useState<string | null>(null);
  const text = {
    search: { typed, wanted, ready: true },
    setSearch: (part: Partial<SearchText>) => part.wanted !== undefined && setWanted(part.wanted),
  };
  return <Palette {...props} onChooseBest={useLateChoice(text, found, onChoose)} />;
}

async function open() {
  const [onChoose, onClose] = [vi.fn<(entry: Entry) => void>(), vi.fn()];
  function Typed() {
    const [typed, setTyped] = useState('');
    const found = useAnswer('search', { text: typed, actions: [PAUSE] });
    return (
      <Search
        isPart={false}
        typed={typed}
        onType={setTyped}
        onReady={() => undefined}
        found={found}
        onChoose={onChoose}
        onClose={onClose}
      />
    );
  }
  render(
    <Answered known={KNOWN}>
      <Typed />
    </Answered>,
  );
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
    expect(await dialog.findByRole('option', { name: /^payment-service/ })).toBeVisible();
    await user.keyboard('{Enter}');
    expect(onChoose.mock.calls.map(([{ id, leads }]) => [id, leads])).toEqual([
      ['component:backend#payment-service', { to: 'place', release: 'v1.4.0', component: 'backend#payment-service' }],
    ]);
  });

  it('runs an action by arrow keys', async () => {
    const { user, dialog, onChoose } = await open();
    await user.keyboard('pause reading');
    await waitFor(() => expect(dialog.getAllByRole('option')).toHaveLength(1));
    await user.keyboard('{ArrowDown}{ArrowUp}{Enter}');
    expect(onChoose).toHaveBeenCalledWith({ ...PAUSE, group: 'Actions', leads: { to: 'action' } });
  });

  it('finds what holds a pasted commit, and says where nothing does', async () => {
    const { user, dialog, box } = await open();
    await user.click(box);
    await user.paste(COMMIT);
    expect(await dialog.findByRole('group', { name: 'Releases that have it' })).toBeVisible();
    expect(dialog.getByRole('option', { name: /^payment-service in v1\.4\.0/ })).toBeVisible();
    await user.clear(box);
    await user.paste('0123456789abcdef');
    expect(await dialog.findByText('No fragment has the commit 0123456789ab.')).toBeVisible();
  });

  it('says where a pasted change is, and what it could not look at', async () => {
    const { user, dialog, box, onChoose } = await open();
    await user.click(box);
    await user.paste('#12');
    expect(await dialog.findByRole('group', { name: 'In short' })).toBeVisible();
    expect(dialog.getByRole('option', { name: /fix ⟨U\+202E⟩total.*first in v1\.3\.0/ })).toBeVisible();
    const rest = 'Not looked at: fragments that list no changes: backend#payment-service.';
    expect(dialog.getByText(rest)).not.toBeVisible();
    await user.click(dialog.getByText('In full · 1 component does not list all changes'));
    expect(dialog.getByText(rest)).toBeVisible();
    expect(dialog.getByRole('region', { name: 'In full' })).toHaveTextContent(
      'backend#exe.⟨U+202E⟩txt: first in v1.3.0',
    );
    await user.click(box);
    await user.keyboard('{Enter}');
    expect(onChoose.mock.calls.map(([{ leads }]) => leads)).toEqual([
      { to: 'place', release: 'v1.3.0', component: 'backend#exe.\u202etxt' },
    ]);
  });

  it('says that it finds nothing, and marks what cannot be seen', async () => {
    const { user, dialog, box } = await open();
    await user.keyboard('zzzzzz');
    expect(await dialog.findByText('Nothing matches “zzzzzz”.')).toBeVisible();
    await user.clear(box);
    await user.keyboard('exe');
    expect(await dialog.findByRole('option', { name: /exe\.⟨U\+202E⟩txt/ })).toBeVisible();
  });

  it('takes Enter for what has been typed, though it has not been found yet', async () => {
    const onChoose = vi.fn<(entry: Entry) => void>();
    const entry = (label: string): Entry => ({
      id: label,
      group: 'Views',
      label,
      detail: '',
      leads: { to: 'view', view: 'matrix' },
    });
    const palette = (typed: string, foundBy: string) => (
      <Search
        isPart={false}
        typed={typed}
        onType={() => undefined}
        onReady={() => undefined}
        found={{
          text: foundBy,
          groups: [{ group: 'Views', items: [entry(`best by "${foundBy}"`), entry('another')], more: 0 }],
          nothing: null,
        }}
        onChoose={onChoose}
        onClose={() => undefined}
      />
    );
    const { rerender } = render(palette('pay', ''));
    const user = userEvent.setup();
    await waitFor(() => expect(screen.getByRole('combobox', { name: 'Search' })).toHaveFocus());
    await user.keyboard('{Enter}');
    expect(onChoose).not.toHaveBeenCalled();
    rerender(palette('pay', 'pay'));
    expect(onChoose.mock.calls).toEqual([[entry('best by "pay"')]]);
    rerender(palette('paym', 'pay'));
    await user.keyboard('{Enter}');
    // More is typed before it is found: no Enter belongs to that.
    rerender(palette('payme', 'pay'));
    rerender(palette('payme', 'payme'));
    expect(onChoose).toHaveBeenCalledTimes(1);
  });

  it('closes by Escape', async () => {
    const { user, onClose } = await open();
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalled();
  });
});
