import { clsx } from 'clsx';
import { useState } from 'react';
import type { Component } from '../../release/item/component.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { showRest } from '../elements/show-rest.ts';
import { typeDot } from '../elements/type-marks.ts';
import { CellLink } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';

interface ComponentLinkProps {
  readonly release: string;
  readonly component: Component;
  readonly environment?: string | null;
}

/** A component by its name; leads to its cell of the release. */
export function ComponentLink({ release, component, environment = null }: ComponentLinkProps) {
  return (
    <CellLink
      release={release}
      component={component.id}
      environment={environment}
      title={shownText(component.id)}
      className="rounded text-ink underline decoration-edge underline-offset-2 hover:decoration-current"
    >
      <span aria-hidden="true" className={clsx('mr-1.5 inline-block size-2 rounded-xs', typeDot(component.type))} />
      <VisibleLabel text={component.name} limit={80} />
    </CellLink>
  );
}

interface ComponentNamesProps {
  readonly release: string;
  readonly components: readonly Component[];
}

/** Shown at first. */
const SHOWN = 12;

/** Components by name, with the rest on demand. */
export function ComponentNames({ release, components }: ComponentNamesProps) {
  const [all, setAll] = useState(false);
  const shown = all ? components : components.slice(0, SHOWN);
  return (
    <span className="[overflow-wrap:anywhere]">
      {shown.map((component, place) => (
        <span key={component.id}>
          {place > 0 && ', '}
          <ComponentLink release={release} component={component} />
        </span>
      ))}
      {shown.length < components.length && (
        <button
          type="button"
          onClick={({ currentTarget }) => showRest(currentTarget, () => setAll(true))}
          className="ml-1.5 rounded text-accent hover:underline"
        >
          {`and ${components.length - shown.length} more`}
        </button>
      )}
    </span>
  );
}
