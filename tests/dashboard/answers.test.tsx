import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useAnswer } from '../../src/dashboard/state/answers.ts';
import type { Answer, Known } from '../../src/views/questions.ts';
import { Answered, knownOf } from './answered.tsx';
import { item, reportOf } from './report-of.ts';

const drawn: (Answer<'rejected'> | null)[] = [];

function Rejected({ first }: { readonly first: number }) {
  const answer = useAnswer('rejected', { first });
  drawn.push(answer);
  return <p>{answer === null ? 'nothing yet' : `${answer.items.length} of ${answer.all}`}</p>;
}

test('the answer of before stays until the next one is there, and what is as it was is the same object', async () => {
  const page = (known: Known, first: number) => (
    <Answered known={known}>
      <Rejected first={first} />
    </Answered>
  );
  const broken = [1, 2, 3].map((at) => item(`v1.0.${at}`, ''));
  const [before, after] = [knownOf(reportOf(broken.slice(0, 2))), knownOf(reportOf(broken))];
  const { rerender } = render(page(before, 1));
  expect(screen.getByText('nothing yet')).toBeVisible();
  await screen.findByText('1 of 2');
  rerender(page(after, 1));
  expect(screen.getByText('1 of 2')).toBeVisible();
  await screen.findByText('1 of 3');
  expect(new Set(drawn.map((answer) => answer?.items[0])).size).toBe(2); // with none at first
  rerender(page(after, 2));
  expect(screen.getByText('1 of 3')).toBeVisible();
  await screen.findByText('2 of 3');
});
