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
import { CHIP, CHIP_OFF, CHIP_ON, type Choice } from '../elements/ChoiceGroup.tsx';
import { ChoiceMenu } from '../elements/ChoiceMenu.tsx';
import { ExportMenu, type ExportOffer } from '../elements/ExportMenu.tsx';
import { isPageKey } from '../elements/keys.ts';
import { typeDot, typeLabel } from '../elements/type-marks.ts';
import { useChangeView, useOutline } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { isFiltered, NO_FILTERS } from './filter-words.ts';
import { SearchBox } from './SearchBox.tsx';
import { ZoomButtons } from './ZoomButtons.tsx';

/** What there is to choose from. */
type Choosable = Pick<Outline, 'rows' | 'components' | 'environments' | 'perEnvironment' | 'owners'>;

interface FilterBarProps {
  readonly view: ViewState;
  readonly visible: Visible;
  /** What of the view can be saved; null: nothing by this bar. */
  readonly offer: ExportOffer | null;
}

/** Everything that leaves something out of the view, in one line, and what is left. */
export function FilterBar({ view, visible, offer }: FilterBarProps) {
  const change = useChangeView();
  const outline = useOutline();
  const box = useRef<HTMLInputElement>(null);
  useSlashToFocus(box);
  const stages = useMemo(() => stageChoices(outline, view.stage), [outline, view.stage]);
  const types = useMemo(() => typeChoices(outline, view.type), [outline, view.type]);
  const environments = useMemo(() => environmentChoices(outline, view.env), [outline, view.env]);
  const owners = useMemo(() => ownerChoices(outline, view.owner), [outline, view.owner]);
  const [open, setOpen] = useState(false);
  const faultId = useId();
  const filtered = isFiltered(view);
  const fault = visible.rangeFault;
  const words = SAYS_WHAT_IS_LEFT[view.view] ? describeVisible(outline, visible) : '';
  const left = [fault ?? '', words].filter(Boolean).join(' ');
  return (
    <section
      id={FILTERS_ID}
      tabIndex={-1}
      aria-label="Filters"
      data-open={open || undefined}
      className="group/filters flex min-h-[36px] shrink-0 items-center gap-2 border-b border-rule bg-panel px-4 outline-none max-lg:flex-wrap max-lg:py-1 max-sm:gap-1.5"
    >
      <SearchBox
        value={view.q}
        onChange={(q) => change({ q })}
        inputRef={box}
        faultId={fault === null ? null : faultId}
      />
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
      <div className="flex flex-wrap items-center gap-1.5 max-sm:hidden max-sm:group-data-open/filters:flex sm:contents">
        <ChoiceMenu
          name="Stage"
          plural="stages"
          choices={stages}
          chosen={view.stage}
          onChange={(stage) => change({ stage })}
        />
        <ChoiceMenu
          name="Type"
          plural="types"
          choices={types}
          chosen={view.type}
          onChange={(type) => change({ type })}
        />
        {environments.length > 0 && (
          <ChoiceMenu
            name="Environment"
            plural="environments"
            choices={environments}
            chosen={view.env}
            onChange={(env) => change({ env })}
          />
        )}
        {owners.length > 0 && (
          <ChoiceMenu
            name="Owner"
            plural="owners"
            choices={owners}
            chosen={view.owner}
            onChange={(owner) => change({ owner })}
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
          <TriangleAlert size={13} aria-hidden="true" className="text-dim" />
          Only problems
        </button>
      </div>
      {filtered && (
        <button
          type="button"
          aria-label="Clear filters"
          title="Clear filters"
          className={clsx(CHIP, CHIP_OFF, 'w-7 justify-center')}
          onClick={() => {
            change(NO_FILTERS);
            // This button goes; without a new place the focus would fall back to the top of the page.
            box.current?.focus();
          }}
        >
          <FilterX size={14} aria-hidden="true" />
        </button>
      )}
      {/* It takes what room the line leaves and no more: what is below must not jump while one types. Polls change the
          counts too; they are announced only while somebody filters. */}
      <p
        aria-live={filtered ? 'polite' : 'off'}
        aria-atomic="true"
        title={shownText(left) || undefined}
        className={clsx(
          'ml-auto min-w-0 flex-1 basis-20 truncate text-right text-xs text-dim tabular-nums max-sm:text-left',
          fault !== null
            ? 'max-sm:basis-full'
            : words !== '' && (filtered ? 'max-sm:basis-40' : 'max-sm:line-clamp-2 max-sm:whitespace-normal'),
        )}
      >
        {fault !== null && (
          <span id={faultId} className="mr-1.5 text-error">
            {shownText(fault)}
          </span>
        )}
        {shownText(words)}
      </p>
      {view.view === 'matrix' && <ZoomButtons zoom={view.zoom} onZoom={(zoom) => change({ zoom })} />}
      {offer !== null && <ExportMenu offer={offer} />}
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

/** `other` is rare: it is listed only where there is such a release, or a link asks for it. */
function stageChoices({ rows }: Choosable, chosen: readonly Stage[]): Choice<Stage>[] {
  const counts = countBy(rows, ({ release }) => release.stage);
  return STAGES.filter((stage) => stage !== 'other' || chosen.includes(stage) || counts.has(stage)).map((stage) => ({
    value: stage,
    label: stage,
    count: counts.get(stage) ?? 0,
  }));
}

/** Those of the report, and those a link asks for though the report has none: they must be there to be undone. */
function typeChoices({ components }: Choosable, chosen: readonly string[]): Choice<string>[] {
  const counts = countBy(components, ({ type }) => type);
  return [...new Set([...counts.keys(), ...chosen])].sort(compareTypes).map((type) => {
    const label = typeLabel(type);
    return {
      value: type,
      label,
      count: counts.get(type) ?? 0,
      // "Kubernetes" is what people read, `k8s` what the table and the URL say.
      ...(label.toLowerCase() === type ? {} : { name: `${label} (${type})` }),
      mark: <span aria-hidden="true" className={clsx('h-2 w-2 shrink-0 rounded-xs', typeDot(type))} />,
    };
  });
}

function environmentChoices({ environments, perEnvironment }: Choosable, chosen: readonly string[]): Choice<string>[] {
  const unknown = chosen.filter((name) => !environments.includes(name)).sort(compareText);
  return [...environments, ...new Set(unknown)].map((name, at) => ({
    value: name,
    label: name,
    count: perEnvironment[at] ?? 0,
  }));
}

function ownerChoices({ owners }: Choosable, chosen: readonly string[]): Choice<string>[] {
  const named = owners.filter((owner) => owner !== null);
  const counts = countBy(named, (owner) => owner);
  return [...new Set([...named, ...chosen])].sort(compareText).map((owner) => ({
    value: owner,
    label: owner,
    count: counts.get(owner) ?? 0,
  }));
}

function countBy<T, K>(of: readonly T[], key: (one: T) => K): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const one of of) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}

/** `/` leads to a box from anywhere but another place where one types. */
function useSlashToFocus(box: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPageKey(event, 'filter')) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [box]);
}
