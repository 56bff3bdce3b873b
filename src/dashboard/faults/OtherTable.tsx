import { useState } from 'react';
import type { PageStart } from '../../contract/local-server.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { sourceName } from '../elements/source-words.ts';
import { useChangeView } from '../state/page-context.ts';
import { tableMark } from '../state/table-mark.ts';
import type { ViewState } from '../state/view-state.ts';
import { Strip } from './Strip.tsx';

interface OtherTableProps {
  readonly start: PageStart;
  /** What the address calls a table, and none is called; null: nothing. */
  readonly unknown: string | null;
  readonly view: ViewState;
}

/** The link that was opened is of another table: what it names may be missing here, or be something else. */
export default function OtherTable({ start, unknown, view }: OtherTableProps) {
  const change = useChangeView();
  const [dismissed, setDismissed] = useState(false);
  const shown = shownText(`Shown is ${start.table}, ${sourceName(start.source)}.`);
  if (unknown !== null && !dismissed) {
    return (
      <Strip
        severity="warning"
        title={
          <>
            <strong className="font-semibold">{shownText(`No table is called ${unknown} here.`)}</strong> {shown} Others
            are named in TABLES of the settings.
          </>
        }
        onDismiss={() => setDismissed(true)}
      />
    );
  }
  const mark = tableMark(start);
  if (view.table === null || mark === null || view.table === mark) return null;
  return (
    <Strip
      severity="warning"
      title={
        <>
          <strong className="font-semibold">This link is of another table.</strong> {shown}
        </>
      }
      onDismiss={() => change({ table: null })}
    />
  );
}
