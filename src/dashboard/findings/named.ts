import { useMemo } from 'react';
import type { Component } from '../../release/item/component.ts';
import type { Axes, ReleaseLine } from '../../views/matrix/outline.ts';

/** What is always at hand of the releases and components that findings name. */
export interface Named {
  /** By tag. */
  readonly releases: ReadonlyMap<string, ReleaseLine>;
  /** By id. */
  readonly components: ReadonlyMap<string, Component>;
}

export function useNamed({ rows, components }: Axes): Named {
  return useMemo(
    () => ({
      releases: new Map(rows.map((row) => [row.release.tag, row])),
      components: new Map(components.map((component) => [component.id, component])),
    }),
    [rows, components],
  );
}
