import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import type { ComparedSide } from '../../release/compare/compare-document.ts';
import { STEP_WORDS } from '../../release/compare/compare-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Compared, ComparedClass } from '../../views/compare/compare-answer.ts';
import { hiddenWords, type ListedAlone, OUTCOMES, type Outcome } from '../../views/compare/shown-comparison.ts';
import { useAllSoon } from '../elements/all-soon.ts';
import { Button } from '../elements/Button.tsx';
import { CHIP, CHIP_OFF, CHIP_ON } from '../elements/ChoiceGroup.tsx';
import { OUTCOME_LOOKS, STEP_SHORT } from '../elements/change-looks.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { commonHost } from '../elements/safe-link.ts';
import { useRestShown } from '../elements/show-rest.ts';
import { typeLabel } from '../elements/type-marks.ts';
import { VisibleText } from '../elements/VisibleText.tsx';
import { NO_FILTERS } from '../filters/filter-words.ts';
import { useChangeView } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { aloneOf } from './alone-of.ts';
import { ComparedComponent } from './ComparedComponent.tsx';
import { CompareHead } from './CompareHead.tsx';

interface ComparisonBodyProps {
  readonly compared: Compared;
  readonly view: ViewState;
  /** Id of the component that one came for: its line is opened and shown. Null: none. */
  readonly wanted: string | null;
  /** Called with a class of which all lines are wanted, and not the first of them alone. */
  readonly onWhole: (of: Outcome) => void;
}

const LIST = 'relative min-h-0 flex-1 overflow-y-auto pb-8 -outline-offset-2 low:flex-none low:overflow-visible';

const WORDS = { ...OUTCOME_LOOKS, ...STEP_SHORT } satisfies Record<ListedAlone, { readonly word: string }>;

/** So many components that are not there yet are listed; more fold by themselves. */
const SHORT = 8;

/** A comparison: how many of each class, then the components by class; what says least is folded away. */
export function ComparisonBody({ compared, view, wanted, onWhole }: ComparisonBodyProps) {
  const change = useChangeView();
  const { counts, from, to, same, hidden, classes, leftOut, notKnown, findings } = compared;
  const isSameOpen = view.same || wanted !== null;
  const { of: alone } = aloneOf(view.only);
  const listed = classes.filter(({ of }) => alone === null || of === alone);
  const lines = listed.flatMap((members) => members.lines);
  const columns = {
    owners: lines.some(({ owner }) => owner !== null),
    commits: lines.some((line) => line.from?.commit != null && line.to?.commit != null),
    words: lines.some(({ says, lastSeen }) => says !== '' || lastSeen !== null),
  };
  const host = useMemo(
    () => commonHost(classes.flatMap((members) => members.lines.flatMap(({ compareLink }) => compareLink ?? []))),
    [classes],
  );
  // What one came for is listed, unless one folds it away.
  const shut = wanted === null ? {} : { component: null };
  const foldOf = ({ of, lines: held }: ComparedClass): Fold | null => {
    if (alone !== null) return null;
    if (of === 'unchanged') return { open: isSameOpen, onToggle: () => change({ same: !isSameOpen, ...shut }) };
    if (of !== 'not-yet') return null;
    const open = held.some(({ component }) => component === wanted) || (view.yet ?? counts[of] <= SHORT);
    return { open, onToggle: () => change({ yet: !open, ...shut }) };
  };
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
                aria-pressed={view.only === of || (alone === of && 'mixed')}
                onClick={() => change({ only: view.only === of ? null : of })}
                className={clsx(CHIP, alone === of ? CHIP_ON : CHIP_OFF)}
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
          <p className="text-sm text-dim">
            Findings: <VisibleText text={findings} />
          </p>
        )}
        <p aria-live="polite" className="ml-auto text-xs text-dim">
          {hiddenWords(hidden)}
          {ignoredFilters(view)}
        </p>
      </div>
      <div className="@container flex min-h-0 flex-1 flex-col low:flex-none">
        {lines.length > 0 && <CompareHead columns={columns} host={host} />}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
        <section tabIndex={0} aria-label="Comparison" className={LIST}>
          {same && hidden === 0 && <p className="px-4 pt-4 text-base">Both sides hold the same of every component.</p>}
          {hidden > 0 && classes.length === 0 && (
            <p className="flex items-center gap-3 px-4 pt-4 text-base">
              The filters leave no component.
              <Button onClick={() => change(NO_FILTERS)}>Clear filters</Button>
            </p>
          )}
          {classes.length > 0 && view.only !== null && isNone(compared, view.only) && (
            <p className="flex items-center gap-3 px-4 pt-4 text-base">
              {`No component is listed under “${WORDS[view.only].word}”.`}
              <Button onClick={() => change({ only: null })}>List all</Button>
            </p>
          )}
          {listed.map((members) => (
            <ClassSection
              key={members.of}
              members={members}
              count={counts[members.of]}
              fold={foldOf(members)}
              onAll={() => onWhole(members.of)}
              view={view}
              wanted={wanted}
              to={to}
              columns={columns}
              saidHost={host}
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
      </div>
    </>
  );
}

/** Whether there is nothing of what alone is to be listed, as after another side was chosen. */
function isNone({ counts, classes }: Compared, only: ListedAlone): boolean {
  const { of, step } = aloneOf(only);
  if (step === null) return of === null || counts[of] === 0;
  return !classes.some(({ steps }) => steps.some((each) => each.step === step));
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

/** What can be folded away. */
interface Fold {
  readonly open: boolean;
  readonly onToggle: () => void;
}

interface ClassSectionProps
  extends Pick<Parameters<typeof ComparedComponent>[0], 'to' | 'columns' | 'saidHost'>,
    Pick<ComparisonBodyProps, 'view' | 'wanted'> {
  readonly members: ComparedClass;
  /** How many there are, drawn or not. */
  readonly count: number;
  /** Null: it cannot be folded. */
  readonly fold: Fold | null;
  readonly onAll: () => void;
}

function ClassSection({ members, count, fold, onAll, view, wanted, ...line }: ClassSectionProps) {
  const { of, lines, steps, types } = members;
  const drawn = useAllSoon(lines, AT_ONCE);
  const onRest = useRestShown(drawn.length);
  const { glyph, ink, word } = OUTCOME_LOOKS[of];
  const name = shownText(word.charAt(0).toUpperCase() + word.slice(1));
  const open = fold === null || fold.open;
  const all = steps.find(({ step }) => step === view.only)?.count ?? count;
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
      <div className="sticky top-0 z-10 flex min-h-7 flex-wrap items-center gap-x-4 border-b border-rule bg-panel px-4 low:static">
        <h3 className="flex min-h-6 items-center gap-x-2 text-sm font-semibold">
          {fold === null ? (
            title
          ) : (
            <button
              type="button"
              aria-expanded={open}
              onClick={fold.onToggle}
              className="flex items-center gap-2 self-stretch rounded"
            >
              {title}
              <ChevronRight
                size={14}
                aria-hidden="true"
                className={clsx('transition-transform', open && 'rotate-90')}
              />
            </button>
          )}
        </h3>
        {steps.length > 0 && <Steps steps={steps} view={view} />}
        {types.length > 0 && (
          <span className="text-xs text-dim">
            {shownText(types.map(({ type, count: held }) => `${held} ${typeLabel(type)}`).join(', '))}
          </span>
        )}
      </div>
      {open && lines.length > 0 && (
        <ul aria-label={name}>
          {drawn.map((compared) => (
            <ComparedComponent
              key={compared.component}
              compared={compared}
              of={of}
              a={view.a}
              b={view.b}
              wanted={compared.component === wanted}
              {...line}
            />
          ))}
        </ul>
      )}
      {open && lines.length > 0 && lines.length < all && (
        <Button
          look="quiet"
          className="mt-2 ml-7"
          onClick={({ currentTarget }) => {
            onRest(currentTarget);
            onAll();
          }}
        >
          {`Show all ${all.toLocaleString('en')}`}
        </Button>
      )}
    </section>
  );
}

/** Of the changed how many of each step; each count lists its step alone, and all again. */
function Steps({ steps, view: { only } }: Pick<ComparedClass, 'steps'> & Pick<ComparisonBodyProps, 'view'>) {
  const change = useChangeView();
  return (
    <ul
      aria-label="Changed components by step"
      className="m-0 flex list-none flex-wrap gap-1 p-0 tabular-nums max-sm:pb-1"
    >
      {steps.map(({ step, count }) => (
        <li key={step} className="flex">
          <button
            type="button"
            aria-pressed={only === step}
            title={STEP_WORDS[step]}
            onClick={() => change({ only: only === step ? null : step })}
            className={clsx(
              'h-6 rounded-md border px-1.5 text-xs whitespace-nowrap transition-colors',
              only === step ? CHIP_ON : CHIP_OFF,
            )}
          >
            {`${count} ${STEP_SHORT[step].word}`}
          </button>
        </li>
      ))}
    </ul>
  );
}
