import { clsx } from 'clsx';
import { ChevronDown, Info, OctagonAlert, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Severity } from '../../release/finding/finding.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
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
  /** Open from the start. */
  readonly opened?: boolean;
  /** Present where the person may put the strip away. */
  readonly onDismiss?: () => void;
}

/** One line across the page about the data below it, with more behind it. */
export function Strip({
  severity,
  title,
  actions,
  children,
  opener = 'Details',
  opened = false,
  onDismiss,
}: StripProps) {
  const { ground, ink, Icon } = LOOK[severity];
  const hasActions = actions !== undefined || onDismiss !== undefined;
  const line = clsx('flex min-h-8 items-center gap-2 py-1 pl-4', ground, hasActions ? 'pr-28' : 'pr-4');
  const words = (
    <>
      <Icon size={15} aria-hidden="true" className={clsx('shrink-0', ink)} />
      <span className="min-w-0">{title}</span>
    </>
  );
  return (
    // The actions lie over the line's end instead of in it: nothing that can be pressed may be inside a summary.
    <div className="relative border-b border-rule text-base text-ink">
      {children === undefined ? (
        <p className={line}>{words}</p>
      ) : (
        <details className="group" open={opened}>
          <summary className={clsx(line, 'cursor-pointer list-none')}>
            {words}
            <span className="ml-1 inline-flex shrink-0 items-center gap-0.5 text-xs font-medium">
              {shownText(opener)}
              <ChevronDown size={14} aria-hidden="true" className="group-open:rotate-180" />
            </span>
          </summary>
          <div className="max-h-[45vh] space-y-3 overflow-auto border-t border-rule bg-page py-3 pr-4 pl-[39px]">
            <div className="max-w-4xl space-y-3">{children}</div>
          </div>
        </details>
      )}
      {hasActions && (
        <div className="absolute top-0 right-4 flex min-h-8 items-center gap-2">
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
