import { deploymentsOf } from '../../release/deployed/deployments.ts';
import type { Report } from '../../release/report/report.ts';
import { columnsOf } from '../environments/visible-deployments.ts';

/** An environment, or a group of them, that mostly runs a release. */
export interface RunsIn {
  readonly name: string;
  /** When the first of what it runs of the release was observed there, ISO 8601; null: nothing of it is dated. */
  readonly since: string | null;
}

/** Where a release is the one that mostly runs, as Environments says it, in the environments' order. */
export function runsIn(report: Report, tag: string): RunsIn[] {
  const { environments, rows } = deploymentsOf(report);
  return columnsOf(environments, []).flatMap(({ name, places }) => {
    if (environments[places[0] ?? -1]?.release !== tag) return [];
    const dates = rows.flatMap(({ cells }) =>
      places.flatMap((place) => {
        const cell = cells[place];
        return cell?.release === tag ? (cell.date ?? []) : [];
      }),
    );
    return [{ name, since: dates.sort()[0] ?? null }];
  });
}
