import { shownText } from '../../release/text/hidden-characters.ts';
import type { Visible } from '../../views/filters/visible.ts';
import { describeVisible } from '../../views/filters/visible-words.ts';
import type { Axes } from '../../views/matrix/outline.ts';
import { Button } from '../elements/Button.tsx';
import { NO_FILTERS } from '../filters/filter-words.ts';
import { useChangeView } from '../state/page-context.ts';

export interface NothingLeftProps {
  readonly outline: Axes;
  readonly visible: Visible;
}

/** In place of a grid without a row or a column: what the filters hide, and the way out. */
export default function NothingLeft({ outline, visible }: NothingLeftProps) {
  const change = useChangeView();
  // Not "all is well": what is unknown is no problem, and no pass either.
  const title =
    visible.withoutProblems === null
      ? 'The filters leave nothing to show'
      : 'The filters leave no error and no warning';
  return (
    <div className="grid h-full w-full place-items-center p-8">
      <div className="max-w-md text-center">
        <p className="text-lg font-semibold">{title}</p>
        <p className="mt-1 text-dim">{shownText(`They leave ${describeVisible(outline, visible)}.`)}</p>
        <Button className="mt-4" onClick={() => change(NO_FILTERS)}>
          Clear the filters
        </Button>
      </div>
    </div>
  );
}
