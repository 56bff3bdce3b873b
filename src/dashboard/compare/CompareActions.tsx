import { Download } from 'lucide-react';
import { useMemo } from 'react';
import type { Comparison } from '../../release/compare/compare-document.ts';
import { compareAsMarkdown } from '../../release/compare/compare-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { exportComparison } from '../../views/compare/comparison-export.ts';
import { hiddenWords, type ShownComparison } from '../../views/compare/shown-comparison.ts';
import { WRITERS } from '../../views/export/file-text.ts';
import { Button } from '../elements/Button.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';
import { saveFile } from '../elements/save-file.ts';

interface CompareActionsProps {
  readonly whole: Comparison;
  readonly shown: ShownComparison;
}

/** The comparison to take away, as far as the filters leave it; where they hide some of it, each form says so. */
export function CompareActions({ whole, shown }: CompareActionsProps) {
  const { comparison, hidden } = shown;
  const note = hiddenWords(hidden);
  const markdown = useMemo(
    () => `${compareAsMarkdown(comparison)}${note === null ? '' : `\n${note}\n`}`,
    [comparison, note],
  );
  return (
    <div className="ml-auto flex items-center gap-2">
      <CopyButton text={markdown} what="comparison as Markdown" worded />
      {(['JSON', 'CSV'] as const).map((format) => (
        <Button
          key={format}
          aria-label={`Download comparison as ${format}`}
          title={note === null ? `The comparison as ${format}` : shownText(note)}
          onClick={() => {
            const exported = exportComparison(whole, shown);
            const { ending, type, text } = WRITERS[format](exported);
            saveFile(`${exported.name}.${ending}`, type, text);
          }}
        >
          <Download size={14} aria-hidden="true" />
          {format}
        </Button>
      ))}
    </div>
  );
}
