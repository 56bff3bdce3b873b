import { shownText } from '../../release/text/hidden-characters.ts';
import { spanText } from '../elements/age-text.ts';
import { useClock } from '../elements/clock.ts';

/** When the next reading will be tried; ticks by itself. @param at milliseconds since 1970 */
export function NextTry({ at }: { readonly at: number }) {
  const span = spanText(at - useClock());
  return (
    <span aria-hidden="true" className="tabular-nums">
      {span === '' ? 'Trying again now' : shownText(`Next try in ${span}`)}
    </span>
  );
}
