import { clsx } from 'clsx';
import type { Absence } from '../../release/history/release-story.ts';
import type { Component } from '../../release/item/component.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ReleaseDetails } from '../../views/release/release-answer.ts';
import { completenessWords } from '../../views/words/release-words.ts';
import { typeDot, typeLabel } from '../elements/type-marks.ts';
import type { OnGo } from '../elements/ViewLink.tsx';
import { ComponentNames } from './ComponentNames.tsx';
import { Section } from './Section.tsx';

interface CompletenessSectionProps {
  readonly details: ReleaseDetails;
  readonly onGo: OnGo;
}

/** How much the release has of what it should, by type, with what is missing by name. */
export function CompletenessSection({ details, onGo }: CompletenessSectionProps) {
  const { row, types, absence } = details;
  const { roster } = row.completeness;
  const names = { release: row.release.tag, onGo };
  return (
    <Section title="Completeness" beside={<span className="text-dim">{completenessWords(row.completeness)}</span>}>
      {roster === 'none' && (
        <p className="text-dim">Neither the policy nor the releases before it say what belongs to it.</p>
      )}
      <ul aria-label="Completeness by type" className="m-0 list-none space-y-2.5 p-0">
        {types.map(({ type, expected, present, missing, carried, beyond }) => (
          <li key={type} className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3">
            <span className="flex items-center gap-1.5 self-start">
              <span aria-hidden="true" className={clsx('size-2 shrink-0 rounded-xs', typeDot(type))} />
              {shownText(typeLabel(type))}
            </span>
            <div className="min-w-0 space-y-0.5">
              {expected === 0 ? (
                <span className="text-dim">none expected</span>
              ) : (
                <span className="flex items-center gap-2.5">
                  <Bar present={present} expected={expected} />
                  <span className="tabular-nums">{`${present} of ${expected}`}</span>
                </span>
              )}
              <Names {...ABSENCE_LOOKS[absence]} components={missing} {...names} />
              <Names word="carried over" ink="text-dim" components={carried} {...names} />
              <Names word="not in the roster" ink="text-dim" components={beyond} {...names} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const ABSENCE_LOOKS = {
  missing: { word: 'missing', ink: 'text-error' },
  arriving: { word: 'still arriving', ink: 'text-dim' },
  'left-out': { word: 'left out', ink: 'text-dim' },
} satisfies Record<Absence, Pick<NamesProps, 'word' | 'ink'>>;

function Bar({ present, expected }: { readonly present: number; readonly expected: number }) {
  return (
    <span aria-hidden="true" className="h-1.5 w-28 overflow-hidden rounded-full bg-rule">
      <span
        className={clsx('block h-full forced-colors:bg-[CanvasText]', present < expected ? 'bg-warning' : 'bg-good')}
        style={{ width: `${(100 * present) / expected}%` }}
      />
    </span>
  );
}

interface NamesProps {
  readonly word: string;
  readonly ink: string;
  readonly components: readonly Component[];
  readonly release: string;
  readonly onGo: OnGo;
}

function Names({ word, ink, components, release, onGo }: NamesProps) {
  if (components.length === 0) return null;
  return (
    <p className="text-[12.5px] leading-5">
      <span className={clsx('font-medium', ink)}>{`${components.length} ${word}: `}</span>
      <ComponentNames release={release} components={components} onGo={onGo} />
    </p>
  );
}
