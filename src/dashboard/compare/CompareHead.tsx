import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';

/** What stands beside component, version and step. What no line has gets no column; its room is for names. */
export interface ShownColumns {
  readonly owners: boolean;
  readonly commits: boolean;
  readonly words: boolean;
}

/** How the columns stand, in a line and in what is above them all. */
export function columnsOf({
  owners,
  commits,
  words,
}: ShownColumns): Pick<ComponentProps<'div'>, 'className' | 'style'> {
  const names = (component: number, owner: number) =>
    owners ? `${component}rem ${owner}rem` : `minmax(0, ${words ? component + owner + GAP_REM : 36}rem)`;
  const style: Record<`--${string}`, string> = {
    '--wide': `${names(14, 8)} 14rem 7rem ${commits ? '10.5rem ' : ''}minmax(0, 1fr)`,
    '--middle': `${names(12, 7)} 12rem 6.5rem minmax(0, 1fr)`,
  };
  return {
    style,
    className:
      'grid grid-cols-(--wide) items-baseline gap-x-3 @max-[76rem]:grid-cols-(--middle) @max-[56rem]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6.5rem] @max-[40rem]:grid-cols-[minmax(0,1fr)_auto]',
  };
}

/** Between two columns. */
const GAP_REM = 0.75;

interface CompareHeadProps {
  readonly columns: ShownColumns;
  /** The host that the links of the commits lead to, unless another stands beside one; null: there are no links. */
  readonly host: string | null;
}

/**
 * What the columns hold, above all lines and out of what scrolls; and where the links of the commits lead, once. The host is
 * never cut: of `github.com.evil.example` the end matters.
 */
export function CompareHead({ columns, host }: CompareHeadProps) {
  const { className, style } = columnsOf(columns);
  return (
    <div className="shrink-0 border-b border-rule bg-page px-4 text-xs text-dim low:sticky low:top-0 low:z-20 @max-[56rem]:hidden">
      <div className={clsx(className, 'py-1')} style={style}>
        <span>Component</span>
        {columns.owners && <span>Owner</span>}
        <span>Version</span>
        <span>Step</span>
        {columns.commits && (
          <span className="min-w-0 @max-[76rem]:hidden">
            {host === null ? (
              'Commits'
            ) : (
              <>
                Commits on <bdi className="[overflow-wrap:anywhere]">{shownText(host)}</bdi>
              </>
            )}
          </span>
        )}
        {columns.words && <span>What changed</span>}
      </div>
    </div>
  );
}
