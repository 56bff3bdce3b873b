import { clsx } from 'clsx';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { memo, useCallback, useMemo, useRef } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type {
  EnvironmentHead,
  EnvironmentRow,
  EnvironmentSection,
  EnvironmentsAnswer,
} from '../../views/environments/environments-answer.ts';
import { worstColumnsFirst } from '../../views/environments/worst-columns.ts';
import { Button } from '../elements/Button.tsx';
import { CODE_MARKS } from '../elements/code-marks.ts';
import { type PlaceOf, useHoverCard } from '../elements/hover-card.ts';
import { useNarrow } from '../elements/narrow.ts';
import { useRestShown } from '../elements/show-rest.ts';
import { typeDot, typeLabel } from '../elements/type-marks.ts';
import { ViewLink } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import type { Position } from '../grid/place.ts';
import { positionOfElement } from '../grid/roving-focus.ts';
import { useChangeView } from '../state/page-context.ts';
import { DeploymentCard } from './DeploymentCard.tsx';
import { DeploymentCellFace } from './DeploymentCellFace.tsx';
import { useGridPlace } from './grid-place.ts';

interface EnvironmentTableProps {
  /** With at least one component and one environment. */
  readonly left: EnvironmentsAnswer;
  readonly unfolded: readonly string[];
  /** Called where all lines are wanted, and not the first of them alone. */
  readonly onAll: () => void;
}

/** Components down, environments across. Heads stay in place while it scrolls either way. */
export function EnvironmentTable({ left: all, unfolded, onAll }: EnvironmentTableProps) {
  const change = useChangeView();
  const isNarrow = useNarrow();
  const left = useMemo(() => (isNarrow ? worstColumnsFirst(all) : all), [isNarrow, all]);
  const table = useRef<HTMLTableElement>(null);
  const sections = useMemo(() => placeRows(left.sections), [left.sections]);
  const rows = useMemo(() => sections.flatMap((section) => section.rows), [sections]);
  const environments = useMemo(() => left.environments.map(({ name }) => name), [left.environments]);
  const onRest = useRestShown(rows.length);
  const follow = useCallback(
    ({ row, column }: Position) => {
      const target = rows[row];
      const cell = target?.cells[column];
      const first = environments[column] ?? null;
      if (target !== undefined && cell) change({ release: cell.release, component: target.component.id, first });
    },
    [rows, environments, change],
  );
  const { position, ...keyboard } = useGridPlace(table, rows, environments, follow);
  const { at: lookedAt, handlers } = useHoverCard(cellOf);
  const [headPx, columnPx] = isNarrow ? NARROW_PX : [headWidth(rows), COLUMN_PX];
  const looked = rows[lookedAt?.place.row ?? -1];
  const face = looked?.cells[lookedAt?.place.column ?? -1] ?? null;
  return (
    <div className="relative min-h-0 flex-1 overflow-auto low:h-dvh low:flex-none" {...handlers}>
      <table
        ref={table}
        {...GRID}
        aria-rowcount={left.shown + left.sections.length + 1}
        aria-colcount={left.environments.length + 1}
        // Columns of one width: what is written in one of them moves none.
        style={{ minWidth: headPx + left.environments.length * columnPx }}
        className="w-full table-fixed border-separate border-spacing-0 text-base"
        {...keyboard}
      >
        <thead>
          <tr>
            <th
              scope="col"
              style={{ width: headPx }}
              className={clsx(HEAD, 'left-0 z-30 pl-4 align-bottom font-medium text-dim')}
            >
              Component
            </th>
            {left.environments.map((environment, place) => (
              <Environment
                key={environment.name}
                environment={environment}
                isFirst={left.environments[place - 1]?.group !== environment.group}
                isAsked={left.off === environment.name}
                then={left.time.pinned?.at ?? null}
                unfolded={unfolded}
              />
            ))}
          </tr>
        </thead>
        {sections.map((section) => (
          <tbody key={`${section.kind} ${section.type}`}>
            {left.sections.length > 1 && (
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={left.environments.length + 1}
                  className="border-b border-rule bg-panel p-0 text-left text-sm font-medium text-dim"
                >
                  <span className="sticky left-0 inline-flex items-center gap-1.5 px-4 py-1">
                    <span className="text-ink">{SECTION_WORDS[section.kind]}</span>
                    {` · ${shownText(typeLabel(section.type))} · ${section.count}`}
                  </span>
                </th>
              </tr>
            )}
            {section.rows.map((row, place) => {
              const at = section.from + place;
              return (
                <DeploymentRow
                  key={row.component.id}
                  row={row}
                  type={section.type}
                  at={at}
                  environments={environments}
                  activeColumn={position.row === at ? position.column : null}
                />
              );
            })}
          </tbody>
        ))}
      </table>
      <p className="sticky left-0 px-4 py-2 text-sm text-dim">Grey is as released; what differs is written.</p>
      {rows.length < left.shown && (
        <div className="sticky left-0 p-4">
          <Button
            onClick={({ currentTarget }) => {
              onRest(currentTarget);
              onAll();
            }}
          >{`Show ${left.shown - rows.length} more components`}</Button>
        </div>
      )}
      {lookedAt !== null && looked !== undefined && face !== null && (
        <DeploymentCard
          box={lookedAt.box}
          row={looked}
          environment={environments[lookedAt.place.column] ?? ''}
          face={face}
        />
      )}
    </div>
  );
}

/** Pixels of the heads at the side, as their names ask for, and what a column has at least. */
const HEAD_PX = { least: 224, most: 400 };
const COLUMN_PX = 150;
/** The same on a small screen: two columns are seen whole, and that there are more. */
const NARROW_PX = [112, 128] as const;

/** A table through which arrows lead. */
const GRID = { role: 'grid', 'aria-label': 'Environments' } as const;

/** Of a letter of a name and of an owner, and what stands around them. */
const NAME_LETTER_PX = 7.4;
const OWNER_LETTER_PX = 6.4;
const AROUND_PX = 54;

/** So wide that no name is cut, within bounds. */
function headWidth(rows: readonly EnvironmentRow[]): number {
  const widest = rows.reduce((most, { component, owner }) => {
    const px = component.name.length * NAME_LETTER_PX + (owner?.length ?? 0) * OWNER_LETTER_PX;
    return Math.max(most, px);
  }, 0);
  return Math.min(HEAD_PX.most, Math.max(HEAD_PX.least, Math.ceil(widest + AROUND_PX)));
}

/** The cell that an element is in. */
const cellOf: PlaceOf<Position> = (target) => {
  const element = target.closest('[role="gridcell"]');
  const place = element && positionOfElement(element);
  return element && place && { place, element };
};

/** Fragments that only say where they belong must not be taken for what a cluster has been seen to run. */
const SECTION_WORDS = { running: 'Running workloads', declared: 'Declared by fragments' } as const;

const HEAD = 'sticky top-0 border-b border-edge bg-page py-2 pr-2.5 text-left';

interface PlacedSection extends EnvironmentSection {
  /** Place of its first row among all. */
  readonly from: number;
}

/** Those that have lines, each with its place. */
function placeRows(sections: readonly EnvironmentSection[]): PlacedSection[] {
  let from = 0;
  return sections.flatMap((section) => {
    const placed = { ...section, from };
    from += section.rows.length;
    return section.rows.length === 0 ? [] : [placed];
  });
}

interface EnvironmentProps {
  readonly environment: EnvironmentHead;
  /** Of those of its group. */
  readonly isFirst: boolean;
  /** Only what is not as released there is shown. */
  readonly isAsked: boolean;
  /** The moment that is shown; null: now. */
  readonly then: string | null;
  /** The groups that are shown one environment by one. */
  readonly unfolded: readonly string[];
}

/** An environment, the release it runs, how much of it is as that says, and whether it is frozen. */
function Environment({ environment, isFirst, isAsked, then, unfolded }: EnvironmentProps) {
  const change = useChangeView();
  const { name, group, members, release, count, off, worst, frozen } = environment;
  const { Icon: Frozen } = CODE_MARKS.frozen;
  const notAsReleased = `${off} of ${count} not as released`;
  const rest = then === null ? '@max-[185px]:hidden' : '@max-[225px]:hidden';
  return (
    <th scope="col" aria-label={shownText(name)} className={clsx(HEAD, 'z-20 pl-2.5 align-top font-normal')}>
      <div className="@container">
        <span className="flex items-baseline gap-x-1.5 max-sm:flex-wrap">
          {group !== null && (members.length > 0 || isFirst) && (
            <button
              type="button"
              aria-expanded={members.length === 0}
              aria-label={shownText(
                members.length > 0
                  ? `Show the ${members.length} environments of ${group}`
                  : `Fold ${group} into one column`,
              )}
              title={shownText(members.length > 0 ? members.join(', ') : `Fold ${group} into one column`)}
              onClick={() =>
                change({
                  unfolded: members.length > 0 ? [...unfolded, group] : unfolded.filter((one) => one !== group),
                })
              }
              className="-ml-1 self-center rounded text-dim hover:text-ink"
            >
              {members.length > 0 ? (
                <ChevronRight size={14} aria-hidden="true" />
              ) : (
                <ChevronLeft size={14} aria-hidden="true" />
              )}
            </button>
          )}
          <span className="max-w-full shrink-0 truncate text-md font-semibold text-ink">
            <VisibleLabel text={name} limit={60} />
          </span>{' '}
          {members.length > 0 && <span className="text-sm text-dim">{`×${members.length} `}</span>}
          {release !== null && (
            <span
              className="truncate font-mono text-sm text-dim max-sm:basis-full"
              title={shownText(`${release}, the release that it mostly runs`)}
            >
              <VisibleLabel text={release} limit={60} />
            </span>
          )}
        </span>
        <span aria-hidden="true" className="my-1.5 block h-1 overflow-hidden rounded-full bg-edge">
          <span
            className="block h-full rounded-full bg-good"
            style={{ width: `${count === 0 ? 0 : (100 * (count - off)) / count}%` }}
          />
        </span>
        {off === 0 ? (
          <span className={clsx('text-sm', count === 0 ? 'text-dim' : 'text-good')}>
            {count > 1 && <span className={rest}>{`all ${count} `}</span>}
            {count === 0 ? 'nothing there' : 'as released'}
          </span>
        ) : (
          <button
            type="button"
            aria-label={shownText(notAsReleased)}
            aria-pressed={isAsked}
            title={shownText(`${notAsReleased}. ${isAsked ? 'Show all components' : 'Show only these'}`)}
            onClick={() => change({ off: isAsked ? null : name })}
            className={clsx(
              'rounded text-left text-sm font-semibold underline-offset-2 hover:underline',
              worst === 'error' || worst === 'warning' ? WEIGHT_LOOKS[worst].ink : 'text-ink',
              isAsked && 'underline',
              then === null ? DIFFERS : DIFFERS_THEN,
            )}
          >
            {`${off} of ${count}`}
            <span className={rest}> not as released</span>
          </button>
        )}
        {frozen !== undefined && (
          <span
            title={shownText(`Frozen until ${frozen.to}: ${frozen.reason}`)}
            className="ml-2 inline-flex items-center gap-1 text-sm whitespace-nowrap text-accent"
          >
            <Frozen size={12} aria-hidden="true" /> frozen until {shownText(frozen.to)}
          </span>
        )}
        {then !== null && (
          <ViewLink
            to={{ view: 'compare', a: `@${name}{${then}}`, b: `@${name}` }}
            title="What changed there since"
            aria-label="to now"
            className="ml-1.5 rounded text-sm whitespace-nowrap text-accent underline-offset-2 hover:underline @max-[140px]:after:content-['→']"
          >
            <span className="@max-[140px]:hidden">to now</span>
          </ViewLink>
        )}
      </div>
    </th>
  );
}

/** In a column without room for all words, so that the heads of all columns are as high. */
const DIFFERS = "@max-[185px]:after:content-['_differ']";
const DIFFERS_THEN = "@max-[225px]:after:content-['_differ']";

interface DeploymentRowProps {
  readonly row: EnvironmentRow;
  readonly type: string;
  /** Among the rows drawn. */
  readonly at: number;
  readonly environments: readonly string[];
  /** The column of the table's one Tab stop, where it is in this row. */
  readonly activeColumn: number | null;
}

const DeploymentRow = memo(function DeploymentRow(props: DeploymentRowProps) {
  const { row, type, at, environments, activeColumn } = props;
  const { component, owner, cells, notKnown } = row;
  return (
    <tr>
      <th
        scope="row"
        title={shownText(component.id)}
        className="sticky left-0 z-10 truncate border-b border-rule bg-page px-4 py-1 text-left text-base font-normal text-ink max-sm:pr-1 max-sm:pl-[26px] max-sm:-indent-[10px] max-sm:whitespace-normal"
      >
        <span
          aria-hidden="true"
          className={clsx('mr-1.5 inline-block size-1.5 rounded-xs align-middle', typeDot(type))}
        />
        <VisibleLabel text={component.name} limit={80} />
        {owner !== null && ' '}
        {owner !== null && (
          // On a small screen beneath, of what somebody is to look after.
          <span
            className={clsx(
              'ml-1 text-sm text-dim max-sm:ml-0 max-sm:indent-0',
              cells.some((cell) => cell?.off) ? 'max-sm:block' : 'max-sm:hidden',
            )}
          >
            <VisibleLabel text={owner} limit={40} />
          </span>
        )}
      </th>
      {environments.map((environment, column) => (
        <DeploymentCellFace
          key={environment}
          component={component}
          environment={environment}
          face={cells[column] ?? null}
          since={notKnown?.[environment]}
          row={at}
          column={column}
          active={activeColumn === column}
        />
      ))}
    </tr>
  );
});
