import { type Fragment, readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../../src/release/item/item.ts';
import { DEFAULT_POLICY } from '../../../src/release/policy/policy.ts';
import { makeReport } from '../../../src/release/report/make-report.ts';
import { generatedItems } from '../generated-items.ts';
import './bench-page.ts';

/** The peer: what d3-array's `rollup` does, with both axes sorted as text. No order of versions, no check. */
function rollUp(fragments: readonly Fragment[]): number {
  const groups = new Map<string, Map<string, Fragment[]>>();
  const columns = new Set<string>();
  for (const fragment of fragments) {
    let row = groups.get(fragment.release);
    if (row === undefined) {
      row = new Map();
      groups.set(fragment.release, row);
    }
    const found = row.get(fragment.component);
    if (found === undefined) row.set(fragment.component, [fragment]);
    else found.push(fragment);
    columns.add(fragment.component);
  }
  const across = [...columns].sort();
  const down = [...groups.keys()].sort();
  const cells = down.map((release) => across.map((component) => groups.get(release)?.get(component)?.[0] ?? null));
  return cells.reduce((sum, row) => sum + row.length, 0);
}

function report(fragments: readonly Fragment[]): number {
  const { rows } = makeReport(null, { fragments, rejected: [], readAt: '2026-11-22T10:00:00.000Z' }).report;
  return rows.reduce((sum, { cells }) => sum + cells.length, 0);
}

window.bench = {
  pivot(what, { releases, components }) {
    const items = generatedItems(releases, components);
    const { fragments } = readItems(items, DOCUMENTED_KEYS, DEFAULT_POLICY.environments);
    const work = what === 'report' ? report : rollUp;
    const started = performance.now();
    const cells = work(fragments);
    return { ms: performance.now() - started, cells };
  },
};
