import { clsx } from 'clsx';
import { useContext, useState } from 'react';
import type { Stage } from '../../release/item/release.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ReleasePlanAnswer } from '../../views/release/plan-answer.ts';
import { CodeBlock } from '../elements/CodeBlock.tsx';
import { TableCommandsContext } from '../elements/table-command.ts';
import { typeLabel } from '../elements/type-marks.ts';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { useAnswer } from '../state/answers.ts';
import { Section } from './Section.tsx';

interface PlanSectionProps {
  /** Tag. */
  readonly release: string;
  /** What it is to become; null: the stage that comes next. */
  readonly as: Stage | null;
}

/** What a promotion would do: the tags to make, wave by wave, until as many are there as are wanted. */
export function PlanSection({ release, as }: PlanSectionProps) {
  const plan = useAnswer('releasePlan', { release, as });
  return plan === null ? null : <Plan key={`${release} ${plan.target}`} release={release} plan={plan} />;
}

type Plan = NonNullable<ReleasePlanAnswer>;

function Plan({ release, plan }: { readonly release: string; readonly plan: Plan }) {
  const { target, stage, left, done, waves, notes, schemas, blocked, conflicts, skips } = plan;
  // What may be done is shown; what may not yet be is there on demand.
  const [asked, setAsked] = useState<boolean | null>(null);
  const open = asked ?? !blocked;
  const commands = useContext(TableCommandsContext);
  const counts = left === 0 ? 'nothing left' : `${left} ${left === 1 ? 'tag' : 'tags'} left`;
  return (
    <Section
      title={`The way to ${target}`}
      beside={
        <>
          <span className="text-dim tabular-nums">{shownText(`${counts}${done === 0 ? '' : `, ${done} done`}`)}</span>
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setAsked(!open)}
            className="rounded text-accent hover:underline"
          >
            {open ? 'Hide the plan' : 'Show the plan'}
          </button>
        </>
      }
    >
      {conflicts.length > 0 && (
        <p className="text-error">
          {shownText(`✕ ${target} is at another commit for `)}
          <VisibleText text={conflicts.join(', ')} limit={300} />
        </p>
      )}
      {open && (
        <>
          {blocked && left > 0 && <p className="text-dim">To be done once nothing blocks it.</p>}
          {waves.length > 0 && (
            <ol aria-label="Waves" className="m-0 list-none space-y-2 p-0">
              {waves.map(({ types, steps }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a wave is known by its place
                <li key={at}>
                  <h4 className="text-sm font-medium">
                    {`${at + 1}. `}
                    <span className="text-dim">{shownText(types.map(typeLabel).join(', '))}</span>
                  </h4>
                  <ul className="m-0 list-none p-0">
                    {steps.map((step) => (
                      <Step key={`${step.repo} ${step.tag}`} step={step} />
                    ))}
                  </ul>
                </li>
              ))}
            </ol>
          )}
          {[...schemas, ...notes].map((words) => (
            <p key={words} className="text-sm text-warning">
              <VisibleText text={words} limit={400} />
            </p>
          ))}
          {skips.length > 0 && (
            <ul aria-label="Not tagged" className="m-0 list-none space-y-0.5 p-0 text-sm text-dim">
              {skips.map(({ code, words, components }) => (
                <li key={`${code} ${words}`} className={clsx(code === 'other-commit' && 'text-error')}>
                  {`${components.length} not tagged, `}
                  <VisibleText text={`${words}: ${components.join(', ')}`} limit={160} />
                </li>
              ))}
            </ul>
          )}
          {left > 0 && commands !== null && !commands.isInside && (
            <CodeBlock
              what="Command that prints the plan as a script"
              text={commands.of(['plan', release, '--to', stage, '--format', 'sh'])}
            />
          )}
        </>
      )}
    </Section>
  );
}

/** As much of a commit as people compare. */
const SHORT_COMMIT = 7;

function Step({ step: { repo, tag, commit, components } }: { readonly step: Plan['waves'][number]['steps'][number] }) {
  const names = components.map((id) => id.slice(id.indexOf('#') + 1)).join(', ');
  return (
    <li className="grid grid-cols-[15rem_16rem_5rem_minmax(0,1fr)] items-baseline gap-x-3 py-0.5 text-sm max-lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] max-sm:grid-cols-1">
      <VisibleLabel text={repo} limit={80} className="truncate" />
      <VisibleLabel text={tag} limit={80} className="truncate font-mono text-sm font-semibold" />
      <VisibleLabel text={commit.slice(0, SHORT_COMMIT)} className="font-mono text-sm text-dim" />
      <span className="truncate text-dim" title={shownText(names)}>
        <VisibleLabel text={names} limit={200} />
      </span>
    </li>
  );
}
