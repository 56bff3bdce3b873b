import { clsx } from 'clsx';
import type { Finding } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { weightOf } from '../../views/words/weights.ts';
import { cardKey } from '../elements/FindingCard.tsx';
import { CellLink, type OnGo } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';

interface FindingLinksProps {
  /** The list's accessible name. */
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly onGo: OnGo;
}

/** Findings in a line each; each leads to its cell. */
export function FindingLinks({ name, findings, onGo }: FindingLinksProps) {
  return (
    <ul aria-label={shownText(name)} className="m-0 max-h-72 list-none space-y-1 overflow-y-auto p-0 low:max-h-none">
      {findings.map((finding) => (
        <li key={`${finding.component} ${cardKey(finding)}`} className="flex items-baseline gap-2 max-sm:flex-wrap">
          <Weight finding={finding} />
          <CellLink
            release={finding.release}
            component={finding.component}
            onGo={onGo}
            className="min-w-0 max-sm:basis-[80%] rounded text-ink underline decoration-edge underline-offset-2 hover:decoration-current"
          >
            <VisibleLabel text={describeFinding(finding).title} limit={160} className="[overflow-wrap:anywhere]" />
          </CellLink>
          <code className="ml-auto shrink-0 max-sm:ml-5 rounded-sm bg-panel px-1 font-mono text-[11px] text-dim">
            {finding.code}
          </code>
        </li>
      ))}
    </ul>
  );
}

function Weight({ finding }: { readonly finding: Finding }) {
  const { glyph, word, ink } = WEIGHT_LOOKS[weightOf(finding)];
  return (
    <span className={clsx('shrink-0 text-[11px]', ink)}>
      <span aria-hidden="true">{glyph}</span>
      <span className="sr-only">{word}</span>
    </span>
  );
}
