import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../elements/Button.tsx';
import type { LockedReason } from '../state/one-time-code.ts';
import { FullPage } from './FullPage.tsx';

const WORDS = {
  'no-code': [
    'This page needs a one-time code',
    'Other people use this machine, so the page opens only by what the terminal of the local server shows.',
  ],
  wrong: ['The code is wrong', 'The local server does not know it. It may be incomplete, or from an earlier start.'],
  used: [
    'The code has been used already',
    'Each opens one tab, once. If it was not you who used it, somebody else has read it: end the local server.',
  ],
  expired: ['The code has expired', 'A code is good for 60 seconds after it is shown.'],
  restarted: ['The local server was restarted', 'It no longer knows this tab.'],
  unreachable: ['The local server does not answer', 'Is it still running?'],
} as const satisfies Record<LockedReason, readonly [title: string, what: string]>;

interface CodeWantedProps {
  /** Why the page is locked at first. */
  readonly locked: LockedReason;
  /** Tries a code; tells why the page is still locked; null: it is not. */
  readonly onCode: (code: string) => Promise<LockedReason | null>;
}

/** In the place of the page, while it may not show anything. */
export function CodeWanted({ locked, onCode }: CodeWantedProps) {
  const [reason, setReason] = useState(locked);
  const [title, what] = WORDS[reason];
  const tryCode = async (form: HTMLFormElement) => {
    const code = new FormData(form).get('code');
    if (typeof code !== 'string' || code.trim() === '') return;
    const still = await onCode(code.trim());
    if (still === null) return;
    setReason(still);
    form.reset();
  };
  return (
    <main className="flex h-dvh bg-page text-ink">
      <FullPage title={title} icon={<KeyRound aria-hidden className="size-5 text-dim" />}>
        <p>{what}</p>
        <p>
          For a new code press <kbd className="font-mono">u</kbd> and Enter in the terminal of the local server, or
          start it again. Paste it here, or open the file that the terminal names.
        </p>
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            // No form goes anywhere: the policy of the page forbids it.
            event.preventDefault();
            void tryCode(event.currentTarget);
          }}
        >
          <label className="flex min-w-0 flex-1 flex-col gap-1">
            Code from the terminal
            <input
              name="code"
              autoComplete="off"
              spellCheck={false}
              className="h-8 min-w-64 rounded-md border border-edge bg-page px-2 font-mono"
            />
          </label>
          <Button type="submit" look="main">
            Open
          </Button>
        </form>
      </FullPage>
    </main>
  );
}
