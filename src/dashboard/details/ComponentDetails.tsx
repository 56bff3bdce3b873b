import { clsx } from 'clsx';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { FoundLine, RunsLine } from '../../views/details/component-answer.ts';
import { Button } from '../elements/Button.tsx';
import { ViewLoads } from '../elements/ViewLoads.tsx';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import { useAnswer } from '../state/answers.ts';
import { useChangeView } from '../state/page-context.ts';
import { SECTION_HEADING } from './EntrySection.tsx';
import { History } from './History.tsx';
import { PanelHead } from './PanelHead.tsx';

interface ComponentDetailsProps {
  /** Id, as the URL names it: it may name nothing. */
  readonly component: string;
  readonly close: () => void;
}

/** A component as a whole: whose it is, where it runs, what is found of it, and its history over the releases. */
export function ComponentDetails({ component: id, close }: ComponentDetailsProps) {
  const change = useChangeView();
  const details = useAnswer('component', { component: id });
  if (details === null) {
    return (
      <PanelHead over="component" title={<VisibleText text={id} limit={120} />} close={close}>
        <ViewLoads />
      </PanelHead>
    );
  }
  if (details.kind === 'unknown') return <NoComponent component={id} close={close} />;
  const { component, owner, repo, runs, findings, history, plot } = details;
  const select: OnSelect = (release, first = null, of = component.id) => change({ release, component: of, first });
  return (
    <PanelHead
      over={
        <>
          <VisibleText text={component.type} limit={40} />
          {' · '}
          {owner === null ? 'no owner is named' : <VisibleText text={owner} limit={60} />}
          {repo !== null && ' · '}
          {repo !== null && <VisibleText text={repo} limit={80} className="font-mono" />}
        </>
      }
      title={<VisibleText text={component.name} limit={120} />}
      close={close}
    >
      <div key={component.id} className="relative min-h-0 flex-1 space-y-5 overflow-y-auto px-4 pt-3 pb-6">
        <Found found={findings} onSelect={select} />
        <Runs runs={runs} component={component.id} onSelect={select} />
        <History history={history} plot={plot} current="" onSelect={select} />
      </div>
    </PanelHead>
  );
}

type OnSelect = (release: string, environment?: string | null, component?: string) => void;

const LINE = 'grid w-full items-baseline gap-x-2 rounded px-1.5 py-1 text-left text-sm hover:bg-raised';

function Found({ found, onSelect }: { readonly found: readonly FoundLine[]; readonly onSelect: OnSelect }) {
  return (
    <section aria-label="Found in current releases">
      <h3 className={SECTION_HEADING}>Found in current releases</h3>
      {found.length === 0 && <p className="text-sm text-dim">Nothing.</p>}
      <ul className="m-0 list-none p-0">
        {found.map(({ release, environment, weight, what, fact }) => (
          <li key={`${release} ${environment} ${what} ${fact}`}>
            <button
              type="button"
              onClick={() => onSelect(release, environment)}
              className={clsx(LINE, 'grid-cols-[0.8rem_minmax(0,1fr)]')}
            >
              <span className={clsx('text-xs', WEIGHT_LOOKS[weight].ink)}>
                <span aria-hidden="true">{WEIGHT_LOOKS[weight].glyph}</span>
                <span className="sr-only">{WEIGHT_LOOKS[weight].word}</span>
              </span>
              <span>
                <VisibleLabel text={release} limit={60} className="font-mono" />
                {environment !== null && ' '}
                {environment !== null && <VisibleLabel text={environment} limit={40} className="text-dim" />}{' '}
                <VisibleLabel text={what} limit={200} />{' '}
                <VisibleLabel text={fact} limit={80} className="inline-block max-w-full font-mono text-xs text-dim" />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RunsProps {
  readonly runs: readonly RunsLine[];
  /** Id of the component that is shown: its workloads are named where they are others. */
  readonly component: string;
  readonly onSelect: OnSelect;
}

function Runs({ runs, component, onSelect }: RunsProps) {
  return (
    <section aria-label="Runs in">
      <h3 className={SECTION_HEADING}>Runs in</h3>
      {runs.length === 0 && <p className="text-sm text-dim">It is not known to run anywhere.</p>}
      <ul className="m-0 list-none p-0">
        {runs.map((line) => (
          <li key={`${line.environment} ${line.component}`}>
            <button
              type="button"
              onClick={() => onSelect(line.release, line.environment, line.component)}
              className={clsx(LINE, 'grid-cols-[5.5rem_minmax(0,1fr)_auto]')}
            >
              <VisibleLabel text={line.environment} limit={40} className="truncate" />
              <span className="font-mono text-sm">
                <VisibleLabel text={line.version} limit={60} />
                {line.component !== component && (
                  <span className="ml-1.5 font-sans text-dim">
                    {' by '}
                    <VisibleLabel text={line.name} limit={60} />
                  </span>
                )}
              </span>
              <span className={clsx('tabular-nums', line.off ? 'text-warning' : 'text-dim')}>
                {shownText(`${line.ready}${line.off ? ' not as released' : ''}`)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where no release has such a component. */
function NoComponent({ component, close }: { readonly component: string; readonly close: () => void }) {
  return (
    <PanelHead over="not found" title="Nothing to show" close={close}>
      <div className="space-y-3 p-4 text-base text-ink">
        <p>
          No release in the table has a component “
          <VisibleText text={component} />
          ”.
        </p>
        <Button onClick={close}>Close details</Button>
      </div>
    </PanelHead>
  );
}
