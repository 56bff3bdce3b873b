import { clsx } from 'clsx';
import { ChevronDown, ChevronRight, Clock } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import type { EvidenceLine } from '../../release/evidence/judge-evidence.ts';
import { type Weight, weightCount } from '../../release/finding/weights.ts';
import type { Release } from '../../release/item/release.ts';
import type { Completeness } from '../../release/report/report.ts';
import { completenessWords, countsOf, isLeftUnjudged, verdictWords } from '../../release/report/verdict-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { onceFor } from '../../release/text/once-for.ts';
import { endingWords, evidenceCount, evidenceWords, STILL_READING } from '../../views/words/release-words.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { VERDICT_LOOKS } from '../elements/verdict-words.ts';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import type { LineFold, ReleaseHead } from '../grid/heads.ts';
import { addressOf } from '../state/view-state.ts';
import { StillReading } from './still-reading.ts';

/** A release at the head of a row, on one line: what folds it, its tag, verdict and findings, completeness. */
export function ReleaseRowHeading({ head }: { readonly head: ReleaseHead }) {
  const { row, fold, under, due } = head;
  const partial = useContext(StillReading);
  const { tag, stage } = row.release;
  const stable = stage === 'stable';
  const end = endOfLong(tag);
  return (
    <div className="mx-release" data-under={under !== null || undefined}>
      <span className="mx-fold">{fold && <FoldButton fold={fold} />}</span>
      <span className="flex min-w-0 flex-1 items-baseline gap-1.5">
        <OpenRelease
          release={row.release}
          className={clsx(
            'min-w-0 font-mono',
            end === '' ? 'truncate' : 'flex',
            stable && 'font-bold',
            row.withdrawn !== undefined && 'line-through',
          )}
        >
          {end === '' ? (
            <VisibleLabel text={tag} />
          ) : (
            <>
              <span className="truncate">
                <VisibleLabel text={tag.slice(0, -end.length)} />
              </span>
              <VisibleLabel text={end} />
            </>
          )}
        </OpenRelease>
        {fold?.folded && <FoldedCount fold={fold} />}
      </span>
      {partial ? (
        <span className="text-dim">{STILL_READING}</span>
      ) : (
        <>
          {due !== undefined && <DueMark due={due} />}
          <EvidenceMark evidence={row.evidence} />
          <VerdictCounts row={row} />
          {!isLeftUnjudged(row) && <CompletenessMark completeness={row.completeness} />}
        </>
      )}
    </div>
  );
}

/** What tells releases of a line apart is at the end of their tags: of a long one it is the middle that gives way. */
function endOfLong(tag: string): string {
  const letters = [...tag];
  return letters.length > LONG_TAG ? letters.slice(-TAG_END).join('') : '';
}

/** Letters: what mostly has room, and those of `-alpha.12`. */
const LONG_TAG = 14;
const TAG_END = 9;

interface OpenReleaseProps {
  readonly release: Release;
  readonly className: string;
  readonly children: ReactNode;
}

/** To make an address is felt where it is made for each row that a scroll brings back. */
const pageAddress = onceFor(({ tag }: Release) => addressOf({ view: 'release', release: tag }));
const findingsAddress = onceFor((release: Release) => addressOf(findingsOf(release)));

/** A release's tag, which leads to its page. Not a stop of the Tab key: the head it is in takes `o` and Enter for it. */
export function OpenRelease({ release, className, children }: OpenReleaseProps) {
  return (
    <a
      href={pageAddress(release)}
      tabIndex={-1}
      data-open={release.tag}
      aria-label={shownText(`Open release ${release.tag}`)}
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
  const { glyph, ink } = VERDICT_LOOKS[row.verdict.result];
  return (
    <div className="mx-release-column">
      {fold && <FoldButton fold={fold} />}
      {!partial && (
        <span title={shownText(verdictWords(row))} className={clsx('font-semibold', ink)}>
          {glyph}
        </span>
      )}
    </div>
  );
}

/** Lucide's chevrons, made once: while scrolling, each icon made anew is felt. */
const FOLDED = <ChevronRight size={14} aria-hidden="true" />;
const UNFOLDED = <ChevronDown size={14} aria-hidden="true" />;

/** Folds or unfolds a line. Not a stop of the Tab key: the head it is in takes the arrows for it. */
function FoldButton({ fold: { line, folded, count, worst } }: { readonly fold: LineFold }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      data-fold={line}
      aria-expanded={!folded}
      aria-label={shownText(`Pre-releases of ${line}, ${count}${worst === null ? '' : `, ${WORST_WORDS[worst]}`}`)}
      title={
        folded
          ? shownText(`Show the ${count} pre-releases of ${line}`)
          : shownText(`Fold away the ${count} pre-releases of ${line}`)
      }
      className="grid h-4 max-h-full w-4 place-items-center rounded text-dim hover:bg-edge/40 hover:text-ink"
    >
      {folded ? FOLDED : UNFOLDED}
    </button>
  );
}

const WORST_WORDS = { error: 'with errors', warning: 'with warnings' } as const;

/** How many releases a line folds away, in the colour of the worst that is found in them. */
function FoldedCount({ fold: { count, worst } }: { readonly fold: LineFold }) {
  return (
    <span
      title={worst === null ? undefined : `${count} pre-releases, ${WORST_WORDS[worst]}`}
      className={clsx('shrink-0', worst === null ? 'text-dim' : `font-semibold ${WEIGHT_LOOKS[worst].ink}`)}
    >
      {worst === null ? `+${count}` : `+${count}${WEIGHT_LOOKS[worst].glyph}`}
    </span>
  );
}

const DUE = <Clock size={11} aria-hidden="true" />;

/** That a line is due; when, one reads by pointing at it, or hears. */
function DueMark({ due }: { readonly due: NonNullable<ReleaseHead['due']> }) {
  return (
    <span title={shownText(due.whole)} className={clsx('shrink-0', due.late ? 'text-warning' : 'text-dim')}>
      {DUE}
    </span>
  );
}

/** What of a roster is there. That all of it is needs no emphasis. */
function CompletenessMark({ completeness }: { readonly completeness: Completeness }) {
  const { roster, expected, present } = completeness;
  const known = roster !== 'none';
  const title =
    roster === 'none'
      ? 'Completeness unknown: neither the policy nor the releases before it say what it should hold'
      : `${completenessWords(completeness)}, by ${roster === 'policy' ? 'the policy’s roster' : 'the stable releases before it'}`;
  return (
    <span
      title={shownText(title)}
      className={clsx('mx-complete', known && present < expected ? 'text-ink' : 'text-dim')}
    >
      {known ? `${present}/${expected}` : '–'}
    </span>
  );
}

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
        'shrink-0 rounded px-0.5 text-xs tabular-nums hover:bg-edge/40 hover:text-ink',
        held === asked ? 'text-good' : 'text-dim',
      )}
    >
      {`${held}/${asked}`}
    </button>
  );
}

/**
 * The verdict as a sign with the errors behind it, then the warnings. Of what is waived only that it ends soon; notes stand
 * in the list. It leads to the findings of the release.
 */
function VerdictCounts({ row }: { readonly row: ReleaseHead['row'] }) {
  const { verdict, release } = row;
  const { glyph, ink } = VERDICT_LOOKS[verdict.result];
  const counts = countsOf(verdict);
  const countOf = (weight: Weight) => counts.find(({ counted }) => counted === weight)?.count ?? 0;
  const [errors, warnings, waived] = [countOf('error'), countOf('warning'), countOf('waived')];
  const ending = endingWords(verdict);
  const counted = counts.map(({ counted: weight, count }) => weightCount(count, weight));
  const words = [verdictWords(row), ...counted, ending].filter(Boolean).join(', ');
  const content = (
    <>
      <span className={clsx('mx-verdict', ink)}>{errors > 0 ? `${glyph}${errors}` : glyph}</span>
      <span className={clsx('mx-warnings', WEIGHT_LOOKS.warning.ink)}>
        {warnings > 0 && `${WEIGHT_LOOKS.warning.glyph}${warnings}`}
        {ending !== '' && ` ${WEIGHT_LOOKS.waived.glyph}${waived}`}
      </span>
    </>
  );
  if (counts.length === 0) {
    return (
      <span title={shownText(words)} className="mx-counts">
        {content}
      </span>
    );
  }
  return (
    <a
      href={findingsAddress(release)}
      tabIndex={-1}
      data-findings=""
      aria-label={shownText(`Findings of ${release.tag}`)}
      title={shownText(words)}
      className="mx-counts"
    >
      {content}
    </a>
  );
}

/** The list of a release's findings: by its version, as part of its tag would let its pre-releases in. */
export function findingsOf({ tag, stage, version }: Release) {
  const isPlain = stage === 'stable' && version !== null && /^\d+\.\d+\.\d+$/.test(version);
  return { view: 'findings', q: isPlain ? `=${version}` : tag } as const;
}
