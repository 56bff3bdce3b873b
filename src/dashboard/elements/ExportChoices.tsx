import { useContext, useState } from 'react';
import type { Format } from '../../views/export/file-text.ts';
import { useAsk } from '../state/answers.ts';
import type { ExportOffer } from './ExportMenu.tsx';
import { saveFile } from './save-file.ts';
import { TableCommandsContext } from './table-command.ts';

export interface ExportChoicesProps {
  readonly offer: ExportOffer;
  readonly onSaved: () => void;
  /** Told why it could not be saved; null: it is tried once more. */
  readonly onFailed: (why: string | null) => void;
}

const OFFERS = [
  ['CSV', 'for a spreadsheet; nothing in it runs as a formula'],
  ['JSON', 'with every detail, for a program'],
  ['Markdown', 'for an issue or a page'],
] as const satisfies readonly (readonly [Format, string])[];

/** What a view can be saved as. */
export function ExportChoices({ offer, onSaved, onFailed }: ExportChoicesProps) {
  const isFile = useContext(TableCommandsContext)?.isFile === true;
  const ask = useAsk();
  const save = async (format: Format) => {
    try {
      const file = await ask('export', { format, filters: offer.filters, of: offer.of });
      if (file !== null) saveFile(file.name, file.type, file.text);
      onSaved();
    } catch {
      onFailed('the local server does not answer.'); // it has the program
    }
  };
  return (
    <>
      {OFFERS.map(([format, words]) => (
        <button
          key={format}
          type="button"
          aria-label={`Export as ${format}`}
          onClick={() => void save(format)}
          className="flex w-full items-baseline gap-3 rounded px-2.5 py-1.5 text-left hover:bg-accent-soft"
        >
          <span className="w-18 shrink-0 font-medium">{format}</span>
          <span className="text-xs text-dim">{words}</span>
        </button>
      ))}
      {!isFile && <OneFile offer={offer} onSaved={onSaved} onFailed={onFailed} />}
    </>
  );
}

/** The page itself, with the releases that the view shows. */
function OneFile({ offer, onSaved, onFailed }: ExportChoicesProps) {
  const [makes, setMakes] = useState(false);
  const ask = useAsk();
  const save = async () => {
    onFailed(null);
    setMakes(true);
    try {
      const file = await ask('oneFile', { filters: offer.filters, of: offer.of, address: ownAddress() });
      saveFile(file.name, file.type, file.text);
      onSaved();
    } catch (error) {
      onFailed(error instanceof Error ? error.message : String(error));
    } finally {
      setMakes(false);
    }
  };
  return (
    <button
      type="button"
      disabled={makes}
      onClick={() => void save()}
      className="mt-1 block w-full rounded border-t border-rule px-2.5 py-1.5 text-left hover:bg-accent-soft"
    >
      <span className="font-medium">{makes ? 'Making the file…' : 'This view as one file'}</span>
      <span className="block text-xs text-dim">
        this page with all that is known of {offer.of.view === 'compare' ? 'every release' : 'these releases'}: whoever
        has the file reads it, without a network
      </span>
    </button>
  );
}

/** The address of the view, from its `?` on, without the mark of the table: a file is of no other. */
function ownAddress(): string {
  return location.search.replace(/(?<=[?&])table=[^&]*(?:&|$)/, '').replace(/[?&]$/, '');
}
