import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

/** The module anew, as a fresh page has it. */
async function freshPage() {
  vi.resetModules();
  return import('../../src/dashboard/state/density.ts');
}

it('remembers compact rows, and nothing for the usual ones', async () => {
  localStorage.clear();
  const page = await freshPage();
  expect(page.chosenDensity()).toBe('comfortable');
  page.chooseDensity('compact');
  const next = await freshPage();
  expect(next.chosenDensity()).toBe('compact');
  next.chooseDensity('comfortable');
  expect(localStorage).toHaveLength(0);
});

it('takes what was remembered wrongly for the usual', async () => {
  localStorage.setItem('release-matrix:density', 'cosy');
  expect((await freshPage()).chosenDensity()).toBe('comfortable');
  localStorage.clear();
});

it('the button says what is, and changes it', async () => {
  await freshPage();
  const { DensityButton } = await import('../../src/dashboard/header/DensityButton.tsx');
  render(<DensityButton />);
  await userEvent.setup().click(screen.getByRole('button', { name: 'Rows: comfortable. Change to compact' }));
  expect(screen.getByRole('button', { name: 'Rows: compact. Change to comfortable' })).toBeVisible();
  localStorage.clear();
});
