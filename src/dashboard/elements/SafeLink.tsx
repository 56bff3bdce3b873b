import { ArrowUpRight, CircleSlash } from 'lucide-react';
import type { ReactNode } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { type LinkRefusal, REFUSAL_WORDS, readLink, type SafeAddress, tellsAddress } from './safe-link.ts';
import { VisibleLabel, VisibleText } from './VisibleText.tsx';

interface SaidHost {
  /** The host that is written, in full and always in sight, for all links of a list: only another one stands beside a link. */
  readonly saidHost?: string | null;
}

interface OutsideLinkProps extends SaidHost {
  readonly link: SafeAddress;
  /** What is read of the link. */
  readonly text: string;
  /** The text as it is drawn. */
  readonly children: ReactNode;
}

/**
 * A link out of the product: a tab of its own that learns nothing of this one. Behind it stands the host that it opens,
 * unless its text is that address and nothing else, or the list has said the host: then a screen reader says it, and so does
 * pointing.
 */
export function OutsideLink({ link, text, saidHost = null, children }: OutsideLinkProps) {
  const isSaid = link.host === saidHost;
  return (
    <>
      <a
        href={link.href}
        title={isSaid ? shownText(link.href) : undefined}
        target="_blank"
        rel="noopener noreferrer"
        dir="auto"
        className="text-accent underline decoration-edge underline-offset-2 hover:decoration-current"
      >
        {children}
        <ArrowUpRight size={12} aria-hidden="true" className="ml-0.5 inline" />
      </a>
      {!tellsAddress(text, link) && (
        <bdi className={isSaid ? 'sr-only' : 'text-sm [overflow-wrap:anywhere] text-dim'}>
          {` ${shownText(link.host)}`}
        </bdi>
      )}
    </>
  );
}

interface NoLinkProps {
  readonly refused: LinkRefusal;
  readonly address: string;
  readonly children: ReactNode;
}

/** The text of what was to be a link and is none, with a mark that says why. */
export function NoLink({ refused, address, children }: NoLinkProps) {
  return (
    <span title={`${REFUSAL_WORDS[refused]}: ${shownText(address.slice(0, 120))}`}>
      <bdi>{children}</bdi>{' '}
      <span className="inline-flex items-center gap-0.5 text-xs text-warning">
        <CircleSlash size={10} aria-hidden="true" />
        not a link
      </span>
    </span>
  );
}

interface SafeLinkProps extends SaidHost {
  readonly label: string;
  readonly address: string;
}

/** A labelled address of a fragment: a link that shows its host where it is safe, else text that says why not. */
export function SafeLink({ label, address, saidHost = null }: SafeLinkProps) {
  const reading = readLink(address);
  if ('refused' in reading) {
    return (
      <>
        <VisibleText text={label} className="mr-1.5" />
        <VisibleText text={address} limit={120} className="font-mono text-sm text-dim" />
        <span className="mt-0.5 flex items-center gap-1 text-sm text-warning">
          <CircleSlash size={11} aria-hidden="true" className="shrink-0" />
          {REFUSAL_WORDS[reading.refused]}
        </span>
      </>
    );
  }
  const text = label === '' ? reading.host : label;
  return (
    <OutsideLink link={reading} text={text} saidHost={saidHost}>
      <VisibleLabel text={text} className="[overflow-wrap:anywhere]" />
    </OutsideLink>
  );
}
