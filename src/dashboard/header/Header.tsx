import { clsx } from 'clsx';
import { Play, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PageStart } from '../../contract/local-server.ts';
import type { Outline } from '../../views/matrix/outline.ts';
import { HEADER_VIEWS, type View } from '../../views/params.ts';
import { Button } from '../elements/Button.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';
import { isForBrowser } from '../elements/ViewLink.tsx';
import type { TableChoice } from '../state/chosen-table.ts';
import { type LiveReading, type TableWatch, useProgress } from '../state/live-reading.ts';
import { useChangeView } from '../state/page-context.ts';
import { sharedAddress, tableMark } from '../state/table-mark.ts';
import { LiveState, type ShownFrom } from './LiveState.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { NewsButton } from './NewsButton.tsx';
import { SavedViews } from './SavedViews.tsx';
import { SearchButton } from './SearchButton.tsx';
import { TableInfo } from './TableInfo.tsx';

interface HeaderProps {
  readonly start: PageStart;
  readonly choice: TableChoice;
  readonly watch: TableWatch;
  readonly live: LiveReading;
  readonly shownFrom: ShownFrom | null;
  readonly view: View;
  /** The unwaived errors of the table, whatever the filters hide; null: not read yet. */
  readonly counted: Pick<Outline, 'errors' | 'pastErrors'> | null;
  /** Changes that nobody has marked as seen. */
  readonly unseen: number;
  readonly onAllSeen: () => void;
  readonly onSearch: () => void;
  readonly onHelp: () => void;
  /** Somebody is about to go to the view. */
  readonly onMeant: (view: View) => void;
  /** In place of how fresh it is, where what is shown does not change any more. */
  readonly asOf?: ReactNode;
  /** What else is to be known of the data, as marks with what is behind them. */
  readonly marks: ReactNode;
}

const VIEW_NAMES = {
  matrix: 'Matrix',
  environments: 'Environments',
  compare: 'Compare',
  findings: 'Findings',
  activity: 'Activity',
  release: 'Release',
} satisfies Record<View, string>;

const NO_VIEWS = [] as const;

const COUNT = new Intl.NumberFormat('en');

function countErrors(errors: number): string {
  return errors === 1 ? '1 error' : `${COUNT.format(errors)} errors`;
}

/** A link's name, where it says more than its word; each count stands beside it as a number alone. */
function labelOf(view: View, counted: HeaderProps['counted'], unseen: number): string | undefined {
  if (view === 'findings' && counted !== null) {
    const { errors, pastErrors } = counted;
    return `Findings, ${countErrors(errors)}${pastErrors > 0 ? `, ${COUNT.format(pastErrors)} in past releases` : ''}`;
  }
  if (view === 'activity' && unseen > 0) return `Activity, ${COUNT.format(unseen)} unseen`;
  return undefined;
}

/** Where one is, what is read, and how fresh it is. */
export function Header(props: HeaderProps) {
  const {
    start,
    choice,
    watch,
    live,
    shownFrom,
    view,
    counted,
    unseen,
    onAllSeen,
    onSearch,
    onHelp,
    onMeant,
    asOf,
    marks,
  } = props;
  const change = useChangeView();
  const { paused } = live;
  const views = live.reading?.table?.policy.views ?? NO_VIEWS;
  return (
    <header className="flex min-h-[40px] shrink-0 items-stretch gap-x-4 border-b border-rule bg-page px-4 text-base max-xl:gap-x-3 max-lg:gap-x-2 max-lg:px-3 max-md:flex-wrap">
      <h1 className="flex items-center gap-2 text-base font-semibold whitespace-nowrap max-md:py-1.5">
        <SavedViews views={views} />
      </h1>
      <nav aria-label="Views" className="flex min-h-9 items-stretch max-md:flex-wrap">
        {HEADER_VIEWS.map((name) => (
          <a
            key={name}
            href={`?view=${name}`}
            aria-current={name === view ? 'page' : undefined}
            aria-label={labelOf(name, counted, unseen)}
            onClick={(event) => {
              // Without a reload, and with the filters as they are; a new tab or window is the browser's own affair.
              if (isForBrowser(event)) return;
              event.preventDefault();
              change({ view: name });
            }}
            onPointerEnter={() => onMeant(name)}
            onFocus={() => onMeant(name)}
            className={clsx(
              'flex items-center border-b-2 px-2.5 pt-0.5 font-medium max-xl:px-2 max-md:min-h-9 max-sm:px-1 max-sm:text-sm',
              name === view
                ? 'border-ink text-ink'
                : 'border-transparent text-dim hover:text-ink forced-colors:border-[Canvas]',
            )}
          >
            {VIEW_NAMES[name]}
            {name === 'findings' && counted !== null && counted.errors > 0 && (
              <span className="ml-1.5 min-w-[18px] rounded-full bg-error-soft px-1.5 text-center text-xs leading-[18px] font-semibold text-error tabular-nums">
                {COUNT.format(counted.errors)}
              </span>
            )}
            {name === 'findings' && counted !== null && counted.pastErrors > 0 && (
              // Where there is room beside the five names.
              <span className="ml-1.5 hidden text-xs font-normal text-dim tabular-nums min-[1440px]:inline">
                {`+${COUNT.format(counted.pastErrors)} in past releases`}
              </span>
            )}
            {name === 'activity' && unseen > 0 && (
              <span className="ml-1.5 min-w-[18px] rounded-full bg-accent-soft px-1.5 text-center text-xs leading-[18px] font-semibold text-accent tabular-nums">
                {COUNT.format(unseen)}
              </span>
            )}
          </a>
        ))}
      </nav>
      <div className="ml-auto flex min-w-0 items-center gap-3 max-xl:gap-2 max-lg:gap-1.5 max-md:basis-full max-md:flex-wrap max-md:pb-1">
        <NewsButton count={unseen} onSeen={onAllSeen} />
        {marks}
        <TableInfo start={start} choice={choice} view={view} watch={watch} />
        {asOf ?? <LiveState start={start} watch={watch} live={live} shownFrom={shownFrom} />}
        <div className="flex items-center gap-1">
          {paused && (
            <Button
              icon
              look="quiet"
              onClick={() => live.setPaused(false)}
              aria-label="Resume reading"
              title="Resume reading"
            >
              <Play size={15} aria-hidden="true" />
            </Button>
          )}
          {live.goesOn && <RefreshButton watch={watch} onClick={live.readNow} />}
          <CopyButton
            text={async () => sharedAddress(location.href, tableMark(start))}
            what="link to this view"
            worded="Copy link"
          />
          <SearchButton onClick={onSearch} />
          <MoreMenu onPause={paused ? null : () => live.setPaused(true)} onHelp={onHelp} />
        </div>
      </div>
    </header>
  );
}

/** Turns while a reading is under way; only this is drawn again at each of its pages. */
function RefreshButton({ watch, onClick }: { readonly watch: TableWatch; readonly onClick: () => void }) {
  const reads = useProgress(watch) !== null;
  return (
    <Button icon look="quiet" onClick={onClick} aria-label="Read now" title="Read now">
      <RotateCw size={15} aria-hidden="true" className={reads ? 'animate-spin' : undefined} />
    </Button>
  );
}
