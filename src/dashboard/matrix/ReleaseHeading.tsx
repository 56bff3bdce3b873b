import { clsx } from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { Completeness, ReportRow } from '../../release/report.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import type { LineFold, ReleaseHead } from './heads.ts';
import { MinuteAge } from './MinuteAge.tsx';
import { countBySeverity, countWords, SEVERITY_GLYPH } from './release-words.ts';

const SEVERITY_INK = { error: 'text-error', warning: 'text-warning', info: 'text-dim' } as const;

/** A release at the head of a row: tag, stage, completeness, age, findings; at the head of a line, what folds it. */
export function ReleaseRowHeading({ head }: { readonly head: ReleaseHead }) {
  const { row, fold } = head;
  const stable = row.release.stage === 'stable';
  return (
    <div className={clsx('flex h-full items-stretch pr-2.5', stable || row.release.line === null ? 'pl-1' : 'pl-4')}>
      <div className="flex w-5 shrink-0 items-start pt-[5px]">{fold && <FoldButton fold={fold} />}</div>
      <div className="flex min-w-0 flex-1 flex-col justify-center gap-[3px]">
        <div className="flex items-center gap-2">
          <span className={clsx('min-w-0 flex-1 truncate font-mono text-[12.5px] leading-4', stable && 'font-bold')}>
            {row.release.tag}
          </span>
          {fold?.folded && <span className="text-[11px] text-dim">+{fold.count}</span>}
          <StageBadge stage={row.release.stage} />
        </div>
        <div className="flex items-center gap-2 text-[11px] leading-3 text-dim tabular-nums">
          <CompletenessMark completeness={row.completeness} />
          {row.startedAt !== null && <MinuteAge since={row.startedAt} />}
          <FindingCounts row={row} />
        </div>
      </div>
    </div>
  );
}

/** A release at the head of a column, where there is less room: its slanted tag is the column's, this is beneath it. */
export function ReleaseColumnHeading({ head }: { readonly head: ReleaseHead }) {
  const { row, fold } = head;
  return (
    <div className="absolute inset-x-0 bottom-1 flex flex-col gap-1 px-1.5 text-[11px] leading-3 text-dim tabular-nums">
      <div className="flex h-[18px] items-center gap-1">
        {fold && <FoldButton fold={fold} />}
        <StageBadge stage={row.release.stage} />
        {fold?.folded && <span>+{fold.count}</span>}
      </div>
      <CompletenessMark completeness={row.completeness} />
    </div>
  );
}

/** Folds or unfolds a line. Not a stop of the Tab key: the head it is in takes Enter and the arrows for it. */
function FoldButton({ fold: { line, folded, count } }: { readonly fold: LineFold }) {
  const Icon = folded ? ChevronRight : ChevronDown;
  return (
    <button
      type="button"
      tabIndex={-1}
      data-fold={line}
      aria-expanded={!folded}
      aria-label={`Pre-releases of ${line}, ${count}`}
      title={folded ? `Show the ${count} pre-releases of ${line}` : `Fold away the ${count} pre-releases of ${line}`}
      className="grid h-[18px] w-[18px] place-items-center rounded text-dim hover:bg-edge/40 hover:text-ink"
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  );
}

function CompletenessMark({ completeness: { roster, expected, present } }: { readonly completeness: Completeness }) {
  if (roster === 'none') return <span className="whitespace-nowrap">no roster</span>;
  const whole = present === expected;
  return (
    <span className="flex items-center gap-1.5">
      <span className="mx-bar h-[5px] w-9 overflow-hidden rounded-full bg-edge" aria-hidden="true">
        <span
          className={clsx('block h-full rounded-full', whole ? 'bg-good' : 'bg-dim')}
          style={{ width: `${expected === 0 ? 100 : (100 * present) / expected}%` }}
        />
      </span>
      <span className={clsx('whitespace-nowrap', whole && 'text-good')}>{`${present}/${expected}`}</span>
    </span>
  );
}

function FindingCounts({ row }: { readonly row: ReportRow }) {
  return countBySeverity(row).map((counted) => (
    <span
      key={counted.severity}
      className={clsx('whitespace-nowrap', SEVERITY_INK[counted.severity])}
      title={countWords(counted)}
    >
      {`${SEVERITY_GLYPH[counted.severity]} ${counted.count}`}
    </span>
  ));
}
