import { render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ComponentDetails } from '../../../src/dashboard/details/ComponentDetails.tsx';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';
import { Answered } from '../answered.tsx';

test('what is found of a component names each release once, and its own name not again', async () => {
  const known = knownOf(
    reportOf([
      item('v1.0.0', 'backend#api'),
      item('v1.0.0', 'backend#auth'),
      item('v1.1.0-alpha.1', 'backend#api', { date: '2026-11-01T12:00:00Z' }),
      item('v1.1.0-rc.1', 'backend#api', { date: '2026-11-05T12:00:00Z' }),
    ]),
  );
  render(
    <Answered known={known}>
      <ComponentDetails component="backend#auth" close={() => {}} />
    </Answered>,
  );
  const found = await screen.findByRole('region', { name: 'Found in current releases' });
  expect(
    within(found)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['■Errorv1.1.0-rc.1 is missing last seen v1.0.0', '◌Notev1.1.0-alpha.1 is not there yet last seen v1.0.0']);
});
