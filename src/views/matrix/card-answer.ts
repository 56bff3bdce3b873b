import type { Finding } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import { WEIGHTS, type Weight, weightOf } from '../../release/finding/weights.ts';
import { ownerOf } from '../../release/matrix/owners.ts';
import { readinessText } from '../../release/report/cell-words.ts';
import { dueSentence } from '../../release/report/line-due.ts';
import type { Report, ReportCell, ReportRow } from '../../release/report/report.ts';
import { countedWords, verdictWords } from '../../release/report/verdict-words.ts';
import type { Known } from '../questions.ts';
import { evidenceCount, evidenceWords } from '../words/release-words.ts';
import { STATE_WORDS } from './cell-face.ts';
import { foldedRows } from './folded-row.ts';

/** A cell; the head of a release where the component is null, that of a component where the release is. */
export interface CardAsks {
  /** Tag. */
  readonly release: string | null;
  /** Id. */
  readonly component: string | null;
  /** The release stands for its line, which is folded. */
  readonly folded: boolean;
}

/** What one is told of a place that one points at. */
export interface Card {
  readonly place: Omit<CardAsks, 'folded'>;
  readonly title: string;
  /** "in v1.4.0", "rc". */
  readonly of: string;
  /** Null where nobody says. */
  readonly owner: string | null;
  /** What is there, a line each. */
  readonly lines: readonly string[];
  /** When the release began, ISO 8601; null of another place, or where nothing is dated. */
  readonly since: string | null;
  /** The weightiest. */
  readonly findings: readonly { readonly weight: Weight; readonly title: string }[];
  /** How many findings besides. */
  readonly more: number;
}

/** Null: there is no such place. */
export type CardAnswer = Card | null;

/** So many findings are told; the details have all. */
const MOST_FINDINGS = 4;
const COMMIT_CHARACTERS = 8;

type Told = Omit<Card, 'place'>;

/** What a place of the matrix holds, in a few lines. */
export function answerCard(known: Known, { folded, ...place }: CardAsks): CardAnswer {
  const told = tell(known, { folded, ...place });
  return told && { place, ...told };
}

function tell({ report, survey }: Known, { release, component, folded }: CardAsks): Told | null {
  const row = report.rows.findIndex((candidate) => candidate.release.tag === release);
  const column = report.components.findIndex(({ id }) => id === component);
  if ((release !== null && row === -1) || (component !== null && column === -1)) return null;
  if (component === null) return row === -1 ? null : releaseCard(report, row);
  const at = row === -1 ? newestWith(report, column) : row;
  const owner = at === -1 ? null : ownerOf(survey.estate.matrix, at, column);
  if (row === -1) return componentCard(report, column, at, owner);
  const line = folded ? foldedRows(report, [row]).get(row) : report.rows[row];
  return cellCard(report, line, folded, column, owner);
}

function cellCard(
  { components }: Report,
  line: ReportRow | undefined,
  folded: boolean,
  column: number,
  owner: string | null,
): Told | null {
  const component = components[column];
  if (line === undefined || component === undefined) return null;
  const cell = line.cells[column] ?? null;
  return {
    title: component.name,
    of: `in ${line.release.tag}`,
    owner,
    lines: cell === null ? ['not part of this release'] : holdsOf(cell, line.release.stage === 'stable' || folded),
    since: null,
    ...toldOf(cell?.findings ?? []),
  };
}

/**
 * "1.4.0-rc.2 · prod 3/3 · 1a2b3c4d", then what became of it.
 *
 * @param ofStable it is compared with a stable release, as a stable one and a folded line are
 */
function holdsOf({ state, text, entries, carriedFrom }: ReportCell, ofStable: boolean): string[] {
  const held = entries.map((entry) => {
    const place = [entry.environments.join(', '), readinessText(entry) ?? ''].filter(Boolean).join(' ');
    const commit = entry.fields.commit?.slice(0, COMMIT_CHARACTERS) ?? '';
    return [entry.ownVersion, place, commit].filter(Boolean).join(' · ');
  });
  const carried = carriedFrom === null ? [] : [`${text}, carried over from ${carriedFrom}`];
  const absent = held.length + carried.length === 0 ? [text] : [];
  const became =
    state === 'changed' ? `changed since the ${ofStable ? 'stable ' : ''}release before` : STATE_WORDS[state];
  return [...held, ...carried, ...absent, became].filter(Boolean);
}

function releaseCard({ rows, due = [] }: Report, row: number): Told | null {
  const line = rows[row];
  if (line === undefined) return null;
  const { release, evidence, withdrawn, startedAt, findings } = line;
  const planned = due.find((of) => of.line === release.line);
  return {
    title: release.tag,
    of: [withdrawn === undefined ? '' : 'withdrawn', release.stage].filter(Boolean).join(', '),
    owner: null,
    lines: [
      `${verdictWords(line)}: ${countedWords(line)}`,
      ...(evidenceCount(evidence) === null ? [] : [evidenceWords(evidence)]),
      ...(planned === undefined || rows.findIndex((other) => other.release.line === release.line) !== row
        ? []
        : [dueSentence(planned)]),
    ],
    since: startedAt,
    ...toldOf(findings.filter(({ component }) => component === null)),
  };
}

/** A component as the newest stable release has it, else the newest that has it. */
function newestWith({ rows }: Report, column: number): number {
  const has = (row: Report['rows'][number]) => (row.cells[column]?.entries.length ?? 0) > 0;
  const stable = rows.findIndex((row) => row.release.stage === 'stable' && has(row));
  return stable === -1 ? rows.findIndex(has) : stable;
}

function componentCard({ rows, components }: Report, column: number, at: number, owner: string | null): Told | null {
  const component = components[column];
  if (component === undefined) return null;
  const cell = rows[at]?.cells[column];
  return {
    title: component.name,
    of: component.type,
    owner,
    lines: cell == null ? [] : [`In ${rows[at]?.release.tag}: ${holdsOf(cell, false)[0] ?? ''}`],
    since: null,
    findings: [],
    more: 0,
  };
}

function toldOf(findings: readonly Finding[]): Pick<Card, 'findings' | 'more'> {
  const told = [...findings]
    .sort((a, b) => WEIGHTS.indexOf(weightOf(a)) - WEIGHTS.indexOf(weightOf(b)))
    .slice(0, MOST_FINDINGS)
    .map((finding) => ({ weight: weightOf(finding), title: describeFinding(finding).title }));
  return { findings: told, more: findings.length - told.length };
}
