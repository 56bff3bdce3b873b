import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import Help from '../../../src/dashboard/commands/Help.tsx';
import { isPageKey, PAGE_KEYS, type PageKey } from '../../../src/dashboard/elements/keys.ts';

/** Which keys of the page an event is, pressed within an element. */
function keysOf(tag: string, init: KeyboardEventInit, attributes: Readonly<Record<string, string>> = {}): PageKey[] {
  const element = document.body.appendChild(document.createElement(tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const heard: PageKey[] = [];
  const names = Object.keys(PAGE_KEYS).filter((name): name is PageKey => name in PAGE_KEYS);
  const listener = (event: KeyboardEvent) => heard.push(...names.filter((name) => isPageKey(event, name)));
  document.addEventListener('keydown', listener);
  fireEvent.keyDown(element, init);
  document.removeEventListener('keydown', listener);
  element.remove();
  return heard;
}

it.each<[string, KeyboardEventInit, Readonly<Record<string, string>>, readonly PageKey[]]>([
  ['div', { key: 'n' }, {}, ['nextProblem']],
  ['div', { key: '?', shiftKey: true }, {}, ['help']],
  ['div', { key: '/' }, {}, ['filter']],
  ['div', { key: 'k', ctrlKey: true }, {}, ['search']],
  ['div', { key: 'K', metaKey: true }, {}, ['search']],
  ['input', { key: 'k', ctrlKey: true }, {}, ['search']],
  ['input', { key: '?' }, {}, []],
  ['input', { key: 'n' }, { type: 'checkbox' }, ['nextProblem']],
  ['textarea', { key: 'p' }, {}, []],
  ['div', { key: 'Escape' }, { role: 'dialog' }, []],
  ['div', { key: 'n', ctrlKey: true }, {}, []],
  ['div', { key: 'p', altKey: true }, {}, []],
  ['div', { key: 'k' }, {}, []],
  ['div', { key: 'n', isComposing: true }, {}, []],
])('in a %s %j is the key it should be', (tag, init, attributes, names) => {
  expect(keysOf(tag, init, attributes)).toEqual(names);
});

it('the help lists every key, and closes by Escape', async () => {
  const onClose = vi.fn();
  render(<Help onClose={onClose} />);
  const dialog = within(await screen.findByRole('dialog', { name: 'Keys' }));
  for (const { words } of Object.values(PAGE_KEYS)) expect(dialog.getByText(words)).toBeVisible();
  await userEvent.setup().keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledTimes(1);
});
