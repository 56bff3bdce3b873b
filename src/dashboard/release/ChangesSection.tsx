import { clsx } from 'clsx';
import { useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ReleaseChange } from '../../views/release/changes-answer.ts';
import { ChangelogParts } from '../elements/ChangelogParts.tsx';
import { STEP_SHORT } from '../elements/change-looks.ts';
import { InShort } from '../elements/InShort.tsx';
import { useRestShown } from '../elements/show-rest.ts';
import { ViewLink } from '../elements/ViewLink.tsx';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { useAnswer } from '../state/answers.ts';
import { ComponentLink } from './ComponentNames.tsx';
import { Section } from './Section.tsx';

interface ChangesSectionProps {
  /** Tag. */
  readonly release: string;
}

/** Components shown at first: a release can have hundreds. */
const SHOWN = 20;

/** What is new since the stable release before: a line per component, with what its changelog says. */
export function ChangesSection({ release }: ChangesSectionProps) {
  const [isAllAsked, setAllAsked] = useState(false);
  const answer = useAnswer('releaseChanges', { release, first: isAllAsked ? null : SHOWN });
  const onRest = useRestShown(answer?.changes.length ?? 0);
  if (answer === null) {
    return (
      <Section title="What is new">
        <p className="text-dim">Reading…</p>
      </Section>
    );
  }
  const { since, counts, all, changes } = answer;
  return (
    <Section
      title={since === null ? 'What is new' : `What is new since ${since}`}
      beside={
        <>
          <span className="text-dim">
            {shownText(counts.map(([of, count]) => `${count} ${CLASS_WORDS[of]}`).join(', '))}
            {since === null && 'no stable release before it: what its changelogs say'}
          </span>
          {since !== null && (
            <ViewLink
              to={{ view: 'compare', a: 'prev', b: release }}
              className="ml-auto rounded text-accent hover:underline"
            >
              {shownText(`Compare with ${since}`)}
            </ViewLink>
          )}
        </>
      }
    >
      {all === 0 && (
        <p className="text-dim">{since === null ? 'No changelog.' : 'Nothing: it holds what that holds.'}</p>
      )}
      <ul aria-label="What is new" className="m-0 list-none p-0">
        {changes.map((each) => (
          <Change key={each.component.id} each={each} release={release} />
        ))}
      </ul>
      {changes.length < all && (
        <button
          type="button"
          onClick={({ currentTarget }) => {
            onRest(currentTarget);
            setAllAsked(true);
          }}
          className="rounded text-sm text-accent hover:underline"
        >
          {`Show all ${all} components`}
        </button>
      )}
    </Section>
  );
}

const CLASS_WORDS = {
  removed: 'gone',
  new: 'new',
  changed: 'changed',
  rebuilt: 'rebuilt',
} satisfies Record<NonNullable<ReleaseChange['class']>, string>;

interface ChangeProps extends Pick<ChangesSectionProps, 'release'> {
  readonly each: ReleaseChange;
}

function Change({ each, release }: ChangeProps) {
  const { component, owner, class: of, step, from, to, says } = each;
  const [open, setOpen] = useState(false);
  const word = of === 'changed' ? (step === null ? null : STEP_SHORT[step].word) : of === null ? null : CLASS_WORDS[of];
  return (
    <li className="border-t border-rule py-1 first:border-t-0">
      <div className="grid grid-cols-[15rem_8.5rem_16rem_minmax(0,1fr)] items-baseline gap-x-3 max-xl:grid-cols-[11rem_7rem_13rem_minmax(0,1fr)] max-lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] max-sm:grid-cols-1">
        <span className={clsx('min-w-0 truncate', owner === null && 'lg:col-span-2')}>
          <ComponentLink release={release} component={component} />
        </span>
        {owner !== null && (
          <span className="truncate text-dim max-lg:hidden">
            <VisibleLabel text={owner} limit={40} />
          </span>
        )}
        <span className="min-w-0 text-sm [overflow-wrap:anywhere]">
          {from !== null && from !== to && (
            <>
              <VisibleText text={from} limit={60} className="font-mono text-dim" />
              <span className="text-dim"> → </span>
            </>
          )}
          {to !== null && <VisibleText text={to} limit={60} className="font-mono font-semibold" />}
          {word !== null && <span className="ml-1.5 text-sm text-dim">{word}</span>}
        </span>
        {says !== '' && (
          <InShort
            what={`Changelog of ${component.name.slice(0, 80)}`}
            says={says}
            open={open}
            onToggle={() => setOpen(!open)}
          />
        )}
      </div>
      {open && <Changelogs release={release} component={component} />}
    </li>
  );
}

interface ChangelogsProps extends Pick<ReleaseChange, 'component'> {
  readonly release: string;
}

function Changelogs({ release, component }: ChangelogsProps) {
  const parts = useAnswer('releaseChangelogs', { release, component: component.id });
  return (
    <div className="mt-1.5 mb-2 max-w-4xl space-y-2">
      <ChangelogParts name={component.name} parts={parts} />
    </div>
  );
}
