import { clsx } from 'clsx';
import { useMemo } from 'react';
import type { ComponentProgress, LineRelease, LineStory } from '../../release/history/line-story.ts';
import type { Absence } from '../../release/history/release-story.ts';
import { type Release, STAGES } from '../../release/item/release.ts';
import { dueSentence, dueWords, type LineDue } from '../../release/report/line-due.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { useAllSoon } from '../elements/all-soon.ts';
import { SafeLink } from '../elements/SafeLink.tsx';
import { StageBadge } from '../elements/StageBadge.tsx';
import { VerdictMark } from '../elements/VerdictMark.tsx';
import { type OnGo, ViewLink } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import type { ChangeView } from '../state/view-state.ts';
import { ComponentLink } from './ComponentNames.tsx';
import { LinePlot } from './LinePlot.tsx';
import { moment } from './moment.ts';
import { Section } from './Section.tsx';

interface LineSectionProps {
  /** Null: the release belongs to no line. */
  readonly story: LineStory | null;
  readonly release: Release;
  readonly change: ChangeView;
  readonly onGo: OnGo;
}

/** How the release's line came about, and, while it has no stable release, how far each component has come. */
export function LineSection({ story, release, change, onGo }: LineSectionProps) {
  if (story === null) {
    return (
      <Section title="Line">
        <p className="text-dim">Its tag is not SemVer, so it belongs to no line.</p>
      </Section>
    );
  }
  return (
    <Section
      title={`Line ${story.line}`}
      beside={
        <span className="text-dim">
          {story.inProgress ? 'in progress: no stable release yet' : 'released'}
          {story.due !== undefined && <Due due={story.due} />}
        </span>
      }
    >
      {story.axis !== null && <LinePlot story={story} axis={story.axis} current={release.tag} />}
      <ol aria-label={shownText(`Releases of ${story.line}`)} className="m-0 list-none p-0">
        {story.releases.map((each) => (
          <LineEntry key={each.release.tag} each={each} current={each.release.tag === release.tag} change={change} />
        ))}
      </ol>
      {story.inProgress && <Progress story={story} release={release} onGo={onGo} />}
    </Section>
  );
}

/** When the line is due, and who sees to it. */
function Due({ due }: { readonly due: LineDue }) {
  return (
    <>
      {' · '}
      <span title={shownText(dueSentence(due))} className={clsx(due.late && 'font-semibold text-warning')}>
        {shownText(dueWords(due))}
      </span>
      {due.manager !== null && (
        <>
          {', '}
          <VisibleLabel text={due.manager} limit={60} />
        </>
      )}
      {due.link !== null && (
        <>
          {' · '}
          <SafeLink label="plan" address={due.link} />
        </>
      )}
    </>
  );
}

interface LineEntryProps {
  readonly each: LineRelease;
  readonly current: boolean;
  readonly change: ChangeView;
}

function LineEntry({ each, current, change }: LineEntryProps) {
  const { release, startedAt, verdict, why, fragments, missing, absence, withdrawn } = each;
  return (
    <li
      aria-current={current ? 'true' : undefined}
      className={clsx(
        'grid grid-cols-[minmax(0,1fr)_3.4rem_5.6rem_4.6rem] items-baseline gap-x-2 rounded px-1.5 py-1 text-[12px]',
        current && 'bg-accent-soft',
      )}
    >
      <span className="truncate">
        <ViewLink
          to={{ view: 'release', release: release.tag, component: null }}
          change={change}
          className={clsx(
            'rounded font-mono text-[12px] text-ink decoration-edge underline-offset-2 hover:decoration-current',
            withdrawn === undefined ? 'underline' : 'line-through',
          )}
        >
          <VisibleLabel text={release.tag} limit={60} />
        </ViewLink>
      </span>
      <span>
        <StageBadge stage={release.stage} />
      </span>
      <span className="text-dim tabular-nums" title={startedAt === null ? undefined : `${moment(startedAt)} UTC`}>
        {startedAt === null ? 'not dated' : shownText(startedAt.slice(0, 10))}
      </span>
      <span className="text-right">
        {fragments === 0 ? <span className="text-dim">no fragment</span> : <VerdictMark result={verdict} why={why} />}
        {missing > 0 && <span className="block text-[11px] text-dim">{`${missing} ${ABSENCE_WORDS[absence]}`}</span>}
      </span>
    </li>
  );
}

const ABSENCE_WORDS = { missing: 'missing', arriving: 'arriving', 'left-out': 'left out' } satisfies Record<
  Absence,
  string
>;

interface ProgressProps {
  readonly story: LineStory;
  readonly release: Release;
  readonly onGo: OnGo;
}

function Progress({ story: { components }, release, onGo }: ProgressProps) {
  const behind = useMemo(() => components.filter(({ reached }) => !reached), [components]);
  const count = `${components.length} ${components.length === 1 ? 'component' : 'components'}`;
  return (
    <div className="space-y-2 pt-1">
      <h4 className="text-[12.5px] font-medium">
        {behind.length === 0
          ? `All ${count} have reached ${release.stage}`
          : `${behind.length} of ${count} ${behind.length === 1 ? 'has' : 'have'} not reached ${release.stage}`}
      </h4>
      {behind.length > 0 && (
        <ProgressList name={`Has not reached ${release.stage}`} components={behind} release={release} onGo={onGo} />
      )}
      <details>
        <summary className="cursor-pointer rounded text-[12.5px] text-accent">
          {`Furthest stage of every component: ${furthestWords(components)}`}
        </summary>
        <ProgressList name="Furthest stage" components={components} release={release} onGo={onGo} />
      </details>
    </div>
  );
}

/** "beta 62, alpha 1, none 1". */
function furthestWords(components: readonly ComponentProgress[]): string {
  return [...[...STAGES].reverse(), null]
    .flatMap((stage) => {
      const count = components.filter(({ furthest }) => (furthest?.stage ?? null) === stage).length;
      return count === 0 ? [] : [`${stage ?? 'none'} ${count}`];
    })
    .join(', ');
}

interface ProgressListProps {
  readonly name: string;
  readonly components: readonly ComponentProgress[];
  readonly release: Release;
  readonly onGo: OnGo;
}

/** The room for them has about a dozen lines. */
const AT_ONCE = 16;

function ProgressList({ name, components, release, onGo }: ProgressListProps) {
  const drawn = useAllSoon(components, AT_ONCE);
  return (
    <ul aria-label={shownText(name)} className="m-0 mt-1 max-h-64 list-none overflow-y-auto p-0">
      {drawn.map(({ component, furthest }) => (
        <li key={component.id} className="flex items-baseline gap-2 py-0.5 text-[12.5px]">
          <span className="min-w-0 flex-1 truncate">
            <ComponentLink release={release.tag} component={component} onGo={onGo} />
          </span>
          {furthest === null ? (
            <span className="text-dim">in no release of the line</span>
          ) : (
            <>
              <VisibleLabel text={furthest.release} limit={60} className="truncate font-mono text-[11.5px] text-dim" />
              <StageBadge stage={furthest.stage} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
