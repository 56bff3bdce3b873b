import { clsx } from 'clsx';
import type { Finding, Waived } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import { weightOf } from '../../release/finding/weights.ts';
import { AboutCheck } from './AboutCheck.tsx';
import { NewMark } from './NewMark.tsx';
import { VisibleText } from './VisibleText.tsx';
import { WaiveForm } from './WaiveForm.tsx';
import { WEIGHT_LOOKS } from './weight-looks.ts';

/** Tells the findings of one list apart: a check may find the same in one place more than once. */
export function cardKey({ code, environment, details }: Finding): string {
  return JSON.stringify([code, environment, details]);
}

interface FindingCardProps {
  readonly finding: Finding;
  /** The release before does not have it. */
  readonly isNew?: boolean;
}

/** A finding in words: what, why, what to do, who has waived it, what the check is about, and how to waive it. */
export function FindingCard({ finding, isNew = false }: FindingCardProps) {
  const { title, why, whatToDo } = describeFinding(finding);
  const { waived } = finding;
  const { word } = WEIGHT_LOOKS[finding.severity];
  const { glyph, ink, edge } = WEIGHT_LOOKS[weightOf(finding)];
  return (
    <article className={clsx('rounded-lg border border-l-[3px] border-edge bg-raised p-3 text-sm', edge)}>
      <h3 className={clsx('flex gap-1.5 text-base leading-5 font-semibold', ink)}>
        <span aria-hidden="true">{glyph}</span>
        <span className="min-w-0">
          <VisibleText text={title} />
        </span>
      </h3>
      <p className="mt-1 leading-[1.45] text-ink">
        <VisibleText text={why} limit={1000} />
      </p>
      <p className="mt-1 leading-[1.45] text-ink">
        <VisibleText text={whatToDo} limit={1000} />
      </p>
      {waived !== null && <Waiver waived={waived} />}
      <div className="mt-1.5 flex flex-wrap items-baseline gap-x-1 text-sm text-dim">
        <span>
          {isNew && <NewMark />}
          {waived === null ? word : `${word}, waived`} · rule{' '}
          <code className="rounded-sm bg-panel px-1 py-px font-mono">{finding.code}</code>
          {finding.environment !== null && (
            <>
              {' · in '}
              <VisibleText text={finding.environment} />
            </>
          )}
          {' ·'}
        </span>
        <AboutCheck code={finding.code} />
        <WaiveForm finding={finding} />
      </div>
    </article>
  );
}

/** Who has taken the finding's weight away, until when, and why. */
export function Waiver({ waived: { reason, by, expires, soon } }: { readonly waived: Waived }) {
  return (
    <dl className="m-0 mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 gap-y-0.5 rounded-md bg-info-soft px-2.5 py-1.5 text-sm text-ink">
      <dt className="text-dim">Waived by</dt>
      <dd className="m-0">
        <VisibleText text={by} />
      </dd>
      <dt className="text-dim">Until</dt>
      <dd className="m-0">
        <VisibleText text={expires} />
        {soon && <strong className="font-semibold text-warning"> ▲ ends within a week</strong>}
      </dd>
      <dt className="text-dim">Reason</dt>
      <dd className="m-0">
        <VisibleText text={reason} />
      </dd>
    </dl>
  );
}
