import {
  type DeploymentCell,
  deploymentsOf,
  isNotAsReleased,
  type Lag,
  standingOf,
} from '../../release/deployed/deployments.ts';
import { exportNote } from '../export/export-note.ts';
import type { Exportable } from '../export/exportable.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import { environmentWords, findingsIn, findingTitle, MARK_WORDS, shownWords } from './deployment-words.ts';
import { knownThen } from './known-then.ts';
import { offAsked, visibleDeployments } from './visible-deployments.ts';

/** What runs where, a line for each component in each environment: as a table it can be sorted and counted. */
export function exportEnvironments(
  known: Known,
  view: Filters & { readonly off: string | null; readonly at: string | null },
): Exportable {
  const then = knownThen(known, view.at);
  const report = then?.report ?? known.report;
  const deployments = deploymentsOf(report);
  const off = offAsked(deployments, view.off);
  const left = visibleDeployments(report, deployments, view, off);
  const hidden = {
    components: left.all - left.shown,
    environments: report.environments.length - left.environments.length,
  };
  const shown = `${shownWords(left)} in ${environmentWords(left.environments.length, report.environments.length)}`;
  const shownThen = then === null ? shown : `${shown}, as observed by ${then.at}`;
  const note = exportNote(known.report.readAt, shownThen, [
    [hidden.components, 'component'],
    [hidden.environments, 'environment'],
  ]);
  const told = left.sections.flatMap(({ kind, rows }) =>
    rows.flatMap(({ component, cells }) =>
      cells.flatMap((cell) => (cell === null ? [] : [{ component: component.id, kind, cell }])),
    ),
  );
  return {
    name: 'release-matrix-environments',
    title: 'What runs where',
    rows: [
      [
        'component',
        'environment',
        'kind',
        'version',
        'release',
        'deployed',
        'readiness',
        'ready',
        'desired',
        'as released',
        ...LAG_HEAD,
        'marks',
        'findings',
      ],
      ...told.map(({ component, kind, cell }) => [
        component,
        cell.environment,
        kind,
        cell.version,
        cell.release,
        cell.date ?? '',
        cell.readiness === null ? '' : READINESS[cell.readiness.state],
        // Two numbers: a spreadsheet takes "2/3" for a day in March.
        ...[cell.readiness?.ready, cell.readiness?.desired].map((count) => (count == null ? '' : String(count))),
        isNotAsReleased(cell) ? 'no' : 'yes',
        ...lagCells(cell, cell.behindStable),
        ...lagCells(cell, cell.behindNewest),
        [...new Set(cell.marks.map(({ mark }) => MARK_WORDS[mark]))].join(', '),
        findingsIn(cell).map(findingTitle).join('; '),
      ]),
    ],
    json: {
      schema: 1,
      readAt: known.report.readAt,
      ...(then && { asOf: { at: then.at, notKnown: then.notKnown, undated: then.undated } }),
      note,
      hidden,
      environments: left.environments.map(({ name, newest, release }) => ({ name, newest, release })),
      ...(off === null ? {} : { notAsReleased: off }),
      deployments: told.map(({ component, kind, cell }) => ({
        component,
        environment: cell.environment,
        kind,
        ...deploymentJson(cell),
      })),
    },
    note,
  };
}

const READINESS = {
  ready: 'ready',
  'not-ready': 'not ready',
  unknown: 'unknown',
  'scaled-to-zero': 'scaled to zero',
} satisfies Record<NonNullable<DeploymentCell['readiness']>['state'], string>;

const LAG_HEAD = [
  'newest stable',
  'releases behind stable',
  'days behind stable',
  'newest',
  'releases behind newest',
  'days behind newest',
] as const;

/**
 * What it is measured against, by how many releases it is behind, and by how many days; empty where that is not known,
 * also because it is another and no older.
 */
function lagCells({ release, findings }: DeploymentCell, lag: Lag | null): string[] {
  if (lag === null) return ['', '', ''];
  if (standingOf(release, lag, findings) === 'other') return [lag.to, '', ''];
  return [lag.to, String(lag.releases), lag.days === null ? '' : String(lag.days)];
}

function deploymentJson(cell: DeploymentCell) {
  const { version, release, stage, date, readiness, behindStable, behindNewest, marks, findings, differs } = cell;
  const { entry, beside } = cell;
  return {
    version,
    release,
    stage,
    date,
    key: entry.key,
    commit: entry.fields.commit ?? null,
    image: entry.fields.imageRef ?? null,
    readiness,
    behindStable,
    behindNewest,
    asReleased: !isNotAsReleased(cell),
    differs,
    marks: marks.map(({ mark }) => mark),
    findings: findings.map(({ code, severity, waived }) => ({ code, severity, waived: waived !== null })),
    beside: beside.map(({ key }) => key),
  };
}
