import type { Visible } from './visible.ts';

/**
 * What is on the screen of what there is: "12 of 64 releases, 31 of 120 components, entries of prod only", or
 * "64 releases, 120 components" where nothing is hidden. Under "Only problems" it ends in "40 releases and 80 components
 * without problems folded away".
 */
export function describeVisible(
  axes: { readonly rows: readonly unknown[]; readonly components: readonly unknown[] },
  visible: Visible,
): string {
  const said = [
    count(visible.rows.length, axes.rows.length, 'release'),
    count(visible.columns.length, axes.components.length, 'component'),
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
