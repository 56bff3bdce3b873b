import type { Browser } from '@playwright/test';
import type { BoundId } from './bounds.ts';
import type { EstateSize } from './drawn-estate.ts';
import { type Drawn, measureDrawing, type Scrolled } from './measure.ts';
import { type Line, ratios } from './results.ts';
import { measureInTurn } from './turns.ts';

/** How much is scrolled, CSS pixels: so far that the larger matrix is crossed as the smaller is. */
const SIZES = [
  { releases: 500, components: 200, px: 12_000, id: 'small' },
  { releases: 2000, components: 500, px: 16_000, id: 'large' },
] as const satisfies readonly (EstateSize & { readonly px: number; readonly id: string })[];

const PEER = 'ag-grid';

/** G9 to G11: how a matrix is painted and scrolled, beside ag-grid. */
export async function benchDrawing(browser: Browser, pagesOrigin: string, rounds: number): Promise<Line[]> {
  const lines: Line[] = [];
  const oursBySize: Drawn[][] = [];
  for (const { px, id, ...size } of SIZES) {
    const of = await measureInTurn(rounds, ['matrix', PEER], (page) =>
      measureDrawing(browser, `${pagesOrigin}/${page}.html`, size, px),
    );
    oursBySize.push(of('matrix'));
    lines.push(...drawingLines(`${size.releases} × ${size.components}`, id, of('matrix'), of(PEER)));
  }
  const [small = [], large = []] = oursBySize;
  const perPx = (drawn: readonly Drawn[], px: number) =>
    drawn.map(({ down, across }) => (down.main + across.main) / px);
  const [smallPx, largePx] = [SIZES[0].px, SIZES[1].px];
  lines.push(
    {
      subject: 'large to small',
      measure: 'paint',
      ours: ratios(large.map(paintOf), small.map(paintOf)),
      target: null,
      id: 'size-paint',
    },
    {
      subject: 'large to small',
      measure: 'main thread per px',
      ours: ratios(perPx(large, largePx), perPx(small, smallPx)),
      target: null,
      id: 'size-scroll',
    },
  );
  return lines;
}

function drawingLines(
  subject: string,
  size: 'small' | 'large',
  ours: readonly Drawn[],
  peer: readonly Drawn[],
): Line[] {
  const compare = (measure: string, of: (drawn: Drawn) => number, id: BoundId): Line => {
    const [own, other] = [ours.map(of), peer.map(of)];
    return {
      subject,
      measure: `${measure}, ratio to ${PEER}`,
      ours: ratios(own, other),
      other: own,
      otherName: 'itself, ms',
      target: null,
      id,
    };
  };
  const scrolled = (name: string, way: 'down' | 'across', of: (drawn: Drawn) => Scrolled): Line[] => [
    {
      subject,
      measure: `${name}: dropped`,
      ours: ours.map((drawn) => of(drawn).dropped),
      other: peer.map((drawn) => of(drawn).dropped),
      otherName: PEER,
      target: null,
      id: `${way}-dropped-${size}`,
    },
    compare(`${name}: p95 frame`, (drawn) => of(drawn).p95, `${way}-p95-${size}`),
    compare(`${name}: main thread`, (drawn) => of(drawn).main, `${way}-main-${size}`),
  ];
  return [
    ...scrolled('down', 'down', ({ down }) => down),
    ...scrolled('across', 'across', ({ across }) => across),
    compare('data ready → painted', paintOf, `paint-${size}`),
    compare('one changed cell → frame', ({ change }) => change, `change-${size}`),
  ];
}

function paintOf({ paint }: Drawn): number {
  return paint;
}
