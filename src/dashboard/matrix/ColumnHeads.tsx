import { clsx } from 'clsx';
import { memo, type ReactNode, useContext } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { partialName, releaseName } from '../../views/words/release-words.ts';
import { typeLabel } from '../elements/type-marks.ts';
import type { Head } from '../grid/heads.ts';
import { GroupLabel, groupTitle } from './GroupLabel.tsx';
import { type DrawnZoom, GROUP_PX, slantOf } from './geometry.ts';
import type { ColumnGroup } from './grid-table.ts';
import { OpenRelease, ReleaseColumnHeading } from './ReleaseHeading.tsx';
import { LETTERS_PX, slantedText, USUAL_SLANT_PX } from './slanted-text.ts';
import { StillReading } from './still-reading.ts';

interface ColumnHeadsProps {
  readonly across: readonly Head[];
  readonly groups: readonly ColumnGroup[];
  readonly zoom: DrawnZoom;
  /** Where each column begins, and after the last where it ends. */
  readonly lefts: readonly number[];
  /** Width of the grid and height of the heads, CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** First and last column in view. */
  readonly from: number;
  readonly to: number;
  /** Column of the Tab stop, where it is among these heads. */
  readonly active: number | null;
  /** Column of the cell or the head whose details are open, and whether it is the head. */
  readonly selected: number | null;
  readonly isOpen: boolean;
}

/** The row of column heads, which stays in place downwards, with the names of their groups above. */
export const ColumnHeads = memo(function ColumnHeads(props: ColumnHeadsProps) {
  const { across, groups, zoom, lefts, width, height, from, to, active, selected, isOpen } = props;
  const leftOf = (column: number) => lefts[column] ?? 0;
  // The last has the room, too, into which its slanted names lean.
  const endOf = (column: number) => (column < across.length ? leftOf(column) : width);
  const heads: ReactNode[] = [];
  const add = (column: number) => {
    const head = across[column];
    if (head === undefined) return;
    heads.push(
      <ColumnHead
        key={head.id}
        head={head}
        column={column}
        left={leftOf(column)}
        width={leftOf(column + 1) - leftOf(column)}
        first={head.group !== across[column - 1]?.group}
        active={active === column}
        selected={selected === column}
        open={isOpen && selected === column}
        zoom={zoom}
        height={height - GROUP_PX}
      />,
    );
  };
  if (active !== null && active < from) add(active);
  for (let column = from; column <= to; column++) add(column);
  if (active !== null && active > to) add(active);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows and cells cannot be windowed both ways
    // biome-ignore lint/a11y/useFocusableInteractive: its heads are focusable
    <div role="row" aria-rowindex={1} data-row={-1} className="mx-heads" style={{ width, height }}>
      {groups
        .filter(({ first, columns }) => first <= to && first + columns > from)
        .map(({ group, first, columns }) => (
          <div
            key={group.id}
            className="mx-group"
            title={shownText(groupTitle(group))}
            style={{ left: leftOf(first), width: endOf(first + columns) - leftOf(first), height: GROUP_PX }}
          >
            <GroupLabel group={group} />
          </div>
        ))}
      {heads}
    </div>
  );
});

interface ColumnHeadProps {
  readonly head: Head;
  readonly column: number;
  readonly left: number;
  readonly width: number;
  readonly first: boolean;
  readonly active: boolean;
  readonly selected: boolean;
  readonly open: boolean;
  readonly zoom: DrawnZoom;
  readonly height: number;
}

const ColumnHead = memo(function ColumnHead(props: ColumnHeadProps) {
  const { head, column, left, width, first, active, selected, open, zoom, height } = props;
  const isRelease = head.kind === 'release';
  const partial = useContext(StillReading);
  const text = isRelease ? head.row.release.tag : head.component.name;
  const whole = shownText(text);
  const slant = isRelease ? USUAL_SLANT_PX : slantOf(height);
  const shown = slantedText(whole, slant, isRelease ? undefined : head.shared, LETTERS_PX[zoom]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows and cells cannot be windowed both ways
    <div
      role="columnheader"
      aria-label={isRelease ? shownText((partial ? partialName : releaseName)(head.row)) : whole}
      aria-description={isRelease ? undefined : shownText(typeLabel(head.component.type))}
      aria-colindex={head.ordinal + 2}
      aria-selected={open || undefined}
      tabIndex={active ? 0 : -1}
      data-column={column}
      data-first={first || undefined}
      data-selected={selected || undefined}
      data-whole={shown === whole ? undefined : whole}
      className={clsx('mx-colhead', isRelease && 'mx-colhead-release')}
      style={{ left, width, top: GROUP_PX, height }}
    >
      {isRelease ? (
        <OpenRelease
          release={head.row.release}
          className={clsx(
            'mx-slant font-mono',
            head.row.release.stage === 'stable' && 'font-bold',
            head.row.withdrawn !== undefined && 'line-through',
          )}
        >
          {shown}
        </OpenRelease>
      ) : (
        <span className="mx-slant" style={{ maxWidth: slant }}>
          {shown}
        </span>
      )}
      {isRelease && <ReleaseColumnHeading head={head} />}
    </div>
  );
});
