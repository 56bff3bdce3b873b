import type { ComponentProps, MouseEvent } from 'react';
import { addressOf, type ChangeView, type ViewState } from '../view-state.ts';

interface ViewLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  /** Where it leads; what is null is taken back to its default. */
  readonly to: { readonly [K in 'view' | 'release' | 'component']?: ViewState[K] | null };
  readonly change: ChangeView;
}

/** A link to another place of the page: a click goes there without a reload and keeps the rest of the view. */
export function ViewLink({ to, change, ...rest }: ViewLinkProps) {
  const follow = (event: MouseEvent) => {
    if (isForBrowser(event)) return;
    event.preventDefault();
    change(to);
  };
  return <a {...rest} href={viewAddress(to)} onClick={follow} />;
}

/** A new tab or window is the browser's own affair. */
export function isForBrowser({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return metaKey || ctrlKey || shiftKey || altKey;
}

function viewAddress({ view, release, component }: ViewLinkProps['to']): string {
  return addressOf({ view: view ?? 'matrix', release: release ?? null, component: component ?? null });
}
