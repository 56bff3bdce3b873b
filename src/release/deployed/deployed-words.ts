import type { Owned } from '../report/current-owners.ts';
import { ownerWords } from '../report/owner-words.ts';
import { markdownCode, markdownTable } from '../text/markdown-text.ts';
import type { AsOf } from './as-of.ts';
import type { DeployedDocument, DeployedEntry } from './deployed-document.ts';
import { findingsIn, findingTitle, MARK_WORDS } from './deployment-findings.ts';
import {
  type DeploymentCell,
  type Deployments,
  hiddenWords,
  isNotAsReleased,
  type Lag,
  standingOf,
} from './deployments.ts';

/** The document of all environments. @param then the moment that it is of; null: now */
export function deployedDocument(deployments: Deployments, then: AsOf | null = null): DeployedDocument {
  const { readAt, environments, rows, withoutEnvironment, withdrawn } = deployments;
  return {
    schema: 1,
    readAt,
    environments: environments.map(({ name, newest, release, group }) => ({
      name,
      newest,
      release,
      ...(group === null ? {} : { group }),
    })),
    components: rows.map(({ component: { id, type, name }, kind, cells }) => ({
      component: id,
      type,
      name,
      kind,
      environments: Object.fromEntries(
        cells.flatMap((cell) => (cell === null ? [] : [[cell.environment, describeCell(cell)]])),
      ),
    })),
    withoutEnvironment,
    ...(withdrawn && { withdrawn: [...withdrawn] }),
    ...(then && { asOf: { at: then.at, notKnown: then.notKnown, undated: then.undated } }),
  };
}

function describeCell(cell: DeploymentCell): DeployedEntry {
  const { release, stage, version, date, readiness, differs, findings, entry } = cell;
  const lagOf = (lag: Lag | null) => lag && { ...lag, standing: standingOf(release, lag, findings) };
  return {
    release,
    stage,
    version,
    date,
    readiness,
    behindStable: lagOf(cell.behindStable),
    behindNewest: lagOf(cell.behindNewest),
    differs,
    asReleased: !isNotAsReleased(cell),
    // A workload can be split among three images at once: one word says it.
    marks: [...new Set(cell.marks.map(({ mark }) => mark))],
    findings: findingsIn(cell).map((finding) => ({
      code: finding.code,
      severity: finding.severity,
      waived: finding.waived !== null,
      title: findingTitle(finding),
    })),
    key: entry.key,
    commit: entry.fields.commit ?? null,
    image: entry.fields.imageRef ?? null,
    beside: cell.beside.map(({ key }) => key),
  };
}

/** Own entries only: an environment may be called `constructor`. */
function entryIn({ environments }: DeployedDocument['components'][number], name: string): DeployedEntry | undefined {
  return Object.hasOwn(environments, name) ? environments[name] : undefined;
}

/** Of the whole what somebody owns. */
export function onlyOwned(document: DeployedDocument, { names, components: owned }: Owned): DeployedDocument {
  const components = document.components.filter(({ component }) => owned.has(component));
  const then = document.asOf && {
    ...document.asOf,
    notKnown: document.asOf.notKnown.filter(({ component }) => owned.has(component)),
  };
  return {
    ...document,
    components,
    withoutEnvironment: document.withoutEnvironment.filter((component) => owned.has(component)),
    owner: { names: [...names], others: document.components.length - components.length },
    ...(then && { asOf: then }),
  };
}

/** One environment of the whole, or those of a group; null where nothing is known to be there. */
export function onlyEnvironment(document: DeployedDocument, wanted: string): DeployedDocument | null {
  const environments = document.environments.filter(({ name, group }) => name === wanted || group === wanted);
  const names = environments.map(({ name }) => name);
  const components = document.components.flatMap((component) => {
    const entries = names.flatMap((name) => {
      const entry = entryIn(component, name);
      return entry === undefined ? [] : [[name, entry] as const];
    });
    return entries.length === 0 ? [] : [{ ...component, environments: Object.fromEntries(entries) }];
  });
  if (components.length === 0) return null;
  const then = document.asOf && {
    ...document.asOf,
    notKnown: document.asOf.notKnown.filter(({ environment }) => names.includes(environment)),
  };
  return { ...document, environments, components, ...(then && { asOf: then }) };
}

/**
 * Of which moment it is and what is not known of it, a line each; none for what runs now.
 *
 * @param shown writes what somebody published; the words around it are ours
 */
export function thenWords({ asOf: then }: DeployedDocument, shown: (text: string) => string): string[] {
  if (then === undefined) return [];
  const places = then.notKnown.map(
    ({ component, environment, since }) => `${shown(component)} in ${shown(environment)} (first observed ${since})`,
  );
  return [
    `What had been observed by ${then.at}`,
    ...(places.length === 0 ? [] : [`Not known for then: ${places.join(', ')}`]),
    ...(then.undated === 0
      ? []
      : [
          `Not in it: ${then.undated} ${then.undated === 1 ? 'fragment that does' : 'fragments that do'} not say when ${then.undated === 1 ? 'it was' : 'they were'} observed`,
        ]),
  ];
}

/**
 * A line for each component in each environment, its head first: as a table it can be sorted and counted. Plain text of
 * somebody else's pipeline.
 */
export function deployedAsRows({ environments, components }: DeployedDocument): readonly (readonly string[])[] {
  return [
    [
      ...['component', 'environment', 'kind', 'version', 'release', 'deployed', 'readiness', 'ready', 'desired'],
      ...['as released', 'newest stable', 'releases behind stable', 'days behind stable'],
      ...['newest', 'releases behind newest', 'days behind newest', 'marks', 'findings'],
    ],
    ...components.flatMap((of) =>
      environments.flatMap(({ name }) => {
        const entry = entryIn(of, name);
        return entry === undefined ? [] : [[of.component, name, of.kind, ...entryCells(entry)]];
      }),
    ),
  ];
}

function entryCells(entry: DeployedEntry): string[] {
  const { version, release, date, readiness, asReleased, behindStable, behindNewest, marks, findings } = entry;
  return [
    version,
    release,
    date ?? '',
    readiness === null ? '' : READINESS[readiness.state],
    // Two numbers: a spreadsheet takes "2/3" for a day in March.
    ...[readiness?.ready, readiness?.desired].map((count) => (count == null ? '' : String(count))),
    asReleased ? 'yes' : 'no',
    ...lagCells(behindStable),
    ...lagCells(behindNewest),
    marks.map((mark) => MARK_WORDS[mark]).join(', '),
    findings.map(({ title }) => title).join('; '),
  ];
}

const READINESS = {
  ready: 'ready',
  'not-ready': 'not ready',
  unknown: 'unknown',
  'scaled-to-zero': 'scaled to zero',
} satisfies Record<NonNullable<DeployedEntry['readiness']>['state'], string>;

/**
 * What it is measured against, by how many releases it is behind, and by how many days; empty where that is not known,
 * also because it is another and no older.
 */
function lagCells(lag: DeployedEntry['behindStable']): string[] {
  if (lag === null) return ['', '', ''];
  if (lag.standing === 'other') return [lag.to, '', ''];
  return [lag.to, String(lag.releases), lag.days === null ? '' : String(lag.days)];
}

/** Components down and environments across, the head first. Plain text of somebody else's pipeline. */
export function deployedAsTable(document: DeployedDocument): readonly (readonly string[])[] {
  return rowsOf(document, (text) => text);
}

/** @param shown writes what somebody published; the words around it are ours */
function rowsOf({ environments, components }: DeployedDocument, shown: (text: string) => string): readonly string[][] {
  return [
    ['component', ...environments.map(({ name }) => shown(name))],
    ...components.map((of) => [
      shown(of.component),
      ...environments.map(({ name }) => {
        const entry = entryIn(of, name);
        return entry === undefined ? '' : entryWords(entry, shown);
      }),
    ]),
  ];
}

/** "1.3.0 2/3, 1 behind v1.4.0, split"; "1.4.0-rc.2 2/2, not v1.4.0". */
function entryWords(
  { version, readiness, behindStable, marks }: DeployedEntry,
  shown: (text: string) => string,
): string {
  const ready = readiness === null ? '' : ` ${readiness.ready}/${readiness.desired ?? '?'}`;
  return [`${shown(version)}${ready}`, ...standingWords(behindStable, shown), ...marks].join(', ');
}

/** Nothing of what is level or ahead: that goes without saying. */
function standingWords(lag: DeployedEntry['behindStable'], shown: (text: string) => string): string[] {
  if (lag?.standing === 'behind') return [`${lag.releases} behind ${shown(lag.to)}`];
  return lag?.standing === 'other' ? [`not ${shown(lag.to)}`] : [];
}

/**
 * What runs where as Markdown. Everything that somebody published stands in code, so that none of it is rendered.
 *
 * @param hidden a sentence on what is left out of it, as by a screen's filters; null: nothing is
 */
export function deployedAsMarkdown(document: DeployedDocument, hidden: string | null = null): string {
  const blocks = [
    document.components.length === 0 ? 'Nothing.' : markdownTable(rowsOf(document, markdownCode)),
    ...(document.withoutEnvironment.length === 0
      ? []
      : [`Location unknown: ${document.withoutEnvironment.map(markdownCode).join(', ')}.`]),
    ...(document.withdrawn === undefined ? [] : [hiddenWords(document, markdownCode)]),
    ...[...ownerWords(document, markdownCode), ...thenWords(document, markdownCode)].map((line) => `${line}.`),
    `Read ${document.readAt}.`,
    ...(hidden === null ? [] : [hidden]),
  ];
  return `${blocks.join('\n\n')}\n`;
}
