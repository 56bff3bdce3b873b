import { render } from '@testing-library/react';
import { Profiler } from 'react';
import { beforeAll, expect, test } from 'vitest';
import { MatrixView } from '../../../src/dashboard/matrix/MatrixView.tsx';
import { type PlacesOfNews, placeName } from '../../../src/dashboard/state/live-reading.ts';
import type { ViewState } from '../../../src/dashboard/state/view-state.ts';
import { DEFAULT_ENVIRONMENTS } from '../../../src/release/item/environment.ts';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../../src/release/item/item.ts';
import { type MadeReport, makeReport } from '../../../src/release/report/make-report.ts';
import {
  matrixSender,
  type ShownMatrix,
  type ShownOutline,
  type ShownRow,
  takeUpdate,
} from '../../../src/views/matrix/matrix-update.ts';
import { changeOf } from '../../release/change-of.ts';
import { item, READ_AT } from '../../release/report-of.ts';
import { visibleOf } from '../../views/matrix/estate.ts';

beforeAll(() => {
  // jsdom lays nothing out: everything is as large as a screen.
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, get: () => 900 });
  Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, get: () => 1600 });
});

const RELEASES = ['v1.5.0', 'v1.4.0', 'v1.3.0', 'v1.3.0-rc.1', 'v1.2.0', 'v1.1.0', 'v1.0.0'];
const COMPONENTS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** What was drawn since the last look: a cell reads its component's name, the head of a row its completeness; nothing else does. */
function drawnParts() {
  let cells: string[] = [];
  let heads: string[] = [];
  const rows = new WeakMap<ShownRow, ShownRow>();
  const lists = new WeakMap<object, ShownOutline>();
  const components = new WeakMap<ShownOutline['components'], ShownOutline['components']>();
  const watchRow = (row: ShownRow): ShownRow => {
    const watched = rows.get(row) ?? {
      ...row,
      get completeness() {
        heads.push(row.release.tag);
        return row.completeness;
      },
    };
    rows.set(row, watched);
    return watched;
  };
  return {
    watch(matrix: ShownMatrix): ShownMatrix {
      const { outline } = matrix;
      const named =
        components.get(outline.components) ??
        outline.components.map((component) => ({
          ...component,
          get name() {
            cells.push(component.id);
            return component.name;
          },
        }));
      components.set(outline.components, named);
      const watched = lists.get(outline.rows) ?? {
        ...outline,
        rows: outline.rows.map(watchRow),
        components: named,
      };
      lists.set(outline.rows, watched);
      return { ...matrix, outline: watched };
    },
    take() {
      const taken = { cells: [...new Set(cells)], heads: [...new Set(heads)] };
      cells = [];
      heads = [];
      return taken;
    },
  };
}

const VIEW: ViewState = {
  ...{
    view: 'matrix',
    table: null,
    stage: [],
    type: [],
    owner: [],
    env: [],
    q: '',
    problems: false,
    flip: false,
    zoom: 'text',
  },
  ...{
    release: null,
    component: null,
    first: null,
    folded: [],
    a: '',
    b: '',
    same: false,
    yet: null,
    only: null,
    group: 'code',
    severity: [],
    code: [],
  },
  ...{
    waived: 'show',
    shut: [],
    notes: [],
    past: false,
    off: null,
    at: null,
    unfolded: [],
    as: null,
    manifest: 'json',
  },
};

test.each([false, true])(
  'of a poll that changed one fragment only its head and its cell are drawn, with those drawn with it (flip: %s)',
  (flip) => {
    const drawn = drawnParts();
    const items = RELEASES.flatMap((release) => COMPONENTS.map((name) => item(release, `backend#${name}`)));
    const first = readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
    let commits = 0;
    const sender = matrixSender();
    let matrix: ShownMatrix | null = null;
    const page = ({ report }: MadeReport, news: PlacesOfNews) => {
      for (const update of sender.next(report, visibleOf(report), true)) {
        matrix = takeUpdate(matrix, structuredClone(update));
      }
      if (matrix === null) throw new Error('There is a matrix.');
      const shown = drawn.watch(matrix);
      return (
        <Profiler id="matrix" onRender={() => commits++}>
          <MatrixView matrix={shown} news={news} view={{ ...VIEW, flip }} onSeen={() => {}} />
        </Profiler>
      );
    };
    const built = makeReport(null, { ...first, readAt: READ_AT });
    const { rerender } = render(page(built, new Map()));
    expect(drawn.take().heads).toHaveLength(RELEASES.length);

    const again = makeReport(built, { ...first, readAt: READ_AT });
    rerender(page(again, new Map()));
    expect(drawn.take()).toEqual({ cells: [], heads: [] });

    const [changed] = readItems(
      [item('v1.3.0', 'backend#c', { commit: 'abc' })],
      DOCUMENTED_KEYS,
      DEFAULT_ENVIRONMENTS,
    ).fragments;
    const fragments = first.fragments.map((each) => (each.id === changed?.id ? changed : each));
    commits = 0;
    const change = changeOf(first.fragments, fragments);
    const next = makeReport(again, { ...first, fragments, change, readAt: READ_AT });
    rerender(page(next, new Map([[placeName('v1.3.0', 'backend#c'), 'changed']])));
    expect(drawn.take()).toEqual({
      cells: flip ? ['backend#c'] : ['backend#a', 'backend#b', 'backend#c', 'backend#d'],
      heads: ['v1.3.0'],
    });
    expect(commits).toBe(1);
  },
);
