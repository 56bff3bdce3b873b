import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { useMemo } from 'react';
import { beforeAll, describe, expect, it } from 'vitest';
import { MatrixView } from '../../../src/dashboard/matrix/MatrixView.tsx';
import { StillReading } from '../../../src/dashboard/matrix/still-reading.ts';
import { ChangeViewContext } from '../../../src/dashboard/state/page-context.ts';
import { useViewState } from '../../../src/dashboard/state/view-state.ts';
import { applyFilters } from '../../../src/views/filters/apply-filters.ts';
import { shownMatrix } from '../../../src/views/matrix/matrix-update.ts';
import { item, reportOf } from '../../release/report-of.ts';

const ITEMS = [item('v1.4.0', 'backend#api'), item('v1.4.0-rc.1', 'backend#api'), item('v1.3.0', 'backend#api')];
const REPORT = reportOf(ITEMS);
const NO_NEWS = new Map();

/** The matrix with the real view state. @param isPart it is of the first rows, while more are read */
function Matrix({ report = REPORT, isPart = false }) {
  const [view, change] = useViewState();
  const matrix = useMemo(() => shownMatrix(report, applyFilters(report, view)), [report, view]);
  return (
    <ChangeViewContext value={change}>
      <StillReading value={isPart}>
        <MatrixView matrix={matrix} news={NO_NEWS} view={view} onSeen={() => undefined} />
      </StillReading>
    </ChangeViewContext>
  );
}

function open(search: string) {
  history.replaceState(null, '', `/${search}`);
  render(<Matrix />, { wrapper: NuqsAdapter });
  return userEvent.setup();
}

beforeAll(() => {
  // jsdom lays nothing out, so it has no use for one.
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
});

describe('the matrix', () => {
  it('flips at its corner', async () => {
    const user = open('');
    const orientation = within(screen.getByRole('group', { name: 'Orientation' }));
    expect(orientation.getByRole('button', { name: 'Releases down', pressed: true })).toBeVisible();
    await user.click(orientation.getByRole('button', { name: 'Components down', pressed: false }));
    expect(orientation.getByRole('button', { name: 'Components down', pressed: true })).toBeVisible();
    await expect.poll(() => location.search).toBe('?flip=true');
    await user.click(orientation.getByRole('button', { name: 'Releases down' }));
    await expect.poll(() => location.search).toBe('');
  });

  it('unfolds the line of a cell that a link opens, and lets it be folded again', async () => {
    const user = open('?release=v1.4.0-rc.1&component=backend%23api&folded=1.4.0,1.3.0');
    await expect.poll(() => location.search).toContain('folded=1.3.0');
    expect(location.search).not.toContain('1.4.0,1.3.0');
    await user.click(screen.getByRole('button', { name: 'Fold all lines' }));
    await expect.poll(() => location.search).toContain('folded=1.4.0');
  });

  it.each([
    ['stands for its line among the first rows', ITEMS.slice(1)],
    ['is not among the first rows', ITEMS.slice(2)],
  ])('unfolds the line of a cell that %s', async (_, first) => {
    history.replaceState(null, '', '/?release=v1.4.0-rc.1&component=backend%23api&folded=1.4.0,1.3.0');
    const { rerender } = render(<Matrix report={reportOf(first)} isPart />, { wrapper: NuqsAdapter });
    expect(screen.getByRole('grid')).toBeVisible();
    rerender(<Matrix />);
    await expect.poll(() => location.search).toContain('folded=1.3.0');
  });

  it('leaves a line folded whose head is the cell that a link opens', async () => {
    open('?release=v1.4.0&component=backend%23api&folded=1.4.0');
    expect(await screen.findByRole('button', { name: 'Expand all lines' })).toBeEnabled();
    expect(location.search).toContain('folded=1.4.0');
  });
});
