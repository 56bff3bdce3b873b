import { useMemo, useState } from 'react';
import { WEIGHTS, weightCount } from '../../release/finding/weights.ts';
import { STAGES, type Stage } from '../../release/item/release.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { OwnerMessage, ReleaseDetails } from '../../views/release/release-answer.ts';
import { useAllSoon } from '../elements/all-soon.ts';
import { CopyButton } from '../elements/CopyButton.tsx';
import { Segments } from '../elements/Segments.tsx';
import { useRestShown } from '../elements/show-rest.ts';
import { VisibleText } from '../elements/VisibleText.tsx';
import { useAnswer } from '../state/answers.ts';
import { useChangeView } from '../state/page-context.ts';
import { FindingTable } from './FindingTable.tsx';
import { Section } from './Section.tsx';

interface WhatIsLeftProps {
  readonly details: ReleaseDetails;
}

/** How many findings are asked for at first. */
export const FINDINGS_ASKED = 30;

/** As many as have room on a screen. */
const AT_ONCE = 24;

/** What is no known stage is promoted to nothing. */
const JUDGED = STAGES.filter((stage) => stage !== 'other');
const LABELS = { alpha: 'alpha', beta: 'beta', rc: 'rc', stable: 'stable', other: 'other' } satisfies Record<
  Stage,
  string
>;

/** What blocks the release as a stage, then what only warns: the list that ticks itself off. Notes are there on demand. */
export function WhatIsLeft({ details: { row, judged, since } }: WhatIsLeftProps) {
  const change = useChangeView();
  const { as, counts, findings: first, owners } = judged;
  const release = row.release.tag;
  const [isRestAsked, setRestAsked] = useState(false);
  const whole = useAnswer('releaseFindings', isRestAsked ? { release, as } : null);
  const weighty = useMemo(() => first.filter(({ weight }) => weight === 'error' || weight === 'warning'), [first]);
  const shown = useAllSoon(whole ?? weighty, AT_ONCE);
  const onRest = useRestShown(shown.length);
  const all = WEIGHTS.reduce((sum, weight) => sum + counts[weight], 0);
  return (
    <Section
      title="What is left"
      beside={
        <>
          <Segments
            name="Judge as"
            options={JUDGED}
            labels={LABELS}
            chosen={as}
            onChange={(stage) => change({ as: stage })}
          />
          {owners.length > 0 && <Owners owners={owners} />}
          {since !== null && (
            <p className="ml-auto text-dim">
              Since <VisibleText text={since.basis} limit={60} className="font-mono text-sm" />:{' '}
              <VisibleText text={since.words} />
            </p>
          )}
        </>
      }
    >
      {shown.length === 0 && <p className="text-dim">Nothing is left.</p>}
      {shown.length > 0 && <FindingTable name="What is left" release={release} findings={shown} as={as} />}
      {shown.length < all && (
        <button
          type="button"
          onClick={({ currentTarget }) => {
            onRest(currentTarget);
            setRestAsked(true);
          }}
          className="rounded text-sm text-accent hover:underline"
        >
          {weighty.length === counts.error + counts.warning
            ? shownText(`Show ${notesWords(counts)}`)
            : `Show all ${all} findings`}
        </button>
      )}
    </Section>
  );
}

/** "12 notes, 2 waived". */
function notesWords(counts: ReleaseDetails['judged']['counts']): string {
  return (['info', 'waived'] as const)
    .filter((weight) => counts[weight] > 0)
    .map((weight) => weightCount(counts[weight], weight))
    .join(', ');
}

/** More would fill lines. */
const OWNERS_SHOWN = 8;

/** By whose doing not yet: each copies a message to them. */
function Owners({ owners }: { readonly owners: readonly OwnerMessage[] }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? owners : owners.slice(0, OWNERS_SHOWN);
  return (
    <ul aria-label="What blocks it, by owner" className="m-0 flex list-none flex-wrap items-center gap-1.5 p-0">
      {shown.map(({ owner, count, text }) => (
        <li key={owner}>
          <CopyButton
            text={text}
            what={`message to ${owner ?? 'the owner'}: what blocks it`}
            worded={`${owner ?? 'no owner'} ${count}`}
          />
        </li>
      ))}
      {shown.length < owners.length && (
        <li>
          <button type="button" onClick={() => setAll(true)} className="rounded text-sm text-accent hover:underline">
            {`and ${owners.length - shown.length} more`}
          </button>
        </li>
      )}
    </ul>
  );
}
