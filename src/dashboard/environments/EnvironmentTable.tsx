import { clsx } from 'clsx';
import { memo, useCallback, useMemo, useRef } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type {
  EnvironmentHead,
  EnvironmentRow,
  EnvironmentSection,
  EnvironmentsAnswer,
} from '../../views/environments/environments-answer.ts';
import { Button } from '../elements/Button.tsx';
import { CODE_MARKS } from '../elements/code-marks.ts';
import { useRestShown } from '../elements/show-rest.ts';
import { typeDot, typeLabel } from '../elements/type-marks.ts';
import type { OnGo } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import type { Position } from '../grid/place.ts';
import { DeploymentCellFace } from './DeploymentCellFace.tsx';
import { useGridPlace } from './grid-place.ts';

interface EnvironmentTableProps {
  /** With at least one component and one environment. */
  readonly left: EnvironmentsAnswer;
  readonly onGo: OnGo;
  /** Called where all lines are wanted, and not the first of them alone. */
  readonly onAll: () => void;
}

/** Components down, environments across. Heads stay in place while it scrolls either way. */
export function EnvironmentTable({ left, onGo, onAll }: EnvironmentTableProps) {
  const table = useRef<HTMLTableElement>(null);
  const sections = useMemo(() => placeRows(left.sections), [left.sections]);
  const rows = useMemo(() => sections.flatMap((section) => section.rows), [sections]);
  const environments = useMemo(() => left.environments.map(({ name }) => name), [left.environments]);
  const onRest = useRestShown(rows.length);
  const follow = useCallback(
    ({ row, column }: Position) => {
      const target = rows[row];
      const cell = target?.cells[column];
      if (target !== undefined && cell) onGo(cell.release, target.component.id);
    },
    [rows, onGo],
  );
  const { position, onFocus, onKeyDown } = useGridPlace(table, rows, environments, follow);
  return (
    <div className="relative min-h-0 flex-1 overflow-auto low:h-dvh low:flex-none">
      <table
        ref={table}
        {...GRID}
        aria-rowcount={left.shown + left.sections.length + 1}
        aria-colcount={left.environments.length + 1}
        className="w-full border-separate border-spacing-0 text-[13px]"
        onFocus={onFocus}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th
              scope="col"
              className={clsx(HEAD, 'left-0 z-30 w-56 min-w-44 pl-4 text-dim max-sm:w-28 max-sm:min-w-28')}
            >
              Component
            </th>
            {left.environments.map((environment) => (
              <Environment key={environment.name} environment={environment} onGo={onGo} />
            ))}
          </tr>
        </thead>
        {sections.map((section) => (
          <tbody key={`${section.kind} ${section.type}`}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={left.environments.length + 1}
                className="border-b border-rule bg-panel p-0 text-left text-[12px] font-medium text-dim"
              >
                <span className="sticky left-0 inline-flex items-center gap-1.5 px-4 py-1.5">
                  <span aria-hidden="true" className={clsx('size-2 rounded-xs', typeDot(section.type))} />
                  <span className="text-ink">{SECTION_WORDS[section.kind]}</span>
                  {` · ${shownText(typeLabel(section.type))} · ${section.count}`}
                </span>
              </th>
            </tr>
            {section.rows.map((row, place) => {
              const at = section.from + place;
              return (
                <DeploymentRow
                  key={row.component.id}
                  row={row}
                  at={at}
                  environments={environments}
                  activeColumn={position.row === at ? position.column : null}
                  olderThan={left.older?.than ?? null}
                  onGo={onGo}
                />
              );
            })}
          </tbody>
        ))}
      </table>
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
    </div>
  );
}

/** A table through which arrows lead. */
const GRID = { role: 'grid', 'aria-label': 'Environments' } as const;

/** Fragments that only say where they belong must not be taken for what a cluster has been seen to run. */
const SECTION_WORDS = { running: 'Running workloads', declared: 'Declared by fragments' } as const;

const HEAD = 'sticky top-0 h-12 border-r border-b border-edge bg-page pr-2.5 text-left align-middle font-medium';

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
  readonly onGo: OnGo;
}

/** An environment's name, the newest release in it, whether it is frozen, and whether that release is there only in part. */
function Environment({ environment: { name, newest, partial, frozen }, onGo }: EnvironmentProps) {
  const { Icon, title } = CODE_MARKS['partial-environment'];
  const { Icon: Frozen } = CODE_MARKS.frozen;
  return (
    <th scope="col" aria-label={shownText(name)} className={clsx(HEAD, 'z-20 pl-2.5')}>
      <span className="block truncate text-ink">
        <VisibleLabel text={name} limit={60} />
      </span>
      <span className="flex items-baseline gap-2 text-[11.5px] font-normal text-dim">
        {newest !== null && (
          <span className="truncate">
            newest <VisibleLabel text={newest} limit={60} className="font-mono" />
          </span>
        )}
        {frozen !== undefined && (
          <span
            title={shownText(`Frozen until ${frozen.to}: ${frozen.reason}`)}
            className="inline-flex items-center gap-1 self-center font-medium whitespace-nowrap text-accent"
          >
            <Frozen size={12} aria-hidden="true" /> frozen until {shownText(frozen.to)}
          </span>
        )}
        {partial !== null && (
          <button
            type="button"
            title={shownText(title)}
            aria-label={shownText(`${partial.release} is partly deployed in ${name}`)}
            onClick={() => onGo(partial.release, partial.absent)}
            className="inline-flex items-center gap-1 self-center font-medium text-warning hover:underline"
          >
            <Icon size={12} aria-hidden="true" /> partial
          </button>
        )}
      </span>
    </th>
  );
}

interface DeploymentRowProps {
  readonly row: EnvironmentRow;
  /** Among the rows drawn. */
  readonly at: number;
  readonly environments: readonly string[];
  /** The column of the table's one Tab stop, where it is in this row. */
  readonly activeColumn: number | null;
  readonly olderThan: string | null;
  readonly onGo: OnGo;
}

const DeploymentRow = memo(function DeploymentRow(props: DeploymentRowProps) {
  const { row, at, environments, activeColumn, olderThan, onGo } = props;
  const { component, cells } = row;
  return (
    <tr>
      <th
        scope="row"
        title={shownText(component.id)}
        className="sticky left-0 z-10 w-56 max-w-56 truncate max-sm:w-28 max-sm:max-w-28 border-r border-b border-edge bg-page px-4 py-1.5 text-left align-top text-[13px] font-medium"
      >
        <VisibleLabel text={component.name} limit={80} />
      </th>
      {environments.map((environment, column) => (
        <DeploymentCellFace
          key={environment}
          component={component}
          environment={environment}
          face={cells[column] ?? null}
          olderThan={olderThan}
          row={at}
          column={column}
          active={activeColumn === column}
          onGo={onGo}
        />
      ))}
    </tr>
  );
});
