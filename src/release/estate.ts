import type { Fragment } from './fragment.ts';
import type { Matrix } from './matrix.ts';
import type { Policy } from './policy.ts';
import type { Steps } from './steps.ts';
import { parseVersion, type SemVer } from './version.ts';

/**
 * The matrix with what the checks ask of it beyond one release: neighbours by SemVer, where workloads run, names that
 * look alike. Made once per report; rows and columns are indexes of the matrix.
 */
export interface Estate {
  readonly matrix: Matrix;
  readonly policy: Policy;
  /** When the items were read, milliseconds since 1970. */
  readonly readAt: number;
  /** Of each row; null where the key is no SemVer. */
  readonly versions: readonly (SemVer | null)[];
  /** Rows of the stable releases, newest first. */
  readonly stables: readonly number[];
  /** Rows of each line, newest first, by `Release#line`. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
  /** Of each column that is a Kubernetes workload: the rows that have an entry in an environment, newest first. */
  readonly deployed: ReadonlyMap<number, ReadonlyMap<string, readonly number[]>>;
  /** Groups of columns of one type whose names differ only in case or separators. */
  readonly lookAlikes: readonly (readonly number[])[];
  /** A component's own version as SemVer, after an optional `v`; null: not comparable. */
  readonly parse: (version: string) => SemVer | null;
}

/** Describes a matrix for the checks. */
export function* estateSteps(matrix: Matrix, policy: Policy, readAt: string): Steps<Estate> {
  const parsed = new Map<string, SemVer | null>();
  const parse = (version: string) => {
    const known = parsed.get(version);
    if (known !== undefined) return known;
    const read = parseVersion(version);
    parsed.set(version, read);
    return read;
  };
  return {
    matrix,
    policy,
    readAt: Date.parse(readAt),
    versions: matrix.releases.map(({ version }) => (version === null ? null : parse(version))),
    stables: matrix.releases.flatMap(({ stage }, row) => (stage === 'stable' ? [row] : [])),
    lines: linesOf(matrix),
    deployed: yield* deployedIn(matrix),
    lookAlikes: lookAlikes(matrix),
    parse,
  };
}

/** The rows of the stable releases lower than that of a row by SemVer precedence, newest first; at most `count`. */
export function lowerStables(estate: Estate, row: number, count: number): number[] {
  const version = estate.versions[row];
  const lower: number[] = [];
  if (!version) return lower;
  for (const stable of estate.stables) {
    if (lower.length === count) break;
    if (stable <= row) continue; // rows are newest first: it is no lower
    if ((estate.versions[stable]?.compare(version) ?? 0) < 0) lower.push(stable);
  }
  return lower;
}

/** The fragments of a component in a release; empty where it has none. */
export function entriesAt(estate: Estate, row: number, column: number): readonly Fragment[] {
  return estate.matrix.entries[row]?.[column] ?? NO_ENTRIES;
}

const NO_ENTRIES: readonly Fragment[] = [];

function linesOf({ releases }: Matrix): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  releases.forEach(({ line }, row) => {
    if (line === null) return;
    const rows = lines.get(line);
    if (rows) rows.push(row);
    else lines.set(line, [row]);
  });
  return lines;
}

function* deployedIn(matrix: Matrix): Steps<Estate['deployed']> {
  const deployed = new Map<number, ReadonlyMap<string, readonly number[]>>();
  for (const [column, { type }] of matrix.components.entries()) {
    if (type !== 'k8s') continue;
    deployed.set(column, deployedRows(matrix, column));
    yield;
  }
  return deployed;
}

/** The rows that have an entry of a workload in an environment, newest first, by the environment's folded name. */
export function deployedRows({ entries }: Matrix, column: number): Map<string, number[]> {
  const byEnvironment = new Map<string, number[]>();
  entries.forEach((cells, row) => {
    for (const { environments } of cells[column] ?? NO_ENTRIES) {
      for (const environment of environments) {
        const rows = byEnvironment.get(environment);
        if (!rows) byEnvironment.set(environment, [row]);
        else if (rows.at(-1) !== row) rows.push(row);
      }
    }
  });
  return byEnvironment;
}

/** Of the rows that a workload runs in, the newest that is a SemVer. Rows are newest first. */
export function newestVersion({ versions }: Estate, rows: readonly number[] | undefined): number | null {
  return rows?.find((row) => versions[row] !== null) ?? null;
}

function lookAlikes({ components }: Matrix): number[][] {
  const groups = new Map<string, number[]>();
  components.forEach(({ type, name }, column) => {
    // Also without regard to how an accent is composed and to spaces around the name: nobody sees those either.
    const folded = `${type}#${name.normalize('NFC').trim().toLowerCase().replace(/[-_.]/g, '')}`;
    const group = groups.get(folded);
    if (group) group.push(column);
    else groups.set(folded, [column]);
  });
  return [...groups.values()].filter((group) => group.length > 1);
}
