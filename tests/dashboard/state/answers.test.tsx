import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useAnswer } from '../../../src/dashboard/state/answers.ts';
import type { RejectedAnswer } from '../../../src/views/rejected/rejected-answer.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';
import { Answered } from '../answered.tsx';

const drawn: (RejectedAnswer | null)[] = [];

function Rejected({ first }: { readonly first: number }) {
  const answer = useAnswer('rejected', { first });
  drawn.push(answer);
  return <p>{`${answer?.items.length} of ${answer?.all}`}</p>;
}

test('an answer that says the same is the same object, be it of another state of the table or to another question', async () => {
  const known = (...more: string[]) =>
    knownOf(reportOf([...['one', 'other', ...more].map((key) => item('v1.0.0', key)), item('v1.0.0', 'backend#a')]));
  const page = (of: ReturnType<typeof known>, first: number) => (
    <Answered known={of}>
      <Rejected first={first} />
    </Answered>
  );
  const { rerender } = render(page(known(), 5));
  await screen.findByText('2 of 2');
  rerender(page(known(), 5));
  rerender(page(known(), 9));
  rerender(page(known('third'), 9));
  await screen.findByText('3 of 3');
  const [same, other, ...more] = new Set(drawn.filter((answer) => answer !== null));
  expect([same?.all, other?.all, more.length]).toEqual([2, 3, 0]);
});
