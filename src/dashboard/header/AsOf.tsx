import { shownText } from '../../release/text/hidden-characters.ts';
import { moment } from '../elements/moment.ts';

/** In place of how fresh it is: nothing in a file changes any more. @param at ISO 8601 in UTC */
export function AsOf({ at }: { readonly at: string }) {
  return (
    <span className="whitespace-nowrap" title="What is shown, and every verdict, is of then">
      as of <time dateTime={at}>{shownText(`${moment(at)} UTC`)}</time>
    </span>
  );
}
