import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import type { ComparedSide } from '../../release/compare/compare-document.ts';
import { STEP_WORDS } from '../../release/compare/compare-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Compared, ComparedClass } from '../../views/compare/compare-answer.ts';
import { hiddenWords, OUTCOMES, type Outcome } from '../../views/compare/shown-comparison.ts';
import { useAllSoon } from '../elements/all-soon.ts';
import { Button } from '../elements/Button.tsx';
import { CHIP, CHIP_OFF, CHIP_ON } from '../elements/ChoiceGroup.tsx';
import { OUTCOME_LOOKS } from '../elements/change-looks.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { useRestShown } from '../elements/show-rest.ts';
import { typeLabel } from '../elements/type-marks.ts';
import { VisibleText } from '../elements/VisibleText.tsx';
import { NO_FILTERS } from '../filters/filter-words.ts';
import { useChangeView } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { ComparedComponent } from './ComparedComponent.tsx';

interface ComparisonBodyProps {
  readonly compared: Compared;
  readonly view: ViewState;
  /** Id of the component that one came for: its line is opened and shown. Null: none. */
  readonly wanted: string | null;
  /** Called with a class of which all lines are wanted, and not the first of them alone. */
  readonly onWhole: (of: Outcome) => void;
}

const LIST =
  '@container relative min-h-0 flex-1 overflow-y-auto pb-8 -outline-offset-2 low:flex-none low:overflow-visible';

/** A comparison: how many of each class, then the components by class, the unchanged folded away. */
export function ComparisonBody({ compared, view, wanted, onWhole }: ComparisonBodyProps) {
  const change = useChangeView();
  const { counts, from, to, same, hidden, classes, leftOut, notKnown, findings } = compared;
  const isSameOpen = view.same || wanted !== null;
  const toggleSame = () => change({ same: !isSameOpen, ...(wanted === null ? {} : { component: null }) });
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-baseline gap-x-5 gap-y-1 border-b border-rule px-4 py-2 text-base">
        <h2 className="flex items-baseline gap-2 font-semibold">
          <SideName side={from} /> <span className="text-dim">→</span> <SideName side={to} />
        </h2>
        <ul
          aria-label="Components by what became of them"
          className="m-0 flex list-none flex-wrap gap-1.5 p-0 tabular-nums"
        >
          <li>
            <button
              type="button"
              aria-pressed={view.only === null}
              onClick={() => change({ only: null })}
              className={clsx(CHIP, view.only === null ? CHIP_ON : CHIP_OFF)}
            >
              {`All ${OUTCOMES.reduce((sum, of) => sum + counts[of], 0)}`}
            </button>
          </li>
          {OUTCOMES.filter((of) => counts[of] > 0).map((of) => (
            <li key={of}>
              <button
                type="button"
                aria-pressed={view.only === of}
                onClick={() => change({ only: view.only === of ? null : of })}
                className={clsx(CHIP, view.only === of ? CHIP_ON : CHIP_OFF)}
              >
                <span aria-hidden="true" className={OUTCOME_LOOKS[of].ink}>
                  {`${OUTCOME_LOOKS[of].glyph} `}
                </span>
                {`${counts[of]} ${OUTCOME_LOOKS[of].word}`}
              </button>
            </li>
          ))}
        </ul>
        {findings !== null && (
          <p className="text-dim">
            Findings: <VisibleText text={findings} />
          </p>
        )}
        <p aria-live="polite" className="ml-auto text-xs text-dim">
          {hiddenWords(hidden)}
          {ignoredFilters(view)}
        </p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section tabIndex={0} aria-label="Comparison" className={LIST}>
        {same && hidden === 0 && <p className="px-4 pt-4 text-base">Both sides hold the same of every component.</p>}
        {hidden > 0 && classes.length === 0 && (
          <p className="flex items-center gap-3 px-4 pt-4 text-base">
            The filters leave no component.
            <Button onClick={() => change(NO_FILTERS)}>Clear filters</Button>
          </p>
        )}
        {classes
          .filter(({ of }) => view.only === null || of === view.only)
          .map((members) => (
            <ClassSection
              key={members.of}
              members={members}
              count={counts[members.of]}
              open={members.of !== 'unchanged' || isSameOpen || view.only !== null}
              onToggle={members.of === 'unchanged' && view.only === null ? toggleSame : null}
              onAll={() => onWhole(members.of)}
              view={view}
              wanted={wanted}
              to={to}
            />
          ))}
        {leftOut.length > 0 && (
          <p className="px-4 pt-3 text-sm text-dim">
            Not compared, as they name no environment: <VisibleText text={leftOut.join(', ')} limit={600} />
          </p>
        )}
        {notKnown !== null && (
          <p className="px-4 pt-3 text-sm text-dim">
            {shownText(notKnown.words)}: <VisibleText text={notKnown.components.join(', ')} limit={600} />
          </p>
        )}
      </section>
    </>
  );
}

function SideName({ side }: { readonly side: ComparedSide }) {
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <VisibleText text={side.name} limit={60} className="font-mono text-base" />
      {side.stage !== null && <StageBadge stage={side.stage} />}
    </span>
  );
}

/** The bar's filters that have no say here, lest somebody thinks they have. */
function ignoredFilters({ stage, env, problems }: ViewState): string {
  const set = [
    stage.length === 0 ? [] : ['stage'],
    env.length === 0 ? [] : ['environment'],
    problems ? ['only problems'] : [],
  ].flat();
  if (set.length === 0) return '';
  return ` Not applied here: the ${set.length === 1 ? 'filter' : 'filters'} ${set.join(', ')}.`;
}

/** More than a screen shows. */
const AT_ONCE = 30;

interface ClassSectionProps {
  readonly members: ComparedClass;
  /** How many there are, drawn or not. */
  readonly count: number;
  readonly open: boolean;
  /** Null: it cannot be folded. */
  readonly onToggle: (() => void) | null;
  readonly onAll: () => void;
  readonly view: ViewState;
  readonly wanted: string | null;
  readonly to: ComparedSide;
}

function ClassSection({ members, count, open, onToggle, onAll, view, wanted, to }: ClassSectionProps) {
  const { of, lines } = members;
  const drawn = useAllSoon(lines, AT_ONCE);
  const onRest = useRestShown(drawn.length);
  const { glyph, ink, word } = OUTCOME_LOOKS[of];
  const name = shownText(word.charAt(0).toUpperCase() + word.slice(1));
  const title = (
    <>
      <span aria-hidden="true" className={clsx('w-4 text-center', ink)}>
        {glyph}
      </span>
      {name}
      <span className="font-normal text-dim tabular-nums">{count}</span>
    </>
  );
  return (
    <section aria-label={name}>
      <h3 className="sticky top-0 z-10 flex min-h-7 flex-wrap items-center gap-x-2 border-b border-rule bg-panel px-4 text-sm font-semibold">
        {onToggle === null ? (
          title
        ) : (
          <button type="button" aria-expanded={open} onClick={onToggle} className="flex items-center gap-2 rounded">
            {title}
            <ChevronRight size={14} aria-hidden="true" className={clsx('transition-transform', open && 'rotate-90')} />
          </button>
        )}
        <span className="ml-2 text-xs font-normal text-dim max-sm:basis-full max-sm:pb-1.5">
          {shownText(tally(members))}
        </span>
      </h3>
      {open && lines.length > 0 && (
        <ul aria-label={name}>
          {drawn.map((compared) => (
            <ComparedComponent
              key={compared.component}
              compared={compared}
              of={of}
              a={view.a}
              b={view.b}
              to={to}
              wanted={compared.component === wanted}
            />
          ))}
        </ul>
      )}
      {open && lines.length > 0 && lines.length < count && (
        <Button
          look="quiet"
          className="mt-2 ml-7"
          onClick={({ currentTarget }) => {
            onRest(currentTarget);
            onAll();
          }}
        >
          {`Show all ${count.toLocaleString('en')}`}
        </Button>
      )}
    </section>
  );
}

/** Of the changed how many of each step; of the others how many of each type. */
function tally({ steps, types }: ComparedClass): string {
  return [
    ...steps.map(({ step, count }) => `${count} ${STEP_WORDS[step]}`),
    ...types.map(({ type, count }) => `${count} ${typeLabel(type)}`),
  ].join(', ');
}
