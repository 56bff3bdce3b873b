import { clsx } from 'clsx';
import { useState } from 'react';
import type { Component } from '../../release/component.ts';
import { VisibleLabel } from '../details/VisibleText.tsx';
import { ViewLink } from '../elements/ViewLink.tsx';
import { typeDot } from '../filters/marks.ts';
import type { ChangeView } from '../view-state.ts';

interface ComponentLinkProps {
  readonly release: string;
  readonly component: Component;
  readonly change: ChangeView;
}

/** A component by its name; leads to its cell of the release. */
export function ComponentLink({ release, component, change }: ComponentLinkProps) {
  return (
    <ViewLink
      to={{ view: 'matrix', release, component: component.id }}
      change={change}
      title={component.id}
      className="rounded text-ink underline decoration-edge underline-offset-2 hover:decoration-current"
    >
      <span aria-hidden="true" className={clsx('mr-1.5 inline-block size-2 rounded-xs', typeDot(component.type))} />
      <VisibleLabel text={component.name} limit={80} />
    </ViewLink>
  );
}

interface ComponentNamesProps {
  readonly release: string;
  readonly components: readonly Component[];
  readonly change: ChangeView;
}

/** Shown at first. */
const SHOWN = 12;

/** Components by name, with the rest on demand. */
export function ComponentNames({ release, components, change }: ComponentNamesProps) {
  const [all, setAll] = useState(false);
  const shown = all ? components : components.slice(0, SHOWN);
  return (
    <span className="[overflow-wrap:anywhere]">
      {shown.map((component, place) => (
        <span key={component.id}>
          {place > 0 && ', '}
          <ComponentLink release={release} component={component} change={change} />
        </span>
      ))}
      {shown.length < components.length && (
        <button type="button" onClick={() => setAll(true)} className="ml-1.5 rounded text-accent hover:underline">
          {`and ${components.length - shown.length} more`}
        </button>
      )}
    </span>
  );
}
