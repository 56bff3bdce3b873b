import { History } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { deploymentsOf } from '../../release/deployed/deployments.ts';
import type { Report } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { componentWords, environmentWords, shownWords } from '../../views/environments/deployment-words.ts';
import { type VisibleDeployments, visibleDeployments } from '../../views/environments/visible-deployments.ts';
import type { ProblemPlace } from '../../views/filters/next-problem.ts';
import { Button } from '../elements/Button.tsx';
import { Segments } from '../elements/Segments.tsx';
import { VisibleText } from '../elements/VisibleText.tsx';
import { isFiltered, NO_FILTERS } from '../filters/filter-words.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { EnvironmentTable } from './EnvironmentTable.tsx';

export interface EnvironmentsViewProps {
  readonly report: Report;
  readonly view: ViewState;
  readonly change: ChangeView;
  /** Called with the place of the matrix that somebody wants to see. */
  readonly onGo: (place: ProblemPlace) => void;
}

/** What runs where, how far behind it is, and what is wrong with it there. */
export function EnvironmentsView({ report, view, change, onGo }: EnvironmentsViewProps) {
  const { version, stage, type, env, q, problems, older } = view;
  const deployments = useMemo(() => deploymentsOf(report), [report]);
  const olderThan = older !== null && report.environments.includes(older) ? older : null;
  const left = useMemo(
    () => visibleDeployments(report, deployments, { version, stage, type, env, q, problems }, olderThan),
    [report, deployments, version, stage, type, env, q, problems, olderThan],
  );
  const follow = useCallback(
    (release: string, component: string) => {
      const row = report.rows.findIndex((candidate) => candidate.release.tag === release);
      const column = report.components.findIndex(({ id }) => id === component);
      if (row !== -1) onGo({ row, column: column === -1 ? null : column });
    },
    [report, onGo],
  );
  const nowhere = deployments.withoutEnvironment;
  return (
    // Named otherwise than the table in it, which people and tests look for.
    <section aria-label="What runs where" className="flex min-w-0 flex-1 flex-col">
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-rule px-4 py-1.5 text-[13px]">
        <p aria-live="polite" aria-atomic="true" className="tabular-nums">
          <strong className="font-semibold">{shownWords(left)}</strong>
          <span className="text-dim">{` in ${environmentWords(left, report.environments.length)}`}</span>
        </p>
        {isFiltered(view) && left.shown > 0 && left.shown < left.all && (
          <Button className="h-6 px-2 text-[12.5px]" onClick={() => change(NO_FILTERS)}>
            Show all components
          </Button>
        )}
        {report.environments.length > 1 && (
          <OlderThan environments={report.environments} chosen={olderThan} change={change} />
        )}
        {olderThan !== null && (
          <p aria-live="polite" className="flex items-center gap-1.5 text-warning">
            <History size={13} aria-hidden="true" />
            {shownText(olderWords(left, olderThan))}
          </p>
        )}
      </div>
      {nowhere.length > 0 && (
        <p className="shrink-0 border-b border-rule px-4 py-1.5 text-[12.5px] text-ink">
          {nowhere.length === 1 ? 'One workload has' : `${nowhere.length} workloads have`} an entry without an
          environment, location unknown: <VisibleText text={nowhere.join(', ')} limit={300} />
        </p>
      )}
      {left.shown > 0 ? (
        <EnvironmentTable left={left} olderThan={olderThan} onFollow={follow} />
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
      chosen={chosen ?? NONE}
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

/** "older than staging: 2 in prod, 1 in qa". */
function olderWords({ environments, sections }: VisibleDeployments, olderThan: string): string {
  const rows = sections.flatMap((section) => section.rows);
  const counted = environments.flatMap(({ name }, place) => {
    const count = rows.filter(({ cells }) => cells[place]?.older).length;
    return count === 0 ? [] : [`${count} in ${name}`];
  });
  return counted.length === 0 ? `nothing is older than ${olderThan}` : `older than ${olderThan}: ${counted.join(', ')}`;
}
