import type { Filters } from '../../views/params.ts';
import type { ViewState } from '../state/view-state.ts';

/** The change that takes every filter back to its default. */
export const NO_FILTERS = { q: null, stage: null, type: null, env: null, owner: null, problems: null } as const;

/** The same of all that can hide a finding. */
export const ALL_FINDINGS = { ...NO_FILTERS, severity: null, code: null, waived: null } as const;

/** Whether any filter is set, even one that hides nothing at the moment. */
export function isFiltered(view: Pick<ViewState, keyof typeof NO_FILTERS>): boolean {
  const { q, stage, type, env, owner, problems } = view;
  return q !== '' || problems || stage.length + type.length + env.length + owner.length > 0;
}

/** What of the view leaves something out. */
export function filtersOf({ q, stage, type, env, owner, problems }: ViewState): Filters {
  return { q, stage, type, env, owner, problems };
}
