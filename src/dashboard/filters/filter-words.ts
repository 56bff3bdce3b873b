import type { Report } from '../../release/report.ts';
import type { ViewState } from '../view-state.ts';
import type { Visible } from './visible.ts';

/**
 * What is on the screen of what there is: "12 of 64 releases, 31 of 120 components, entries of prod only", or
 * "64 releases, 120 components" where nothing is hidden.
 */
export function describeVisible(report: Report, visible: Visible): string {
  const said = [
    count(visible.rows.length, report.rows.length, 'release'),
    count(visible.columns.length, report.components.length, 'component'),
  ];
  const { environments } = visible;
  if (environments !== null) {
    const named = environments.length > 3 ? `${environments.length} environments` : environments.join(' and ');
    said.push(`entries of ${named} only`);
  }
  return said.join(', ');
}

function count(shown: number, all: number, noun: string): string {
  const things = all === 1 ? noun : `${noun}s`;
  return shown === all ? `${all} ${things}` : `${shown} of ${all} ${things}`;
}

/** The change that takes every filter back to its default. */
export const NO_FILTERS = { version: null, stage: null, type: null, env: null, q: null, problems: null } as const;

/** Whether any filter is set, even one that hides nothing at the moment. */
export function isFiltered(view: Pick<ViewState, keyof typeof NO_FILTERS>): boolean {
  const { version, stage, type, env, q, problems } = view;
  return version !== '' || q !== '' || problems || stage.length + type.length + env.length > 0;
}
