import { Download } from 'lucide-react';
import { useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { hiddenWords } from '../../views/compare/shown-comparison.ts';
import type { Format } from '../../views/export/file-text.ts';
import { Button } from '../elements/Button.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';
import { saveFile } from '../elements/save-file.ts';
import { filtersOf } from '../filters/filter-words.ts';
import { useAsk } from '../state/answers.ts';
import type { ViewState } from '../state/view-state.ts';

interface CompareActionsProps {
  /** With two sides that can be compared. */
  readonly view: ViewState;
  /** How many components the filters hide. */
  readonly hidden: number;
}

/** The comparison to take away, as far as the filters leave it; where they hide some of it, each form says so. */
export function CompareActions({ view, hidden }: CompareActionsProps) {
  const { a, b, type, owner, q } = view;
  const [failed, setFailed] = useState(false);
  const ask = useAsk();
  const note = hiddenWords(hidden);
  const save = async (format: Format) => {
    setFailed(false);
    try {
      const file = await ask('export', { format, filters: filtersOf(view), of: { view: 'compare', a, b } });
      if (file !== null) saveFile(file.name, file.type, file.text);
    } catch {
      setFailed(true); // the local server that has the program is gone
    }
  };
  return (
    <div className="ml-auto flex items-center gap-2">
      {failed && (
        <p role="alert" className="text-xs text-error">
          It could not be saved: the local server does not answer.
        </p>
      )}
      <CopyButton
        text={async () => (await ask('comparedMarkdown', { a, b, type, owner, q })) ?? ''}
        what="comparison as Markdown"
        worded
      />
      {(['JSON', 'CSV'] as const).map((format) => (
        <Button
          key={format}
          aria-label={`Download comparison as ${format}`}
          title={note === null ? `The comparison as ${format}` : shownText(note)}
          onClick={() => void save(format)}
        >
          <Download size={14} aria-hidden="true" />
          {format}
        </Button>
      ))}
    </div>
  );
}
