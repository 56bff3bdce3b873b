import { STAGES, type Stage } from '../../release/item/release.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { RehearsalAnswer } from '../../views/release/release-answer.ts';
import { Segments } from '../elements/Segments.tsx';
import { VerdictMark } from '../elements/VerdictMark.tsx';
import type { OnGo } from '../elements/ViewLink.tsx';
import { useAnswer } from '../state/answers.ts';
import type { ChangeView } from '../state/view-state.ts';
import { FindingLinks } from './FindingLinks.tsx';
import { Section } from './Section.tsx';

interface RehearsalSectionProps {
  /** Tag. */
  readonly release: string;
  readonly as: Stage;
  readonly change: ChangeView;
  readonly onGo: OnGo;
}

/** What is no known stage is promoted to nothing. */
const ASKED = STAGES.filter((stage) => stage !== 'other');

/** What the release would meet as another stage. */
export function RehearsalSection({ release, as, change, onGo }: RehearsalSectionProps) {
  const rehearsal = useAnswer('rehearsal', { release, as });
  return (
    <Section
      title="Promotion rehearsal"
      beside={
        <Segments name="As" options={ASKED} labels={LABELS} chosen={as} onChange={(stage) => change({ as: stage })} />
      }
    >
      {rehearsal === null ? (
        <p className="text-dim">Rehearsing…</p>
      ) : (
        <Outcome release={release} rehearsal={rehearsal} onGo={onGo} />
      )}
    </Section>
  );
}

const LABELS = { alpha: 'alpha', beta: 'beta', rc: 'rc', stable: 'stable', other: 'other' } satisfies Record<
  Stage,
  string
>;

interface OutcomeProps {
  readonly release: string;
  readonly rehearsal: NonNullable<RehearsalAnswer>;
  readonly onGo: OnGo;
}

function Outcome({ release, rehearsal, onGo }: OutcomeProps) {
  const { stage, as, result, why, newBlockers, remaining, relieved } = rehearsal;
  if (as === stage) {
    return (
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span>{`As ${as}, which it is:`}</span>
        <VerdictMark result={result} />
        <span className="text-dim">as its verdict says</span>
      </p>
    );
  }
  const blocking = newBlockers.length + remaining.length;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span>{`As ${as}:`}</span>
        <VerdictMark result={result} />
        <span className="text-dim">
          {blocking === 0
            ? shownText(why) || 'nothing blocks it'
            : `${blocking} ${blocking === 1 ? 'finding blocks' : 'findings block'} it`}
        </span>
      </p>
      {newBlockers.length > 0 && (
        <Part title={`Would block it as ${as}, and does not now`}>
          <FindingLinks name="New blockers" release={release} findings={newBlockers} onGo={onGo} />
        </Part>
      )}
      {remaining.length > 0 && (
        <Part title="Blocks it now, and would then">
          <FindingLinks name="Remaining blockers" release={release} findings={remaining} onGo={onGo} />
        </Part>
      )}
      {relieved.length > 0 && (
        <Part title="Blocks it now, and would no longer">
          <FindingLinks name="No longer blocking" release={release} findings={relieved} onGo={onGo} />
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <h4 className="mb-1 text-[12px] font-medium text-dim">{shownText(title)}</h4>
      {children}
    </div>
  );
}
