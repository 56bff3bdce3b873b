import { ArrowUpRight, CircleSlash } from 'lucide-react';
import { REFUSAL_WORDS, readLink } from './safe-link.ts';
import { VisibleLabel, VisibleText } from './VisibleText.tsx';

/** A link out of the product: a tab of its own that learns nothing of this one. */
export function OutsideLink({ href, children }: { readonly href: string; readonly children: React.ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className="text-accent underline decoration-edge underline-offset-2 hover:decoration-current"
    >
      {children}
      <ArrowUpRight size={12} aria-hidden="true" className="ml-0.5 inline" />
    </a>
  );
}

/** A labelled address of a fragment: a link that shows its host where it is safe, else text that says why not. */
export function SafeLink({ label, address }: { readonly label: string; readonly address: string }) {
  const reading = readLink(address);
  if ('refused' in reading) {
    return (
      <>
        <VisibleText text={label} className="mr-1.5" />
        <VisibleText text={address} limit={120} className="font-mono text-[11.5px] text-dim" />
        <span className="mt-0.5 flex items-center gap-1 text-[11.5px] text-warning">
          <CircleSlash size={11} aria-hidden="true" className="shrink-0" />
          {REFUSAL_WORDS[reading.refused]}
        </span>
      </>
    );
  }
  return (
    <>
      <OutsideLink href={reading.href}>
        <VisibleLabel text={label === '' ? reading.host : label} className="[overflow-wrap:anywhere]" />
      </OutsideLink>
      <span className="ml-1.5 text-[11.5px] [overflow-wrap:anywhere] text-dim">{reading.host}</span>
    </>
  );
}
