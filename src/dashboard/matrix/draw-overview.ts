import { countsOf } from '../../release/report/verdict-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { CellFace } from '../../views/matrix/cell-face.ts';
import { VERDICT_LOOKS } from '../elements/verdict-words.ts';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import { cellAt, type Head, type ReleaseHead } from '../grid/heads.ts';
import type { Axes } from '../grid/place.ts';
import { SLANT } from './geometry.ts';
import { KINDS, type Kind, kindOf } from './overview-kinds.ts';
import type { OverviewLayout } from './overview-layout.ts';
import { LETTERS_PX, SANS, slantedText, USUAL_SLANT_PX } from './slanted-text.ts';

/** Colours by name, as the style sheet says them. */
export type OverviewColours = Readonly<
  Record<Kind | 'page' | 'ink' | 'dim' | 'edge' | 'good' | 'error-ink' | 'warning-ink', string>
>;

/** From this size on a cell has a gap to the next, and a problem a shape. */
const GAPPED_PX = 6;
const SHAPED_PX = 9;
/** A problem is as high as this at least, be its row a pixel. */
const PROBLEM_PX = 3;

/**
 * Draws the whole table. The cells go into the pixels by themselves, a row of the screen at a time, as a hundred thousand
 * calls of the canvas would take longer than one can wait; what is rare (problems, names) is drawn over them.
 */
export function drawOverview(
  canvas: HTMLCanvasElement,
  axes: Axes,
  faces: readonly CellFace[],
  layout: OverviewLayout,
  colours: OverviewColours,
): void {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null || canvas.width === 0 || canvas.height === 0) return;
  const scale = canvas.width / canvas.clientWidth || 1;
  const kinds = Uint8Array.from(faces, (face) => KINDS.indexOf(kindOf(face)));
  const problems = drawCells(context, axes, kinds, layout, colours, scale);
  context.scale(scale, scale);
  for (const { row, column, kind } of problems) drawProblem(context, layout, row, column, kind, colours);
  drawColumnHeads(context, axes.across, layout, colours);
  drawRowHeads(context, axes.down, layout, colours);
  context.resetTransform();
}

interface ProblemCell {
  readonly row: number;
  readonly column: number;
  readonly kind: Kind;
}

const FIRST_PROBLEM = KINDS.indexOf('warning');

/** @returns the cells that are drawn over the others */
function drawCells(
  context: CanvasRenderingContext2D,
  { down, across }: Axes,
  kinds: Uint8Array,
  { xs, ys, ends }: OverviewLayout,
  colours: OverviewColours,
  scale: number,
): ProblemCell[] {
  const { width, height } = context.canvas;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const page = packed(context, colours.page);
  pixels.fill(page);
  const inks = KINDS.map((kind) => packed(context, kind === 'absent' ? colours.page : colours[kind]));
  const device = (at: number) => Math.round(at * scale);
  const gapOf = (size: number) => (size >= GAPPED_PX ? Math.round((size >= 12 ? 2 : 1) * scale) : 0);
  const columns = across.map((head, column) => {
    const [from, to] = [xs[column] ?? 0, ends[column] ?? 0];
    return { head, from: device(from), to: device(to) - gapOf(to - from) };
  });
  const problems: ProblemCell[] = [];
  const line = new Uint32Array(width);
  for (const [row, head] of down.entries()) {
    line.fill(page);
    for (const [column, { head: other, from, to }] of columns.entries()) {
      const kind = kinds[cellAt(head, other) ?? 0] ?? 0;
      if (kind === 0) continue;
      if (kind >= FIRST_PROBLEM) problems.push({ row, column, kind: KINDS[kind] ?? 'error' });
      line.fill(inks[kind] ?? page, from, to);
    }
    const [from, to] = [ys[row] ?? 0, ys[row + 1] ?? 0];
    const end = Math.min(height, device(to) - gapOf(to - from));
    for (let y = device(from); y < end; y++) pixels.set(line, y * width);
  }
  context.putImageData(image, 0, 0);
  return problems;
}

function drawProblem(
  context: CanvasRenderingContext2D,
  { xs, ys, ends }: OverviewLayout,
  row: number,
  column: number,
  kind: Kind,
  colours: OverviewColours,
): void {
  const [left, top] = [xs[column] ?? 0, ys[row] ?? 0];
  const [wide, high] = [(ends[column] ?? 0) - left, (ys[row + 1] ?? 0) - top];
  context.fillStyle = colours[kind];
  if (Math.min(wide, high) < SHAPED_PX) {
    const height = Math.max(high, PROBLEM_PX);
    context.fillRect(left, top + (high - height) / 2, Math.max(wide, PROBLEM_PX) - (wide >= GAPPED_PX ? 1 : 0), height);
    return;
  }
  const [width, height] = [wide - 2, high - 2];
  const path = new Path2D();
  if (kind === 'error') path.rect(left + width / 4, top + height / 4, width / 2, height / 2);
  else if (kind === 'warning') {
    path.moveTo(left + width / 2, top + height / 4);
    path.lineTo(left + (width * 3) / 4, top + (height * 3) / 4);
    path.lineTo(left + width / 4, top + (height * 3) / 4);
  } else {
    path.moveTo(left + 2, top + 2);
    path.lineTo(left + width - 2, top + height - 2);
    path.moveTo(left + 2, top + height - 2);
    path.lineTo(left + width - 2, top + 2);
    context.strokeStyle = colours.page;
    context.lineWidth = 1.5;
    context.stroke(path);
    return;
  }
  context.fillStyle = colours.page;
  context.fill(path);
}

const MONO = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

function drawColumnHeads(
  context: CanvasRenderingContext2D,
  across: readonly Head[],
  { xs, ys, ends, columnsNamed }: OverviewLayout,
  colours: OverviewColours,
): void {
  const top = ys[0] ?? 0;
  context.textBaseline = 'middle';
  let end = Number.NEGATIVE_INFINITY;
  across.forEach((head, column) => {
    const x = xs[column] ?? 0;
    if (head.group !== across[column - 1]?.group && x >= end) {
      context.font = `600 12px ${SANS}`;
      context.fillStyle = colours.ink;
      const label = shownText(head.group.label);
      context.fillText(label, x, 12);
      end = x + context.measureText(label).width + 8;
    }
    if (!columnsNamed) return;
    context.save();
    context.translate((x + (ends[column] ?? 0)) / 2 - 1, top - 5);
    context.rotate(-SLANT);
    context.font = `11px ${SANS}`;
    context.fillStyle = colours.ink;
    const isRelease = head.kind === 'release';
    const name = shownText(isRelease ? head.row.release.tag : head.component.name);
    context.fillText(slantedText(name, USUAL_SLANT_PX, isRelease ? undefined : head.shared, LETTERS_PX.marks), 0, 0);
    context.restore();
  });
}

/** Rows without room for a name have the tags of stable releases, as many as fit. */
const TAG_ROOM_PX = 14;

function drawRowHeads(
  context: CanvasRenderingContext2D,
  down: readonly Head[],
  { xs, ys, rowsNamed }: OverviewLayout,
  colours: OverviewColours,
): void {
  const right = (xs[0] ?? 0) - 8;
  context.textBaseline = 'middle';
  let free = Number.NEGATIVE_INFINITY;
  down.forEach((head, row) => {
    const top = ys[row] ?? 0;
    const middle = (top + (ys[row + 1] ?? 0)) / 2;
    const isStable = head.kind === 'release' && head.row.release.stage === 'stable';
    const name = shownText(head.kind === 'release' ? head.row.release.tag : head.component.name);
    if (rowsNamed) {
      context.textAlign = 'left';
      context.font = `${isStable ? 'bold ' : ''}11px ${head.kind === 'release' ? MONO : SANS}`;
      context.fillStyle = colours.ink;
      context.fillText(name, isStable || head.kind === 'component' ? 16 : 24, middle, 112);
      if (head.kind === 'release') drawVerdict(context, head, middle, right, colours);
    } else if ((isStable || head.kind === 'component') && middle >= free) {
      context.textAlign = 'right';
      context.font = `11px ${head.kind === 'release' ? MONO : SANS}`;
      context.fillStyle = colours.dim;
      context.fillText(name, right, Math.max(middle, (ys[0] ?? 0) + 6), right - 4);
      free = middle + TAG_ROOM_PX;
    }
  });
  context.textAlign = 'left';
}

/** What the head of the row says at the other steps: verdict, errors, warnings, and how much of it is there as a bar. */
function drawVerdict(
  context: CanvasRenderingContext2D,
  { row: { verdict, completeness } }: ReleaseHead,
  middle: number,
  right: number,
  colours: OverviewColours,
): void {
  const counts = new Map(countsOf(verdict).map(({ counted, count }) => [counted, count]));
  context.font = `600 11px ${SANS}`;
  context.fillStyle =
    verdict.result === 'fail' ? colours['error-ink'] : verdict.result === 'pass' ? colours.good : colours.dim;
  context.fillText(`${VERDICT_LOOKS[verdict.result].glyph}${counts.get('error') ?? ''}`, 134, middle);
  const warnings = counts.get('warning');
  if (warnings !== undefined) {
    context.fillStyle = colours['warning-ink'];
    context.fillText(`${WEIGHT_LOOKS.warning.glyph}${warnings}`, 158, middle);
  }
  const { roster, expected, present } = completeness;
  if (roster === 'none' || expected === 0) return;
  const [left, width] = [182, right - 182];
  context.fillStyle = colours.edge;
  context.fillRect(left, middle - 2, width, 4);
  context.fillStyle = present === expected ? colours.good : colours.dim;
  context.fillRect(left, middle - 2, (width * present) / expected, 4);
}

/** A colour as a pixel holds it. Asked of the canvas, which knows every way to write one, system colours too. */
function packed(context: CanvasRenderingContext2D, colour: string): number {
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
}
