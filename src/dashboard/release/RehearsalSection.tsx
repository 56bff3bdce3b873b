import { useDeferredValue, useMemo } from 'react';
import { type Rehearsal, rehearse } from '../../release/history/release-story.ts';
import { STAGES, type Stage } from '../../release/item/release.ts';
import type { Policy } from '../../release/policy/policy.ts';
import type { ReportInput } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { whyUnknown } from '../../views/words/release-words.ts';
import { Segments } from '../elements/Segments.tsx';
import { VerdictMark } from '../elements/VerdictMark.tsx';
import type { OnGo } from '../elements/ViewLink.tsx';
import type { ChangeView } from '../state/view-state.ts';
import { FindingLinks } from './FindingLinks.tsx';
import { Section } from './Section.tsx';

interface RehearsalSectionProps {
  readonly tag: string;
  readonly as: Stage;
  /** The same object as long as nothing in it has changed. */
  readonly input: ReportInput;
  readonly policy: Policy;
  readonly change: ChangeView;
  readonly onGo: OnGo;
}

/** What is no known stage is promoted to nothing. */
const ASKED = STAGES.filter((stage) => stage !== 'other');

/** What the release would meet as another stage. Judging it takes a look at the whole table, so the page comes first. */
export function RehearsalSection({ tag, as, input, policy, change, onGo }: RehearsalSectionProps) {
  const wanted = useMemo(() => ({ tag, as, input, policy }), [tag, as, input, policy]);
  const asked = useDeferredValue(wanted, null);
  const rehearsal = useMemo(
    () => (asked === null ? null : rehearse(asked.input, asked.policy, asked.tag, asked.as)),
    [asked],
  );
  return (
    <Section
      title="Promotion rehearsal"
      beside={
        <Segments name="As" options={ASKED} labels={LABELS} chosen={as} onChange={(stage) => change({ as: stage })} />
      }
    >
      {rehearsal === null ? <p className="text-dim">Rehearsing…</p> : <Outcome rehearsal={rehearsal} onGo={onGo} />}
    </Section>
  );
}

const LABELS = { alpha: 'alpha', beta: 'beta', rc: 'rc', stable: 'stable', other: 'other' } satisfies Record<
  Stage,
  string
>;

function Outcome({ rehearsal, onGo }: { readonly rehearsal: Rehearsal; readonly onGo: OnGo }) {
  const { stage, as, verdict, blocking, newlyBlocking, relieved } = rehearsal;
  const why = whyUnknown(rehearsal);
  if (as === stage) {
    return (
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span>{`As ${as}, which it is:`}</span>
        <VerdictMark result={verdict.result} />
        <span className="text-dim">as its verdict says</span>
      </p>
    );
  }
  const still = blocking.filter((finding) => !newlyBlocking.includes(finding));
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span>{`As ${as}:`}</span>
        <VerdictMark result={verdict.result} />
        <span className="text-dim">
          {blocking.length === 0
            ? shownText(why) || 'nothing blocks it'
            : `${blocking.length} ${blocking.length === 1 ? 'finding blocks' : 'findings block'} it`}
        </span>
      </p>
      {newlyBlocking.length > 0 && (
        <Part title={`Would block it as ${as}, and does not now`}>
          <FindingLinks name="New blockers" findings={newlyBlocking} onGo={onGo} />
        </Part>
      )}
      {still.length > 0 && (
        <Part title="Blocks it now, and would then">
          <FindingLinks name="Remaining blockers" findings={still} onGo={onGo} />
        </Part>
      )}
      {relieved.length > 0 && (
        <Part title="Blocks it now, and would no longer">
          <FindingLinks name="No longer blocking" findings={relieved} onGo={onGo} />
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
