import { clsx } from 'clsx';
import { FilterX, SlidersHorizontal, TriangleAlert } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { compareTypes } from '../../release/item/component.ts';
import { compareText, STAGES, type Stage } from '../../release/item/release.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Visible } from '../../views/filters/visible.ts';
import { describeVisible } from '../../views/filters/visible-words.ts';
import type { Outline } from '../../views/matrix/outline.ts';
import type { View } from '../../views/params.ts';
import { CHIP, CHIP_OFF, CHIP_ON, type Choice, ChoiceGroup } from '../elements/ChoiceGroup.tsx';
import { ExportMenu, type ExportOffer } from '../elements/ExportMenu.tsx';
import { isPageKey, PAGE_KEYS } from '../elements/keys.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { typeDot, typeLabel } from '../elements/type-marks.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { isFiltered, NO_FILTERS } from './filter-words.ts';
import { TextFilter } from './TextFilter.tsx';
import { ZoomButtons } from './ZoomButtons.tsx';

/** What there is to choose from. */
type Choosable = Pick<Outline, 'rows' | 'components' | 'environments'>;

interface FilterBarProps {
  readonly outline: Choosable;
  readonly view: ViewState;
  readonly change: ChangeView;
  readonly visible: Visible;
  /** What of the view can be saved; null: nothing by this bar. */
  readonly offer: ExportOffer | null;
}

/** Everything that leaves something out of the view, and the line that says what is left. */
export function FilterBar({ outline, view, change, visible, offer }: FilterBarProps) {
  const versionBox = useRef<HTMLInputElement>(null);
  const faultId = useId();
  useSlashToFocus(versionBox);
  const stages = useMemo(() => stageChoices(outline, view.stage), [outline, view.stage]);
  const types = useMemo(() => typeChoices(outline, view.type), [outline, view.type]);
  const environments = useMemo(() => environmentChoices(outline, view.env), [outline, view.env]);
  const [open, setOpen] = useState(false);
  const filtered = isFiltered(view);
  const fault = visible.versionFault;
  const words = SAYS_WHAT_IS_LEFT[view.view] ? describeVisible(outline, visible) : '';
  const hides = words !== '' && (visible.environments !== null || visible.hiddenRows + visible.hiddenColumns > 0);
  return (
    <section
      id={FILTERS_ID}
      tabIndex={-1}
      aria-label="Filters"
      data-open={open || undefined}
      className="group/filters outline-none max-sm:py-1 flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 max-xl:gap-x-2 border-b border-rule bg-panel px-4 py-2"
    >
      {/* On a small screen they would leave no room for what they filter. */}
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className={clsx(CHIP, filtered ? CHIP_ON : CHIP_OFF, 'sm:hidden')}
      >
        <SlidersHorizontal size={13} aria-hidden="true" />
        {filtered ? 'Filters, some are set' : 'Filters'}
      </button>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 max-xl:gap-x-2 max-sm:hidden max-sm:group-data-open/filters:flex sm:contents">
        <div className="flex items-center gap-1.5 max-sm:flex-wrap">
          <TextFilter
            name="Version"
            placeholder="Version or ~1.4"
            value={view.version}
            onChange={(version) => change({ version })}
            inputRef={versionBox}
            shortcut={PAGE_KEYS.version.key}
            faultId={fault === null ? undefined : faultId}
            className="w-48 max-xl:w-42"
          />
          <TextFilter
            name="Component"
            placeholder="Component"
            value={view.q}
            onChange={(q) => change({ q })}
            className="w-36 max-xl:w-32"
          />
        </div>
        <ChoiceGroup
          name="Stage"
          plural="stages"
          choices={stages}
          chosen={view.stage}
          onChange={(stage) => change({ stage })}
          inBar={STAGES.length}
        />
        <ChoiceGroup
          name="Type"
          plural="types"
          choices={types}
          chosen={view.type}
          onChange={(type) => change({ type })}
          inBar={TYPES_IN_BAR}
        />
        {environments.length > 0 && (
          <ChoiceGroup
            name="Environment"
            plural="environments"
            choices={environments}
            chosen={view.env}
            onChange={(env) => change({ env })}
            inBar={environments.length > ENVIRONMENTS_IN_BAR + 1 ? ENVIRONMENTS_WITH_MENU : ENVIRONMENTS_IN_BAR}
          />
        )}
        <button
          type="button"
          role="switch"
          aria-checked={view.problems}
          title="Only releases and components with an error or a warning that is not waived. Notes and waived findings do not count; a release that fails does."
          onClick={() => change({ problems: !view.problems })}
          className={clsx(CHIP, view.problems ? CHIP_ON : CHIP_OFF)}
        >
          <TriangleAlert size={13} aria-hidden="true" className="text-warning" />
          Only problems
        </button>
      </div>
      <div className="flex min-w-0 flex-1 basis-40 items-center justify-end gap-2 text-right text-xs leading-3.5 text-dim">
        {/* It takes what room the line leaves and no more: the matrix must not jump down while one types. Where nothing
            is hidden the corner of the grid has said it. Polls change the counts too; they are announced only while
            somebody filters. */}
        <p
          aria-live={filtered ? 'polite' : 'off'}
          aria-atomic="true"
          title={shownText(words) || undefined}
          className={clsx('tabular-nums', hides || fault !== null ? 'line-clamp-2 min-w-0 text-balance' : 'sr-only')}
        >
          {fault !== null && (
            <span id={faultId} className="mr-2 text-error">
              {shownText(fault)}
            </span>
          )}
          {shownText(words)}
        </p>
        {filtered && (
          <button
            type="button"
            aria-label="Clear filters"
            title="Clear filters"
            className={clsx(CHIP, CHIP_OFF, 'w-7 justify-center')}
            onClick={() => {
              change(NO_FILTERS);
              // This button goes; without a new place the focus would fall back to the top of the page.
              versionBox.current?.focus();
            }}
          >
            <FilterX size={14} aria-hidden="true" />
          </button>
        )}
        {view.view === 'matrix' && <ZoomButtons zoom={view.zoom} onZoom={(zoom) => change({ zoom })} />}
        {offer !== null && <ExportMenu offer={offer} />}
      </div>
    </section>
  );
}

/** The other views leave something else by the same filters, and say it themselves. */
const SAYS_WHAT_IS_LEFT = {
  matrix: true,
  findings: true,
  environments: false,
  compare: false,
  activity: false,
  release: false,
} satisfies Record<View, boolean>;

/** Of the element that holds the filters, for the link that skips to them. */
export const FILTERS_ID = 'filters';

const TYPES_IN_BAR = 6;
/** As many as fit a line; where there are more of them, fewer stand beside the button that opens the rest. */
const ENVIRONMENTS_IN_BAR = 5;
const ENVIRONMENTS_WITH_MENU = 3;

/** `other` is rare: it has a button only where there is such a release, or a link asks for it. */
function stageChoices(outline: Choosable, chosen: readonly Stage[]): Choice<Stage>[] {
  const withOther = chosen.includes('other') || outline.rows.some(({ release }) => release.stage === 'other');
  return STAGES.filter((stage) => stage !== 'other' || withOther).map((stage) => ({
    value: stage,
    label: stage,
    badge: <StageBadge stage={stage} />,
  }));
}

/** Those of the report, and those a link asks for though the report has none: they must be there to be undone. */
function typeChoices(outline: Choosable, chosen: readonly string[]): Choice<string>[] {
  const types = new Set([...outline.components.map(({ type }) => type), ...chosen]);
  return [...types].sort(compareTypes).map((type) => {
    const label = typeLabel(type);
    return {
      value: type,
      label,
      // "Kubernetes" is what people read, `k8s` what the table and the URL say.
      ...(label.toLowerCase() === type ? {} : { name: `${label} (${type})` }),
      mark: <span aria-hidden="true" className={clsx('h-2 w-2 shrink-0 rounded-xs', typeDot(type))} />,
    };
  });
}

function environmentChoices(outline: Choosable, chosen: readonly string[]): Choice<string>[] {
  const unknown = chosen.filter((name) => !outline.environments.includes(name)).sort(compareText);
  return [...outline.environments, ...new Set(unknown)].map((name) => ({ value: name, label: name }));
}

/** `/` leads to a box from anywhere but another place where one types. */
function useSlashToFocus(box: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPageKey(event, 'version')) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [box]);
}
