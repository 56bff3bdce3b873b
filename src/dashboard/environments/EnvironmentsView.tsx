import { History } from 'lucide-react';
import { useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { componentWords, environmentWords, shownWords } from '../../views/environments/deployment-words.ts';
import type { Outline } from '../../views/matrix/outline.ts';
import { Button } from '../elements/Button.tsx';
import { Segments } from '../elements/Segments.tsx';
import type { OnGo } from '../elements/ViewLink.tsx';
import { ViewLoads } from '../elements/ViewLoads.tsx';
import { VisibleText } from '../elements/VisibleText.tsx';
import { isFiltered, NO_FILTERS } from '../filters/filter-words.ts';
import { useAnswer } from '../state/answers.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { EnvironmentTable } from './EnvironmentTable.tsx';

export interface EnvironmentsViewProps {
  readonly outline: Pick<Outline, 'environments'>;
  readonly view: ViewState;
  readonly change: ChangeView;
  /** Called with the place of the matrix that somebody wants to see. */
  readonly onGo: OnGo;
}

/** Rows drawn at first: a screen's worth many times over, and still drawn at once. The rest is asked for. */
const ROWS_DRAWN = 200;

/** What runs where, how far behind it is, and what is wrong with it there. */
export function EnvironmentsView({ outline, view, change, onGo }: EnvironmentsViewProps) {
  const { version, stage, type, env, q, problems, older } = view;
  const { environments } = outline;
  const [all, setAll] = useState(false);
  const filters = { version, stage, type, env, q, problems };
  const left = useAnswer('environments', { filters, older, first: all ? null : ROWS_DRAWN });
  if (left === null) return <ViewLoads />;
  const nowhere = left.withoutEnvironment;
  return (
    // Named otherwise than the table in it, which people and tests look for.
    <section aria-label="What runs where" className="flex min-w-0 flex-1 flex-col">
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-rule px-4 py-1.5 text-[13px]">
        <p aria-live="polite" aria-atomic="true" className="tabular-nums">
          <strong className="font-semibold">{shownWords(left)}</strong>
          <span className="text-dim">{` in ${environmentWords(left, environments.length)}`}</span>
        </p>
        {isFiltered(view) && left.shown > 0 && left.shown < left.all && (
          <Button className="h-6 px-2 text-[12.5px]" onClick={() => change(NO_FILTERS)}>
            Show all components
          </Button>
        )}
        {environments.length > 1 && <OlderThan environments={environments} chosen={older} change={change} />}
        {left.older !== null && (
          <p aria-live="polite" className="flex items-center gap-1.5 text-warning">
            <History size={13} aria-hidden="true" />
            {shownText(left.older.words)}
          </p>
        )}
      </div>
      {nowhere.length > 0 && (
        <p className="shrink-0 border-b border-rule px-4 py-1.5 text-[12.5px] text-ink">
          {nowhere.length === 1 ? 'One workload has' : `${nowhere.length} workloads have`} an entry without an
          environment, location unknown: <VisibleText text={nowhere.join(', ')} limit={300} />
        </p>
      )}
      {left.hidden !== undefined && (
        <p className="shrink-0 border-b border-rule px-4 py-1.5 text-[12.5px] text-dim">
          <VisibleText text={left.hidden} limit={300} />
        </p>
      )}
      {left.shown > 0 ? (
        <EnvironmentTable left={left} onGo={onGo} onAll={() => setAll(true)} />
      ) : (
        <Nothing all={left.all} change={change} />
      )}
    </section>
  );
}

const NONE = 'nothing';

interface OlderThanProps {
  readonly environments: readonly string[];
  readonly chosen: string | null;
  readonly change: ChangeView;
}

function OlderThan({ environments, chosen, change }: OlderThanProps) {
  const options = [NONE, ...environments];
  return (
    <Segments
      name="Older than"
      options={options}
      labels={Object.fromEntries(options.map((name) => [name, name]))}
      chosen={chosen !== null && environments.includes(chosen) ? chosen : NONE}
      onChange={(name) => change({ older: name === NONE ? null : name })}
    />
  );
}

function Nothing({ all, change }: { readonly all: number; readonly change: ChangeView }) {
  return (
    <div className="grid min-h-0 flex-1 place-items-center p-8">
      <div className="max-w-md text-center">
        <p className="text-[15px] font-semibold">
          {all === 0 ? 'No fragment names an environment' : `The filters hide all ${componentWords(all)}`}
        </p>
        {all === 0 ? (
          <p className="mt-1 text-dim">
            A workload is in the environment that its key names (k8s#prod-deployment/api); any other fragment is where
            its attribute environment or environments says.
          </p>
        ) : (
          <Button className="mt-4" onClick={() => change(NO_FILTERS)}>
            Show all components
          </Button>
        )}
      </div>
    </div>
  );
}
