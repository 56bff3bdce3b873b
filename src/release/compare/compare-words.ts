import type { ChangeClass, VersionStep } from '../matrix/classify-change.ts';
import { ownerWords } from '../report/owner-words.ts';
import { holdsFindings, sinceWords } from '../report/since-words.ts';
import { markdownBlock, markdownCode, markdownForeignLink } from '../text/markdown-text.ts';
import { proseWithCode } from '../text/prose.ts';
import type { ComparedFinding, ComparedSide, Comparison, ComponentComparison, Difference } from './compare-document.ts';

/** What each class is called. */
const CLASS_WORDS = {
  new: 'New',
  removed: 'Removed',
  changed: 'Changed',
  rebuilt: 'Rebuilt from the same commit',
  unchanged: 'Unchanged',
} satisfies Record<ChangeClass, string>;

/** How a version moved, in words. */
export const STEP_WORDS = {
  downgrade: 'downgrade',
  major: 'major',
  minor: 'minor',
  patch: 'patch',
  'pre-release': 'pre-release',
  'not-comparable': 'versions cannot be compared',
  'same-version': 'other content under the same version',
} satisfies Record<VersionStep, string>;

const CLASSES = Object.keys(CLASS_WORDS) as readonly ChangeClass[]; // the keys are those just written

/** The two versions of a component, as `show` writes them; `missing` on a side that expects it, null on one that does not. */
function versionsOf(
  of: ComponentComparison,
  show: (version: string) => string,
): readonly [string | null, string | null] {
  const [from, to] = [of.from, of.to].map((side) =>
    side === null ? (of.expected ? 'missing' : null) : show(side.version),
  );
  return [from ?? null, to ?? null];
}

/**
 * A comparison as Markdown for a pull request, an issue or a message: what changed by class, then the changelogs. What
 * is unchanged is only counted. Everything that somebody published stands in code, so that none of it is rendered.
 *
 * @param hidden a sentence on what is left out of it, as by a screen's filters; null: nothing is
 */
export function compareAsMarkdown(comparison: Comparison, hidden: string | null = null): string {
  const { from, to, readAt, components, leftOut, notKnown = [], counts, findings } = comparison;
  const listed = CLASSES.filter((of) => of !== 'unchanged' && counts[of] > 0);
  const blocks = [
    `## ${markdownCode(from.name)} → ${markdownCode(to.name)}`,
    `${CLASSES.map((of) => `${counts[of]} ${CLASS_WORDS[of].toLowerCase()}`).join(', ')}. Read ${readAt}.`,
    ...ownerWords(comparison, markdownCode).map((line) => `${line}.`),
    ...listed.flatMap((of) => [
      `### ${CLASS_WORDS[of]}`,
      components
        .filter((component) => component.class === of)
        .flatMap(componentLines)
        .join('\n'),
    ]),
    ...(findings === undefined ? [] : findingBlocks(findings)),
    ...changelogBlocks(components),
    ...(leftOut.length === 0
      ? []
      : [`Not compared, as they name no environment: ${leftOut.map(markdownCode).join(', ')}.`]),
    ...(notKnown.length === 0 ? [] : [`${notKnownWords(from, to)}: ${notKnown.map(markdownCode).join(', ')}.`]),
    ...(hidden === null ? [] : [hidden]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function componentLines(of: ComponentComparison): string[] {
  const link = of.compareLink === null ? '' : ` ${markdownForeignLink('commits', of.compareLink)}`;
  return [
    `- ${markdownCode(of.component)} ${[...shownVersions(of, markdownCode)].join(' → ')}${stepText(of)}${link}`,
    ...of.differences.map((difference) => `  - ${differenceText(difference, markdownCode)}`),
  ];
}

/** From and to, each once. */
function shownVersions(of: ComponentComparison, show: (version: string) => string): ReadonlySet<string> {
  return new Set(versionsOf(of, show).filter((version) => version !== null));
}

function stepText({ step }: ComponentComparison): string {
  return step === null ? '' : ` (${STEP_WORDS[step]})`;
}

function differenceText({ field, environment, from, to }: Difference, show: (text: string) => string): string {
  const place = environment === null ? '' : ` in ${show(environment)}`;
  return `${field}${place}: ${from === null ? 'none' : show(from)} → ${to === null ? 'none' : show(to)}`;
}

type ComparedFindings = NonNullable<Comparison['findings']>;

/** "fixed 2, still 1 (since v1.3.0), new 1", then each: the new ones first. Nothing where there is none. */
function findingBlocks(findings: ComparedFindings): string[] {
  if (!holdsFindings(findings)) return [];
  const line = ({ became, code, message }: ToldFinding) =>
    `- ${became}: ${markdownCode(code)}: ${proseWithCode(message, markdownCode)}`;
  return [
    '### Findings',
    `${sinceWords(findings, markdownCode)}.`,
    toldFindings(findings, markdownCode).map(line).join('\n'),
  ];
}

interface ToldFinding extends ComparedFinding {
  /** "new", "since v1.3.0", "fixed". */
  readonly became: string;
}

function toldFindings(
  { new: added, still, fixed, unknown }: ComparedFindings,
  show: (tag: string) => string,
): ToldFinding[] {
  return [
    ...added.map((of) => ({ ...of, became: 'new' })),
    ...still.map((of) => ({ ...of, became: `since ${show(of.since)}` })),
    ...fixed.map((of) => ({ ...of, became: 'fixed' })),
    ...unknown.map((of) => ({ ...of, became: 'unknown' })),
  ];
}

function changelogBlocks(components: readonly ComponentComparison[]): string[] {
  const told = components.filter(({ changelogs }) => changelogs.length > 0);
  if (told.length === 0) return [];
  return [
    '### Changelogs',
    ...told.flatMap(({ component, changelogs }) => [
      `#### ${markdownCode(component)}`,
      ...changelogs.flatMap(({ releases, text }) => [releases.map(markdownCode).join(', '), markdownBlock(text)]),
    ]),
  ];
}

/**
 * A comparison as lines for a terminal: the counts, then what changed by class; what is unchanged is only counted.
 *
 * @param show writes what somebody published; the lines as a whole are for whoever prints them to make safe
 */
export function compareAsLines(comparison: Comparison, show: (text: string) => string): readonly string[] {
  const { from, to, readAt, components, leftOut, notKnown = [], counts, findings } = comparison;
  const width = Math.max(...CLASSES.map((of) => of.length));
  const changed = CLASSES.filter((of) => of !== 'unchanged').flatMap((of) =>
    components.filter((component) => component.class === of),
  );
  return [
    `${show(from.name)} → ${show(to.name)}`,
    CLASSES.map((of) => `${counts[of]} ${of}`).join(', '),
    ...ownerWords(comparison, show),
    ...(changed.length === 0 ? [] : ['']),
    ...changed.flatMap((of) => [
      `${of.class.padEnd(width)}  ${show(of.component)}  ${[...shownVersions(of, show)].join(' → ')}${stepText(of)}`,
      ...of.differences.map((difference) => `  ${differenceText(difference, show)}`),
      ...(of.compareLink === null ? [] : [`  ${of.compareLink}`]),
    ]),
    ...(findings === undefined || !holdsFindings(findings)
      ? []
      : [
          '',
          `findings: ${sinceWords(findings, show)}`,
          ...toldFindings(findings, show).map(({ became, code, message }) => `${became}  ${code}: ${show(message)}`),
        ]),
    ...(leftOut.length === 0 ? [] : ['', `Not compared, as they name no environment: ${leftOut.map(show).join(', ')}`]),
    ...(notKnown.length === 0 ? [] : ['', `${notKnownWords(from, to)}: ${notKnown.map(show).join(', ')}`]),
    '',
    `read ${readAt}`,
  ];
}

/**
 * A comparison as rows of a table, the first of them its head; the unchanged too. Plain text: making it safe for a
 * spreadsheet is for whoever writes the file.
 */
export function compareAsRows({
  from,
  to,
  components,
  leftOut,
  notKnown = [],
}: Comparison): readonly (readonly string[])[] {
  return [
    [
      'component',
      'type',
      'name',
      'class',
      'step',
      from.name,
      to.name,
      'from release',
      'to release',
      'differences',
      'commits',
    ],
    ...components.map((of) => {
      const [versionFrom, versionTo] = versionsOf(of, (version) => version);
      return [
        of.component,
        of.type,
        of.name,
        of.class,
        of.step ?? '',
        versionFrom ?? '',
        versionTo ?? '',
        of.from?.release ?? '',
        of.to?.release ?? '',
        of.differences.map((difference) => differenceText(difference, (text) => text)).join('; '),
        of.compareLink ?? '',
      ];
    }),
    ...leftOut.map((component) => notCompared(component, 'names no environment')),
    ...notKnown.map((component) => notCompared(component, 'not known for then')),
  ];
}

function notCompared(component: string, why: string): readonly string[] {
  const hash = component.indexOf('#');
  const [type, name] = [component.slice(0, hash), component.slice(hash + 1)];
  return [component, type, name, 'not compared', '', '', '', '', '', why, ''];
}

/** "Not known for 2026-11-15T23:59:59.999Z". */
export function notKnownWords(...sides: readonly Pick<ComparedSide, 'at'>[]): string {
  return `Not known for ${[...new Set(sides.flatMap(({ at }) => at ?? []))].join(' and ')}`;
}
