import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { RejectedItems } from '../../../src/dashboard/faults/RejectedItems.tsx';
import { reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';
import { Answered } from '../answered.tsx';

const rejected = (count: number) =>
  Array.from({ length: count }, (_, place) => ({
    id: String(place),
    release: 'v1.0.0',
    key: null,
    reason: `Reason ${place}.`,
    item: { version: 'v1.0.0' },
  }));

function show(count: number) {
  return render(
    <Answered known={knownOf(reportOf([]), { rejected: rejected(count) })}>
      <RejectedItems count={count} />
    </Answered>,
  );
}

test('of very many rejected items the first are shown, and the rest is counted', async () => {
  show(53);
  await userEvent.click(screen.getByRole('button', { name: '53 items could not be read' }));
  await expect.poll(() => screen.queryAllByRole('listitem')).toHaveLength(50);
  expect(screen.getByText(/And 3 more/)).toBeInTheDocument();
});

test('of one there is one, and of none nothing is said', async () => {
  const { container } = show(0);
  expect(container).toBeEmptyDOMElement();
  show(1);
  await userEvent.click(screen.getByRole('button', { name: '1 item could not be read' }));
  expect(await screen.findByText('Reason 0.')).toBeInTheDocument();
});
