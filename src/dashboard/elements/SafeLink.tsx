import { ArrowUpRight, CircleSlash } from 'lucide-react';
import type { ReactNode } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { type LinkRefusal, REFUSAL_WORDS, readLink, type SafeAddress, tellsAddress } from './safe-link.ts';
import { VisibleLabel, VisibleText } from './VisibleText.tsx';

interface OutsideLinkProps {
  readonly link: SafeAddress;
  /** What is read of the link. */
  readonly text: string;
  /** The text as it is drawn. */
  readonly children: ReactNode;
}

/**
 * A link out of the product: a tab of its own that learns nothing of this one. Behind it stands the host that it opens,
 * unless its text is that address and nothing else.
 */
export function OutsideLink({ link, text, children }: OutsideLinkProps) {
  return (
    <>
      <a
        href={link.href}
        target="_blank"
        rel="noopener noreferrer"
        dir="auto"
        className="text-accent underline decoration-edge underline-offset-2 hover:decoration-current"
      >
        {children}
        <ArrowUpRight size={12} aria-hidden="true" className="ml-0.5 inline" />
      </a>
      {!tellsAddress(text, link) && (
        <bdi className="text-sm [overflow-wrap:anywhere] text-dim">{` ${shownText(link.host)}`}</bdi>
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

/** A labelled address of a fragment: a link that shows its host where it is safe, else text that says why not. */
export function SafeLink({ label, address }: { readonly label: string; readonly address: string }) {
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
    <OutsideLink link={reading} text={text}>
      <VisibleLabel text={text} className="[overflow-wrap:anywhere]" />
    </OutsideLink>
  );
}
