import { render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { ErrorBoundary } from '../../../src/dashboard/faults/ErrorBoundary.tsx';

function Part({ broken }: { readonly broken: boolean }) {
  if (broken) throw new Error('No such cell.');
  return <p>The part</p>;
}

function page(broken: boolean, data: number) {
  return (
    <>
      <p>The rest</p>
      <ErrorBoundary what="The matrix" triesAgainOn={data}>
        <Part broken={broken} />
      </ErrorBoundary>
    </>
  );
}

test('F30: a part that breaks says so, leaves the rest, and comes back with new data', () => {
  const reported = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { rerender } = render(page(true, 1));
  expect(reported).toHaveBeenCalled();
  reported.mockRestore();
  expect(screen.getByRole('alert')).toHaveTextContent('The matrix could not be drawn');
  expect(screen.getByRole('alert')).toHaveTextContent('No such cell.');
  expect(screen.getByText('The rest')).toBeInTheDocument();
  rerender(page(false, 1));
  expect(screen.getByRole('alert')).toBeInTheDocument();
  rerender(page(false, 2));
  expect(screen.getByText('The part')).toBeInTheDocument();
  expect(screen.queryByRole('alert')).toBeNull();
});
