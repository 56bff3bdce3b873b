import { KeyRound } from 'lucide-react';
import type { LockedReason } from '../one-time-code.ts';
import { FullPage } from './FullPage.tsx';

const WORDS = {
  'no-code': [
    'This page needs a one-time code',
    'Other people use this machine, so the page opens only by the address that the terminal shows.',
  ],
  wrong: [
    'The code is wrong',
    'The local server does not know it. The address may be cut off, or of an earlier start.',
  ],
  used: [
    'The code has been used already',
    'Each opens one tab, once. If it was not you who used it, somebody else has read it: end the local server.',
  ],
  expired: ['The code has expired', 'An address is good for 60 seconds after it is shown.'],
  restarted: ['The local server has been started again', 'It no longer knows this tab.'],
  unreachable: ['The local server does not answer', 'Is it still running?'],
} as const satisfies Record<LockedReason, readonly [title: string, what: string]>;

/** In the place of the page, while it may not show anything. */
export function CodeWanted({ reason }: { readonly reason: LockedReason }) {
  const [title, what] = WORDS[reason];
  return (
    <main className="flex h-dvh bg-page text-ink">
      <FullPage title={title} icon={<KeyRound aria-hidden className="size-5 text-dim" />}>
        <p>{what}</p>
        <p>
          For a new address press <kbd className="font-mono">u</kbd> and Enter in the terminal of the local server, or
          start it again. Then open the address in this tab; your view stays if you only replace what stands behind the{' '}
          <code className="font-mono">#</code>.
        </p>
      </FullPage>
    </main>
  );
}
