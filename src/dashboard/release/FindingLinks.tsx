import { clsx } from 'clsx';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { FindingLink } from '../../views/release/release-answer.ts';
import { useAllSoon } from '../elements/all-soon.ts';
import { NewMark } from '../elements/NewMark.tsx';
import { CellLink, type OnGo } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';

interface FindingLinksProps {
  /** The list's accessible name. */
  readonly name: string;
  /** Tag of the release they are of. */
  readonly release: string;
  readonly findings: readonly FindingLink[];
  readonly onGo: OnGo;
}

/** The room for them has a few more than a dozen lines. */
const AT_ONCE = 16;

/** Findings in a line each; each leads to its cell. */
export function FindingLinks({ name, release, findings, onGo }: FindingLinksProps) {
  const drawn = useAllSoon(findings, AT_ONCE);
  return (
    <ul aria-label={shownText(name)} className="m-0 max-h-72 list-none space-y-1 overflow-y-auto p-0 low:max-h-none">
      {drawn.map(({ component, title, weight, code, isNew }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same of the same component.
        <li key={place} className="flex items-baseline gap-2 max-sm:flex-wrap">
          <Weight weight={weight} />
          <CellLink
            release={release}
            component={component}
            onGo={onGo}
            className="min-w-0 max-sm:basis-[80%] rounded text-ink underline decoration-edge underline-offset-2 hover:decoration-current"
          >
            <VisibleLabel text={title} limit={160} className="[overflow-wrap:anywhere]" />
          </CellLink>
          {isNew && <NewMark />}
          <code className="ml-auto shrink-0 max-sm:ml-5 rounded-sm bg-panel px-1 font-mono text-[11px] text-dim">
            {code}
          </code>
        </li>
      ))}
    </ul>
  );
}

function Weight({ weight }: Pick<FindingLink, 'weight'>) {
  const { glyph, word, ink } = WEIGHT_LOOKS[weight];
  return (
    <span className={clsx('shrink-0 text-[11px]', ink)}>
      <span aria-hidden="true">{glyph}</span>
      <span className="sr-only">{word}</span>
    </span>
  );
}
