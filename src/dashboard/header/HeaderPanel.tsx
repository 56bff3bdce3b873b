import { clsx } from 'clsx';
import { type ReactNode, Suspense } from 'react';
import { Popover } from '../elements/Popover.tsx';
import { ErrorBoundary } from '../faults/ErrorBoundary.tsx';

interface HeaderPanelProps {
  /** As a message names it that it could not be shown. */
  readonly what: string;
  readonly align: 'start' | 'end';
  /** Its width and what is around its content. */
  readonly className: string;
  readonly title: ReactNode;
  /** Loaded when it is opened. */
  readonly children: ReactNode;
}

/** What a button of the header opens beneath itself. */
export function HeaderPanel({ what, align, className, title, children }: HeaderPanelProps) {
  return (
    <Popover.Portal>
      <Popover.Positioner sideOffset={4} align={align} className="z-50">
        <Popover.Popup
          className={clsx(
            'max-w-[calc(100vw-2rem)] rounded-lg border border-edge bg-raised text-base font-normal text-ink shadow-xl',
            className,
          )}
        >
          {title}
          <ErrorBoundary what={what} triesAgainOn={null}>
            <Suspense fallback={null}>{children}</Suspense>
          </ErrorBoundary>
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  );
}
