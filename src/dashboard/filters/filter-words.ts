import type { Report } from '../../release/report/report.ts';
import type { ViewState } from '../state/view-state.ts';
import type { Visible } from './visible.ts';

/**
 * What is on the screen of what there is: "12 of 64 releases, 31 of 120 components, entries of prod only", or
 * "64 releases, 120 components" where nothing is hidden. Under "Only problems" it ends in "40 releases and 80 components
 * without problems folded away".
 */
export function describeVisible(report: Report, visible: Visible): string {
  const said = [
    count(visible.rows.length, report.rows.length, 'release'),
    count(visible.columns.length, report.components.length, 'component'),
  ];
  const { environments, withoutProblems } = visible;
  if (environments !== null) {
    const named = environments.length > 3 ? `${environments.length} environments` : environments.join(' and ');
    said.push(`entries of ${named} only`);
  }
  const { rows, columns } = withoutProblems ?? { rows: 0, columns: 0 };
  if (rows + columns > 0) {
    said.push(`${number(rows, 'release')} and ${number(columns, 'component')} without problems folded away`);
  }
  return said.join(', ');
}

function number(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function count(shown: number, all: number, noun: string): string {
  return shown === all ? number(all, noun) : `${shown} of ${number(all, noun)}`;
}

/** The change that takes every filter back to its default. */
export const NO_FILTERS = { version: null, stage: null, type: null, env: null, q: null, problems: null } as const;

/** The same of all that can hide a finding. */
export const ALL_FINDINGS = { ...NO_FILTERS, severity: null, code: null, waived: null } as const;

/** Whether any filter is set, even one that hides nothing at the moment. */
export function isFiltered(view: Pick<ViewState, keyof typeof NO_FILTERS>): boolean {
  const { version, stage, type, env, q, problems } = view;
  return version !== '' || q !== '' || problems || stage.length + type.length + env.length > 0;
}
