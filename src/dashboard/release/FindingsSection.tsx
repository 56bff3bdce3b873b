import { useMemo, useState } from 'react';
import { findingName } from '../../release/finding/finding.ts';
import type { ReleaseDetails } from '../../views/release/release-answer.ts';
import { useAllSoon } from '../elements/all-soon.ts';
import { cardKey, FindingCard } from '../elements/FindingCard.tsx';
import { useRestShown } from '../elements/show-rest.ts';
import type { OnGo } from '../elements/ViewLink.tsx';
import { VisibleText } from '../elements/VisibleText.tsx';
import { useAnswer } from '../state/answers.ts';
import { ComponentLink } from './ComponentNames.tsx';
import { Section } from './Section.tsx';

interface FindingsSectionProps {
  /** Tag. */
  readonly release: string;
  readonly findings: ReleaseDetails['findings'];
  readonly since: ReleaseDetails['since'];
  readonly onGo: OnGo;
}

/** Shown at first. */
export const FINDINGS_SHOWN = 30;

/** As many as have room on a screen. */
const AT_ONCE = 6;

/** All findings of the release, whole: first what is about all of it, then by component. */
export function FindingsSection({ release, findings: { all, first }, since, onGo }: FindingsSectionProps) {
  const [isRestAsked, setRestAsked] = useState(false);
  const whole = useAnswer('releaseFindings', isRestAsked ? { release } : null);
  const cards = useMemo(
    () =>
      (whole ?? first).flatMap(({ component, findings }) =>
        findings.map((finding, place) => ({ component, finding, isFirst: place === 0 })),
      ),
    [whole, first],
  );
  const added = useMemo(() => new Set(since?.added), [since]);
  const drawn = useAllSoon(cards, AT_ONCE);
  const onRest = useRestShown(drawn.length);
  return (
    <Section title="Findings" beside={<span className="text-dim tabular-nums">{all}</span>}>
      {since !== null && (
        <p className="text-dim">
          Since <VisibleText text={since.basis} limit={60} className="font-mono text-[12px]" />:{' '}
          <VisibleText text={since.words} />
        </p>
      )}
      {all === 0 && <p className="text-dim">No check found anything.</p>}
      {drawn.map(({ component, finding, isFirst }) => (
        <div key={`${finding.component} ${cardKey(finding)}`}>
          {isFirst && (
            <h4 className="mt-1 mb-1.5 text-[12.5px] font-medium">
              {component === null ? (
                'The release as a whole'
              ) : (
                <ComponentLink release={release} component={component} onGo={onGo} />
              )}
            </h4>
          )}
          <FindingCard finding={finding} isNew={added.has(findingName(finding))} />
        </div>
      ))}
      {drawn.length < all && all > FINDINGS_SHOWN && (
        <button
          type="button"
          onClick={({ currentTarget }) => {
            onRest(currentTarget);
            setRestAsked(true);
          }}
          className="rounded text-[12.5px] text-accent hover:underline"
        >
          {`Show all ${all} findings`}
        </button>
      )}
    </Section>
  );
}
