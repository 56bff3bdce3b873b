import { memo, type ReactNode } from 'react';
import { laterPart } from '../live/later-part.ts';
import type { ShownMatrix } from '../views/matrix/matrix-update.ts';
import type { View } from '../views/params.ts';
import { type DrawnLater, drawnLater } from './elements/drawn-later.tsx';
import type { Place, WhereaboutsRef } from './grid/place.ts';
import { MatrixView } from './matrix/MatrixView.tsx';
import type { LiveReading, TableWatch } from './state/live-reading.ts';
import type { ViewState } from './state/view-state.ts';

/** What a view is drawn from. */
interface Shown {
  readonly watch: TableWatch;
  readonly live: LiveReading;
  readonly matrix: ShownMatrix;
  readonly view: ViewState;
  /** A place of the matrix to show and focus, and what is called once it was; null: none. */
  readonly reveal: Place | null;
  readonly onRevealed: () => void;
  readonly whereabouts: WhereaboutsRef;
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
const FindingsView = drawnLater(async () => ({
  default: memo((await laterPart(() => import('./findings/FindingsView.tsx'))()).FindingsView),
}));
const ReleaseView = drawnLater(async () => ({
  default: memo((await laterPart(() => import('./release/ReleaseView.tsx'))()).ReleaseView),
}));
const EnvironmentsView = drawnLater(async () => ({
  default: memo((await laterPart(() => import('./environments/EnvironmentsView.tsx'))()).EnvironmentsView),
}));
const CompareView = drawnLater(async () => ({
  default: (await laterPart(() => import('./compare/CompareView.tsx'))()).CompareView,
}));
const ActivityView = drawnLater(async () => ({
  default: (await laterPart(() => import('./activity/ActivityView.tsx'))()).ActivityView,
}));

const outlineOf = ({ matrix }: Shown) => matrix.outline;

/** The views, by the name that the URL gives them. */
export const SHOWN_VIEWS = {
  matrix: {
    what: 'The matrix',
    triesAgainOn: outlineOf,
    draw: ({ matrix, live, view, reveal, onRevealed, whereabouts }) => (
      <SteadyMatrix
        matrix={matrix}
        news={live.news}
        view={view}
        onSeen={live.seen}
        reveal={reveal}
        onRevealed={onRevealed}
        whereabouts={whereabouts}
      />
    ),
  },
  environments: {
    what: 'The environments',
    triesAgainOn: outlineOf,
    draw: ({ view }) => <EnvironmentsView view={view} />,
  },
  compare: {
    what: 'The comparison',
    triesAgainOn: outlineOf,
    draw: ({ view }) => <CompareView view={view} />,
  },
  findings: {
    what: 'The list of findings',
    triesAgainOn: outlineOf,
    draw: ({ view }) => <FindingsView view={view} />,
  },
  activity: {
    what: 'The activity',
    triesAgainOn: ({ watch }) => watch.revision.get(),
    draw: ({ watch, live, view }) => <ActivityView view={view} unseen={watch.unseen.get()} onAllSeen={live.allSeen} />,
  },
  release: {
    what: 'The release',
    triesAgainOn: ({ matrix, view }) => `${matrix.outline.readAt} ${view.release}`,
    draw: ({ view }) => <ReleaseView view={view} />,
  },
} as const satisfies Record<View, ShownView>;

const LOADED = {
  environments: EnvironmentsView,
  compare: CompareView,
  findings: FindingsView,
  activity: ActivityView,
  release: ReleaseView,
} as const satisfies Record<Exclude<View, 'matrix'>, DrawnLater<never>>;

/** Gets what the view is drawn with, where one knows that it will be wanted. */
export function fetchView(view: View): void {
  if (view !== 'matrix') LOADED[view].fetch();
}
