import { z } from 'zod';
import { STAGES } from '../item/release.ts';
import { READINESS_STATES, ROLL_OUT_WAITS } from '../matrix/roll-out.ts';
import type { Owned } from '../report/current-owners.ts';
import { ownerWords } from '../report/owner-words.ts';
import type { DocumentOf } from '../text/document.ts';
import { markOf } from '../text/hidden-characters.ts';
import { markdownCode } from '../text/markdown-text.ts';
import type { AsOf } from './as-of.ts';
import {
  DEPLOYMENT_MARKS,
  type DeploymentCell,
  type Deployments,
  DIFFERENCES,
  hiddenWords,
  isNotAsReleased,
  standingOf,
} from './deployments.ts';

/**
 * What runs where, as `deployed --format json` prints it. Its form is a contract; a change of meaning counts `schema`
 * up.
 */
const lag = z
  .strictObject({
    to: z.string().describe('Tag of the release it is measured against.'),
    level: z.boolean().describe('What runs is what that release holds: by digest, else by own version.'),
    releases: z.int().min(0).describe('How many releases hold something newer.'),
    days: z.int().nullable().describe('Between the first fragments of the two releases; null where one is not dated.'),
  })
  .nullable();

const entry = z.strictObject({
  release: z.string().describe('HASH key of the release that the entry belongs to: the one that was observed last.'),
  stage: z.enum(STAGES),
  version: z.string().describe("The component's own version."),
  date: z.string().nullable().describe('When it was observed, ISO 8601 in UTC; null: unknown.'),
  readiness: z
    .strictObject({
      state: z.enum(READINESS_STATES),
      ready: z.int().min(0),
      desired: z.int().min(0).nullable(),
      waitsFor: z.enum(ROLL_OUT_WAITS).nullable().describe('What an unfinished roll-out waits for.'),
    })
    .nullable()
    .describe('Of a workload.'),
  behindStable: lag,
  behindNewest: lag,
  differs: z
    .enum(DIFFERENCES)
    .nullable()
    .describe(
      "How it differs from what the environment's release says: it came with an older or newer one, with one of no order (apart), or with that very one and is something else (other). null: it does not.",
    ),
  asReleased: z.boolean().describe('It does not differ, and no error or warning is said of it there.'),
  marks: z.array(z.enum(DEPLOYMENT_MARKS)),
});

const component = z.strictObject({
  component: z.string().describe('<type>#<name>'),
  type: z.string(),
  name: z.string(),
  kind: z.enum(['running', 'declared']).describe('running: a workload. declared: its fragment names environments.'),
  environments: z.record(z.string(), entry).describe('By environment; one in which it is not has no entry.'),
});

export const deploymentDocument = z
  .strictObject({
    schema: z.literal(1),
    readAt: z.string().describe('ISO 8601 in UTC'),
    environments: z
      .array(
        z.strictObject({
          name: z.string(),
          newest: z.string().nullable().describe('The newest release of which anything is there.'),
          release: z.string().nullable().describe('The release that says of the most components what is there.'),
          group: z.string().optional().describe('The group that the policy puts it into. Absent: none.'),
        }),
      )
      .describe('In order.'),
    components: z.array(component).describe('Those that are in any of the environments, by type, then by name.'),
    withoutEnvironment: z.array(z.string()).describe('Workloads of which some entry names no environment.'),
    withdrawn: z
      .array(z.strictObject({ name: z.string(), reason: z.string(), by: z.string(), date: z.string() }))
      .optional()
      .describe(
        'Environments that the policy withdraws: nothing is said of what runs there. Absent where there are none.',
      ),
    owner: z
      .strictObject({
        names: z.array(z.string()),
        others: z.int().min(0).describe('How many components of others are left out.'),
      })
      .optional()
      .describe('Whose components alone are in it. What environments say is of all. Absent: all components.'),
    asOf: z
      .strictObject({
        at: z.string().describe('ISO 8601 in UTC'),
        notKnown: z
          .array(
            z.strictObject({
              component: z.string(),
              environment: z.string(),
              since: z.string().describe('When something was first observed there.'),
            }),
          )
          .describe('Where nothing had been observed by then, and something was later.'),
        undated: z.int().min(0).describe('Fragments that do not say when they were observed; none of them is in it.'),
      })
      .optional()
      .describe('The moment that was asked for: what had been observed by then. Absent: what runs now.'),
  })
  .describe('What runs where, by Release Matrix');

export type DeployedDocument = DocumentOf<typeof deploymentDocument>;
type DeployedEntry = DocumentOf<typeof entry>;

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
  const { release, stage, version, date, readiness, behindStable, behindNewest, differs } = cell;
  // A workload can be split among three images at once: one word says it.
  const marks = [...new Set(cell.marks.map(({ mark }) => mark))];
  const asReleased = !isNotAsReleased(cell);
  return { release, stage, version, date, readiness, behindStable, behindNewest, differs, asReleased, marks };
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

/** Rows of a table, the first of them its head. Plain text of somebody else's pipeline. */
export function deployedAsRows(document: DeployedDocument): readonly (readonly string[])[] {
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
  { release, version, readiness, behindStable, marks }: DeployedEntry,
  shown: (text: string) => string,
): string {
  const ready = readiness === null ? '' : ` ${readiness.ready}/${readiness.desired ?? '?'}`;
  return [`${shown(version)}${ready}`, ...standingWords(release, behindStable, shown), ...marks].join(', ');
}

/** Nothing of what is level or ahead: that goes without saying. */
function standingWords(release: string, lag: DeployedEntry['behindStable'], shown: (text: string) => string): string[] {
  if (lag === null) return [];
  const standing = standingOf(release, lag);
  if (standing === 'behind') return [`${lag.releases} behind ${shown(lag.to)}`];
  return standing === 'other' ? [`not ${shown(lag.to)}`] : [];
}

/** What runs where as Markdown. Everything that somebody published stands in code, so that none of it is rendered. */
export function deployedAsMarkdown(document: DeployedDocument): string {
  // Within a table a pipe ends the cell, even in code; one behind a backslash may, by who reads it.
  const [head = [], ...rows] = rowsOf(document, (text) => markdownCode(text).replaceAll('|', markOf('|')));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const blocks = [
    [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'),
    ...(document.withoutEnvironment.length === 0
      ? []
      : [`Location unknown: ${document.withoutEnvironment.map(markdownCode).join(', ')}.`]),
    ...(document.withdrawn === undefined ? [] : [hiddenWords(document, markdownCode)]),
    ...[...ownerWords(document, markdownCode), ...thenWords(document, markdownCode)].map((line) => `${line}.`),
    `Read ${document.readAt}.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}
