import { clsx } from 'clsx';
import { useState } from 'react';
import { componentWords, environmentWords, shownWords } from '../../views/environments/deployment-words.ts';
import { ANYWHERE } from '../../views/environments/visible-deployments.ts';
import { Button } from '../elements/Button.tsx';
import { ViewLoads } from '../elements/ViewLoads.tsx';
import { VisibleText } from '../elements/VisibleText.tsx';
import { filtersOf, isFiltered, NO_FILTERS } from '../filters/filter-words.ts';
import { useAnswer } from '../state/answers.ts';
import { useChangeView, useOutline } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { EnvironmentTable } from './EnvironmentTable.tsx';
import { TimeRail } from './TimeRail.tsx';

interface EnvironmentsViewProps {
  readonly view: ViewState;
}

/** Rows drawn at first: a screen's worth many times over, and still drawn at once. The rest is asked for. */
const ROWS_DRAWN = 200;

/** What runs where: how that is other than it should be, and what is wrong with it there. */
export function EnvironmentsView({ view }: EnvironmentsViewProps) {
  const change = useChangeView();
  const { off, at, unfolded } = view;
  const { environments } = useOutline();
  const [all, setAll] = useState(false);
  const filters = filtersOf(view);
  const left = useAnswer('environments', { filters, off, unfolded, at, first: all ? null : ROWS_DRAWN });
  if (left === null) return <ViewLoads />;
  const nowhere = left.withoutEnvironment;
  // A group that is folded is shown all the same.
  const shownPlaces = left.environments.reduce((sum, { members }) => sum + Math.max(1, members.length), 0);
  const isLess =
    (isFiltered(view) || left.off !== null) && (left.shown < left.all || shownPlaces < environments.length);
  return (
    // Named otherwise than the table in it, which people and tests look for.
    <section aria-label="What runs where" className="@container flex min-w-0 flex-1 flex-col">
      <div
        className={clsx(
          'flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-rule px-4 py-1 text-sm has-[>p:only-child:empty]:hidden',
          // Whoever looks at the past must not take it for now.
          left.time.pinned !== null && 'bg-accent-soft',
        )}
      >
        <p aria-live="polite" aria-atomic="true" className="text-dim tabular-nums empty:-mr-3">
          {isLess && (
            <>
              <strong className="font-semibold text-ink">{shownWords(left)}</strong>
              {` in ${environmentWords(shownPlaces, environments.length)}`}
            </>
          )}
        </p>
        {isLess && left.shown > 0 && (
          <Button className="h-6 px-2 text-sm" onClick={() => change(ALL)}>
            Show all components
          </Button>
        )}
        <TimeRail rail={left.time} />
        {left.all > 0 && (
          <Button
            aria-pressed={left.off === ANYWHERE}
            disabled={left.offAnywhere === 0 && left.off === null}
            className={clsx('ml-auto h-6 px-2 text-sm', left.off === ANYWHERE && 'border-accent bg-accent-soft')}
            onClick={() => change({ off: left.off === ANYWHERE ? null : ANYWHERE })}
          >
            Not as released <span className="text-dim tabular-nums">{left.offAnywhere}</span>
          </Button>
        )}
      </div>
      {nowhere.length > 0 && (
        <p className="shrink-0 border-b border-rule px-4 py-1.5 text-sm text-ink">
          {nowhere.length === 1 ? 'One workload has' : `${nowhere.length} workloads have`} an entry without an
          environment, location unknown: <VisibleText text={nowhere.join(', ')} limit={300} />
        </p>
      )}
      {left.hidden !== undefined && (
        <p className="shrink-0 border-b border-rule px-4 py-1.5 text-sm text-dim">
          <VisibleText text={left.hidden} limit={300} />
        </p>
      )}
      {left.shown > 0 ? (
        <EnvironmentTable left={left} unfolded={unfolded} onAll={() => setAll(true)} />
      ) : (
        <Nothing all={left.all} />
      )}
    </section>
  );
}

const ALL = { ...NO_FILTERS, off: null };

function Nothing({ all }: { readonly all: number }) {
  const change = useChangeView();
  return (
    <div className="grid min-h-0 flex-1 place-items-center p-8">
      <div className="max-w-md text-center">
        <p className="text-lg font-semibold">
          {all === 0 ? 'No fragment names an environment' : `The filters hide all ${componentWords(all)}`}
        </p>
        {all === 0 ? (
          <p className="mt-1 text-dim">
            A workload is in the environment that its key names (k8s#prod-deployment/api); any other fragment is where
            its attribute environment or environments says.
          </p>
        ) : (
          <Button className="mt-4" onClick={() => change(ALL)}>
            Show all components
          </Button>
        )}
      </div>
    </div>
  );
}
