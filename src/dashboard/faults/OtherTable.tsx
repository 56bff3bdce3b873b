import type { PageStart } from '../../contract/local-server.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { sourceName } from '../elements/source-words.ts';
import { tableMark } from '../state/table-mark.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { Strip } from './Strip.tsx';

interface OtherTableProps {
  readonly start: PageStart;
  readonly view: ViewState;
  readonly change: ChangeView;
}

/** The link that was opened is of another table: what it names may be missing here, or be something else. */
export function OtherTable({ start, view, change }: OtherTableProps) {
  if (view.table === null || view.table === tableMark(start)) return null;
  return (
    <Strip
      severity="warning"
      title={
        <>
          <strong className="font-semibold">This link is of another table.</strong>{' '}
          {shownText(`Shown is ${start.table}, ${sourceName(start.source)}.`)}
        </>
      }
      onDismiss={() => change({ table: null })}
    />
  );
}
