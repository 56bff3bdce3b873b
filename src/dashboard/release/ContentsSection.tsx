import { clsx } from 'clsx';
import type { Component } from '../../release/item/component.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ReleaseDetails } from '../../views/release/release-answer.ts';
import { typeDot, typeLabel } from '../elements/type-marks.ts';
import { ComponentNames } from './ComponentNames.tsx';
import { Section } from './Section.tsx';

interface ContentsSectionProps {
  readonly details: ReleaseDetails;
}

/** What of each type is not there, what is carried over and what nobody expects, by name: the rest is as it should be. */
export function ContentsSection({ details: { row, types, absence } }: ContentsSectionProps) {
  const release = row.release.tag;
  const differing = types.filter(({ missing, carried, beyond }) => missing.length + carried.length + beyond.length > 0);
  return (
    <Section title="Contents">
      {row.completeness.roster === 'none' ? (
        <p className="text-dim">Neither the policy nor the releases before it say what belongs to it.</p>
      ) : (
        differing.length === 0 && <p className="text-dim">Exactly what belongs to it, all of it its own.</p>
      )}
      {differing.length > 0 && (
        <ul aria-label="Contents by type" className="m-0 list-none space-y-1.5 p-0">
          {differing.map(({ type, missing, carried, beyond }) => (
            <li key={type} className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3">
              <span className="flex items-center gap-1.5 self-start">
                <span aria-hidden="true" className={clsx('size-2 shrink-0 rounded-xs', typeDot(type))} />
                {shownText(typeLabel(type))}
              </span>
              <div className="min-w-0 space-y-0.5">
                <Names {...ABSENCE_LOOKS[absence]} components={missing} release={release} />
                <Names word="carried over" ink="text-dim" components={carried} release={release} />
                <Names word="not in the roster" ink="text-dim" components={beyond} release={release} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const ABSENCE_LOOKS = {
  missing: { word: 'missing', ink: 'text-error' },
  arriving: { word: 'still arriving', ink: 'text-dim' },
  'not-yet': { word: 'not there yet', ink: 'text-dim' },
  'left-out': { word: 'left out', ink: 'text-dim' },
} satisfies Record<ReleaseDetails['absence'], Pick<NamesProps, 'word' | 'ink'>>;

interface NamesProps {
  readonly word: string;
  readonly ink: string;
  readonly components: readonly Component[];
  readonly release: string;
}

function Names({ word, ink, components, release }: NamesProps) {
  if (components.length === 0) return null;
  return (
    <p className="text-sm leading-5">
      <span className={clsx('font-medium', ink)}>{`${components.length} ${word}: `}</span>
      <ComponentNames release={release} components={components} />
    </p>
  );
}
