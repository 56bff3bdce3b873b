import type { ViewState } from '../state/view-state.ts';

/** The change that takes every filter back to its default. */
export const NO_FILTERS = { version: null, stage: null, type: null, env: null, q: null, problems: null } as const;

/** The same of all that can hide a finding. */
export const ALL_FINDINGS = { ...NO_FILTERS, severity: null, code: null, waived: null } as const;

/** Whether any filter is set, even one that hides nothing at the moment. */
export function isFiltered(view: Pick<ViewState, keyof typeof NO_FILTERS>): boolean {
  const { version, stage, type, env, q, problems } = view;
  return version !== '' || q !== '' || problems || stage.length + type.length + env.length > 0;
}
