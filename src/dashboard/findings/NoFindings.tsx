import { countWords } from '../../release/text/count-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { FindingsAnswer } from '../../views/findings/findings-answer.ts';
import { Button } from '../elements/Button.tsx';

interface NoFindingsProps {
  readonly found: Pick<FindingsAnswer, 'within' | 'all' | 'unknown'>;
  readonly onShowAll: () => void;
}

/** In place of an empty list: whether nothing was found, or all of it is hidden, and over how much. */
export function NoFindings({ found: { within, all, unknown }, onShowAll }: NoFindingsProps) {
  return (
    <div className="grid min-h-0 flex-1 place-items-center p-8">
      <div className="max-w-md text-center">
        {all > 0 ? (
          <>
            <p className="text-lg font-semibold">{`The filters hide all ${countWords(all, 'finding')}`}</p>
            <p className="mt-1 text-dim">{shownText(`They leave ${within}.`)}</p>
            <Button className="mt-4" onClick={onShowAll}>
              Show all findings
            </Button>
          </>
        ) : (
          <>
            <p className="text-lg font-semibold">{shownText(`Nothing was found in ${within}`)}</p>
            <p className="mt-1 text-dim">
              {unknown.length === 0
                ? 'Every check ran over all of them.'
                : `That says nothing of the ${countWords(unknown.length, 'release')} named above, of which too little is known.`}
            </p>
          </>
        )}
      </div>
    </div>
  );
}
