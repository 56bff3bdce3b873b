import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Button } from '../elements/Button.tsx';

interface PanelHeadProps {
  readonly over: ReactNode;
  readonly title: ReactNode;
  readonly close: () => void;
  readonly steps?: ReactNode;
  readonly children: ReactNode;
}

/** What the panel is about, the way to its neighbours and out of it; beneath it the rest. */
export function PanelHead({ over, title, close, steps, children }: PanelHeadProps) {
  return (
    <>
      <div className="flex items-start gap-1 border-b border-rule px-4 py-3">
        <div className="min-w-0 flex-1">
          <p className="text-sm text-dim">{over}</p>
          <h2 className="text-lg leading-6 font-semibold text-ink">{title}</h2>
        </div>
        {steps}
        <Button icon look="quiet" aria-label="Close details" title="Close (Escape)" onClick={close}>
          <X size={15} aria-hidden="true" />
        </Button>
      </div>
      {children}
    </>
  );
}

interface StepProps {
  readonly to: string | null;
  readonly word: 'Newer' | 'Older';
  readonly icon: ReactNode;
  readonly select: (tag: string) => void;
}

/** To the next release that has or expects the component. It stays where it is at the end, so that nothing jumps. */
export function Step({ to, word, icon, select }: StepProps) {
  const name = to === null ? `No ${word.toLowerCase()} release` : `${word} release: ${to}`;
  return (
    <Button
      icon
      look="quiet"
      aria-label={shownText(name)}
      title={shownText(name)}
      // Not `disabled`: a button that is disabled under the keyboard loses the focus.
      aria-disabled={to === null}
      className={to === null ? 'opacity-50' : undefined}
      onClick={() => {
        if (to !== null) select(to);
      }}
    >
      {icon}
    </Button>
  );
}
