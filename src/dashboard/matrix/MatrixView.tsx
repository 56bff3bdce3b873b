import { useEffect, useMemo, useRef } from 'react';
import type { Report } from '../../release/report/report.ts';
import type { Visible } from '../../views/filters/visible.ts';
import type { News } from '../../views/matrix/news.ts';
import { cellAt, componentHeads, foldableLines, type Head, keepHeads, releaseHeads } from '../grid/heads.ts';
import type { Place } from '../grid/place.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { Corner } from './Corner.tsx';
import { COMPONENT_HEAD_PX, GROUP_PX, RELEASE_HEAD_PX } from './geometry.ts';
import { useGridTable } from './grid-table.ts';
import { MatrixGrid } from './MatrixGrid.tsx';
import './matrix.css';
import './matrix-heads.css';
import './matrix-adapted.css';
import { NothingLeft } from './NothingLeft.tsx';

export interface MatrixViewProps {
  readonly report: Report;
  readonly visible: Visible;
  readonly news: News;
  readonly view: ViewState;
  readonly change: ChangeView;
  /** Called with the ids of the fragments in a cell that a person has chosen to look at. */
  readonly onSeen: (fragmentIds: readonly string[]) => void;
  /** A cell, or the head of a release, that was asked for from elsewhere, and is to have the focus. Default: none. */
  readonly reveal?: Place | null;
  /** Called once it has been shown. */
  readonly onRevealed?: () => void;
}

const NOTHING = () => {};

/** The matrix: releases down and components across, or flipped. It fills the element it is in and scrolls inside. */
export function MatrixView(props: MatrixViewProps) {
  const { report, visible, news, view, change, onSeen, reveal = null, onRevealed = NOTHING } = props;
  const { flip, folded, release, component } = view;
  const releases = useKept(useMemo(() => releaseHeads(report, visible, folded), [report, visible, folded]));
  const components = useKept(useMemo(() => componentHeads(report, visible), [report, visible]));
  const axes = useMemo(
    () => (flip ? { down: components, across: releases } : { down: releases, across: components }),
    [flip, releases, components],
  );
  const table = useGridTable(axes);
  const environments = useSteady(visible.environments);
  const selected = useMemo(() => ({ release, component }), [release, component]);
  const lines = useMemo(() => foldableLines(releases), [releases]);
  useUnfolded(report, releases, view, change);

  if (releases.length === 0 || components.length === 0) {
    return <NothingLeft report={report} visible={visible} change={change} />;
  }

  const onChoose = (one: Head, other: Head) => {
    const [releaseHead, componentHead] = one.kind === 'release' ? [one, other] : [other, one];
    if (releaseHead.kind !== 'release' || componentHead.kind !== 'component') return;
    change({ release: releaseHead.row.release.tag, component: componentHead.component.id });
    const seen = cellAt(one, other)?.entries.map(({ id }) => id) ?? [];
    if (seen.length > 0) onSeen(seen);
  };
  const onEscape = () => {
    if (release !== null || component !== null) change({ release: null, component: null });
  };
  const onFold = (line: string, fold: boolean) => {
    const others = folded.filter((each) => each !== line);
    change({ folded: fold ? [...others, line] : others });
  };

  const headHeight = GROUP_PX + (flip ? RELEASE_HEAD_PX : COMPONENT_HEAD_PX);
  const [rowCount, columnCount] = flip
    ? [visible.columns.length, visible.rows.length]
    : [visible.rows.length, visible.columns.length];
  return (
    <MatrixGrid
      table={table}
      rowCount={rowCount}
      columnCount={columnCount}
      environments={environments}
      news={news}
      selected={selected}
      reveal={reveal}
      onRevealed={onRevealed}
      headHeight={headHeight}
      corner={
        <Corner
          report={report}
          visible={visible}
          flip={flip}
          height={headHeight}
          lines={lines}
          folded={folded}
          onFold={(next) => change({ folded: [...next] })}
          onFlip={(next) => change({ flip: next })}
        />
      }
      onChoose={onChoose}
      onEscape={onEscape}
      onFold={onFold}
      onCompare={(tag) => change({ view: 'compare', a: 'prev', b: tag })}
      onOpen={(tag) => change({ view: 'release', release: tag, component: null })}
    />
  );
}

/**
 * Unfolds the line that hides a release as soon as that is selected: a link, a search or the history may lead to it. It
 * can be folded away again, still selected.
 */
function useUnfolded(
  report: Report,
  shown: readonly Head[],
  { release, component, folded }: ViewState,
  change: ChangeView,
): void {
  const looked = useRef<string | null>(null);
  const name = release === null || component === null ? null : `${release}\n${component}`;
  useEffect(() => {
    if (looked.current === name) return;
    looked.current = name;
    if (shown.some((head) => head.kind === 'release' && head.row.release.tag === release)) return;
    const line = report.rows.find((row) => row.release.tag === release)?.release.line ?? null;
    if (name !== null && line !== null && folded.includes(line)) {
      change({ folded: folded.filter((each) => each !== line) });
    }
  }, [name, release, folded, report, shown, change]);
}

/** The heads of before wherever these are the same, although a poll made them anew: see `keepHeads`. */
function useKept<H extends Head>(heads: readonly H[]): readonly H[] {
  const kept = useRef(heads);
  kept.current = keepHeads(kept.current, heads);
  return kept.current;
}

/** The list of before where it holds the same: the filter makes it anew with each report. */
function useSteady(list: readonly string[] | null): readonly string[] | null {
  const kept = useRef(list);
  const isSame = kept.current?.length === list?.length && list?.every((name, at) => name === kept.current?.[at]);
  if (!isSame) kept.current = list;
  return kept.current;
}
