import { useState } from 'react';
import { ChangelogBox } from '../elements/ChangelogBox.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';
import { useRestShown } from '../elements/show-rest.ts';
import type { OnGo } from '../elements/ViewLink.tsx';
import { useAnswer } from '../state/answers.ts';
import { ComponentLink } from './ComponentNames.tsx';
import { Section } from './Section.tsx';

interface ChangelogSectionProps {
  /** Tag. */
  readonly release: string;
  readonly onGo: OnGo;
}

/** Components shown at first: a release can have hundreds. */
const SHOWN = 20;

/** What the components say of the release, each under its name. */
export function ChangelogSection({ release, onGo }: ChangelogSectionProps) {
  const [isAllAsked, setAllAsked] = useState(false);
  const answer = useAnswer('changelogs', { release, first: isAllAsked ? null : SHOWN });
  const onRest = useRestShown(answer?.told.length ?? 0);
  if (answer === null) {
    return (
      <Section title="Changelog">
        <p className="text-dim">Reading…</p>
      </Section>
    );
  }
  const { told, all } = answer;
  return (
    <Section
      title="Changelog"
      beside={<span className="text-dim">{`${all} ${all === 1 ? 'component' : 'components'}`}</span>}
    >
      {all === 0 && <p className="text-dim">No fragment of the release holds a changelog.</p>}
      {told.map(({ component, texts }) => (
        <div key={component.id}>
          <h4 className="flex items-center gap-1 text-[12.5px] font-medium">
            <ComponentLink release={release} component={component} onGo={onGo} />
            <CopyButton text={texts.join('\n\n')} what={`changelog of ${component.name.slice(0, 80)}`} />
          </h4>
          {texts.map((text) => (
            <ChangelogBox key={text} text={text} name={`Changelog of ${component.name.slice(0, 80)}`} />
          ))}
        </div>
      ))}
      {told.length < all && (
        <button
          type="button"
          onClick={({ currentTarget }) => {
            onRest(currentTarget);
            setAllAsked(true);
          }}
          className="rounded text-[12.5px] text-accent hover:underline"
        >
          {`Show the changelogs of all ${all} components`}
        </button>
      )}
    </Section>
  );
}
