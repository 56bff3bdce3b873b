import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import type { Policy } from '../../release/policy.ts';
import type { Report, ReportInput, ReportRow } from '../../release/report.ts';
import { VisibleLabel, VisibleText } from '../details/VisibleText.tsx';
import { StageBadge } from '../elements/StageBadge.tsx';
import { VerdictMark } from '../elements/VerdictMark.tsx';
import { ViewLink } from '../elements/ViewLink.tsx';
import { ExportMenu } from '../export/ExportMenu.tsx';
import type { ChangeView, ViewState } from '../view-state.ts';
import { ChangelogSection } from './ChangelogSection.tsx';
import { CompletenessSection } from './CompletenessSection.tsx';
import { FindingsSection } from './FindingsSection.tsx';
import { LineSection } from './LineSection.tsx';
import { ManifestSection } from './ManifestSection.tsx';
import { moment } from './moment.ts';
import { RehearsalSection } from './RehearsalSection.tsx';
import { VerdictSection } from './VerdictSection.tsx';

export interface ReleaseViewProps {
  readonly report: Report;
  /** What the report was made of; the same objects as long as nothing in them has changed. */
  readonly fragments: ReportInput['fragments'];
  readonly rejected: ReportInput['rejected'];
  readonly policy: Policy;
  readonly view: ViewState;
  readonly change: ChangeView;
}

/** One release, whole: no filter leaves out anything of it, as its verdict is about all of it. */
export function ReleaseView({ report, fragments, rejected, policy, view, change }: ReleaseViewProps) {
  const { readAt } = report;
  const input = useMemo(() => ({ fragments, rejected, readAt }), [fragments, rejected, readAt]);
  const index = report.rows.findIndex(({ release }) => release.tag === view.release);
  const row = report.rows[index];
  if (row === undefined) return <NotFound tag={view.release} newest={report.rows[0]} change={change} />;
  const { tag } = row.release;
  return (
    <section aria-label={`Release ${tag}`} className="flex min-w-0 flex-1 flex-col">
      <Head report={report} row={row} newer={report.rows[index - 1]} older={report.rows[index + 1]} change={change} />
      {/* Another release begins at its top. Relative: what is hidden but for screen readers must scroll along in it. */}
      <div key={tag} className="relative min-h-0 flex-1 overflow-y-auto low:flex-none low:overflow-visible bg-panel">
        <div className="mx-auto grid max-w-[1500px] grid-cols-[minmax(0,1fr)_26.5rem] items-start gap-4 p-4 max-lg:grid-cols-1">
          <div className="space-y-4">
            <VerdictSection row={row} change={change} />
            <RehearsalSection tag={tag} as={view.as} input={input} policy={policy} change={change} />
            <CompletenessSection report={report} row={row} change={change} />
            <FindingsSection report={report} row={row} change={change} />
            <ChangelogSection report={report} row={row} change={change} />
          </div>
          <div className="space-y-4">
            <LineSection report={report} release={row.release} change={change} />
            <ManifestSection report={report} tag={tag} format={view.manifest} change={change} />
          </div>
        </div>
      </div>
    </section>
  );
}

interface HeadProps {
  readonly report: Report;
  readonly row: ReportRow;
  readonly newer: ReportRow | undefined;
  readonly older: ReportRow | undefined;
  readonly change: ChangeView;
}

function Head({ report, row, newer, older, change }: HeadProps) {
  const { release, verdict, startedAt, updatedAt, fragments } = row;
  const offer = {
    words: 'All of the release: verdict, completeness, what it is made of, findings. No filter applies to it',
    make: async () => (await import('../export/release-export.ts')).exportRelease(report, row),
  };
  return (
    <div className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-rule px-4 py-2">
      <h2 className="min-w-0 font-mono text-[18px] font-semibold">
        <VisibleText text={release.tag} limit={80} />
      </h2>
      <StageBadge stage={release.stage} />
      <VerdictMark result={verdict.result} />
      <p className="text-[12.5px] text-dim tabular-nums">
        {`${fragments} ${fragments === 1 ? 'fragment' : 'fragments'}`}
        {startedAt !== null && ` · from ${moment(startedAt)}`}
        {updatedAt !== null && updatedAt !== startedAt && ` to ${moment(updatedAt)}`}
        {startedAt !== null && ' UTC'}
      </p>
      <nav aria-label="Other releases" className="ml-auto flex items-center gap-3 text-[12.5px]">
        <ViewLink to={{ view: 'matrix', release: release.tag, component: null }} change={change} className={LINK}>
          Show in the matrix
        </ViewLink>
        {older !== undefined && (
          <ViewLink
            to={pageOf(older)}
            change={change}
            aria-label={`Older release: ${older.release.tag}`}
            className={LINK}
          >
            <ChevronLeft size={14} aria-hidden="true" />
            <VisibleLabel text={older.release.tag} limit={40} className="font-mono" />
          </ViewLink>
        )}
        {newer !== undefined && (
          <ViewLink
            to={pageOf(newer)}
            change={change}
            aria-label={`Newer release: ${newer.release.tag}`}
            className={LINK}
          >
            <VisibleLabel text={newer.release.tag} limit={40} className="font-mono" />
            <ChevronRight size={14} aria-hidden="true" />
          </ViewLink>
        )}
      </nav>
      <ExportMenu offer={offer} />
    </div>
  );
}

const LINK = 'inline-flex items-center gap-0.5 rounded text-accent underline-offset-2 hover:underline';

function pageOf({ release }: ReportRow) {
  return { view: 'release', release: release.tag, component: null } as const;
}

interface NotFoundProps {
  /** As the URL names it: null where it names none. */
  readonly tag: string | null;
  readonly newest: ReportRow | undefined;
  readonly change: ChangeView;
}

function NotFound({ tag, newest, change }: NotFoundProps) {
  return (
    <section aria-label="Release" className="grid min-w-0 flex-1 place-items-center p-8">
      <div className="max-w-md space-y-3 text-center">
        <h2 className="text-[15px] font-semibold">
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
          <ViewLink to={pageOf(newest)} change={change} className={LINK}>
            Open the newest, <VisibleLabel text={newest.release.tag} limit={60} className="ml-1 font-mono" />
          </ViewLink>
        )}
      </div>
    </section>
  );
}
