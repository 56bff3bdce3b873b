import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { beforeEach, expect, test, vi } from 'vitest';
import { ReportPage } from '../../src/dashboard/ReportPage.tsx';
import { type LiveReading, NO_PLACES } from '../../src/dashboard/state/live-reading.ts';
import { viewOf } from '../../src/dashboard/state/view-state.ts';
import type { TableSummary } from '../../src/live/table-data.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { applyFilters } from '../../src/views/filters/apply-filters.ts';
import { type ShownMatrix, shownMatrix } from '../../src/views/matrix/matrix-update.ts';
import { item, reportOf } from '../release/report-of.ts';
import { knownOf } from '../views/known-of.ts';
import { OnPage } from './answered.tsx';
import { START } from './start.ts';

beforeEach(() => {
  // jsdom lays nothing out: everything is as large as a screen.
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1000);
});

/** v1.1.0 lacks one of v1.0.0. */
const REPORT = reportOf([item('v1.0.0', 'backend#api'), item('v1.0.0', 'backend#auth'), item('v1.1.0', 'backend#api')]);
const KNOWN = knownOf(REPORT);

const live: LiveReading = {
  goesOn: true,
  reading: null,
  news: NO_PLACES,
  paused: false,
  setPaused: () => {},
  readNow: () => {},
  seen: () => {},
  allSeen: () => {},
};

interface PageProps {
  readonly search: string;
  readonly matrix: ShownMatrix;
}

/** The page as one more reading has it, which is another each time. */
function page({ search, matrix }: PageProps) {
  const reading = { keyNames: DOCUMENTED_KEYS } as TableSummary; // nothing else of it is looked at
  return (
    <NuqsTestingAdapter searchParams={search} hasMemory>
      <OnPage known={KNOWN}>
        {(view) => (
          <>
            <output>{`${view.view} ${view.release} ${view.component}`}</output>
            <ReportPage
              start={START}
              watch={null as never} // only the first reading and the activity look at it
              live={{ ...live }}
              table={reading}
              matrix={matrix}
              view={view}
              dialogs={{
                open: null,
                show: () => {},
                search: { typed: '', wanted: null, ready: false },
                setSearch: () => {},
              }}
            />
          </>
        )}
      </OnPage>
    </NuqsTestingAdapter>
  );
}

const matrixOf = (search: string) => shownMatrix(REPORT, applyFilters(REPORT, viewOf(search)));

/** @param reads gets the name of all that is read of it */
function watchedFor<T extends object>(reads: string[], name: string, of: T): T {
  return new Proxy(of, {
    get(target, property) {
      reads.push(`${name}.${String(property)}`);
      return Reflect.get(target, property);
    },
  });
}

// What is read whenever the view is drawn, and not by what is around it.
test.each([
  ['', 'Filters', 'matrix.faces'],
  ['?view=findings', 'Findings', 'outline.readAt'],
  ['?view=environments', 'What runs where', 'outline.environments'],
])(
  'of a reading that brought nothing new neither the view nor its filters are drawn: %j',
  async (search, name, read) => {
    const reads: string[] = [];
    const { outline, visible, faces } = matrixOf(search);
    const matrix = watchedFor(reads, 'matrix', {
      outline: watchedFor(reads, 'outline', outline),
      visible: watchedFor(reads, 'visible', visible),
      faces,
    });
    // A view is loaded when it is first drawn; awaited, as React takes it up again only then.
    const { rerender } = await act(async () => render(page({ search, matrix })));
    await waitFor(() => expect(reads).toEqual(expect.arrayContaining([read, 'visible.rangeFault'])));
    await screen.findByRole('region', { name });
    // It is drawn for each answer to what it asks; once it has them, no more.
    await vi.waitFor(() => {
      reads.length = 0;
      rerender(page({ search, matrix }));
      expect(reads).toContain('matrix.outline');
      expect(reads).not.toContain(read);
      expect(reads).not.toContain('visible.rangeFault');
    }, 10_000);
  },
);

test('a place is told of beside the view that one is in, and from there leads to the matrix', async () => {
  const search = '?view=findings';
  const user = userEvent.setup();
  render(page({ search, matrix: matrixOf(search) }));
  await user.click(await screen.findByRole('link', { name: /auth is missing/ }));
  expect(screen.getByRole('status')).toHaveTextContent(/^findings v1\.1\.0 backend#auth$/);
  const panel = await screen.findByRole('complementary', { name: 'Fragment details' });
  await user.click(await within(panel).findByRole('link', { name: 'Show in the matrix' }));
  expect(screen.getByRole('status')).toHaveTextContent(/^matrix v1\.1\.0 backend#auth$/);
});
