import { useMemo } from 'react';
import type { ComponentProgress, LineStory } from '../../release/history/line-story.ts';
import { type Release, STAGES } from '../../release/item/release.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { useAllSoon } from '../elements/all-soon.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { ComponentLink } from './ComponentNames.tsx';
import { Section } from './Section.tsx';

interface ProgressProps {
  readonly story: LineStory;
  readonly release: Release;
}

/** While a line has no stable release: how far each of its components has come. */
export function ProgressSection({ story: { line, components }, release }: ProgressProps) {
  const behind = useMemo(() => components.filter(({ reached }) => !reached), [components]);
  const count = `${components.length} ${components.length === 1 ? 'component' : 'components'}`;
  return (
    <Section
      title={`Progress of ${line}`}
      beside={
        <span className="text-dim">
          {behind.length === 0
            ? `All ${count} have reached ${release.stage}`
            : `${behind.length} of ${count} ${behind.length === 1 ? 'has' : 'have'} not reached ${release.stage}`}
        </span>
      }
    >
      {behind.length > 0 && (
        <ProgressList name={`Has not reached ${release.stage}`} components={behind} release={release} />
      )}
      <details>
        <summary className="cursor-pointer rounded text-sm text-accent">
          {`Furthest stage of every component: ${furthestWords(components)}`}
        </summary>
        <ProgressList name="Furthest stage" components={components} release={release} />
      </details>
    </Section>
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
}

/** The room for them has about a dozen lines. */
const AT_ONCE = 16;

function ProgressList({ name, components, release }: ProgressListProps) {
  const drawn = useAllSoon(components, AT_ONCE);
  return (
    <ul aria-label={shownText(name)} className="m-0 mt-1 max-h-64 list-none overflow-y-auto p-0">
      {drawn.map(({ component, furthest }) => (
        <li key={component.id} className="flex items-baseline gap-2 py-0.5 text-sm">
          <span className="min-w-0 flex-1 truncate">
            <ComponentLink release={release.tag} component={component} />
          </span>
          {furthest === null ? (
            <span className="text-dim">in no release of the line</span>
          ) : (
            <>
              <VisibleLabel text={furthest.release} limit={60} className="truncate font-mono text-sm text-dim" />
              <StageBadge stage={furthest.stage} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
