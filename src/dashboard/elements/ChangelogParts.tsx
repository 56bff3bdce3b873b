import type { ChangelogPart } from '../../release/compare/compare-document.ts';
import { ChangelogBox } from './ChangelogBox.tsx';
import { CopyButton } from './CopyButton.tsx';
import { VisibleText } from './VisibleText.tsx';

interface ChangelogPartsProps {
  /** The component's name. */
  readonly name: string;
  /** Oldest first; null: they are on their way. */
  readonly parts: readonly ChangelogPart[] | null;
}

/** The changelogs of a component, each under the releases that have it. */
export function ChangelogParts({ name, parts }: ChangelogPartsProps) {
  const of = name.slice(0, 80);
  return parts?.map(({ releases, text }) => (
    <div key={releases.join('\n')}>
      <h4 className="mb-1 flex items-center gap-1 font-mono text-sm text-dim">
        <VisibleText text={releases.join(', ')} />
        <CopyButton text={text} what={`changelog of ${of}`} />
      </h4>
      <ChangelogBox text={text} name={`Changelog of ${of} in ${releases.join(', ')}`} />
    </div>
  ));
}
