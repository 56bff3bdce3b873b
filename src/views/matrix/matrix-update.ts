import type { Component } from '../../release/item/component.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import type { Visible } from '../filters/visible.ts';
import { type CellColumns, cellColumns } from './cell-columns.ts';
import { ABSENT, type CellFace } from './cell-face.ts';
import { foldedRows } from './folded-row.ts';
import { lineOf, type Outline, outlineOf, type ReleaseLine } from './outline.ts';

/** A release as the grid draws it. The same object as long as it shows the same. */
export interface ShownRow extends ReleaseLine {
  /** One number per component of the report: which of the faces it shows. Null: not handed over yet. */
  readonly cells: Uint32Array | null;
  /** The same where it stands for its line, which is folded (`foldedRows`); null: as the cells are. */
  readonly folded: Uint32Array | null;
}

/** What is always at hand of a report, with the cells that have been handed over. */
export interface ShownOutline extends Omit<Outline, 'rows'> {
  readonly rows: readonly ShownRow[];
}

/** What the grid is drawn from. */
export interface ShownMatrix {
  readonly outline: ShownOutline;
  readonly visible: Visible;
  readonly faces: readonly CellFace[];
}

/** How a matrix differs from the one that was handed over before. Plain data. */
export interface MatrixUpdate {
  /** Without its rows; the components only where they are others than before. */
  readonly outline: Omit<Outline, 'rows' | 'components'> & { readonly components: readonly Component[] | null };
  readonly visible: Visible;
  /** The rows in order, by tag; null: as before, which the first of all updates never says. */
  readonly tags: readonly string[] | null;
  /** Rows whose head is another than before. */
  readonly lines: readonly ReleaseLine[];
  readonly cells: readonly RowCells[];
  /** Faces with their first number; 1: those of before are forgotten, and the cells with them. */
  readonly faces: { readonly from: number; readonly list: readonly CellFace[] };
}

export interface RowCells {
  readonly tag: string;
  readonly cells: Uint32Array<ArrayBuffer>;
  readonly folded: Uint32Array<ArrayBuffer> | null;
}

/** Hands over matrices piece by piece. */
export interface MatrixSender {
  /**
   * @param withCells whether the grid is looked at; else only its heads are handed over
   * @returns what is to be taken in by `takeUpdate`, one after the other: first what is seen first
   */
  next(report: Report, visible: Visible, withCells: boolean): Generator<MatrixUpdate>;
}

/** So many cells in one piece: some milliseconds of work. */
const CELLS_PER_UPDATE = 20_000;

export function matrixSender(): MatrixSender {
  let columns: CellColumns = cellColumns(null);
  let environments = '[]';
  let sentFaces = 1;
  let sentComponents: readonly Component[] | null = null;
  let sentTags: readonly string[] | null = null;
  let sentLines = new Map<string, ReportRow>();
  let sentCells = new Map<string, ReportRow>();
  let sentFolded = new Map<string, Uint32Array | null>();

  const facesSince = (): MatrixUpdate['faces'] => {
    const from = sentFaces;
    sentFaces = columns.faces.length;
    return { from, list: columns.faces.slice(from) };
  };

  return {
    *next(report, visible, withCells) {
      const chosen = JSON.stringify(visible.environments);
      const isReset = chosen !== environments || report.components !== sentComponents;
      if (isReset) {
        columns = cellColumns(visible.environments);
        environments = chosen;
        sentFaces = 1;
        sentCells = new Map();
        sentFolded = new Map();
      }
      const { rows: _, components, ...outline } = outlineOf(report, []);
      const tags = report.rows.map(({ release }) => release.tag);
      const before = sentTags;
      const isSameOrder = before?.length === tags.length && before.every((tag, at) => tag === tags[at]);
      const lines = report.rows.filter((row) => sentLines.get(row.release.tag) !== row);
      const types = components.map(({ type }) => type);
      const shown = withCells ? visible.rows : [];
      const foldable = foldedRows(
        report,
        shown.filter((_index, place) => standsForLine(report, visible, place)),
      );
      const wanted = shown.flatMap((index) => {
        const row = report.rows[index];
        if (row === undefined) return [];
        const { tag } = row.release;
        const folded = foldable.get(index);
        const cells = folded === undefined ? null : columns.rowOf(folded, types);
        const sent = sentFolded.get(tag);
        if (sentCells.get(tag) === row && sent !== undefined && sameNumbers(sent, cells)) return [];
        return { row, folded: cells };
      });
      const each = Math.max(1, Math.floor(CELLS_PER_UPDATE / Math.max(components.length, 1)));
      let update: Omit<MatrixUpdate, 'cells' | 'faces'> = {
        outline: { ...outline, components: components === sentComponents ? null : components },
        visible,
        tags: isSameOrder ? null : tags,
        lines: lines.map(lineOf),
      };
      sentComponents = components;
      sentTags = tags;
      sentLines = new Map(report.rows.map((row) => [row.release.tag, row]));
      for (const sent of [sentCells, sentFolded])
        for (const tag of sent.keys()) if (!sentLines.has(tag)) sent.delete(tag);
      let at = 0;
      do {
        const cells = wanted.slice(at, at + each).map(({ row, folded }): RowCells => {
          sentCells.set(row.release.tag, row);
          sentFolded.set(row.release.tag, folded);
          // A copy: what is handed over is no longer here.
          return { tag: row.release.tag, cells: columns.rowOf(row, types).slice(), folded: folded?.slice() ?? null };
        });
        yield { ...update, cells, faces: facesSince() };
        update = { ...update, outline: { ...update.outline, components: null }, tags: null, lines: [] };
        at += each;
      } while (at < wanted.length);
    },
  };
}

const NO_CELLS = { cells: null, folded: null };

function sameNumbers(a: Uint32Array | null, b: Uint32Array | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  return a.length === b.length && a.every((number, at) => number === b[at]);
}

/** Whether a pre-release has others of its line beneath it, which fold away. */
function standsForLine({ rows }: Report, visible: Visible, place: number): boolean {
  const at = (one: number) => rows[visible.rows[one] ?? -1]?.release;
  const release = at(place);
  if (release === undefined || release.line === null || release.stage === 'stable') return false;
  return at(place - 1)?.line !== release.line && at(place + 1)?.line === release.line;
}

/**
 * The matrix after an update. Rows that are as before are the same objects, and the lists too where all of them are.
 *
 * @param before null: there is none
 * @throws Error where the update goes by one that was not taken in: what is left would pass for the whole
 */
export function takeUpdate(before: ShownMatrix | null, update: MatrixUpdate): ShownMatrix {
  const { outline, visible, tags, lines, cells, faces } = update;
  if (before === null && tags === null) throw new Error('The beginning of the matrix did not arrive.');
  const isReset = faces.from === 1;
  const known = new Map(before?.outline.rows.map((row) => [row.release.tag, row]));
  const lineOfTag = new Map(lines.map((line) => [line.release.tag, line]));
  const cellsOfTag = new Map(cells.map((of) => [of.tag, of]));
  const order = tags ?? before?.outline.rows.map(({ release }) => release.tag) ?? [];
  const rows = order.flatMap((tag): ShownRow[] => {
    const old = known.get(tag);
    const line = lineOfTag.get(tag);
    const own = cellsOfTag.get(tag) ?? (isReset || old === undefined ? NO_CELLS : old);
    if (old !== undefined && line === undefined && own === old) return [old];
    const head = line ?? old;
    return head === undefined ? [] : [{ ...head, cells: own.cells, folded: own.folded }];
  });
  const shown = before?.outline.rows ?? [];
  const isSame = rows.length === shown.length && rows.every((row, at) => row === shown[at]);
  return {
    outline: {
      ...outline,
      components: outline.components ?? before?.outline.components ?? [],
      rows: isSame ? shown : rows,
    },
    visible,
    faces: isReset
      ? [ABSENT, ...faces.list]
      : faces.list.length === 0
        ? (before?.faces ?? [ABSENT])
        : [...(before?.faces ?? [ABSENT]), ...faces.list],
  };
}

/** The matrix of a report as a whole: what all its updates together come to. */
export function shownMatrix(report: Report, visible: Visible): ShownMatrix {
  let shown: ShownMatrix | null = null;
  for (const update of matrixSender().next(report, visible, true)) shown = takeUpdate(shown, update);
  return shown ?? { outline: { ...outlineOf(report, []), rows: [] }, visible, faces: [ABSENT] };
}
