import { clsx } from 'clsx';
import { BadgeCheck, ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import type { EvidenceLine } from '../../release/evidence/judge-evidence.ts';
import type { Completeness } from '../../release/report/report.ts';
import type { Verdict } from '../../release/report/verdict.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import {
  completenessWords,
  countsOf,
  countWords,
  endingWords,
  evidenceCount,
  evidenceWords,
  STILL_READING,
  whyUnknown,
} from '../../views/words/release-words.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { VerdictMark } from '../elements/VerdictMark.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import type { LineFold, ReleaseHead } from '../grid/heads.ts';
import { addressOf } from '../state/view-state.ts';
import { MinuteAge } from './MinuteAge.tsx';
import { StillReading } from './still-reading.ts';

/** Characters of a tag that fit beside the longest badge. What is longer is clipped: clipping all would cost frames. */
const TAG_FITS = 17;

/** A release at the head of a row: tag, verdict, stage, completeness, age, findings; on a line's head, what folds it. */
export function ReleaseRowHeading({ head }: { readonly head: ReleaseHead }) {
  const { row, fold, due } = head;
  const partial = useContext(StillReading);
  const stable = row.release.stage === 'stable';
  return (
    <div className={clsx('flex h-full items-stretch pr-2.5', stable || row.release.line === null ? 'pl-1' : 'pl-3')}>
      <div className="flex w-5 shrink-0 items-start pt-[5px]">{fold && <FoldButton fold={fold} />}</div>
      <div className="flex min-w-0 flex-1 flex-col justify-center gap-[3px]">
        <div className="flex items-center gap-2">
          <span className="min-w-0 flex-1 leading-4">
            <OpenRelease
              tag={row.release.tag}
              className={clsx(
                'font-mono text-[12.5px]',
                shownText(row.release.tag).length > TAG_FITS && 'block truncate',
                stable && 'font-bold',
                row.withdrawn !== undefined && 'line-through',
              )}
            >
              <VisibleLabel text={row.release.tag} />
            </OpenRelease>
          </span>
          {fold?.folded && <span className="text-[11px] text-dim">+{fold.count}</span>}
          {!partial && <VerdictMark result={row.verdict.result} why={whyUnknown(row)} />}
          {/* As wide as the widest, so that verdicts stand beneath one another. */}
          <span className="flex w-[47px] shrink-0 justify-end">
            <StageBadge stage={row.release.stage} />
          </span>
        </div>
        <div className="flex items-center gap-2 text-[11px] leading-3 text-dim tabular-nums">
          {partial ? (
            STILL_READING
          ) : (
            <>
              <CompletenessMark completeness={row.completeness} />
              <EvidenceMark evidence={row.evidence} />
              {due === undefined ? (
                <span className="min-w-0 flex-1 truncate">
                  {row.startedAt !== null && <MinuteAge since={row.startedAt} />}
                </span>
              ) : (
                <span
                  title={shownText(due.whole)}
                  className={clsx('min-w-0 flex-1 truncate', due.late && 'font-semibold text-warning')}
                >
                  {shownText(due.words)}
                </span>
              )}
              <FindingCounts verdict={row.verdict} />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

interface OpenReleaseProps {
  readonly tag: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** A release's tag, which leads to its page. Not a stop of the Tab key: the head it is in takes `o` and Enter for it. */
export function OpenRelease({ tag, className, children }: OpenReleaseProps) {
  return (
    <a
      href={addressOf({ view: 'release', release: tag })}
      tabIndex={-1}
      data-open={tag}
      aria-label={shownText(`Open release ${tag}`)}
      title={shownText(`Open release ${tag} (o)`)}
      className={clsx('rounded hover:text-accent hover:underline', className)}
    >
      {children}
    </a>
  );
}

/** A release at the head of a column, where there is less room: its slanted tag is the column's, this is beneath it. */
export function ReleaseColumnHeading({ head }: { readonly head: ReleaseHead }) {
  const { row, fold } = head;
  const partial = useContext(StillReading);
  return (
    <div className="absolute inset-x-0 bottom-1.5 flex flex-col gap-[3px] px-1.5 text-[11px] leading-3 text-dim tabular-nums">
      <div className="flex h-[18px] items-center gap-1">
        {fold && <FoldButton fold={fold} />}
        <StageBadge stage={row.release.stage} />
        {fold?.folded && <span>+{fold.count}</span>}
      </div>
      {partial ? (
        STILL_READING
      ) : (
        <>
          <VerdictMark result={row.verdict.result} why={whyUnknown(row)} />
          <CompletenessMark completeness={row.completeness} />
          <div className="flex h-3 items-center gap-1.5 overflow-hidden text-[10px]">
            <FindingCounts verdict={row.verdict} brief />
          </div>
        </>
      )}
    </div>
  );
}

/** Lucide's chevrons, made once: while scrolling, each icon made anew is felt. */
const FOLDED = <ChevronRight size={14} aria-hidden="true" />;
const UNFOLDED = <ChevronDown size={14} aria-hidden="true" />;

/** Folds or unfolds a line. Not a stop of the Tab key: the head it is in takes Enter and the arrows for it. */
function FoldButton({ fold: { line, folded, count } }: { readonly fold: LineFold }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      data-fold={line}
      aria-expanded={!folded}
      aria-label={shownText(`Pre-releases of ${line}, ${count}`)}
      title={
        folded
          ? shownText(`Show the ${count} pre-releases of ${line}`)
          : shownText(`Fold away the ${count} pre-releases of ${line}`)
      }
      className="grid h-[18px] w-[18px] place-items-center rounded text-dim hover:bg-edge/40 hover:text-ink"
    >
      {folded ? FOLDED : UNFOLDED}
    </button>
  );
}

function CompletenessMark({ completeness }: { readonly completeness: Completeness }) {
  const { roster, expected, present } = completeness;
  const known = roster !== 'none';
  const whole = known && present === expected;
  const title =
    roster === 'none'
      ? 'Completeness unknown: neither the policy nor the releases before it say what it should hold'
      : `${completenessWords(completeness)}, by ${roster === 'policy' ? 'the policy’s roster' : 'the stable releases before it'}`;
  return (
    <span title={shownText(title)} className="flex shrink-0 items-center gap-1.5">
      <span
        aria-hidden="true"
        className={clsx('mx-bar h-[5px] w-8 rounded-full', known ? 'bg-edge' : 'border border-dashed border-edge')}
      >
        {known && (
          <span
            className={clsx('block h-full rounded-full', whole ? 'bg-good' : 'bg-dim')}
            style={{ width: `${expected === 0 ? 100 : (100 * present) / expected}%` }}
          />
        )}
      </span>
      <span className={clsx('whitespace-nowrap', whole && 'text-good')}>
        {known ? `${present}/${expected}` : 'no roster'}
      </span>
    </span>
  );
}

const EVIDENCE = <BadgeCheck size={11} aria-hidden="true" />;

/**
 * How much of the evidence that is asked for holds; nothing where none is. Pressed, it names it. Not a stop of the Tab key:
 * the head it is in takes `e` for it.
 */
function EvidenceMark({ evidence }: { readonly evidence: readonly EvidenceLine[] }) {
  const counted = evidenceCount(evidence);
  if (counted === null) return null;
  const { held, asked } = counted;
  return (
    <button
      type="button"
      tabIndex={-1}
      data-evidence
      aria-haspopup="dialog"
      aria-label={shownText(evidenceWords(evidence))}
      title={shownText(`${evidenceWords(evidence)} (e)`)}
      className={clsx(
        'flex shrink-0 items-center gap-0.5 rounded px-0.5 hover:bg-edge/40 hover:text-ink',
        held === asked && 'text-good',
      )}
    >
      {EVIDENCE}
      {`${held}/${asked}`}
    </button>
  );
}

function FindingCounts({ verdict, brief = false }: { readonly verdict: Verdict; readonly brief?: boolean }) {
  return countsOf(verdict).map((count) => {
    const ending = count.counted === 'waived' ? endingWords(verdict) : '';
    return (
      <span
        key={count.counted}
        className={clsx('shrink-0 whitespace-nowrap', WEIGHT_LOOKS[count.counted].ink)}
        title={shownText([countWords(count), ending].filter(Boolean).join('; '))}
      >
        {`${WEIGHT_LOOKS[count.counted].glyph} ${count.count}`}
        {ending !== '' && <span className="font-semibold text-warning">{brief ? ' soon' : ' ends soon'}</span>}
      </span>
    );
  });
}
