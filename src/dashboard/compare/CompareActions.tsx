import { Download } from 'lucide-react';
import { useMemo } from 'react';
import type { Comparison } from '../../release/compare-document.ts';
import { compareAsMarkdown, compareAsRows } from '../../release/compare-words.ts';
import { csvText } from '../../release/csv-text.ts';
import { Button } from '../elements/Button.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';
import { fileNamePart, saveFile } from '../export/save-file.ts';
import { hiddenWords, type ShownComparison } from './shown-comparison.ts';

interface CompareActionsProps {
  readonly whole: Comparison;
  readonly shown: ShownComparison;
}

/**
 * The comparison to take away. Markdown and CSV hold what the filters leave, and say so; JSON is the whole comparison
 * in its documented form, which has no place for a filter.
 */
export function CompareActions({ whole, shown: { comparison, hidden } }: CompareActionsProps) {
  const note = hiddenWords(hidden);
  const markdown = useMemo(
    () => `${compareAsMarkdown(comparison)}${note === null ? '' : `\n${note}\n`}`,
    [comparison, note],
  );
  const name = `compare-${fileNamePart(whole.from.name)}-${fileNamePart(whole.to.name)}`;
  return (
    <div className="ml-auto flex items-center gap-2">
      <CopyButton text={markdown} what="comparison as Markdown" worded />
      <Button
        aria-label="Download comparison as JSON"
        title="The whole comparison, whatever the filters hide"
        onClick={() => saveFile(`${name}.json`, 'application/json', `${JSON.stringify(whole, null, 2)}\n`)}
      >
        <Download size={14} aria-hidden="true" />
        JSON
      </Button>
      <Button
        aria-label="Download comparison as CSV"
        title={note ?? 'The comparison as a table'}
        onClick={() => {
          const rows = [...compareAsRows(comparison), ...(note === null ? [] : [[`# ${note}`]])];
          saveFile(`${name}.csv`, 'text/csv', csvText(rows));
        }}
      >
        <Download size={14} aria-hidden="true" />
        CSV
      </Button>
    </div>
  );
}
