import type { ComponentProps, MouseEvent } from 'react';
import { useChangeView, useGo } from '../state/page-context.ts';
import { addressOf, type ViewState } from '../state/view-state.ts';

type Target = { readonly [K in 'view' | 'release' | 'component' | 'first' | 'a' | 'b']?: ViewState[K] | null };

interface ViewLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  /** Where it leads; what is null is taken back to its default. Null: nowhere any more, but it keeps its place and focus. */
  readonly to: Target | null;
}

/** A link to another place of the page: a click goes there without a reload and keeps the rest of the view. */
export function ViewLink({ to, ...rest }: ViewLinkProps) {
  const change = useChangeView();
  if (to === null) return <a {...rest} role="link" aria-disabled="true" tabIndex={0} />;
  const follow = (event: MouseEvent) => {
    if (isForBrowser(event)) return;
    event.preventDefault();
    change(to);
  };
  return <a {...rest} href={viewAddress(to)} onClick={follow} />;
}

interface CellLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  readonly release: string;
  /** Id. */
  readonly component: string | null;
  readonly environment?: string | null;
}

/** A link to a place of the matrix. A click goes there whatever hides it; in a new tab nothing does. */
export function CellLink({ release, component, environment = null, ...rest }: CellLinkProps) {
  const go = useGo();
  const follow = (event: MouseEvent) => {
    if (isForBrowser(event)) return;
    event.preventDefault();
    go(release, component, environment);
  };
  return <a {...rest} href={viewAddress({ release, component, first: environment })} onClick={follow} />;
}

/** A new tab or window is the browser's own affair. */
export function isForBrowser({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return metaKey || ctrlKey || shiftKey || altKey;
}

function viewAddress({ view, release, component, first, a, b }: Target): string {
  return addressOf({
    view: view ?? 'matrix',
    release: release ?? null,
    component: component ?? null,
    first: first ?? null,
    ...(a == null ? {} : { a }),
    ...(b == null ? {} : { b }),
  });
}
