import { clsx } from 'clsx';
import { shownText } from '../../release/text/hidden-characters.ts';

/** The columns of a line and of what stands above them all; where no line has two commits there is no column for them. */
export function columnsOf(withCommits: boolean): string {
  return clsx(
    'grid items-baseline gap-x-3 @max-[76rem]:grid-cols-[12rem_7rem_12rem_6.5rem_minmax(0,1fr)] @max-[56rem]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6.5rem] @max-[40rem]:grid-cols-[minmax(0,1fr)_auto]',
    withCommits
      ? 'grid-cols-[14rem_8rem_14rem_7rem_10.5rem_minmax(0,1fr)]'
      : 'grid-cols-[14rem_8rem_14rem_7rem_minmax(0,1fr)]',
  );
}

interface CompareHeadProps {
  readonly withCommits: boolean;
  /** The host that the links of the commits lead to, unless another stands beside one; null: there are no links. */
  readonly host: string | null;
}

/**
 * What the columns hold, above all lines and out of what scrolls; and where the links of the commits lead, once. The host is
 * never cut: of `github.com.evil.example` the end matters.
 */
export function CompareHead({ withCommits, host }: CompareHeadProps) {
  return (
    <div className="shrink-0 border-b border-rule bg-page px-4 text-xs text-dim low:sticky low:top-0 low:z-20 @max-[56rem]:hidden">
      <div className={clsx(columnsOf(withCommits), 'py-1')}>
        <span>Component</span>
        <span>Owner</span>
        <span>Version</span>
        <span>Step</span>
        {withCommits && (
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
        <span>What changed</span>
      </div>
    </div>
  );
}
