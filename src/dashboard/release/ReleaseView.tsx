import { clsx } from 'clsx';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { groupBy } from '../../release/text/group-by.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ReleaseLine } from '../../views/matrix/outline.ts';
import type { Filters } from '../../views/params.ts';
import type { ReleaseDetails } from '../../views/release/release-answer.ts';
import { endingWords } from '../../views/words/release-words.ts';
import { Button } from '../elements/Button.tsx';
import { ExportMenu } from '../elements/ExportMenu.tsx';
import { dayWords, spanWords } from '../elements/moment.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { CellLink, ViewLink } from '../elements/ViewLink.tsx';
import { ViewLoads } from '../elements/ViewLoads.tsx';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { VERDICT_LOOKS } from '../elements/verdict-words.ts';
import { useAnswer } from '../state/answers.ts';
import { useChangeView, useOutline } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { ChangesSection } from './ChangesSection.tsx';
import { ContentsSection } from './ContentsSection.tsx';
import { EvidenceSection } from './EvidenceSection.tsx';
import { LineSteps } from './LineSteps.tsx';
import { ManifestSection } from './ManifestSection.tsx';
import { PlanSection } from './PlanSection.tsx';
import { ProgressSection } from './ProgressSection.tsx';
import { TypeCounts } from './TypeCounts.tsx';
import { FINDINGS_ASKED, WhatIsLeft } from './WhatIsLeft.tsx';

interface ReleaseViewProps {
  readonly view: ViewState;
}

/** One release, whole: no filter leaves out anything of it, as its verdict is about all of it. */
export function ReleaseView({ view }: ReleaseViewProps) {
  const { rows } = useOutline();
  const { release: asked } = view;
  const isKnown = rows.some(({ release }) => release.tag === asked);
  const details = useAnswer(
    'release',
    asked !== null && isKnown ? { release: asked, as: view.as, findings: FINDINGS_ASKED } : null,
  );
  if (!isKnown) return <NotFound tag={asked} newest={rows[0]} />;
  if (details === null) return <ViewLoads />;
  const { row, line } = details;
  const { tag } = row.release;
  const at = rows.findIndex(({ release }) => release.tag === tag);
  return (
    <section aria-label={shownText(`Release ${tag}`)} className="flex min-w-0 flex-1 flex-col">
      <Head details={details} newer={rows[at - 1]} older={rows[at + 1]} showsManifest={view.manifest !== null} />
      {/* Another release begins at its top. Relative: what is hidden but for screen readers must scroll along in it. */}
      <div key={tag} className="relative min-h-0 flex-1 overflow-y-auto low:flex-none low:overflow-visible">
        <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 border-b border-rule px-4 py-2.5">
          {line === null ? (
            <p className="text-sm text-dim">Its tag is not SemVer, so it belongs to no line.</p>
          ) : (
            <LineSteps story={line} current={tag} />
          )}
          <TypeCounts types={details.types} absence={details.absence} />
        </div>
        {view.manifest !== null && (
          <ManifestSection release={tag} isEmpty={row.fragments === 0} format={view.manifest} />
        )}
        <WhatIsLeft details={details} />
        {details.judged.evidence.length > 0 && <EvidenceSection release={tag} evidence={details.judged.evidence} />}
        <ChangesSection release={tag} />
        <PlanSection release={tag} as={view.as} />
        <ContentsSection details={details} />
        {line?.inProgress === true && <ProgressSection story={line} release={row.release} />}
      </div>
    </section>
  );
}

/** None applies to a release. */
const NO_FILTERS: Filters = { stage: [], type: [], owner: [], env: [], q: '', problems: false };

interface HeadProps {
  readonly details: ReleaseDetails;
  readonly newer: ReleaseLine | undefined;
  readonly older: ReleaseLine | undefined;
  readonly showsManifest: boolean;
}

/** What it is, whether it may be promoted, how much of it is there, and where it runs: the one verdict of the page. */
function Head({ details, newer, older, showsManifest }: HeadProps) {
  const change = useChangeView();
  const { row, judged, runsIn } = details;
  const { release, verdict, completeness, startedAt, updatedAt } = row;
  const { glyph, ink } = VERDICT_LOOKS[judged.result];
  const offer = {
    words: 'All of the release: verdict, completeness, what it is made of, findings. No filter applies to it',
    filters: NO_FILTERS,
    of: { view: 'release', release: release.tag } as const,
  };
  const ending = endingWords(verdict);
  // Of a part the sentence says it.
  const tellsCompleteness = completeness.roster !== 'none' && !verdict.unknown.includes('partial');
  return (
    <div className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-rule px-4 py-2">
      <h2 className="min-w-0 font-mono text-lg font-semibold">
        <VisibleText text={release.tag} limit={80} />
      </h2>
      <StageBadge stage={release.stage} />
      <p className={clsx('text-lg font-semibold', ink)}>
        <span aria-hidden="true">{`${glyph} `}</span>
        {shownText(judged.sentence)}
      </p>
      {tellsCompleteness && <Completeness {...completeness} />}
      {startedAt !== null && (
        <p className="text-sm text-dim tabular-nums">{shownText(spanWords(startedAt, updatedAt ?? startedAt))}</p>
      )}
      {runsIn.length > 0 && <p className="text-sm text-dim">{shownText(runsInWords(runsIn))}</p>}
      {ending !== '' && <p className="text-sm text-warning">{shownText(`▲ ${ending}`)}</p>}
      <div className="ml-auto flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
        <nav aria-label="Other releases" className="flex flex-wrap items-center gap-x-3 text-sm">
          <CellLink release={release.tag} component={null} className={LINK}>
            Show in the matrix
          </CellLink>
          <Neighbour word="Older" row={older} />
          <Neighbour word="Newer" row={newer} />
        </nav>
        <Button aria-expanded={showsManifest} onClick={() => change({ manifest: showsManifest ? null : 'json' })}>
          Manifest
        </Button>
        <ExportMenu offer={offer} />
      </div>
    </div>
  );
}

/** As the matrix counts it. */
function Completeness({ present, expected }: ReleaseDetails['row']['completeness']) {
  return (
    <span className="flex items-center gap-2 text-sm text-dim tabular-nums">
      <span aria-hidden="true" className="h-1.5 w-24 overflow-hidden rounded-full bg-rule">
        <span
          className={clsx('block h-full forced-colors:bg-[CanvasText]', present < expected ? 'bg-warning' : 'bg-good')}
          style={{ width: `${expected === 0 ? 0 : (100 * present) / expected}%` }}
        />
      </span>
      {`${present} of ${expected} there`}
    </span>
  );
}

/** "in dev, qa since 27 Nov, in prod since 29 Nov". */
function runsInWords(runsIn: ReleaseDetails['runsIn']): string {
  const days = groupBy(runsIn, ({ since }) => (since === null ? '' : ` since ${dayWords(since)}`));
  return [...days].map(([since, places]) => `in ${places.map(({ name }) => name).join(', ')}${since}`).join(', ');
}

interface NeighbourProps {
  readonly word: 'Newer' | 'Older';
  /** Undefined at the end. */
  readonly row: ReleaseLine | undefined;
}

/** To the release beside this one. It stays where it is at the end, so that it does not lose the focus. */
function Neighbour({ word, row }: NeighbourProps) {
  const tag = row?.release.tag;
  const none = `No ${word.toLowerCase()}`;
  return (
    <ViewLink
      to={row === undefined ? null : pageOf(row)}
      aria-label={tag === undefined ? shownText(`${none} release`) : shownText(`${word} release: ${tag}`)}
      className={tag === undefined ? 'inline-flex items-center gap-0.5 rounded text-dim' : LINK}
    >
      {word === 'Older' && <ChevronLeft size={14} aria-hidden="true" />}
      {tag === undefined ? shownText(none) : <VisibleLabel text={tag} limit={40} className="font-mono" />}
      {word === 'Newer' && <ChevronRight size={14} aria-hidden="true" />}
    </ViewLink>
  );
}

const LINK = 'inline-flex items-center gap-0.5 rounded text-accent underline-offset-2 hover:underline';

function pageOf({ release }: ReleaseLine) {
  return { view: 'release', release: release.tag, component: null } as const;
}

interface NotFoundProps {
  /** As the URL names it: null where it names none. */
  readonly tag: string | null;
  readonly newest: ReleaseLine | undefined;
}

function NotFound({ tag, newest }: NotFoundProps) {
  return (
    <section aria-label="Release" className="grid min-w-0 flex-1 place-items-center p-8">
      <div className="max-w-md space-y-3 text-center">
        <h2 className="text-lg font-semibold">
          {tag === null ? (
            'No release is chosen'
          ) : (
            <>
              The table holds no release “<VisibleText text={tag} limit={80} />”
            </>
          )}
        </h2>
        {tag !== null && (
          <p className="text-dim">It may have been deleted since the link was made, or be in another table.</p>
        )}
        {newest !== undefined && (
          <ViewLink to={pageOf(newest)} className={LINK}>
            Open the newest, <VisibleLabel text={newest.release.tag} limit={60} className="ml-1 font-mono" />
          </ViewLink>
        )}
      </div>
    </section>
  );
}
