import type { Report } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Visible } from '../../views/filters/visible.ts';
import { describeVisible } from '../../views/filters/visible-words.ts';
import { Button } from '../elements/Button.tsx';
import { countWords } from './FindingsSummary.tsx';

interface NoFindingsProps {
  readonly report: Report;
  readonly visible: Visible;
  /** In the whole table. */
  readonly all: number;
  /** How many of the releases have no known verdict. */
  readonly unknown: number;
  readonly onShowAll: () => void;
}

/** In place of an empty list: whether nothing was found, or all of it is hidden, and over how much. */
export function NoFindings({ report, visible, all, unknown, onShowAll }: NoFindingsProps) {
  return (
    <div className="grid min-h-0 flex-1 place-items-center p-8">
      <div className="max-w-md text-center">
        {all > 0 ? (
          <>
            <p className="text-[15px] font-semibold">{`The filters hide all ${countWords(all, 'finding')}`}</p>
            <p className="mt-1 text-dim">{shownText(`They leave ${describeVisible(report, visible)}.`)}</p>
            <Button className="mt-4" onClick={onShowAll}>
              Show all findings
            </Button>
          </>
        ) : (
          <>
            <p className="text-[15px] font-semibold">
              {shownText(`Nothing was found in ${describeVisible(report, visible)}`)}
            </p>
            <p className="mt-1 text-dim">
              {unknown === 0
                ? 'Every check ran over all of them.'
                : `That says nothing of the ${countWords(unknown, 'release')} named above, of which too little is known.`}
            </p>
          </>
        )}
      </div>
    </div>
  );
}
