import { clsx } from 'clsx';
import { Info, OctagonAlert, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Severity } from '../../release/finding.ts';
import { Button } from '../elements/Button.tsx';

const LOOK = {
  error: { ground: 'bg-error-soft', ink: 'text-error', Icon: OctagonAlert },
  warning: { ground: 'bg-warning-soft', ink: 'text-warning', Icon: TriangleAlert },
  info: { ground: 'bg-info-soft', ink: 'text-info', Icon: Info },
} satisfies Record<Severity, { ground: string; ink: string; Icon: typeof Info }>;

interface StripProps {
  readonly severity: Severity;
  /** The line that is always seen. */
  readonly title: ReactNode;
  /** At the end of that line. */
  readonly actions?: ReactNode;
  /** What opens below the line; without it there is nothing to open. */
  readonly children?: ReactNode;
  /** The word by which it opens: "What to do". */
  readonly opener?: string;
  /** Present where the person may put the strip away. */
  readonly onDismiss?: () => void;
}

/** One line across the page about the data below it, with more behind it. */
export function Strip({ severity, title, actions, children, opener = 'Details', onDismiss }: StripProps) {
  const { ground, ink, Icon } = LOOK[severity];
  const line = (
    <>
      <Icon size={15} aria-hidden="true" className={clsx('shrink-0', ink)} />
      <span className="min-w-0 flex-1">{title}</span>
      {children !== undefined && (
        <span className="text-xs font-medium text-ink underline decoration-edge underline-offset-2">{opener}</span>
      )}
    </>
  );
  return (
    <div className={clsx('flex shrink-0 items-start gap-3 border-b border-rule px-4 text-[13px] text-ink', ground)}>
      {children === undefined ? (
        <p className="flex min-h-8 min-w-0 flex-1 items-center gap-2 py-1">{line}</p>
      ) : (
        <details className="min-w-0 flex-1">
          <summary className="flex min-h-8 cursor-pointer list-none items-center gap-2 py-1">{line}</summary>
          <div className="max-h-[45vh] max-w-4xl space-y-3 overflow-auto pt-1 pb-3 pl-6">{children}</div>
        </details>
      )}
      {(actions !== undefined || onDismiss !== undefined) && (
        <div className="flex min-h-8 items-center gap-2">
          {actions}
          {onDismiss !== undefined && (
            <Button icon look="quiet" className="h-6 w-6" aria-label="Dismiss this notice" onClick={onDismiss}>
              <X size={14} aria-hidden="true" />
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
