import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../elements/Button.tsx';
import { GRID_KEY_WORDS, PAGE_KEYS } from '../elements/keys.ts';
import { useFocusReturn } from './focus-return.ts';

interface HelpProps {
  readonly onClose: () => void;
}

/** The list of keys. */
export default function Help({ onClose }: HelpProps) {
  useFocusReturn();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup
          finalFocus={false}
          className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[44rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border border-edge bg-raised p-5 text-base text-ink shadow-xl outline-none"
        >
          <div className="mb-3 flex items-center justify-between gap-4">
            <Dialog.Title className="text-base font-semibold">Keys</Dialog.Title>
            <Dialog.Close render={<Button icon look="quiet" aria-label="Close" />}>
              <X size={15} aria-hidden="true" />
            </Dialog.Close>
          </div>
          <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
            <Keys title="Anywhere">
              {Object.entries<{ key: string; held?: true; words: string }>(PAGE_KEYS).map(
                ([name, { key, held, words }]) => (
                  <Row key={name} keys={held ? ['Ctrl', key.toUpperCase()] : [key]} words={words} />
                ),
              )}
            </Keys>
            <Keys title="In the matrix">
              {GRID_KEY_WORDS.map(({ keys, words }) => (
                <Row key={words} keys={keys} words={words} />
              ))}
            </Keys>
          </div>
          <Dialog.Description className="mt-4 border-t border-rule pt-3 text-sm text-dim">
            On a Mac, Cmd stands for Ctrl. Single letters do nothing where you type.
          </Dialog.Description>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Keys({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-base font-semibold">{title}</h3>
      <dl className="m-0 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1.5">{children}</dl>
    </section>
  );
}

function Row({ keys, words }: { readonly keys: readonly string[]; readonly words: string }) {
  return (
    <>
      <dt className="flex flex-wrap gap-1">
        {keys.map((key) => (
          <kbd
            key={key}
            className="min-w-5 rounded border border-edge bg-panel px-1.5 text-center font-mono text-xs leading-[18px]"
          >
            {key}
          </kbd>
        ))}
      </dt>
      <dd className="m-0 text-dim">{words}</dd>
    </>
  );
}
