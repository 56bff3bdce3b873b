import { lazy, memo, type ReactNode } from 'react';
import { laterPart } from '../live/server-secret.ts';
import type { TableData } from '../live/table-data.ts';
import type { Report } from '../release/report/report.ts';
import type { ProblemPlace } from '../views/filters/next-problem.ts';
import type { Visible } from '../views/filters/visible.ts';
import type { View } from '../views/params.ts';
import type { WatchedActivity } from './activity/use-activity.ts';
import type { Place } from './grid/place.ts';
import { MatrixView } from './matrix/MatrixView.tsx';
import type { LiveReading } from './state/live-reading.ts';
import type { ChangeView, ViewState } from './state/view-state.ts';

/** What a view is drawn from. */
interface Shown {
  readonly live: LiveReading;
  readonly table: TableData;
  readonly report: Report;
  readonly visible: Visible;
  readonly view: ViewState;
  readonly change: ChangeView;
  readonly watched: WatchedActivity;
  readonly onAllSeen: () => void;
  readonly onGo: (place: ProblemPlace) => void;
  /** A place of the matrix to show and focus, and what is called once it was; null: none. */
  readonly reveal: Place | null;
  readonly onRevealed: () => void;
}

interface ShownView {
  /** As a message names it that it could not be drawn. */
  readonly what: string;
  /** Where it could not be drawn, it is tried again when this changes. */
  readonly triesAgainOn: (shown: Shown) => unknown;
  readonly draw: (shown: Shown) => ReactNode;
}

/** A poll without change makes a new reading but the same report: nothing of the matrix is drawn then. */
const SteadyMatrix = memo(MatrixView);

/** Loaded when it is first looked at: the matrix must not wait for what most never open. */
const FindingsView = lazy(async () => ({
  default: memo((await laterPart(() => import('./findings/FindingsView.tsx'))()).FindingsView),
}));
const ReleaseView = lazy(async () => ({
  default: memo((await laterPart(() => import('./release/ReleaseView.tsx'))()).ReleaseView),
}));
const EnvironmentsView = lazy(async () => ({
  default: memo((await laterPart(() => import('./environments/EnvironmentsView.tsx'))()).EnvironmentsView),
}));
const CompareView = lazy(async () => ({
  default: (await laterPart(() => import('./compare/CompareView.tsx'))()).CompareView,
}));
const ActivityView = lazy(async () => ({
  default: (await laterPart(() => import('./activity/ActivityView.tsx'))()).ActivityView,
}));

const reportOf = ({ report }: Shown) => report;

/** The views, by the name that the URL gives them. */
export const SHOWN_VIEWS = {
  matrix: {
    what: 'The matrix',
    triesAgainOn: reportOf,
    draw: ({ report, visible, live, view, change, reveal, onRevealed }) => (
      <SteadyMatrix
        report={report}
        visible={visible}
        news={live.news}
        view={view}
        change={change}
        onSeen={live.seen}
        reveal={reveal}
        onRevealed={onRevealed}
      />
    ),
  },
  environments: {
    what: 'The environments',
    triesAgainOn: reportOf,
    draw: ({ report, view, change, onGo }) => (
      <EnvironmentsView report={report} view={view} change={change} onGo={onGo} />
    ),
  },
  compare: {
    what: 'The comparison',
    triesAgainOn: reportOf,
    draw: ({ report, table, view, change, onGo }) => (
      <CompareView report={report} policy={table.policy.policy} view={view} change={change} onGo={onGo} />
    ),
  },
  findings: {
    what: 'The list of findings',
    triesAgainOn: reportOf,
    draw: ({ report, visible, view, change, onGo }) => (
      <FindingsView report={report} visible={visible} view={view} change={change} onGo={onGo} />
    ),
  },
  activity: {
    what: 'The activity',
    triesAgainOn: ({ watched }) => watched.activity,
    draw: ({ report, visible, watched, onAllSeen, change, onGo }) => (
      <ActivityView
        report={report}
        visible={visible}
        activity={watched.activity}
        unseen={watched.unseen}
        onAllSeen={onAllSeen}
        change={change}
        onGo={onGo}
      />
    ),
  },
  release: {
    what: 'The release',
    triesAgainOn: ({ report, view }) => `${report.readAt} ${view.release}`,
    draw: ({ report, table, view, change, onGo }) => (
      <ReleaseView
        report={report}
        fragments={table.fragments}
        rejected={table.rejected}
        policy={table.policy.policy}
        view={view}
        change={change}
        onGo={onGo}
      />
    ),
  },
} as const satisfies Record<View, ShownView>;
