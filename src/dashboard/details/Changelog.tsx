import { ChangelogBox } from '../elements/ChangelogBox.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';

/** A fragment's changelog under its title. @param ofWhich which of a cell's fragments, for its name: " of prod" */
export function Changelog({ text, ofWhich }: { readonly text: string; readonly ofWhich: string }) {
  return (
    <div>
      <div className="flex items-center justify-between">
        <h4 className="text-sm font-medium text-dim">Changelog</h4>
        <CopyButton text={text} what={`changelog${ofWhich}`} />
      </div>
      <ChangelogBox text={text} name={`Changelog${ofWhich}`} />
    </div>
  );
}
